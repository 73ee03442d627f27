namespace HaLong.Notifications.Domain;

/// <summary>What a channel would say that is not used yet: kept with the fact, so that it says the same if it has to take over from another one.</summary>
internal sealed class ReserveText
{
    public required Guid RecipientId { get; init; }

    public required string Kind { get; init; }

    public required string Trigger { get; init; }

    public required MessageChannel Channel { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    /// <summary>HTML alternative of an e-mail.</summary>
    public string? Html { get; init; }

    /// <summary>What a provider fills its own template with, as JSON.</summary>
    public string? Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
