using System.Diagnostics;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Catalogue;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Workers;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Events;

/// <summary>
/// Writes every fact of a dossier into the public log, in whatever order the bus brings it; <see cref="EventRelease"/> puts them in order.
/// One queue for all types, apart from the messages to people: neither waits for the other.
/// </summary>
internal sealed class LogPublicEvent(NotificationDbContext db, IOptions<PlatformOptions> platform, TimeProvider clock)
    : IConsumer<DossierSubmitted>, IConsumer<DossierFeePaid>, IConsumer<DossierAccepted>, IConsumer<DossierDeadlineChanged>, IConsumer<DossierProcessingStarted>,
      IConsumer<DossierApproved>, IConsumer<DossierResultReady>, IConsumer<DossierReturned>,
      IConsumer<DossierSupplementRequested>, IConsumer<DossierSupplemented>, IConsumer<DossierNotAccepted>, IConsumer<DossierRefused>,
      IConsumer<DossierStopped>, IConsumer<DossierWithdrawn>, IConsumer<DossierFeeDue>, IConsumer<DossierDeadlineExtended>,
      IConsumer<DossierOverdue>, IConsumer<DossierResultCorrected>
{
    public Task Consume(ConsumeContext<DossierSubmitted> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierFeePaid> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierAccepted> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierDeadlineChanged> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierProcessingStarted> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierApproved> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierResultReady> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierReturned> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierSupplementRequested> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierSupplemented> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierNotAccepted> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierRefused> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierStopped> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierWithdrawn> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierFeeDue> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierDeadlineExtended> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierOverdue> context) => LogAsync(context, PublicFact.Of(context.Message));

    public Task Consume(ConsumeContext<DossierResultCorrected> context) => LogAsync(context, PublicFact.Of(context.Message));

    private async Task LogAsync(ConsumeContext context, PublicFact fact)
    {
        var ct = context.CancellationToken;
        var id = context.MessageId ?? throw new InvalidOperationException("An event without an id cannot be made public.");
        var traceParent = Activity.Current?.Id;
        var envelope = CloudEvent.Of(fact, id, traceParent, EventSchemas.UrlOf(platform.Value.PublicUrl, fact.Type)).ToJson();
        var (dossier, code, procedure, unit) = (fact.Data.DossierId, fact.Data.Code, fact.Data.ProcedureCode, fact.Data.UnitCode);
        var field = (fact.Data as SubmittedData)?.FieldCode;

        // Facts come in any order: the latest says who has the dossier, and the first says the field.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO event_stream AS known (dossier_id, next_sequence, code, procedure_code, unit_code, field_code, seen_sequence)
            VALUES ({dossier}, 1, {code}, {procedure}, {unit}, {field}, {fact.Sequence})
            ON CONFLICT (dossier_id) DO UPDATE
            SET field_code = coalesce(known.field_code, excluded.field_code),
                (code, procedure_code, unit_code, seen_sequence) = (
                    SELECT newest.code, newest.procedure_code, newest.unit_code, newest.seen_sequence
                    FROM (VALUES (known.code, known.procedure_code, known.unit_code, known.seen_sequence),
                                 (excluded.code, excluded.procedure_code, excluded.unit_code, excluded.seen_sequence))
                        AS newest (code, procedure_code, unit_code, seen_sequence)
                    ORDER BY newest.seen_sequence DESC LIMIT 1)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO public_event (id, dossier_id, sequence, type, received_at, trace_parent, envelope, occurred_at, procedure_code, unit_code)
            VALUES ({id}, {dossier}, {fact.Sequence}, {fact.Type}, {clock.GetUtcNow()}, {traceParent}, {envelope}, {fact.OccurredAt.ToUniversalTime()}, {procedure}, {unit})
            ON CONFLICT DO NOTHING
            """, ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Signals.LoggedChannel}, '')", ct);
    }
}
