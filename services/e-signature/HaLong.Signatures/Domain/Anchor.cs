namespace HaLong.Signatures.Domain;

/// <summary>What a service said about its evidence chain, kept where that service cannot change it.</summary>
internal sealed class Anchor
{
    public const int MaxService = 100;

    public Guid Id { get; init; }

    /// <summary>Client id.</summary>
    public string Service { get; init; } = "";

    /// <summary>Month, yyyymm.</summary>
    public int Partition { get; init; }

    public long FromPosition { get; init; }

    public long ToPosition { get; init; }

    /// <summary>Merkle root over the hashes of the rows.</summary>
    public byte[] Root { get; init; } = [];

    /// <summary>Hash of the last row.</summary>
    public byte[] Head { get; init; } = [];

    /// <summary>Hash of the service's anchor before; empty for the first.</summary>
    public byte[] PreviousHash { get; init; } = [];

    /// <summary>SHA-256 of the statement: the imprint of the time-stamp.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>Time-stamp, DER.</summary>
    public byte[] Token { get; init; } = [];

    public DateTimeOffset StampedAt { get; init; }
}
