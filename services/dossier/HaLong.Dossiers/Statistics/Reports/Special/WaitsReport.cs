using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Waits;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Reports.Special;

/// <summary>How long each step took: half of the dossiers no longer than p50, nine of ten no longer than p90.</summary>
internal sealed class WaitsReport(WaitReader waits, NameBook names, DossierDbContext db)
{
    public const string Name = "waits";

    public static readonly IReadOnlyList<string> By = ["unit", "procedure", "field"];

    public static readonly (string Vi, string En) Title = ("Thời gian thực hiện từng bước", "How long each step took");

    private static readonly ReportColumn[] Figures =
    [
        new("step", "Bước", "Step", ReportFormat.Text), new("stepName", "Tên bước", "Name of the step", ReportFormat.Text),
        new("count", "Số lượt", "Count", ReportFormat.Count),
        new("p50Minutes", "Trung vị (phút làm việc)", "p50 (working minutes)", ReportFormat.Count),
        new("p50Days", "Trung vị (ngày làm việc)", "p50 (working days)", ReportFormat.Days),
        new("p90Minutes", "90% không quá (phút làm việc)", "p90 (working minutes)", ReportFormat.Count),
        new("p90Days", "90% không quá (ngày làm việc)", "p90 (working days)", ReportFormat.Days),
    ];

    private static readonly (string Vi, string En) Note = (
        "Tính các lượt kết thúc trong kỳ; một ngày làm việc là 8 giờ.", "Of the stays that ended in the period; a working day has 8 hours.");

    public async Task<ReportTable> MakeAsync(ReportScope scope, CancellationToken ct)
    {
        var request = scope.Request;
        var slice = new WaitSlice(scope.From, scope.To) { Units = scope.Units, Procedure = request.Procedure };
        if (request.By is null)
        {
            var rows = await waits.ReadAsync(slice, ct);
            return Table(scope, Figures, [.. rows.Select(r => (IReadOnlyList<object?>)[.. Values(r)])]);
        }

        var by = Dimensions.All[request.By];
        var (vi, en) = Dimensions.Title(by);
        var name = await names.OfAsync(by, ct);
        var groups = await waits.GroupsAsync(
            slice with { By = by == Dimension.Unit ? by : Dimension.Procedure }, by == Dimension.Field ? await FieldsAsync(ct) : null, ct);
        return Table(
            scope, [new("code", "Mã", "Code", ReportFormat.Text), new("name", vi, en, ReportFormat.Text), .. Figures],
            [.. groups.Select(r => (IReadOnlyList<object?>)[r.Code, name(r.Code), .. Values(r.Wait)])]);
    }

    /// <summary>The field of each procedure, as its newest version has it; empty for what the catalogue does not have.</summary>
    private async Task<Func<string, string>> FieldsAsync(CancellationToken ct)
    {
        var versions = await db.Procedures.AsNoTracking().Select(p => new { p.Code, p.Field, p.ValidFrom }).ToListAsync(ct);
        var fields = versions.GroupBy(p => p.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(p => p.ValidFrom)!.Field,
            StringComparer.Ordinal);
        return procedure => fields.GetValueOrDefault(procedure, "");
    }

    private static ReportTable Table(ReportScope scope, IReadOnlyList<ReportColumn> columns, IReadOnlyList<IReadOnlyList<object?>> rows) =>
        new(Name, Title.Vi, Title.En, scope.From, scope.Request.To, columns, rows, null, [Note, .. scope.Unfinished]);

    private static object?[] Values(WaitRow r) =>
        [StayKind.Name(r.Kind), StepName(r.Kind), r.Count, (long)r.P50Minutes, Percent.Days(r.P50Minutes), (long)r.P90Minutes, Percent.Days(r.P90Minutes)];

    private static string StepName(short kind) => kind switch
    {
        StayKind.Check => Text.Bilingual("Kiểm tra, tiếp nhận", "Check at reception"),
        StayKind.Assignment => Text.Bilingual("Phân công", "Assignment"),
        StayKind.Processing => Text.Bilingual("Thụ lý", "With the officer"),
        StayKind.Opinion => Text.Bilingual("Lấy ý kiến", "Another agency's opinion"),
        StayKind.Supplement => Text.Bilingual("Chờ bổ sung", "Applicant's supplement"),
        StayKind.Payment => Text.Bilingual("Chờ nộp tiền", "Applicant's payment"),
        StayKind.Signature => Text.Bilingual("Ký kết quả", "Signature"),
        StayKind.HandOver => Text.Bilingual("Chờ trả kết quả", "Handing over"),
        _ => Text.Bilingual("Toàn bộ, từ nộp đến kết quả", "All in all, from filing to the result"),
    };
}
