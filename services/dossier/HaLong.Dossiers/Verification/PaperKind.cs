using System.Collections.Frozen;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Verification;

/// <summary>Kinds of papers by stable names: the result, and the forms of <see cref="PaperForm"/>.</summary>
internal static class PaperKind
{
    public const string Result = "RESULT";

    /// <summary>Which documents of a dossier are papers that anybody may ask about. What people uploaded is none, so that nobody learns who has which file.</summary>
    public static readonly FrozenDictionary<string, string> OfDocuments = new Dictionary<string, string>
    {
        [DocumentKind.Result] = Result,
        [DocumentKind.Receipt] = PaperForm.Receipt,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string Vi, string En)> Names = new Dictionary<string, (string, string)>
    {
        [Result] = ("Kết quả giải quyết thủ tục hành chính", "Result of an administrative procedure"),
        [PaperForm.Receipt] = ("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt and appointment"),
        [PaperForm.Supplement] = ("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to complete the dossier"),
        [PaperForm.Refusal] = ("Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "Refusal slip"),
        [PaperForm.Apology] = ("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "Apology and new appointment"),
        [PaperForm.Stop] = ("Thông báo dừng giải quyết hồ sơ", "Notice of stopping"),
        [PaperForm.Control] = ("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control slip"),
        [PaperForm.Register] = ("Sổ theo dõi hồ sơ", "Register of dossiers"),
    }.ToFrozenDictionary();

    /// <summary>Vietnamese and English name of a kind.</summary>
    public static (string Vi, string En) Name(string kind) => Names.GetValueOrDefault(kind, (kind, kind));
}
