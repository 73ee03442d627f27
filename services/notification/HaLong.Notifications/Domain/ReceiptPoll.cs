namespace HaLong.Notifications.Domain;

/// <summary>A message whose receipt its provider does not bring: asked for with growing waits until it is there, or 72 hours are over.</summary>
internal sealed class ReceiptPoll
{
    public required Guid MessageId { get; init; }

    /// <summary>Times that it was asked for.</summary>
    public int Asked { get; init; }

    /// <summary>Not again before this.</summary>
    public DateTimeOffset DueAt { get; init; }
}
