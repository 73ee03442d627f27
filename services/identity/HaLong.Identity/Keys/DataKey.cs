namespace HaLong.Identity.Keys;

/// <summary>
/// A random key as stored: wrapped by the key that <c>Keys:Password</c> opens. The row outlives the key, so that the register says which keys
/// there were and when each was destroyed.
/// </summary>
internal sealed class DataKey
{
    /// <summary>Seals fields of people.</summary>
    public const string Field = "field";

    /// <summary>Makes the blind index of personal numbers. Its own key, so that a new field key changes no index.</summary>
    public const string Index = "index";

    /// <summary>Authenticates the chain of the access log.</summary>
    public const string Chain = "chain";

    /// <summary>Makes keyed hashes of secrets that are only ever compared. Stays for ever: what is hashed cannot be hashed anew.</summary>
    public const string Hash = "hash";

    public required Guid Id { get; init; }

    public required string Use { get; init; }

    /// <summary>From 1 for each use.</summary>
    public required int Version { get; init; }

    /// <summary>Empty once destroyed.</summary>
    public required byte[] Wrapped { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when it is the one to use; null for an index key whose index is still being computed.</summary>
    public DateTimeOffset? ActivatedAt { get; set; }

    /// <summary>From when a newer one is used; it still opens.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public DateTimeOffset? DestroyedAt { get; set; }

    public bool IsInForce => ActivatedAt is not null && RetiredAt is null;

    public void Destroy(DateTimeOffset now)
    {
        RetiredAt ??= now;
        DestroyedAt = now;
        Wrapped = [];
    }
}
