namespace HaLong.Notifications.Domain;

/// <summary>
/// An e-mail that is to be gathered with others of its reader into one. Its message waits in the queue like any other, due a little after the
/// gathering: if nobody gathers, it is sent by itself.
/// </summary>
internal sealed class DigestItem
{
    public required Guid MessageId { get; init; }

    public required Guid RecipientId { get; init; }

    /// <summary>When it is gathered.</summary>
    public required DateTimeOffset Slot { get; init; }
}
