using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Features;

/// <summary>A seal of a unit: the certificate, never its key.</summary>
/// <param name="Id">Id of the credential.</param>
/// <param name="UnitCode">Whose.</param>
/// <param name="SerialNumber">Upper-case hex.</param>
/// <param name="Subject">RFC 4514 name.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="NotAfter">Its end.</param>
/// <param name="Status">current, superseded, suspended, revoked or expired.</param>
/// <param name="RevokedAt">Since when it does not hold.</param>
/// <param name="Reason">Why it does not hold.</param>
internal sealed record SealView(Guid Id, string UnitCode, string SerialNumber, string Subject, DateTimeOffset CreatedAt, DateTimeOffset NotAfter,
    string Status, DateTimeOffset? RevokedAt, RevocationReason? Reason)
{
    public static SealView Of(Credential c, DateTimeOffset now) => new(c.Id, c.UnitCode, c.SerialNumber, c.Subject, c.CreatedAt, c.NotAfter,
        StatusOf(c, now), c.RevokedAt, c.RevocationReason);

    private static string StatusOf(Credential c, DateTimeOffset now) =>
        c.IsSuspended ? "suspended" : c.RevokedAt is not null ? "revoked" : c.NotAfter <= now ? "expired" : c.SupersededAt is not null ? "superseded" : "current";
}

/// <summary>One change of a seal's status.</summary>
/// <param name="Id">Id of the change.</param>
/// <param name="CredentialId">Of which seal.</param>
/// <param name="Move">suspended, resumed or revoked.</param>
/// <param name="Reason">Of a revocation.</param>
/// <param name="Note">What the official wrote.</param>
/// <param name="ActorId">Account of the official.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record SealChangeView(Guid Id, Guid CredentialId, CredentialMove Move, RevocationReason? Reason, string Note, Guid ActorId,
    DateTimeOffset OccurredAt)
{
    public static SealChangeView Of(CredentialChange c) => new(c.Id, c.CredentialId, c.Move, c.Reason, c.Note, c.ActorId, c.OccurredAt);
}
