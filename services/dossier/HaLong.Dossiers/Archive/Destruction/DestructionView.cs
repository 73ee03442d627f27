namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>A destruction list as the API shows it.</summary>
/// <param name="State">proposed, approved, rejected or executed.</param>
/// <param name="Count">Dossiers on it.</param>
/// <param name="Reason">Why it was rejected.</param>
internal sealed record DestructionView(
    Guid Id, string Unit, string State, string LegalBasis, int Count, Guid ProposedBy, DateTimeOffset ProposedAt, Guid? ReviewedBy, DateTimeOffset? ReviewedAt, string? Reason,
    DateTimeOffset? ExecutedAt, string? Minutes, uint Version)
{
    public static DestructionView Of(DestructionList l) => new(
        l.Id, l.UnitCode, l.State, l.LegalBasis, l.Count, l.ProposedBy, l.ProposedAt, l.ReviewedBy, l.ReviewedAt, l.Reason, l.ExecutedAt,
        l.ExecutedAt is null ? null : $"/api/v1/admin/destruction-lists/{l.Id}/minutes", l.Version);
}
