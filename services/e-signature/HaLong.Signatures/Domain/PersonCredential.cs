using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>Who a certificate is for, as identity says on the day.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="Name">Legal name.</param>
/// <param name="Assurance">How surely the person is known: 1 or 2.</param>
internal sealed record CredentialHolder(Guid AccountId, string Name, int Assurance);

/// <summary>A private key at rest. With a PIN, neither PIN nor the service's password alone opens it.</summary>
/// <param name="Box">Encrypted key.</param>
/// <param name="PinSalt">Salt of the derivation; empty without a PIN.</param>
/// <param name="PinIterations">Rounds of the derivation; 0 without a PIN.</param>
internal sealed record KeyEnvelope(byte[] Box, byte[] PinSalt, int PinIterations);

/// <summary>A certificate just made.</summary>
/// <param name="AuthorityId">Who issued it.</param>
/// <param name="SerialNumber">Upper-case hex.</param>
/// <param name="Subject">RFC 4514 name.</param>
/// <param name="Der">The certificate.</param>
/// <param name="NotAfter">Its end.</param>
internal sealed record IssuedCertificate(Guid AuthorityId, string SerialNumber, string Subject, byte[] Der, DateTimeOffset NotAfter);

/// <summary>The credential of a person: requested, active, and one of several ends. Its key leaves when it cannot sign any more.</summary>
internal sealed class PersonCredential
{
    /// <summary>A long credential.</summary>
    public static readonly TimeSpan LongLife = TimeSpan.FromDays(365);

    /// <summary>A one-time credential.</summary>
    public static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(15);

    /// <summary>How long a request waits for approval and PIN.</summary>
    public static readonly TimeSpan RequestLife = TimeSpan.FromDays(30);

    private PersonCredential()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public CredentialKind Kind { get; private set; }

    public CredentialTerm Term { get; private set; }

    public CredentialState State { get; private set; }

    /// <summary>Legal name when it was requested.</summary>
    public string Name { get; private set; } = "";

    /// <summary>How surely the person was known when it was requested.</summary>
    public int Assurance { get; private set; }

    /// <summary>Of an officer.</summary>
    public string? UnitCode { get; private set; }

    /// <summary>Of an officer: one of the platform's roles.</summary>
    public string? Role { get; private set; }

    /// <summary>Of an officer: last day of the assignment as far as known.</summary>
    public DateOnly? AssignedUntil { get; private set; }

    public Guid? ApprovedBy { get; private set; }

    public Guid? AuthorityId { get; private set; }

    /// <summary>Upper-case hex; null before it is issued.</summary>
    public string? SerialNumber { get; private set; }

    public string Subject { get; private set; } = "";

    public byte[]? Certificate { get; private set; }

    /// <summary>Null before it is issued and when it can sign no more.</summary>
    public byte[]? SealedKey { get; private set; }

    public byte[] PinSalt { get; private set; } = [];

