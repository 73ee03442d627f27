using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.Signatures.Contracts.Events;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>
/// Takes the signed result out of the approver's session and has it sealed; or notes that he did not sign. What e-signature tells is only a reason to look:
/// what counts is how the session stands, so that notices late, twice, in another order or lost make no difference.
/// </summary>
internal sealed partial class TakeSignature(
    DossierDbContext db, SigningSessionClient sessions, PaperWork papers, IOptions<DossierOptions> options, DossierTelemetry telemetry,
    TimeProvider time, ILogger<TakeSignature> log)
    : IConsumer<SigningCompleted>, IConsumer<SigningRefused>, IConsumer<SigningExpired>, IConsumer<SigningCancelled>, IConsumer<SignatureOutcomeDue>
{
    /// <summary>A session that is open after its deadline is looked at again.</summary>
    private static readonly TimeSpan StillOpen = TimeSpan.FromMinutes(10);

    public Task Consume(ConsumeContext<SigningCompleted> context) => LookAsync(context.Message.Subject, context.Message.SessionId, context.CancellationToken);

    public Task Consume(ConsumeContext<SigningRefused> context) => LookAsync(context.Message.Subject, context.Message.SessionId, context.CancellationToken);

    public Task Consume(ConsumeContext<SigningExpired> context) => LookAsync(context.Message.Subject, context.Message.SessionId, context.CancellationToken);

    public Task Consume(ConsumeContext<SigningCancelled> context) => LookAsync(context.Message.Subject, context.Message.SessionId, context.CancellationToken);

    public Task Consume(ConsumeContext<SignatureOutcomeDue> context) => LookAsync(context.Message, context.CancellationToken);

    /// <summary>Sessions of others, such as a citizen's own, are about something else.</summary>
    private Task LookAsync(string subject, Guid session, CancellationToken ct) =>
        Guid.TryParse(subject, out var dossier) ? LookAsync(new SignatureOutcomeDue(dossier, session, 1), ct) : Task.CompletedTask;

    private async Task LookAsync(SignatureOutcomeDue due, CancellationToken ct)
    {
        // Not locked while e-signature works, as with the seal.
        var found = await db.Dossiers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == due.DossierId, ct);
        if (found is not { AwaitsPerson: true, MissesPerson: false } || found.SignatureSessionId != due.SessionId)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("take signature");
        activity?.SetTag("dossier.id", found.Id);
        var unsigned = await db.Documents.AsNoTracking()
            .SingleAsync(d => d.DossierId == found.Id && d.Kind == DocumentKind.UnsignedResult && d.ResultId == found.UnsignedId, ct);
        var outcome = await sessions.OutcomeAsync(found, unsigned.Sha256, ct);
        if (await db.LockAsync(found.Id, ct) is not { AwaitsPerson: true, MissesPerson: false } dossier || dossier.SignatureSessionId != due.SessionId)
            return;
        if (!outcome.IsSuccess)
        {
            dossier.SigningFailed(time.Now());
            db.Enqueue(due with { Attempt = due.Attempt + 1 }, Sealing.PauseAfter(due.Attempt, options.Value.SigningRetry));
            telemetry.SigningFailed();
            return;
        }
        if (outcome.Value is { } ended)
            await EndAsync(dossier, ended, ct);
        else
            db.Enqueue(due with { Attempt = 1 }, StillOpen);
    }

    private async Task EndAsync(Dossier dossier, SessionOutcome ended, CancellationToken ct)
    {
        var now = time.Now();
        if (ended.Signed is { } signed)
        {
            db.Documents.Add(await papers.PersonSignedAsync(dossier, signed, ended.SignerSubject, ct));
            dossier.SignedByPerson(now);
            db.Enqueue(new ResultSigningDue(dossier.Id, 1));
            telemetry.Moved(Moves.SignByApprover);
        }
        else
        {
            dossier.MissSignature(ended.Missed!, ended.Reason, now);
            telemetry.Moved(Moves.MissSignature);
            NotSigned(log, dossier.Id, ended.Missed!);
        }
        telemetry.PersonSignature(dossier.PersonSignature!);
        db.Record(dossier);
    }

    [LoggerMessage(4067, LogLevel.Warning, "The result of dossier {DossierId} was not signed by its approver: {Outcome}; an approver has to ask again")]
    private static partial void NotSigned(ILogger log, Guid dossierId, string outcome);
}
