using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Providers.Imported;

/// <summary>An officer's certificate whose key is on a token in his hand: this service knows the certificate, and that he once signed with its key.</summary>
internal sealed class ImportedCertificate
{
    private ImportedCertificate()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>The officer's unit when he registered it.</summary>
    public string UnitCode { get; private set; } = "";

    /// <summary>Upper-case hex.</summary>
    public string SerialNumber { get; private set; } = "";

    /// <summary>RFC 4514 name.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>RFC 4514 name of who issued it.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>DER, signer first, root last.</summary>
    public byte[][] Chain { get; private set; } = [];

    public DateTimeOffset NotBefore { get; private set; }

    public DateTimeOffset NotAfter { get; private set; }

    /// <summary>Whether a list of its authority could be asked when it was registered.</summary>
    public bool RevocationKnown { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Revision for If-Match.</summary>
    public uint Version { get; private set; }

    public byte[] Certificate => Chain[0];

    public static ImportedCertificate Register(Guid account, string unit, IReadOnlyList<byte[]> chain, bool revocationKnown, DateTimeOffset now)
    {
        using var signer = X509CertificateLoader.LoadCertificate(chain[0]);
        return new ImportedCertificate
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            UnitCode = unit,
            SerialNumber = signer.SerialNumber,
            Subject = Cut(DistinguishedName.Write(signer.SubjectName)),
            Issuer = Cut(DistinguishedName.Write(signer.IssuerName)),
            Fingerprint = FingerprintOf(chain[0]),
            Chain = [.. chain],
            NotBefore = signer.NotBefore.ToUniversalTime(),
            NotAfter = signer.NotAfter.ToUniversalTime(),
            RevocationKnown = revocationKnown,
            CreatedAt = now,
        };
    }

    public bool IsUsable(DateTimeOffset now) => RemovedAt is null && NotBefore <= now && now < NotAfter;

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    public static string FingerprintOf(byte[] certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate));

    private static string Cut(string text) => text.Length <= 500 ? text : text[..500];
}

/// <summary>What was done to a registration.</summary>
internal enum ImportedMove
{
    /// <summary>The officer proved that he has the key.</summary>
    Registered,

    /// <summary>The officer took it back.</summary>
    Removed,
}

/// <summary>One line of the history; the database keeps it from being rewritten.</summary>
internal sealed class ImportedChange
{
    private ImportedChange()
    {
    }

    public Guid Id { get; private set; }

    public Guid CertificateId { get; private set; }

    public ImportedMove Move { get; private set; }

    public Guid ActorId { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public static ImportedChange Of(ImportedCertificate certificate, ImportedMove move, Guid actor, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), CertificateId = certificate.Id, Move = move, ActorId = actor, OccurredAt = now };
}

/// <summary>A sentence that an officer signs once to show that he has a key.</summary>
internal sealed class ImportChallenge
{
    private ImportChallenge()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>DER, signer first, as the chain was found.</summary>
    public byte[][] Chain { get; private set; } = [];

    public bool RevocationKnown { get; private set; }

    /// <summary>What is signed. It begins with words of its own, so a signature over it is good for nothing else.</summary>
    public byte[] Statement { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static ImportChallenge Ask(Guid account, IReadOnlyList<byte[]> chain, bool revocationKnown, TimeSpan lasts, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var text = $"HaLong: register certificate {ImportedCertificate.FingerprintOf(chain[0])}\nchallenge {id:N} {RandomNumberGenerator.GetHexString(64, lowercase: true)}\n";
        return new ImportChallenge
        {
            Id = id,
            AccountId = account,
            Chain = [.. chain],
            RevocationKnown = revocationKnown,
            Statement = System.Text.Encoding.UTF8.GetBytes(text),
            ExpiresAt = now + lasts,
        };
    }

    /// <summary>Uses it up, whatever comes of it.</summary>
    /// <returns>False when it is too late or was used before.</returns>
    public bool Use(DateTimeOffset now)
    {
        if (UsedAt is not null || now >= ExpiresAt)
            return false;
        UsedAt = now;
        return true;
    }

    /// <summary>True when the statement was signed with the certificate's key.</summary>
    public bool IsProvenBy(byte[] signature)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Chain[0]);
        var algorithm = SignatureAlgorithm.Of(certificate);
        return SignatureCheck.Holds(certificate, algorithm, CryptographicOperations.HashData(algorithm.Hash, Statement), signature);
    }
}
