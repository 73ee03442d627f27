using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates;

/// <summary>
/// Puts the texts that the program carries into the table of versions: those of a new kind, and changed ones where no administrator has
/// published other words since. Until that is done, notices are written from the program's texts themselves.
/// </summary>
internal sealed partial class TemplateSeeder(
    IServiceScopeFactory scopes, TemplateCatalog catalog, TimeProvider clock, ILogger<TemplateSeeder> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <returns>How many versions were added.</returns>
    public async Task<int> SeedAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Replicas that start at the same moment take turns.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('notice_template'))", ct);
        var versions = (await db.Templates.AsNoTracking().Where(t => t.Number != null)
            .Select(t => new Version(t.Kind, t.Number ?? 0, t.State, t.Shipped, t.ContentHash)).ToListAsync(ct))
            .ToLookup(v => v.Kind, StringComparer.Ordinal);
        var added = 0;
        foreach (var template in catalog.All)
        {
            var text = TemplateContent.Write(TemplateContent.Of(template));
            if (!IsNews([.. versions[template.Kind]], text.Hash))
                continue;
            var version = NoticeTemplate.OfProgram(template.Kind, versions[template.Kind].Max(v => (int?)v.Number) + 1 ?? 1, text, clock.GetUtcNow());
            db.Add(version);
            db.Record("notification.template-shipped", $"{version.Kind}/{version.Number}", new { version.Kind, version.Number, version.ContentHash });
            added++;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (added > 0)
            LogSeeded(logger, added);
        return added;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SeedAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogPutOff(logger, e);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // An older replica that starts again finds its text among those that were seeded before, and adds nothing.
    private static bool IsNews(IReadOnlyList<Version> versions, string hash) =>
        versions.All(v => !v.Shipped || v.Hash != hash) && versions.Where(v => v.State == TemplateState.Published).MaxBy(v => v.Number)?.Shipped != false;

    private sealed record Version(string Kind, int Number, TemplateState State, bool Shipped, string Hash);

    [LoggerMessage(4282, LogLevel.Information, "{Count} texts of notices came with the program and are in force")]
    private static partial void LogSeeded(ILogger logger, int count);

    [LoggerMessage(4283, LogLevel.Warning, "The program's texts of notices cannot be put into the database yet")]
    private static partial void LogPutOff(ILogger logger, Exception e);
}
