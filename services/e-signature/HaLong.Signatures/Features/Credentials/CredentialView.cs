using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>A person's credential: the certificate, never its key.</summary>
/// <param name="Id">Id of the credential.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="Kind">citizen or officer.</param>
/// <param name="Term">long (a year) or oneTime (a quarter of an hour, one order).</param>
/// <param name="State">requested, active, suspended, revoked, expired or superseded.</param>
/// <param name="Name">Legal name.</param>
/// <param name="Assurance">How surely the person was known: 1 or 2.</param>
/// <param name="Policy">OID that the certificate names for how the person was identified.</param>
/// <param name="UnitCode">Of an officer.</param>
/// <param name="Role">Of an officer.</param>
/// <param name="IsApproved">Of an officer: by a second person.</param>
/// <param name="SerialNumber">Upper-case hex; null before it is issued.</param>
/// <param name="Subject">RFC 4514 name.</param>
/// <param name="Certificate">PEM; null before it is issued.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="IssuedAt">When the certificate was made.</param>
/// <param name="NotAfter">End of the certificate; of the request before there is one.</param>
/// <param name="MayRenew">True from 30 days before the end.</param>
/// <param name="RevokedAt">Since when it does not hold.</param>
/// <param name="Reason">Why it does not hold.</param>
internal sealed record CredentialView(Guid Id, Guid AccountId, CredentialKind Kind, CredentialTerm Term, CredentialState State, string Name, int Assurance,
    string Policy, string? UnitCode, string? Role, bool IsApproved, string? SerialNumber, string Subject, string? Certificate, DateTimeOffset CreatedAt,
    DateTimeOffset? IssuedAt, DateTimeOffset NotAfter, bool MayRenew, DateTimeOffset? RevokedAt, RevocationReason? Reason)
{
    public static CredentialView Of(PersonCredential c, DateTimeOffset now) => new(
        c.Id, c.AccountId, c.Kind, c.Term, StateOf(c, now), c.Name, c.Assurance, CertificatePolicies.Of(c), c.UnitCode, c.Role, c.ApprovedBy is not null,
        c.SerialNumber, c.Subject, c.Certificate is { } der ? PemEncoding.WriteString("CERTIFICATE", der) : null, c.CreatedAt, c.IssuedAt, c.NotAfter,
        c.State == CredentialState.Active && c.Term == CredentialTerm.Long && c.MayRenew(now), c.RevokedAt, c.RevocationReason);

    // What is past its end is so before the sweep comes round.
    private static CredentialState StateOf(PersonCredential c, DateTimeOffset now) =>
        c.NotAfter <= now && c.State is CredentialState.Requested or CredentialState.Active ? CredentialState.Expired : c.State;
}

/// <summary>One step in the life of a credential.</summary>
/// <param name="Id">Id of the step.</param>
/// <param name="Move">requested, approved, issued, pinChanged, suspended, resumed, revoked, superseded, expired or used.</param>
/// <param name="Reason">Of a revocation.</param>
/// <param name="Note">What was written.</param>
/// <param name="ActorId">Who did it; all zeros for the platform itself.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record CredentialChangeView(Guid Id, PersonCredentialMove Move, RevocationReason? Reason, string Note, Guid ActorId, DateTimeOffset OccurredAt)
{
    public static CredentialChangeView Of(PersonCredentialChange c) => new(c.Id, c.Move, c.Reason, c.Note, c.ActorId, c.OccurredAt);
}
