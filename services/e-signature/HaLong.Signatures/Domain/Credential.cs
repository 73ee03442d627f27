namespace HaLong.Signatures.Domain;

/// <summary>A signing certificate with its key: today the seal of an administrative unit.</summary>
internal sealed class Credential
{
    /// <summary>A certificate this close to its end is replaced, not used.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private Credential()
    {
    }

    public Guid Id { get; private set; }

    public string UnitCode { get; private set; } = "";

    public Guid AuthorityId { get; private set; }

    /// <summary>Upper-case hex, as certificates show it.</summary>
    public string SerialNumber { get; private set; } = "";

    /// <summary>RFC 4514 name.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>DER.</summary>
    public byte[] Certificate { get; private set; } = [];

    /// <summary>PKCS#8, encrypted with the configured password.</summary>
    public byte[] EncryptedKey { get; private set; } = [];

    public DateTimeOffset NotAfter { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When another credential took its place; one per unit is current.</summary>
    public DateTimeOffset? SupersededAt { get; private set; }

    public static Credential Issue(string unitCode, Guid authorityId, string serialNumber, string subject, byte[] certificate,
        byte[] encryptedKey, DateTimeOffset notAfter, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            UnitCode = unitCode,
            AuthorityId = authorityId,
            SerialNumber = serialNumber,
            Subject = subject,
            Certificate = certificate,
            EncryptedKey = encryptedKey,
            NotAfter = notAfter,
            CreatedAt = now,
        };

    public bool IsUsable(DateTimeOffset now) => SupersededAt is null && NotAfter - now > RenewBefore;

    public void Supersede(DateTimeOffset now) => SupersededAt ??= now;
}