    public int PinIterations { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    /// <summary>End of the certificate; of the request before there is one.</summary>
    public DateTimeOffset NotAfter { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public RevocationReason? RevocationReason { get; private set; }

    public Guid? SuspendedBy { get; private set; }

    public bool SuspendedByManager { get; private set; }

    /// <summary>Revision for If-Match.</summary>
    public uint Version { get; private set; }

    public bool HasPin => PinIterations > 0;

    public KeyEnvelope? Envelope => SealedKey is { } box ? new KeyEnvelope(box, PinSalt, PinIterations) : null;

    public static PersonCredential ForCitizen(CredentialHolder holder, CredentialTerm term, DateTimeOffset now) =>
        Request(holder, CredentialKind.Citizen, term, now);

    public static PersonCredential ForOfficer(CredentialHolder holder, string unit, string role, DateOnly? assignedUntil, DateTimeOffset now)
    {
        var credential = Request(holder, CredentialKind.Officer, CredentialTerm.Long, now);
        (credential.UnitCode, credential.Role, credential.AssignedUntil) = (unit, role, assignedUntil);
        return credential;
    }

    /// <summary>Whether a request for another may be made while this one is there: near its end, or when its PIN is lost.</summary>
    public bool MayRenew(DateTimeOffset now) => NotAfter - now <= Credential.RenewBefore;

    /// <summary>The same for another year with another key: what was approved stays approved while role and unit are the same.</summary>
    public PersonCredential Renew(CredentialHolder holder, DateOnly? assignedUntil, DateTimeOffset now)
    {
        var next = Request(holder, Kind, Term, now);
        (next.UnitCode, next.Role, next.AssignedUntil, next.ApprovedBy) = (UnitCode, Role, assignedUntil, ApprovedBy);
        return next;
    }

    public Result Approve(Guid by)
    {
        if (State != CredentialState.Requested || ApprovedBy is not null || Kind != CredentialKind.Officer)
            return CredentialErrors.NotRequested;
        if (by == AccountId)
            return CredentialErrors.SamePerson;
        ApprovedBy = by;
        return Result.Success;
    }

    /// <summary>Why no certificate may be made now; null when one may.</summary>
    public Error? WhyNotIssue(DateTimeOffset now) =>
        State != CredentialState.Requested || NotAfter <= now ? CredentialErrors.Ended
        : Kind == CredentialKind.Officer && ApprovedBy is null ? CredentialErrors.NotReady : null;

    public void Issue(IssuedCertificate certificate, KeyEnvelope key, DateTimeOffset now)
    {
        (AuthorityId, SerialNumber, Subject, Certificate, NotAfter) =
            (certificate.AuthorityId, certificate.SerialNumber, certificate.Subject, certificate.Der, certificate.NotAfter);
        (State, IssuedAt) = (CredentialState.Active, now);
        Keep(key);
    }

    /// <summary>The same key under another PIN.</summary>
    public void Keep(KeyEnvelope key) => (SealedKey, PinSalt, PinIterations) = (key.Box, key.PinSalt, key.PinIterations);

    /// <summary>Why it may not sign now; null when it may.</summary>
    public Error? WhyNotSign(DateTimeOffset now) => State switch
    {
        CredentialState.Active when NotAfter > now && SealedKey is not null => null,
        CredentialState.Suspended => CredentialErrors.Suspended,
        CredentialState.Requested => CredentialErrors.NotReady,
        _ => CredentialErrors.Ended,
    };

    public Result Suspend(Guid by, bool asManager, DateTimeOffset now)
    {
        if (State != CredentialState.Active || NotAfter <= now)
            return State == CredentialState.Suspended ? CredentialErrors.Suspended : CredentialErrors.Ended;
        (State, RevokedAt, RevocationReason) = (CredentialState.Suspended, now, Domain.RevocationReason.CertificateHold);
        (SuspendedBy, SuspendedByManager) = (by, asManager);
        return Result.Success;
    }

    public Result Resume(Guid by, bool asManager)
    {
        if (State != CredentialState.Suspended)
            return CredentialErrors.NotSuspended;
        if (asManager != SuspendedByManager || (asManager && by == SuspendedBy))
            return CredentialErrors.NotYoursToResume;
        (State, RevokedAt, RevocationReason, SuspendedBy) = (CredentialState.Active, null, null, null);
        return Result.Success;
    }

    /// <summary>For ever. A suspended one keeps the moment from which it did not hold. A request without a certificate just ends.</summary>
    public Result Revoke(RevocationReason reason, DateTimeOffset now)
    {
        if (State is CredentialState.Revoked || (RevokedAt is not null && State != CredentialState.Suspended))
            return CredentialErrors.Ended;
        if (SerialNumber is not null)
            (RevokedAt, RevocationReason) = (RevokedAt ?? now, reason);
        End(CredentialState.Revoked);
        return Result.Success;
    }

    /// <summary>It signs no more, but was not revoked: what it signed is untouched.</summary>
    public void End(CredentialState state) => (State, SealedKey, SuspendedBy) = (state, null, null);

    /// <summary>The assignment behind it was given another last day.</summary>
    public void AssignUntil(DateOnly? day) => AssignedUntil = day;

    private static PersonCredential Request(CredentialHolder holder, CredentialKind kind, CredentialTerm term, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = holder.AccountId,
        Name = holder.Name,
        Assurance = holder.Assurance,
        Kind = kind,
        Term = term,
        CreatedAt = now,
        NotAfter = now + RequestLife,
    };
}
