using System.Collections.Concurrent;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files.Sandbox;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>
/// Looks at one document and stores what was found. Who has not answered is asked again later; the rest counts already. Asked twice at once
/// in a process it runs once; in two processes the same is found twice.
/// </summary>
internal sealed partial class PreflightRunner(
    IServiceScopeFactory scopes, SandboxPool sandbox, FileStore store, ClamAv scanner, IOptions<FileOptions> options, FileTelemetry telemetry,
    TimeProvider time, ILogger<PreflightRunner> log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<Guid, Lazy<Task>> running = new();
    private readonly PreflightOptions settings = options.Value.Preflight;

    public Task RunAsync(Guid documentId) => running.GetOrAdd(documentId, id => new Lazy<Task>(() => Start(id))).Value;

    /// <summary>In the platform's own name, also when somebody waits for it: not with his token, and not ended when he goes.</summary>
    private Task Start(Guid id)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(async () =>
            {
                try
                {
                    await LookAsync(id, CancellationToken.None);
                }
                catch (Exception e)
                {
                    // It is due again when its turn is over.
                    LookFailed(log, e, id);
                }
                finally
                {
                    running.TryRemove(id, out _);
                }
            });
    }

    private async Task LookAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        if (await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { PreflightDueAt: not null } document)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("preflight");
        activity?.SetTag("document.id", id);
        List<PreflightCheck> checks = [];
        var answer = await OpenAsync(document, ct);
        checks.AddRange(answer.Checks);
        var isDemanded = await IsSignedAsync(scope.ServiceProvider, db, document, ct);
        if (document.MediaType == FileType.Pdf.MediaType || isDemanded)
        {
            var signature = scope.ServiceProvider.GetRequiredService<SignatureCheck>();
            if (await signature.CheckAsync(document, answer.Signatures, isDemanded, ct) is { } signed)
                checks.Add(signed);
        }
        if (scanner.IsUsed)
            checks.Add(await scanner.ScanAsync(document.Sha256, ct));
        await SaveAsync(db, document, checks.ConvertAll(c => c with { Blocks = c.Outcome == CheckOutcome.Fail && settings.Blocks(c.Code) }), answer.Pages, ct);
    }

    private async Task<SandboxAnswer> OpenAsync(DossierDocument document, CancellationToken ct)
    {
        try
        {
            using var file = await store.LocalAsync(document.Sha256, ct);
            return await sandbox.InspectAsync(file.Path, document.MediaType, ct);
        }
        catch (Exception e) when (e is ServiceDefaults.ErrorException or System.ComponentModel.Win32Exception)
        {
            LookFailed(log, e, document.Id);
            return new SandboxAnswer([PreflightCheck.NotChecked(CheckCode.Opens, "unavailable")]);
        }
    }

    private static async Task<bool> IsSignedAsync(IServiceProvider services, DossierDbContext db, DossierDocument document, CancellationToken ct)
    {
        var catalogue = services.GetRequiredService<ProcedureCatalogue>();
        var procedureId = await db.Dossiers.Where(d => d.Id == document.DossierId).Select(d => d.ProcedureId).SingleAsync(ct);
        var components = catalogue.ContentOf(await catalogue.GetAsync(procedureId, ct)).Components;
        return document.Component is { } number && number <= components.Count && components[number - 1].Signed;
    }

    private async Task SaveAsync(DossierDbContext db, DossierDocument document, List<PreflightCheck> checks, int? pages, CancellationToken ct)
    {
        var isOpen = checks.Exists(c => c.Outcome == CheckOutcome.NotChecked);
        var attempts = isOpen ? (document.Preflight?.Attempts ?? 0) + 1 : 0;
        var now = time.Now();
        var report = new PreflightReport(checks, now, attempts, pages);
        DateTimeOffset? due = isOpen ? now + PauseAfter(attempts, settings.Retry) : null;
        await db.Documents.Where(d => d.Id == document.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.Preflight, report).SetProperty(d => d.PreflightDueAt, due), ct);
        telemetry.Looked(checks);
    }

    /// <summary>Doubles with each attempt, up to an hour.</summary>
    internal static TimeSpan PauseAfter(int attempt, TimeSpan first) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, first.Ticks << Math.Min(attempt - 1, 12)));

    [LoggerMessage(4043, LogLevel.Warning, "Document {DocumentId} could not be looked at; tried again later")]
    private static partial void LookFailed(ILogger log, Exception e, Guid documentId);
}
