namespace HaLong.Dossiers.Satisfaction;

/// <summary>A complaint or proposal about administrative procedures (phản ánh, kiến nghị), and what became of it.</summary>
internal sealed partial class Feedback
{
    public Guid Id { get; init; }

    /// <summary>The unit it is about.</summary>
    public required string UnitCode { get; init; }

    public string? ProcedureCode { get; init; }
    public Guid? DossierId { get; init; }

    /// <summary>complaint or proposal.</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }
    public Guid AuthorId { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>One of <see cref="FeedbackState"/>.</summary>
    public string State { get; set; } = FeedbackState.Received;

    public DateTimeOffset? RefusedAt { get; set; }
    public DateTimeOffset? SupplementAskedAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public string? Answer { get; set; }

    /// <summary>The answer was made public.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Each step was in its time: refuse within 2 working days, ask within 5, answer within 15, publish within 2; null while it is open and in
    /// time.</summary>
    public bool? OnTime { get; set; }

    /// <summary>What the author thinks of the answer; null while nothing was said.</summary>
    public bool? Satisfied { get; set; }

    /// <summary>The same author about the same matter, after an answer.</summary>
    public bool Repeated { get; init; }

    /// <summary>The complaint was found justified.</summary>
    public bool? Upheld { get; set; }

    // What was said at each step, and until when the next one is in time.

    public string? RefusalReason { get; set; }

    /// <summary>What the agency asks the author to add.</summary>
    public string? SupplementQuestion { get; set; }

    /// <summary>Until when the author may answer that; afterwards it is closed.</summary>
    public DateTimeOffset? SupplementUntil { get; set; }

    public string? Supplement { get; set; }
    public DateTimeOffset? SupplementedAt { get; set; }

    /// <summary>Until when the agency has to answer, or to publish its answer; null while it has nothing to do.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public Guid? AnsweredBy { get; set; }

    /// <summary>The answer concerns others too and is made public; false where it is about one person's matter only.</summary>
    public bool? ToPublish { get; set; }

    /// <summary>The matter in words without personal data.</summary>
    public string? PublicText { get; set; }

    /// <summary>The answer in such words.</summary>
    public string? PublicAnswer { get; set; }

    public uint Version { get; private set; }
}

/// <summary>Where feedback stands.</summary>
internal static class FeedbackState
{
    public const string Received = "received";
    public const string AwaitingSupplement = "awaitingSupplement";
    public const string Refused = "refused";
    public const string Answered = "answered";

    public static readonly IReadOnlyList<string> All = [Received, AwaitingSupplement, Refused, Answered];

    public static (string Vi, string En) Name(string state) => state switch
    {
        Received => ("đã tiếp nhận", "received"),
        AwaitingSupplement => ("chờ bổ sung thông tin", "awaiting more information"),
        Refused => ("từ chối tiếp nhận", "refused"),
        _ => ("đã trả lời", "answered"),
    };
}

/// <summary>What it is.</summary>
internal static class FeedbackKind
{
    public const string Complaint = "complaint";
    public const string Proposal = "proposal";

    public static readonly IReadOnlyList<string> All = [Complaint, Proposal];
}
