using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Where the approver's own signature stands, in the words of the API.</summary>
internal static class SignatureStage
{
    /// <summary>Wanted; the platform has still to ask for it.</summary>
    public const string Due = "due";

    /// <summary>The approver is asked, until <see cref="Dossier.WaitUntil"/>.</summary>
    public const string Asked = "asked";

    /// <summary>It is in the file; the seal follows.</summary>
    public const string Signed = "signed";

    /// <summary>The approver said no.</summary>
    public const string Refused = "refused";

    /// <summary>The deadline passed.</summary>
    public const string Expired = "expired";

    /// <summary>Somebody took the session back, or e-signature knows none.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>What came back is not the result with a signature that holds.</summary>
    public const string Invalid = "invalid";

    /// <summary>Those after which somebody has to ask again.</summary>
    public static readonly IReadOnlyList<string> Missed = [Refused, Expired, Cancelled, Invalid];

    /// <summary>
    /// The signing session of a paper: the same in every attempt, so that e-signature makes it once, and another one each time it is asked for again.
    /// </summary>
    public static Guid SessionOf(Guid paper, int round)
    {
        Span<byte> name = stackalloc byte[20];
        paper.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(name[16..], round);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(name, hash);
        // A UUID of one's own making (RFC 9562, version 8).
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
