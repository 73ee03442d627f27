using MassTransit;

namespace HaLong.Dossiers.Register;

/// <summary>The service's note to itself: the PDF of this closed book is to be written.</summary>
/// <param name="BookId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-book-writing-due.v1")]
[MessageUrn("halong.dossier-book-writing-due.v1")]
internal sealed record BookWritingDue(Guid BookId, int Attempt);

/// <summary>The service's note to itself: the PDF of this closed book is to be sealed. Delayed after a failure.</summary>
/// <param name="BookId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-book-sealing-due.v1")]
[MessageUrn("halong.dossier-book-sealing-due.v1")]
internal sealed record BookSealingDue(Guid BookId, int Attempt);
