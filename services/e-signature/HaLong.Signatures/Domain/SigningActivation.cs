using System.Security.Cryptography;

namespace HaLong.Signatures.Domain;

/// <summary>How an order stands here.</summary>
internal enum ActivationState
{
    /// <summary>A code was asked for.</summary>
    Begun,

    /// <summary>PIN and code were right: the signature activation data (SAD) is out.</summary>
    Authorised,

    /// <summary>Signed; the signatures are kept for a while.</summary>
    Signed,

    /// <summary>Nobody signed in time.</summary>
    Lapsed,
}

/// <summary>By which door an order came.</summary>
internal enum ActivationDoor
{
    /// <summary>Signing of documents on this platform.</summary>
    Platform,

    /// <summary>Other software, by the Cloud Signature Consortium API.</summary>
    Csc,
}

/// <summary>
/// An order on its way. While it is authorised it holds the private key under its SAD and the service's password together; the SAD itself is
/// known to who asked, here only by its hash. Rows are erased a day after their end; what stays is <see cref="SigningRecord"/>.
/// </summary>
internal sealed class SigningActivation
{
    /// <summary>How long a SAD is good for.</summary>
    public static readonly TimeSpan SadLife = TimeSpan.FromMinutes(3);

    /// <summary>How long signatures are given again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Guid CredentialId { get; init; }

    public ActivationDoor Door { get; init; }

    /// <summary>True for the one order of a one-time credential.</summary>
    public bool IsOnly { get; init; }

    public ActivationState State { get; private set; }

    /// <summary>OID of key and hash; null while it is not known what is to be signed.</summary>
    public string? Algorithm { get; private set; }

    /// <summary>What the person agrees to: digest over algorithm, number and all hashes.</summary>
    public byte[]? HashesDigest { get; private set; }

    public int HashCount { get; private set; }

    public Guid? ChallengeId { get; private set; }

    /// <summary>Masked.</summary>
    public string CodeSentTo { get; private set; } = "";

    public DateTimeOffset BegunAt { get; init; }

    /// <summary>Until when the next step has to come.</summary>
    public DateTimeOffset Until { get; private set; }

    public byte[]? SadHash { get; private set; }

    public byte[]? SealedKey { get; private set; }

    public byte[][]? Signatures { get; private set; }

    public bool IsOpen => State is ActivationState.Begun or ActivationState.Authorised;

    public static SigningActivation Begin(Guid id, PersonCredential credential, ActivationDoor door, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = credential.AccountId,
        CredentialId = credential.Id,
        Door = door,
        IsOnly = credential.Term == CredentialTerm.OneTime,
        BegunAt = now,
        Until = now + TimeSpan.FromMinutes(5),
    };

    public static byte[] HashOf(byte[] sad) => SHA256.HashData(sad);

    public void Bind(string algorithm, byte[] digest, int count) => (Algorithm, HashesDigest, HashCount) = (algorithm, digest, count);

    /// <summary>How many documents there will be, when it is not known yet which.</summary>
    public void Announce(int count) => HashCount = count;

    public void Asked(Guid challenge, string sentTo, DateTimeOffset until) => (ChallengeId, CodeSentTo, Until) = (challenge, sentTo, until);

    /// <summary>Earlier SADs of the order are worth nothing from now on.</summary>
    public void Authorise(byte[] sad, byte[] sealedKey, DateTimeOffset now) =>
        (State, SadHash, SealedKey, Until) = (ActivationState.Authorised, HashOf(sad), sealedKey, now + SadLife);

    /// <summary>The key is gone with this; the SAD stays known until its end, so that asking again for the same gives the same.</summary>
    public void Sign(byte[][] signatures) => (State, SealedKey, Signatures) = (ActivationState.Signed, null, signatures);

    public void Lapse() => (State, SealedKey, SadHash) = (ActivationState.Lapsed, null, null);

    /// <summary>Whether this is an order for just these hashes.</summary>
    public bool IsFor(string algorithm, byte[] digest) =>
        Algorithm == algorithm && HashesDigest is { } bound && CryptographicOperations.FixedTimeEquals(bound, digest);
}
