namespace HaLong.Signatures.Domain;

/// <summary>Place of an authority in the chain.</summary>
internal enum AuthorityKind
{
    /// <summary>Self-signed; everybody's trust begins here.</summary>
    Root,

    /// <summary>Certified by the root; issues the certificates of signers.</summary>
    Issuing,

    /// <summary>Certified by the issuing authority; signs time-stamps (RFC 3161).</summary>
    TimeStamp,

    /// <summary>Certified by the issuing authority; signs answers about the status of certificates (RFC 6960).</summary>
    StatusResponder,
}

/// <summary>A certificate authority of the development PKI, or one that speaks in its name.</summary>
internal sealed class Authority
{
    private Authority()
    {
    }

    public Guid Id { get; private set; }

    public AuthorityKind Kind { get; private set; }

    /// <summary>DER.</summary>
    public byte[] Certificate { get; private set; } = [];

    /// <summary>PKCS#8, encrypted with the configured password.</summary>
    public byte[] EncryptedKey { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When another certificate took its place; one per kind is current.</summary>
    public DateTimeOffset? SupersededAt { get; private set; }

    public static Authority Create(AuthorityKind kind, byte[] certificate, byte[] encryptedKey, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = kind, Certificate = certificate, EncryptedKey = encryptedKey, CreatedAt = now };

    public void Supersede(DateTimeOffset now) => SupersededAt ??= now;
}
