using HaLong.ServiceDefaults;

namespace HaLong.Portal.MoneyDesk;

/// <summary>Money that came and does not fit.</summary>
/// <param name="Proposal">What the platform proposes; nothing is done by itself.</param>
/// <param name="GuessedPaymentId">What the text nearly names.</param>
/// <param name="GuessScore">How much of the reference was found, of 100.</param>
public sealed record MoneyCase(
    Guid Id, string Kind, long Amount, string Proposal, Guid? PaymentId, string? UnitCode, Guid? GuessedPaymentId, int? GuessScore, DateTimeOffset OpenedAt,
    DateTimeOffset DueAt, bool Overdue, string? TakenBy, string? Decision, string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, string? Evidence,
    string Provider, string Remittance, string Account, DateTimeOffset BookedAt, uint Version);

/// <summary>Kinds of cases and decisions in words.</summary>
internal static class CaseWords
{
    public static readonly IReadOnlyList<string> Kinds =
        ["partial", "over", "late", "double", "closedDossier", "notYetDue", "wrongAccount", "notTold", "unknownPayer", "ambiguousReference"];

    public static readonly IReadOnlyList<string> Decisions = ["accept", "askRest", "refund", "assign", "dismiss"];

    public static string Kind(string kind) => kind switch
    {
        "partial" => Text.Bilingual("Nộp thiếu", "Less than is due"),
        "over" => Text.Bilingual("Nộp thừa", "More than is due"),
        "late" => Text.Bilingual("Nộp muộn", "Too late"),
        "double" => Text.Bilingual("Nộp trùng", "Paid already"),
        "closedDossier" => Text.Bilingual("Hồ sơ đã kết thúc", "The dossier has ended"),
        "notYetDue" => Text.Bilingual("Chưa đến lúc nộp", "Not asked for yet"),
        "wrongAccount" => Text.Bilingual("Sai tài khoản thu", "On another account"),
        "notTold" => Text.Bilingual("Chỉ có trên sao kê", "Only the statement shows it"),
        "unknownPayer" => Text.Bilingual("Không rõ người nộp", "Nobody known"),
        "ambiguousReference" => Text.Bilingual("Nội dung chỉ nhiều khoản", "Names several requests"),
        _ => kind,
    };

    public static string Decision(string decision) => decision switch
    {
        "accept" => Text.Bilingual("Chấp nhận", "Accept"),
        "askRest" => Text.Bilingual("Giữ lại, yêu cầu nộp nốt", "Hold it and ask for the rest"),
        "refund" => Text.Bilingual("Hoàn lại", "Give back"),
        "assign" => Text.Bilingual("Gán cho khoản phải nộp", "Assign to a request"),
        "dismiss" => Text.Bilingual("Để nguyên, có căn cứ", "Leave it, with evidence"),
        _ => decision,
    };

    /// <summary>What a decision does.</summary>
    public static string Means(string decision) => decision switch
    {
        "accept" => Text.Bilingual("Khoản này trả cho yêu cầu mà nó nêu; phần thừa được hứa hoàn.", "It pays the request it names; what is over is promised back."),
        "askRest" => Text.Bilingual("Người nộp được báo nộp phần còn thiếu, với thời hạn mới.", "The payer is asked for the rest, with a new lifetime."),
        "refund" => Text.Bilingual("Lập đề nghị hoàn; người thứ hai phải duyệt.", "A refund is opened; a second person has to agree."),
        "assign" => Text.Bilingual("Trả cho khoản bạn chọn dưới đây; cần giấy tờ chứng minh.", "It pays the request you choose below; evidence is needed."),
        _ => Text.Bilingual("Tiền nằm ở tài khoản chờ xử lý; cần giấy tờ chứng minh.", "It stays in suspense; evidence is needed."),
    };
}
