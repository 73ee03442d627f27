namespace HaLong.Notifications.Domain;

internal enum SubscriptionState
{
    /// <summary>Events are delivered.</summary>
    Active,

    /// <summary>Stopped by its owner, or by its receiver's 410; events wait.</summary>
    Paused,

    /// <summary>It is not proved yet that the address wants events; they wait.</summary>
    Pending,

    /// <summary>Stopped because nothing got through for long; events wait, the address is tried by itself.</summary>
    Failing,

    /// <summary>Its owner may not have events any more; they wait.</summary>
    Suspended,

    /// <summary>The proof never came; no events are kept for it.</summary>
    Expired,
}

/// <summary>A partner's wish to get events at an address.</summary>
internal sealed class Subscription
{
    public const int MostPerOwner = 100;

    private string url = "";
    private string[] types = [];

    public required Guid Id { get; init; }

    /// <summary>The OAuth client that made it.</summary>
    public required string Owner { get; init; }

    public required string Url { get => url; init => url = value; }

    /// <summary>Prefixes of the types wanted.</summary>
    public required string[] Types { get => types; init => types = value; }

    public string[] Procedures { get; private set; } = [];

    public string[] Fields { get; private set; } = [];

    public string[] Units { get; private set; } = [];

    public Guid[] Subjects { get; private set; } = [];

    /// <summary>See <see cref="EventFilter.Keys"/>.</summary>
    public string[] RouteKeys { get; private set; } = [EventFilter.Any];

    public string? Description { get; private set; }

    /// <summary>Headers of the partner's own, sealed by <see cref="Webhooks.SecretVault"/>: values may be keys.</summary>
    public byte[]? Headers { get; private set; }

    public string[] HeaderNames { get; private set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Idempotency key of the request that made it.</summary>
    public string? CreationKey { get; init; }

    /// <summary>Hash of that request.</summary>
    public string? CreationHash { get; init; }

    public SubscriptionState State { get; private set; }

    /// <summary>Why it stands as it does: a word of <see cref="StateReasons"/>; null where the owner wanted it so.</summary>
    public string? StateReason { get; private set; }

    public DateTimeOffset StateSince { get; private set; }

    /// <summary>When the proof of the present address began.</summary>
    public DateTimeOffset? ProofStartedAt { get; private set; }

    /// <summary>When the present address was proved.</summary>
    public DateTimeOffset? ProvedAt { get; private set; }

    /// <summary>Counts changes beside the row, so that each makes a new revision of it.</summary>
    public int Changes { get; private set; }

    public List<SubscriptionSecret> Secrets { get; private set; } = [];

    public uint Version { get; private set; }

    public bool IsProved => State is not (SubscriptionState.Pending or SubscriptionState.Expired);

    public void Become(SubscriptionState state, string? reason = null, DateTimeOffset at = default)
    {
        (State, StateReason, StateSince) = (state, reason, at);
        Changes++;
    }

    /// <summary>From now on it must be proved that the address wants events; until then they wait.</summary>
    public void Prove(string address, DateTimeOffset at)
    {
        url = address;
        (ProofStartedAt, ProvedAt) = (at, null);
        Become(SubscriptionState.Pending, null, at);
    }

    public void Proved(DateTimeOffset at)
    {
        ProvedAt = at;
        Become(SubscriptionState.Active, null, at);
    }

    public void Want(EventFilter filter)
    {
        types = [.. filter.Types];
        (Procedures, Fields, Units, Subjects) = ([.. filter.Procedures], [.. filter.Fields], [.. filter.Units], [.. filter.Subjects]);
        RouteKeys = [.. filter.Keys()];
    }

    public EventFilter Filter() => new(Types, Procedures, Fields, Units, Subjects);

    public void Describe(string? text) => Description = text;

    public void Carry(byte[]? sealedHeaders, string[] names) => (Headers, HeaderNames) = (sealedHeaders, names);

    /// <summary>Something beside the row changed, which another change must not miss.</summary>
    public void Touch() => Changes++;
}

/// <summary>Why a subscription stands as it does, where its owner did not want it so.</summary>
internal static class StateReasons
{
    public const string Gone = "gone", NothingGotThrough = "nothingGotThrough", Revoked = "revoked", NotProved = "notProved", Recovered = "recovered";
}
