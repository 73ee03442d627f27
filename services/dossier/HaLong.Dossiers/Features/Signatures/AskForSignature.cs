using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Watchdog.Ladders;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>
/// Asks the approver of a written result for his signature: a signing session at e-signature with him alone. Like the seal it comes back as a delayed
/// outbox row when something fails; the id of the session makes it one session however often it is asked for.
/// </summary>
internal sealed partial class AskForSignature(
    DossierDbContext db, SigningSessionClient sessions, CalendarCache calendars, WaitReckoner reckoner, IOptions<DossierOptions> options, DossierTelemetry telemetry,
    TimeProvider time, ILogger<AskForSignature> log) : IConsumer<SignatureDue>
{
    /// <summary>No session may last longer than 30 days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(29);

    /// <summary>After the deadline it is looked what became of the session, in case nobody told.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public async Task Consume(ConsumeContext<SignatureDue> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        // Not locked while e-signature works, as with the seal.
        var found = await db.Dossiers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == message.DossierId, ct);
        if (found is not { AwaitsPerson: true, PersonSignature: SignatureStage.Due, SignatureSessionId: { } session } || found.SignatureRound != message.Round)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("ask for signature");
        activity?.SetTag("dossier.id", found.Id);
        var until = await TryAskAsync(found, message.Attempt, ct);
        if (await db.LockAsync(found.Id, ct) is not { AwaitsPerson: true } dossier || dossier.SignatureSessionId != session)
        {
            // Withdrawn, or asked of somebody else, while the session was made.
            db.Enqueue(new SignatureCancelDue(session, 1));
            return;
        }
        var now = time.Now();
        if (!until.IsSuccess)
        {
            dossier.SigningFailed(now);
            db.Enqueue(message with { Attempt = message.Attempt + 1 }, Sealing.PauseAfter(message.Attempt, options.Value.SigningRetry));
            telemetry.SigningFailed();
            AskingFailed(log, dossier.Id, message.Attempt, until.Error.Code);
            return;
        }
        if (!dossier.SignatureAsked(until.Value, now))
            return;
        telemetry.PersonSignature(SignatureStage.Asked);
        var left = until.Value - now;
        db.Enqueue(new SignatureOutcomeDue(dossier.Id, session, 1), (left > TimeSpan.Zero ? left : TimeSpan.Zero) + Grace);
    }

    private async Task<Result<DateTimeOffset>> TryAskAsync(Dossier dossier, int attempt, CancellationToken ct)
    {
        var unsigned = await db.Documents.AsNoTracking()
            .SingleAsync(d => d.DossierId == dossier.Id && d.Kind == DocumentKind.UnsignedResult && d.ResultId == dossier.UnsignedId, ct);
        var now = time.Now();
        var until = new WorkTimes(await calendars.LatestAsync(ct), reckoner.CountingOf(dossier)).AfterDays(options.Value.PersonSignatureDays, now);
        return await sessions.OpenAsync(dossier, unsigned.Sha256, until < now + Longest ? until : now + Longest, attempt > 1, ct);
    }

    [LoggerMessage(4066, LogLevel.Warning, "Asking the approver of dossier {DossierId} for a signature failed at attempt {Attempt} with {Code}; tried again later")]
    private static partial void AskingFailed(ILogger log, Guid dossierId, int attempt, string code);
}
