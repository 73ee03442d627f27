namespace HaLong.Signatures.Domain.Sessions;

/// <summary>What the ceremony log records.</summary>
internal enum CeremonyStep
{
    Opened,
    Requested,
    Reminded,
    Viewed,
    Consented,
    Began,
    CodeSent,
    Signed,
    Failed,

    /// <summary>An answer came when it could no longer be used.</summary>
    AnsweredLate,
    Refused,
    Completed,
    Expired,
    Cancelled,
    ContentsDeleted,
}

/// <summary>
/// One line of the ceremony log: who did what to which bytes, when. Written once; the database keeps it so. It holds ids, hashes and words of
/// this program, never what a person wrote.
/// </summary>
internal sealed class SigningEvent
{
    public const string System = "system";

    private SigningEvent()
    {
    }

    /// <summary>Given by the database: the order in which it was written.</summary>
    public long Id { get; private set; }

    public Guid SessionId { get; private set; }

    /// <summary>Unit on whose behalf the session was made: its auditors read this.</summary>
    public string? UnitCode { get; private set; }

    public CeremonyStep Step { get; private set; }

    /// <summary>The signer that it is about; null when it is about the session.</summary>
    public Guid? SignerId { get; private set; }

    public Guid? DocumentId { get; private set; }

    /// <summary>Account or client that did it, or <see cref="System"/>.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>SHA-256 of the bytes that it is about, lower-case hex; empty without.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Code of a failure, version of a text, name of a provider; empty without.</summary>
    public string Detail { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public static SigningEvent Of(SigningSession session, CeremonyStep step, string actor, DateTimeOffset now, Guid? signer = null, Guid? document = null,
        string sha256 = "", string detail = "") => new()
        {
            SessionId = session.Id,
            UnitCode = session.UnitCode,
            Step = step,
            SignerId = signer,
            DocumentId = document,
            Actor = actor,
            Sha256 = sha256,
            Detail = detail.Length > 100 ? detail[..100] : detail,
            OccurredAt = now,
        };
}
