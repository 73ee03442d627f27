using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Papers;

/// <summary>What the look of a form takes from the circular of its regime.</summary>
internal static class FormLook
{
    /// <summary>Heading. The circular of 2025 joins the request to extend to the apology; its exact heading is assumed.</summary>
    public static string Title(string kind, string regime) => (kind, regime) switch
    {
        (PaperForm.Receipt, _) => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        (PaperForm.Supplement, _) => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
        (PaperForm.Refusal, _) => "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
        (PaperForm.Apology, Regime.Oss2025) => "Phiếu xin lỗi, đề nghị gia hạn và hẹn lại ngày trả kết quả",
        (PaperForm.Apology, _) => "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        (PaperForm.Stop, _) => "Thông báo dừng giải quyết hồ sơ",
        (PaperForm.Control, _) => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a form of a dossier."),
    };

    public static string FileName(string kind) => kind switch
    {
        PaperForm.Receipt => "giay-tiep-nhan",
        PaperForm.Supplement => "phieu-yeu-cau-bo-sung",
        PaperForm.Refusal => "phieu-tu-choi",
        PaperForm.Apology => "phieu-xin-loi-hen-lai",
        PaperForm.Stop => "thong-bao-dung-giai-quyet",
        _ => "phieu-kiem-soat",
    };

    /// <summary>The line at the top right; null where the circular has no such form.</summary>
    public static string? Source(string? number, string regime) =>
        number is null ? null : $"Mẫu số {number} - {(regime == Regime.Oss2018 ? "Thông tư số 01/2018/TT-VPCP" : "Thông tư số 03/2025/TT-VPCP")}";

    /// <summary>What the one-stop unit is called.</summary>
    public static string OneStop(string regime) => regime == Regime.Oss2018 ? "Bộ phận tiếp nhận và trả kết quả" : "Trung tâm Phục vụ hành chính công";
}
