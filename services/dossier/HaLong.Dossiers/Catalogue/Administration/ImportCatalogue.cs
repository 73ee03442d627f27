using System.Text.Json;
using HaLong.Dossiers.Catalogue.Checking;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>
/// Takes a file in: what is new or changed becomes drafts that wait for review; a second administrator publishes them together. A dry run
/// only reports. A file with defects changes nothing. Doing it twice finds the drafts of the first time and is refused.
/// </summary>
internal sealed class ImportCatalogue(DossierDbContext db, DraftDesk desk, CatalogueAudit audit, Caller caller, TimeProvider time)
{
    /// <summary>Largest file: ten thousand procedures of the usual size.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <param name="ImportId">Names the drafts of this import; null for a dry run.</param>
    /// <param name="Defects">Everything that is wrong with the file.</param>
    /// <param name="Items">What is new or changed, with the fields that differ.</param>
    internal sealed record Report(
        bool DryRun, Guid? ImportId, int Total, int New, int Changed, int Unchanged, IReadOnlyList<DefectView> Defects, IReadOnlyList<ImportItem> Items);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/imports", (JsonElement file, bool? dryRun, ImportCatalogue handler, CancellationToken ct) => handler.HandleAsync(file, dryRun ?? false, ct))
        .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Import a catalogue file as drafts; dryRun=true only reports")
        .WithDescription("An Idempotency-Key can be used for files up to 1 MB; larger ones need none, for a repeat is refused while the drafts of the first time wait.")
        .Answers<Report>(200, 400, 403, 409, 413, 422);

    private async Task<IResult> HandleAsync(JsonElement file, bool dryRun, CancellationToken ct)
    {
        var read = ImportFile.Read(file);
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        if (!dryRun)
            await CatalogueStamp.RaiseAsync(db, ct);
        var codes = read.Items.ConvertAll(i => i.Code);
        var today = LocalTime.Date(time.GetUtcNow());
        var versions = (await db.Procedures.AsNoTracking().Where(p => codes.Contains(p.Code) && (p.ValidTo == null || p.ValidTo >= p.ValidFrom)).ToListAsync(ct)).ToLookup(p => p.Code);
        var latest = versions.ToDictionary(g => g.Key, g => g.MaxBy(p => p.ValidFrom)!);
        // What is in force changes nothing either: an export of today can be imported although something else is planned.
        var items = read.Items.ConvertAll(i => ImportFile.Compare(
            i.Code, i.Content, latest.GetValueOrDefault(i.Code)?.Content, versions[i.Code].FirstOrDefault(p => p.IsInForce(today))?.Content));
        var differing = items.Where(i => i.Kind != "unchanged").ToDictionary(i => i.Code);
        var waiting = await desk.Drafts.AsNoTracking().Where(d => codes.Contains(d.Code) && DraftStates.Open.Contains(d.State)).Select(d => d.Code).ToListAsync(ct);
        var defects = read.Defects.Concat(waiting.Where(differing.ContainsKey).Select(c => new Defect($"items[{codes.IndexOf(c)}].code", $"thủ tục {c} đang có bản dự thảo chưa công bố", $"procedure {c} has an unpublished draft"))).ToList();

        var report = new Report(
            dryRun, null, read.Items.Count, items.Count(i => i.Kind == "new"), items.Count(i => i.Kind == "changed"), items.Count(i => i.Kind == "unchanged"),
            [.. defects.Take(1000).Select(DefectView.Of)], [.. differing.Values]);
        if (dryRun)
            return TypedResults.Ok(report);
        if (DraftDesk.Defects(CatalogueErrors.InvalidImport, defects) is { } broken)
            return broken.ToProblem();
        if (differing.Count == 0)
            return CatalogueErrors.NothingToImport.ToProblem();

        var now = time.Now();
        var import = Guid.CreateVersion7(now);
        foreach (var (code, content) in read.Items.Where(i => differing.ContainsKey(i.Code)))
        {
            var draft = ProcedureDraft.Open(
                Guid.CreateVersion7(now), code, new DraftText(content.GetRawText(), CanonicalJson.Hash(content)),
                new DraftTerms(latest.GetValueOrDefault(code)?.Id, null, null, null), repeal: false, import, caller.ActorId, now);
            draft.Submit(now);
            desk.Drafts.Add(draft);
        }
        audit.Record("catalogue.imported", null, null, new { import, report.Total, report.New, report.Changed, report.Unchanged });
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return TypedResults.Ok(report with { ImportId = import });
    }
}
