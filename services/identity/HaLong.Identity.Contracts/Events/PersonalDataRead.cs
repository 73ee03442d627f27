using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>
/// Somebody opened data of other people: an official, a helper or a delegate. Every service says so; identity keeps the record, and each person
/// can read who looked. Reading one's own data is not reported.
/// </summary>
/// <param name="Id">Of this reading.</param>
/// <param name="SubjectIds">Whose data; several when a page of a list was read.</param>
/// <param name="ActorId">Who looked.</param>
/// <param name="ActorRole">In which role, e.g. reception or helper.</param>
/// <param name="Unit">Code of the unit of who looked; null for people of the public.</param>
/// <param name="Service">The service that answered, e.g. dossier.</param>
/// <param name="What">What was shown: dossier, dossier-list, timeline, receipt, document, payment, payment-code…</param>
/// <param name="ObjectId">Which one; null for lists.</param>
/// <param name="Purpose">Why: dossier-processing, payment, assisted-session, delegation.</param>
/// <param name="At">When, UTC.</param>
[EntityName("halong.personal-data-read.v1")]
[MessageUrn("halong.personal-data-read.v1")]
public sealed record PersonalDataRead(
    Guid Id, IReadOnlyList<Guid> SubjectIds, Guid ActorId, string ActorRole, string? Unit, string Service, string What, Guid? ObjectId, string Purpose,
    DateTimeOffset At);
