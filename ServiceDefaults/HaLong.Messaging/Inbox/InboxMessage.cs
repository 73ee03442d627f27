namespace HaLong.Messaging;

/// <summary>A message that an endpoint has taken: commits with the effect, so a second delivery finds it and stops.</summary>
internal sealed class InboxMessage
{
    public required Guid MessageId { get; init; }

    public required string Endpoint { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
