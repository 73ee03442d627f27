using HaLong.ServiceDefaults;

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

    /// <summary>Since when the certificate does not hold; null while it does.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Why it does not hold; <see cref="Domain.RevocationReason.CertificateHold"/> is the only one that can be taken back.</summary>
    public RevocationReason? RevocationReason { get; private set; }

    /// <summary>Who suspended it: somebody else has to let it come back.</summary>
    public Guid? SuspendedBy { get; private set; }

    /// <summary>Revision for If-Match.</summary>
    public uint Version { get; private set; }

    public bool IsSuspended => RevocationReason is Domain.RevocationReason.CertificateHold;

    /// <summary>The unit seals nothing any more.</summary>
    public bool IsClosed => RevocationReason is Domain.RevocationReason.CessationOfOperation;

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

    public bool IsUsable(DateTimeOffset now) => SupersededAt is null && RevokedAt is null && NotAfter - now > RenewBefore;

    public void Supersede(DateTimeOffset now) => SupersededAt ??= now;

    /// <summary>
    /// For ever. A suspended one keeps the moment from which it did not hold. The unit gets another seal at its next signature, unless it
    /// ceased to seal.
    /// </summary>
    public Result Revoke(RevocationReason reason, DateTimeOffset now)
    {
        if (RevokedAt is not null && !IsSuspended)
            return SignatureErrors.AlreadyRevoked;
        RevokedAt ??= now;
        (RevocationReason, SuspendedBy) = (reason, null);
        if (!IsClosed)
            Supersede(now);
        return Result.Success;
    }

    /// <summary>For the time being: the unit seals nothing until somebody else lets it come back.</summary>
    public Result Suspend(Guid actor, DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return IsSuspended ? SignatureErrors.SealSuspended : SignatureErrors.AlreadyRevoked;
        (RevokedAt, RevocationReason, SuspendedBy) = (now, Domain.RevocationReason.CertificateHold, actor);
        return Result.Success;
    }

    public Result Resume(Guid actor)
    {
        if (!IsSuspended)
            return SignatureErrors.NotSuspended;
        if (SuspendedBy == actor)
            return SignatureErrors.SamePerson;
        (RevokedAt, RevocationReason, SuspendedBy) = (null, null, null);
        return Result.Success;
    }
}
