using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Payloads;

/// <summary>Makes what the portal is told: fields in a fixed order, nothing that is not known, moments in local time to the second.</summary>
internal sealed class PayloadMaker(IOptions<DossierOptions> options)
{
    private static readonly JsonSerializerOptions Canonical = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Dictionary<string, string> Hands = new(StringComparer.Ordinal)
    {
        [Roles.Citizen] = "Người nộp hồ sơ",
        [Roles.Organisation] = "Người nộp hồ sơ",
        [Roles.Helper] = "Người hỗ trợ nộp hồ sơ",
        [Roles.Reception] = "Cán bộ tiếp nhận",
        [Roles.Officer] = "Cán bộ thụ lý",
        [Roles.Approver] = "Lãnh đạo phê duyệt",
        [Roles.Chief] = "Trưởng bộ phận một cửa",
    };

    /// <summary>Lower-case hexadecimal SHA-256.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public byte[] Dossier(DossierPicture picture)
    {
        var (d, contact) = (picture.Dossier, Contact.Of(picture.Dossier.Data));
        var components = picture.Documents.Where(x => x.Kind == DocumentKind.Component).ToList();
        return Bytes(new DongBoHoSo
        {
            MaHoSo = d.Code!,
            MaTTHC = d.ProcedureCode,
            TenTTHC = d.ProcedureNameVi,
            MaLinhVuc = picture.FieldCode,
            KenhThucHien = d.Counter is null ? "2" : d.Counter.Relation == SubmitterRelation.Post ? "3" : "1",
            ChuHoSo = d.OwnerName,
            LoaiDoiTuong = d.SubmittedAs == Roles.Organisation ? "1" : "0",
            Email = contact.Email,
            SoDienThoai = contact.Phone,
            TrichYeuHoSo = d.Subject,
            NgayNopHoSo = At(d.SubmittedAt ?? d.CreatedAt),
            NgayTiepNhan = At(d.AcceptedAt),
            NgayHenTra = At(d.DueAt),
            TrangThaiHoSo = Code(d.Status),
            NgayTra = At(d.ReturnedAt),
            NgayTuChoi = At(d.Status == DossierStatus.NotAccepted ? d.ClosedAt : d.Outcome == Outcome.Refused ? d.ResolvedAt : null),
            NgayKetThucXuLy = At(d.ResolvedAt ?? d.ClosedAt),
            HinhThuc = d.ReturnMethod switch
            {
                null => null,
                ReturnMethod.Counter => "Trực tiếp",
                ReturnMethod.Post => "Bưu chính công ích",
                _ => "Trực tuyến"
            },
            DonViXuLy = d.UnitNameVi,
            NoiNopHoSo = d.ReceivingUnitNameVi ?? d.UnitNameVi,
            HoSoCoThanhPhanSoHoa = components.Count > 0 ? "1" : "0",
            TaiKhoanDuocXacThucVoiVNeID = d.FiledAssurance is { } level ? level >= 2 ? "1" : "0" : null,
            DuocThanhToanTrucTuyen = PaidOnline(d),
            ThoiDiem = Since(picture),
            TaiLieuNop = components.ConvertAll(c => new TaiLieuNop(
                c.Id.ToString(), c.FileName, "0", Text(c.Component ?? 0), Link(c), "1", c.Origin == DocumentOrigin.FromStore ? "1" : "0")),
            DanhSachLePhi = [.. d.Fees.Select(f => Fee(f.NameVi, f.Kind, "1", f.Amount)), .. picture.Demands.Where(x => !x.CoversFiling)
                .SelectMany(x => x.Fees.Select(f => Fee(f.NameVi, f.Kind, "3", f.Amount)))],
            DanhSachHoSoBoSung = [.. picture.Supplements.Select(s => new HoSoBoSung(
                s.Id.ToString(), string.Join("; ", s.Items.Select(i => $"{i.Name}: {i.Reason}")), At(s.RequestedAt), At(s.Deadline), At(s.FulfilledAt)))],
            DanhSachGiayToKetQua = [.. picture.Documents.Where(x => x.Kind == DocumentKind.Result && x.ReplacedBy is null)
                .Select(r => new GiayToKetQua(r.FileName, r.Id.ToString(), Link(r)))],
        });
    }

    public static byte[] Step(DossierPicture picture, TimelineEntry step)
    {
        var d = picture.Dossier;
        var hand = Hands.GetValueOrDefault(step.ActorRole, "Hệ thống");
        return Bytes(new CapNhatTienDo
        {
            MaHoSo = d.Code!,
            NguoiXuLy = hand,
            ChucDanh = hand,
            ThoiDiemXuLy = At(step.At),
            PhongBanXuLy = step.Unit is null || step.Unit == d.UnitCode ? d.UnitNameVi : step.Unit == d.ReceivingUnitCode ? d.ReceivingUnitNameVi! : step.Unit,
            NoiDungXuLy = step.NoteVi,
            TrangThai = Code(step.ToStatus),
            NgayBatDau = At(picture.Timeline.LastOrDefault(t => t.Step < step.Step)?.At ?? step.At),
            NgayKetThucTheoQuyDinh = At(d.DueAt),
        });
    }

    public static byte[] Status(DossierPicture picture) => Bytes(new CapNhatTrangThai(picture.Dossier.Code!, Code(picture.Dossier.Status), Since(picture)));

    private static string Since(DossierPicture picture) =>
        At(picture.Timeline.LastOrDefault(t => t.FromStatus != t.ToStatus)?.At ?? picture.Dossier.SubmittedAt ?? picture.Dossier.CreatedAt);

    // Whoever follows it must be let in: the address alone opens nothing.
    private string Link(DossierDocument document) => $"{options.Value.PublicUrl.TrimEnd('/')}/api/v1/dossiers/{document.DossierId}/documents/{document.Id}";

    private static LePhi Fee(string name, string kind, string moment, long amount) => new(name, kind, moment, Text(amount), kind);

    // How it was paid was not noted at first; what was settled then counts as paid here.
    private static string PaidOnline(Domain.Dossier d) => d.PaidBy switch
    {
        PaidBy.Portal => "1",
        PaidBy.Online => "2",
        PaidBy.Cash => "0",
        _ => d.PaymentStatus == PaymentStatus.Settled ? "2" : "0",
    };

    private static string Code(string status) => PortalStatus.Of(status) is { } known ? Text(known.Code) : "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string At(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, LocalTime.Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz",
        CultureInfo.InvariantCulture);

    private static string? At(DateTimeOffset? moment) => moment is { } known ? At(known) : null;

    private static byte[] Bytes<T>(T payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Canonical);
}
