namespace HaLong.Dossiers.NationalPortal.Sending;

/// <summary>A message that was written down and may go.</summary>
/// <param name="Kind">One of <see cref="Ledger.LedgerMessage"/>.</param>
/// <param name="Hash">Of the body.</param>
/// <param name="Ask">It may have been taken before: the portal is asked first.</param>
/// <param name="Attempts">With this one.</param>
/// <param name="PendingSince">When what it tells happened.</param>
internal sealed record PortalMessage(
    Guid DossierId, string Code, Guid Id, string Kind, byte[] Body, string Hash, bool Ask, int Attempts, DateTimeOffset? PendingSince, Guid? DossierMessageId)
{
    public string Path => Kind == Ledger.LedgerMessage.Dossier ? "/api/v1/dossiers" : $"/api/v1/dossiers/{Uri.EscapeDataString(Code)}/{Kind}";
}
