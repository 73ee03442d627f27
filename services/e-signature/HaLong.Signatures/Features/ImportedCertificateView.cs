using HaLong.Signatures.Providers.Imported;

namespace HaLong.Signatures.Features;

/// <summary>A certificate on an officer's own token.</summary>
/// <param name="Id">Of the registration; the credential's id when signing.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="UnitCode">The officer's unit when he registered it.</param>
/// <param name="SerialNumber">Upper-case hex.</param>
/// <param name="Subject">RFC 4514 name.</param>
/// <param name="Issuer">RFC 4514 name.</param>
/// <param name="Fingerprint">SHA-256, lower-case hex.</param>
/// <param name="NotAfter">Its end.</param>
/// <param name="RevocationKnown">Whether a list of its authority could be asked when it was registered.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Status">current, expired or removed.</param>
internal sealed record ImportedCertificateView(Guid Id, Guid AccountId, string UnitCode, string SerialNumber, string Subject, string Issuer, string Fingerprint,
    DateTimeOffset NotAfter, bool RevocationKnown, DateTimeOffset CreatedAt, string Status)
{
    public static ImportedCertificateView Of(ImportedCertificate c, DateTimeOffset now) => new(c.Id, c.AccountId, c.UnitCode, c.SerialNumber, c.Subject, c.Issuer,
        c.Fingerprint, c.NotAfter, c.RevocationKnown, c.CreatedAt, c.RemovedAt is not null ? "removed" : c.IsUsable(now) ? "current" : "expired");
}

/// <summary>One line of the history of a registration.</summary>
/// <param name="Id">Of the change.</param>
/// <param name="Move">registered or removed.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record ImportedChangeView(Guid Id, ImportedMove Move, Guid ActorId, DateTimeOffset OccurredAt);
