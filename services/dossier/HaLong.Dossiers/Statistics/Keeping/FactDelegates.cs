using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Derives the facts of some dossiers from their histories, as they are now; none for those that have no history any more.</summary>
internal delegate Task<IReadOnlyList<DossierFact>> FactsOf(IReadOnlyCollection<Guid> ids, CancellationToken ct);

/// <summary>Derives the facts of all filed dossiers.</summary>
internal delegate IAsyncEnumerable<DossierFact> AllFacts(CancellationToken ct);
