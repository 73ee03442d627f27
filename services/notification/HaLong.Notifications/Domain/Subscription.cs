namespace HaLong.Notifications.Domain;

internal enum SubscriptionState
{
    Active,
    Paused,
}

/// <summary>A partner's wish to get events at an address.</summary>
internal sealed class Subscription
{
    public const int MostPerOwner = 100;

    public required Guid Id { get; init; }

    /// <summary>The OAuth client that made it.</summary>
    public required string Owner { get; init; }

    public required string Url { get; init; }

    /// <summary>Prefixes of the types wanted.</summary>
    public required string[] Types { get; init; }

    /// <summary>Sealed by <see cref="Webhooks.SecretVault"/>.</summary>
    public required byte[] Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Idempotency key of the request that made it.</summary>
    public string? CreationKey { get; init; }

    /// <summary>Hash of that request.</summary>
    public string? CreationHash { get; init; }

    public SubscriptionState State { get; private set; }

    public uint Version { get; private set; }

    public void Become(SubscriptionState state) => State = state;
}
