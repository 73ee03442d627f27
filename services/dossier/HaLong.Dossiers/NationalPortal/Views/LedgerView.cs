using HaLong.Dossiers.NationalPortal.Ledger;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>What the portal knows of a dossier, beside what it should know.</summary>
/// <param name="DossierId">Null where nobody knows it here.</param>
/// <param name="State">pending, sent (outcome not known yet), acknowledged or rejected.</param>
/// <param name="Pending">What is to be told next or on its way: dossier, progress or status.</param>
/// <param name="LastError">The portal's code, or what failed.</param>
/// <param name="Drift">missing, status, content or unknown, as of the last comparison.</param>
/// <param name="TheirStatus">As of the last comparison.</param>
internal sealed record LedgerView(
    Guid? DossierId, string Code, string? UnitCode, short? OurStatus, string? OurStatusVi, DateTimeOffset? OurChangedAt, string? State, string? Pending,
        DateTimeOffset? PendingSince,
    int Attempts, DateTimeOffset? NextTryAt, DateTimeOffset? SentAt, DateTimeOffset? AcknowledgedAt, int Steps, int SentSteps, string? LastError,
        short? TheirStatus,
    DateTimeOffset? TheirSeenAt, string? Drift, DateTimeOffset? DriftSince, DateTimeOffset? HealedAt, DateTimeOffset? ReceptionAcknowledgedAt,
        DateTimeOffset? ResultAcknowledgedAt)
{
    public static LedgerView Of(LedgerEntry l) => new(
        l.DossierId, l.Code, l.UnitCode, l.OurStatus, PortalStatus.Of(l.OurStatus)?.Vi, l.OurChangedAt, l.State, l.Message, l.PendingSince, l.Attempts,
            l.NextTryAt, l.SentAt,
        l.AcknowledgedAt, l.Steps, l.SentSteps, l.LastError, l.TheirStatus, l.TheirSeenAt, l.Drift, l.DriftSince, l.HealedAt, l.ReceptionAcknowledgedAt,
            l.ResultAcknowledgedAt);

    public static LedgerView Of(Stranger s) => new(
        null, s.Code, null, null, null, null, null, null, null, 0, null, null, null, 0, 0, null, s.TheirStatus, s.SeenAt, LedgerDrift.Unknown, s.Since,
            null, null, null);
}
