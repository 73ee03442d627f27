using System.Text.Json.Serialization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>One step of one filing: it is filed, or the portal is told what became of it.</summary>
internal sealed class InboundWork(
    DossierDbContext db, PortalClient portal, InboundReader reader, InboundFiler filer, InboundSubmission submission, InboundTelemetry telemetry,
    IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>What the portal is told.</summary>
    internal sealed record Acknowledgement(
        [property: JsonPropertyName("error_code")] string Code,
        [property: JsonPropertyName("message"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message);

    /// <exception cref="PortalTrouble">The portal does not do its part.</exception>
    /// <exception cref="ErrorException">A neighbour does not.</exception>
    public async Task StepAsync(string code, CancellationToken ct)
    {
        var row = await db.Set<InboundFiling>().SingleAsync(f => f.Code == code, ct);
        if (row.IsOver)
            await AnswerAsync(row, ct);
        else
            await FileAsync(row, ct);
    }

    private async Task AnswerAsync(InboundFiling row, CancellationToken ct)
    {
        await portal.PostAsync($"/api/v1/filings/{Uri.EscapeDataString(row.Code)}/acknowledgement", new Acknowledgement(row.AnswerCode!, row.AnswerText), ct);
        row.Answered(time.Now());
        await db.SaveChangesAsync(ct);
    }

    private async Task FileAsync(InboundFiling row, CancellationToken ct)
    {
        await DropDraftAsync(row, ct);
        if (await reader.FetchAsync(row, ct) is not { } filing)
            throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, "changed"));
        var understood = await filer.UnderstandAsync(row, filing, ct);
        var filed = understood.IsSuccess ? await submission.FileAsync(row, understood.Value, ct) : understood.Error;
        if (filed.IsSuccess)
            telemetry.Ended(InboundState.Filed);
        else
            await GiveUpAsync(row.Code, filed.Error, ct);
    }

    private async Task GiveUpAsync(string code, Error error, CancellationToken ct)
    {
        if (error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout)
            throw new ErrorException(error);
        // What was changed in memory and not saved is not to be saved now.
        db.ChangeTracker.Clear();
        var row = await db.Set<InboundFiling>().SingleAsync(f => f.Code == code, ct);
        await DropDraftAsync(row, ct);
        var (now, isFirst) = (time.Now(), row.State != InboundState.WaitingForAccount);
        if (error.Code == InboundErrors.NoAccount.Code)
            row.WaitForAccount(now + options.Value.Inbound.AccountInterval);
        else
            row.Fail(error.Code == InboundErrors.CodeTaken.Code ? InboundState.Refused : InboundState.Failed, error, now);
        await db.SaveChangesAsync(ct);
        if (row.State != InboundState.WaitingForAccount || isFirst)
            telemetry.Ended(row.State);
    }

    /// <summary>The draft of an attempt that did not come to its end. One that its owner has filed himself meanwhile stays.</summary>
    private async Task DropDraftAsync(InboundFiling row, CancellationToken ct)
    {
        if (row.DossierId is not { } draft)
            return;
        await db.Dossiers.Where(d => d.Id == draft && d.Status == DossierStatus.Draft).ExecuteDeleteAsync(ct);
        row.DossierId = null;
        await db.SaveChangesAsync(ct);
    }
}
