using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Identity.AccessLog;

/// <summary>One reading of one person's data by somebody else; a link of the chain.</summary>
internal sealed class AccessRecord
{
    /// <summary>From 1 without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the data was shown.</summary>
    public required DateTimeOffset At { get; init; }

    public required Guid SubjectId { get; init; }

    public required Guid ActorId { get; init; }

    public required string ActorRole { get; init; }

    public string? Unit { get; init; }

    public required string Service { get; init; }

    public required string What { get; init; }

    public Guid? ObjectId { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The reason in words, where one was asked for.</summary>
    public string? Note { get; init; }

    /// <summary>Hash of the record before.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>See <see cref="ComputeHash"/>.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>
    /// Authenticates every field and the record before, with a key that is not in the database in clear: who can write the table alone cannot
    /// write a chain that fits.
    /// </summary>
    public byte[] ComputeHash(byte[] key)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(hash, PreviousHash);
        Append(hash, Number(Sequence));
        Append(hash, Number(At.UtcTicks));
        foreach (var text in new[]
        {
            SubjectId.ToString(), ActorId.ToString(), ActorRole, Unit, Service, What, ObjectId?.ToString(), Purpose, Note,
        })
        {
            // Null and empty are different, and no field can lend a letter to its neighbour.
            Append(hash, text is null ? [] : [1, .. Encoding.UTF8.GetBytes(text)]);
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, byte[] bytes)
    {
        hash.AppendData(Number(bytes.Length));
        hash.AppendData(bytes);
    }

    private static byte[] Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}

/// <summary>Where the chain begins and ends: without it, a chain cut off at either end would look whole.</summary>
internal sealed class AccessChain
{
    /// <summary>There is one row.</summary>
    public const int TheOne = 1;

    public required int Id { get; init; }

    /// <summary>The last record that retention has removed; 0 when none was.</summary>
    public long BaseSequence { get; set; }

    public byte[] BaseHash { get; set; } = [];

    public long HeadSequence { get; set; }

    public byte[] HeadHash { get; set; } = [];

    /// <summary>Authenticates this row.</summary>
    public byte[] Mac { get; set; } = [];

    public byte[] ComputeMac(byte[] key) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(
        FormattableString.Invariant($"access-chain {BaseSequence} {Convert.ToHexString(BaseHash)} {HeadSequence} {Convert.ToHexString(HeadHash)}")));
}
