namespace HaLong.Notifications.Domain;

internal enum MessageChannel
{
    InApp,
    Email,
    Sms,
}

internal enum MessageState
{
    Pending,
    Sent,
    Failed,
}

/// <summary>What one person was told about one fact through one channel.</summary>
internal sealed class Message
{
    private const int LongestReason = 500;

    public required Guid Id { get; init; }

    public required Guid RecipientId { get; init; }

    /// <summary>The dossier it is about; null for what is about the account.</summary>
    public Guid? DossierId { get; init; }

    public string? DossierCode { get; init; }

    /// <summary>Which notice, e.g. dossier-accepted.</summary>
    public required string Kind { get; init; }

    /// <summary>The fact that caused it; with recipient and channel it makes the message unique.</summary>
    public required string Trigger { get; init; }

    public required MessageChannel Channel { get; init; }

    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    /// <summary>HTML alternative of an e-mail.</summary>
    public string? Html { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public MessageState State { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset? ReadAt { get; init; }

    public void MarkSent(DateTimeOffset now)
    {
        State = MessageState.Sent;
        SentAt = now;
        LastError = null;
    }

    /// <summary>Counts an attempt that may be repeated.</summary>
    public void RecordAttempt(string? error)
    {
        Attempts++;
        LastError = Short(error);
    }

    public void MarkFailed(string reason)
    {
        State = MessageState.Failed;
        LastError = Short(reason);
    }

    private static string? Short(string? reason) => reason?.Length > LongestReason ? reason[..LongestReason] : reason;
}
