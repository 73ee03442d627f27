namespace HaLong.Notifications.Domain;

/// <summary>A notice that will be given later, if what it speaks of is still so then.</summary>
internal sealed class ScheduledNotice
{
    public required Guid Id { get; init; }

    public required Guid RecipientId { get; init; }

    public required string Kind { get; init; }

    /// <summary>The fact; with recipient and kind it makes the notice unique.</summary>
    public required string Trigger { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The notice as JSON.</summary>
    public required string Notice { get; init; }
}
