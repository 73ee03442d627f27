namespace HaLong.Notifications.Domain;

/// <summary>A browser that its owner allowed to show messages: one device of one person.</summary>
internal sealed class PushSubscription
{
    /// <summary>Per person; the one that was made longest ago makes room. Browsers renew theirs and leave the old ones behind.</summary>
    public const int MostPerPerson = 10;

    public required Guid Id { get; init; }

    public required Guid AccountId { get; set; }

    /// <summary>SHA-256 of the address at the push service: one browser is one row, whoever uses it.</summary>
    public required byte[] EndpointHash { get; init; }

    /// <summary>Host of the push service, e.g. fcm.googleapis.com: all of the address that is shown and logged.</summary>
    public required string Service { get; init; }

    /// <summary>Address and keys, sealed: who knows the address may write to the device.</summary>
    public required byte[] Sealed { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the browser lets it lapse; null when it has not said.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
