using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>Forms with everything filled in.</summary>
internal static class FormSamples
{
    public const string Code = "000.00.01.H49-261123-0001";
    public const string Url = "https://halong.test/api/v1/tracking/" + Code;

    /// <summary>09:05 of the same day in Hạ Long.</summary>
    public static readonly DateTimeOffset At = new(2026, 11, 23, 2, 5, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<HandOverRow> Rows =
    [
        new("Bộ phận tiếp nhận", "Phường Hạ Long", At, null, "Hồ sơ giấy gửi sau"), new("Phường Hạ Long", "Phường Bãi Cháy", At.AddHours(3), null, "Có tranh chấp không?"),
        new("Phường Bãi Cháy", "Phường Hạ Long", At.AddDays(2), "LATE", null),
    ];

    public static FormData Data => new()
    {
        Agency = "Phường Hạ Long",
        UnitCode = "06688",
        Code = Code,
        ProcedureCode = "1.013978",
        ProcedureName = "Đăng ký đất đai, tài sản gắn liền với đất lần đầu",
        Subject = "Cấp giấy chứng nhận lần đầu cho thửa đất số 12",
        Owner = "Nguyễn Thị Ánh Nguyệt",
        Address = "Tổ 5, khu 3, đường Lê Thánh Tông",
        Phone = "0203 3825 000",
        Email = "nguyet@example.test",
        Channel = "post",
        ReceivedAt = At,
        DueAt = At.AddDays(20),
        DueAssumed = true,
        TimeLimit = "17 ngày làm việc",
        Officer = "Trần Văn Tiếp",
        OfficerRole = "reception",
        Components = [new FormComponent(1, "Đơn đăng ký biến động", 1, 2, 3), new FormComponent(4, "Giấy ủy quyền", 0, 0, 1)],
        Items = [new FormItem(1, "Bản vẽ mặt bằng", "Thiếu chữ ký của người vẽ"), new FormItem(2, "Số thửa", "Không khớp bản đồ")],
        Reason = "Thửa đất đang có tranh chấp quyền sử dụng",
        LegalBasis = "Điều 19.8 Nghị định 61/2018/NĐ-CP",
        Deadline = At.AddDays(30),
        NewDueAt = At.AddDays(34),
    };

    public static FormSheet Sheet(string kind, string regime = Regime.Oss2025, FormData? data = null, IReadOnlyList<HandOverRow>? rows = null)
    {
        var form = new IssuedForm
        {
            Id = new Guid("01900000-0000-7000-8000-000000000007"),
            DossierId = new Guid("01900000-0000-7000-8000-000000000001"),
            Serial = 3,
            Kind = kind,
            Number = PaperForm.Number(kind, regime),
            Regime = regime,
            Data = "{}",
            CreatedByName = "Trần Văn Tiếp",
            CreatedAt = At,
        };
        var content = new FormContent(form, data ?? Data, kind == PaperForm.Control ? rows ?? Rows : []);
        return new FormSheet(content, "https://halong.test/verify/01900000000070008000000000000007#" + new string('x', 600), Url);
    }
}
