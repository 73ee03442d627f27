using System.Diagnostics;
using HaLong.Dossiers.NationalPortal.Ledger;

namespace HaLong.Dossiers.NationalPortal.Sending;

/// <summary>Sends one message that was written down, and has what became of it recorded. What may have been taken before is asked about, not
/// repeated.</summary>
internal sealed partial class MessageSender(
    PortalClient portal, MessageRecord record, PortalCircuit circuit, PortalTelemetry telemetry, TimeProvider time, ILogger<MessageSender> log)
{
    // The portal's word for a dossier that it does not know.
    private const string NoSuchDossier = "4041";

    // So often a step waits for its dossier, which the portal says it will apply.
    private const int Patience = 6;

    public async Task SendAsync(PortalMessage message, CancellationToken ct)
    {
        if (circuit.State == CircuitState.Open)
        {
            await record.ReleasedAsync(message, ct);
            return;
        }

        using var span = DossierTelemetry.Source.StartActivity("portal message", ActivityKind.Client);
        span?.SetTag("dossier.id", message.DossierId).SetTag("message.id", message.Id).SetTag("message", message.Kind);
        var answer = message.Ask ? await AskAsync(message, ct) : null;
        answer ??= await portal.SendAsync(message.Path, message.Id, message.Body, ct);
        Note(answer);
        span?.SetTag("outcome", answer.Outcome.ToString());
        if (answer.Code is { } code)
            span?.SetTag("code", code);
        telemetry.Attempted(message.Kind, answer.Outcome.ToString());
        await RecordAsync(message, answer, ct);
    }

    private async Task RecordAsync(PortalMessage message, PortalAnswer answer, CancellationToken ct)
    {
        switch (answer.Outcome)
        {
            case PortalOutcome.Taken:
                await TakenAsync(message, certain: true, ct);
                break;
            case PortalOutcome.Duplicate:
                await TakenAsync(message, await IsThereAsync(message, ct), ct);
                break;
            case PortalOutcome.Rejected when answer.Code == NoSuchDossier:
                await NoDossierAsync(message, ct);
                break;
            case PortalOutcome.Rejected:
                await record.RejectedAsync(message, answer.Code!, ct);
                Rejected(log, message.DossierId, message.Kind, message.Id, answer.Code!);
                break;
            default:
                await record.LaterAsync(message, answer, counts: !answer.Away && answer.After is null, ct);
                NotSettled(log, message.DossierId, message.Kind, message.Id, message.Attempts, answer.Outcome, answer.Code!);
                break;
        }
    }

    /// <summary>What became of it; null when the portal has never seen it, so that it may go again.</summary>
    private async Task<PortalAnswer?> AskAsync(PortalMessage message, CancellationToken ct)
    {
        try
        {
            var told = await portal.MessageAsync(message.Id, ct);
            return told.State switch
            {
                PortalMessageState.Applied => new PortalAnswer(PortalOutcome.Duplicate),
                PortalMessageState.Rejected => new PortalAnswer(PortalOutcome.Rejected, told.Code ?? "rejected"),
                // It was taken, and is applied when the portal has time; if it never is, the comparison finds out.
                PortalMessageState.Pending => new PortalAnswer(PortalOutcome.Taken),
                PortalMessageState.Unknown => null,
                _ => new PortalAnswer(PortalOutcome.Unknown, "notUnderstood"),
            };
        }
        catch (PortalTrouble trouble)
        {
            return trouble.Answer with { Outcome = trouble.Answer.Outcome == PortalOutcome.NotTaken ? PortalOutcome.NotTaken : PortalOutcome.Unknown };
        }
    }

    /// <summary>
    /// Under this id something was taken; between then and now the dossier may have changed, and the words with it. What the portal holds says which
    /// were taken; if it does not answer, the dossier is told once more.
    /// </summary>
    private async Task<bool> IsThereAsync(PortalMessage message, CancellationToken ct)
    {
        if (message.Kind != LedgerMessage.Dossier)
            return true;
        try
        {
            return (await portal.DossierAsync(message.Code, ct))?.Hash == message.Hash;
        }
        catch (PortalTrouble trouble)
        {
            Note(trouble.Answer);
            NotAnswered(log, message.DossierId, trouble.Answer.Code!);
            return false;
        }
    }

    /// <summary>The dossier may still be on its way inside the portal; if it is not, it got lost there.</summary>
    private async Task NoDossierAsync(PortalMessage message, CancellationToken ct)
    {
        try
        {
            var whole = message.DossierMessageId is { } id ? await portal.MessageAsync(id, ct) : null;
            if (whole?.State == PortalMessageState.Pending && message.Attempts < Patience)
            {
                await record.LaterAsync(message, new PortalAnswer(PortalOutcome.NotTaken, NoSuchDossier), counts: true, ct);
                return;
            }

            // It was taken at first, and refused afterwards.
            if (whole?.State == PortalMessageState.Rejected)
            {
                await record.RejectedAsync(message with { Kind = LedgerMessage.Dossier }, whole.Code ?? "rejected", ct);
                Rejected(log, message.DossierId, LedgerMessage.Dossier, message.DossierMessageId!.Value, whole.Code ?? "rejected");
                return;
            }
        }
        catch (PortalTrouble trouble)
        {
            Note(trouble.Answer);
            await record.LaterAsync(message, trouble.Answer with { Outcome = PortalOutcome.NotTaken }, counts: !trouble.Answer.Away, ct);
            NotAnswered(log, message.DossierId, trouble.Answer.Code!);
            return;
        }

        await record.WholeFirstAsync(message, NoSuchDossier, ct);
        Lost(log, message.DossierId, message.DossierMessageId);
    }

    private async Task TakenAsync(PortalMessage message, bool certain, CancellationToken ct)
    {
        await record.TakenAsync(message, certain, ct);
        if (certain && message.PendingSince is { } since)
            telemetry.Acknowledged(time.Now() - since);
    }

    private void Note(PortalAnswer answer)
    {
        if (answer.Away || answer.After is not null)
            circuit.Failed(answer);
        else if (answer.Code != PortalClient.AnswerLost)
            circuit.Answered();
    }

    [LoggerMessage(4480, LogLevel.Warning, "The national portal rejects {Message} message {MessageId} of dossier {DossierId}: {Code}")]
    private static partial void Rejected(ILogger log, Guid dossierId, string message, Guid messageId, string code);

    [LoggerMessage(4481, LogLevel.Information,
        "{Message} message {MessageId} of dossier {DossierId} is not settled after {Attempts} attempts: {Outcome}, {Code}")]
    private static partial void NotSettled(ILogger log, Guid dossierId, string message, Guid messageId, int attempts, PortalOutcome outcome, string code);

    [LoggerMessage(4482, LogLevel.Warning, "The national portal does not know dossier {DossierId}, although it took message {MessageId}: it is told again")]
    private static partial void Lost(ILogger log, Guid dossierId, Guid? messageId);

    [LoggerMessage(4483, LogLevel.Information, "The national portal does not say what it has of dossier {DossierId}: {Code}")]
    private static partial void NotAnswered(ILogger log, Guid dossierId, string code);
}
