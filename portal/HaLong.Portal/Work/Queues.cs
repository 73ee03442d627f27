using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Work;

/// <summary>The queues and the words for them.</summary>
internal static class Queues
{
    public const string Receiving = "receiving", Choices = "unitChoices";

    public static readonly IReadOnlyList<string> All =
        ["mine", "unit", "unassigned", "expiring", "overdue", "reception", "officer", "applicant", "agency", "payment", "signature", "handover"];

    /// <summary>A queue by its name; the unit's for anything else.</summary>
    public static string Of(string? queue) => queue is Receiving or Choices || All.Contains(queue) ? queue! : "unit";

    public static string Name(string queue) => queue switch
    {
        "mine" => Bilingual("Của tôi", "Mine"),
        "unassigned" => Bilingual("Chưa có người thụ lý", "Unassigned"),
        "expiring" => Bilingual("Sắp hết hạn", "Due within a day"),
        "overdue" => Bilingual("Quá hạn", "Late"),
        Receiving => Bilingual("Tiếp nhận hộ đơn vị khác", "Taken in for other units"),
        Choices => Bilingual("Chờ xác định đơn vị", "Unit to be chosen"),
        "unit" => Bilingual("Cả đơn vị", "The unit’s"),
        _ => Mover(queue),
    };

    /// <summary>Whose move it is.</summary>
    public static string Mover(string? who) => who switch
    {
        "applicant" => Bilingual("Chờ người nộp", "The applicant’s move"),
        "reception" => Bilingual("Chờ tiếp nhận", "Reception’s move"),
        "officer" => Bilingual("Chờ cán bộ xử lý", "The officer’s move"),
        "agency" => Bilingual("Chờ cơ quan phối hợp", "Another agency’s move"),
        "payment" => Bilingual("Chờ nộp tiền", "To be paid"),
        "signature" => Bilingual("Chờ ký số", "To be signed"),
        "handover" => Bilingual("Chờ trả kết quả", "To be handed over"),
        _ => Bilingual("Đã kết thúc", "Over"),
    };

    public static readonly IReadOnlyList<(string Code, string Vi, string En)> Statuses =
    [
        ("SUBMITTED", "Đã nộp", "Submitted"), ("SUPPLEMENT_RECEPTION", "Chờ bổ sung khi tiếp nhận", "Supplement at reception"), ("ACCEPTED", "Đã tiếp nhận", "Accepted"),
        ("PROCESSING", "Đang xử lý", "Processing"), ("WAIT_OPINION", "Chờ ý kiến phối hợp", "Waiting for an opinion"),
        ("SUPPLEMENT_PROCESSING", "Chờ bổ sung khi giải quyết", "Supplement during processing"), ("WAIT_PAYMENT", "Chờ nghĩa vụ tài chính", "Waiting for payment"),
        ("RESOLVED", "Đã xử lý xong", "Resolved"),
    ];

    public static readonly IReadOnlyList<(string Code, string Vi, string En)> Channels =
        [("online", "Trực tuyến", "Online"), ("counter", "Tại quầy", "At the counter"), ("assisted", "Được hỗ trợ nộp", "Assisted")];
}

/// <summary>How the clock of a dossier stands: a colour, and always a word and a reason.</summary>
internal sealed record ClockState(string Color, string Word, string Reason)
{
    public static ClockState Of(QueueLine d)
    {
        var due = d.DueAt is { } at ? Bilingual($"Hẹn trả {Design.Moment.Of(at)}", $"Due {Design.Moment.Of(at)}") : "";
        return d switch
        {
            _ when d.Has("overdue") && d.DaysLeft is < 0 and { } late => new("danger", Bilingual($"Quá hạn {-late} ngày", $"{-late} days late"), due),
            _ when d.Has("overdue") => new("danger", Bilingual("Quá giờ hẹn", "Past its hour"), due),
            { DaysLeft: <= 0 } => new("warning", Bilingual("Đến hạn hôm nay", "Due today"), due),
            { DaysLeft: { } left } when d.Has("expiring") => new("warning", Bilingual($"Sắp hết hạn, còn {left} ngày", $"Nearly due, {left} days left"), due),
            { DaysLeft: { } left } => new("success", Bilingual($"Trong hạn, còn {left} ngày", $"In time, {left} days left"), due),
            { WaitingFor: null } => new("neutral", Bilingual("Đã kết thúc", "Over"), due),
            { WaitingFor: "applicant" or "payment", DueAt: not null } or { WaitingFor: "applicant", Status: "SUPPLEMENT_PROCESSING" } or { Status: "WAIT_PAYMENT" } =>
                new("info", Bilingual("Đồng hồ đang dừng", "The clock stands"), Queues.Mover(d.WaitingFor)),
            { WaitingFor: "handover" } => new("info", Bilingual("Đã có kết quả", "The result is there"), due),
            { Flags: null, DueAt: not null } => new("neutral", Bilingual("Có ngày hẹn trả", "Has a due date"), due),
            _ => new("neutral", Bilingual("Chưa tính hạn", "Not counted yet"), Bilingual("Thời hạn tính từ khi tiếp nhận", "The limit begins with the acceptance")),
        };
    }
}
