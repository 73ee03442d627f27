using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Templates;

/// <summary>
/// The versions that are in force or will be, as this replica last read them. What has been published does not change, so only the list is
/// read again and of its texts only what is new. A database that cannot be asked leaves what is known.
/// </summary>
internal sealed partial class PublishedTemplates(
    IServiceScopeFactory scopes, IOptions<TemplateOptions> options, TemplateMetrics metrics, TimeProvider clock, ILogger<PublishedTemplates> logger)
    : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile Known? known;

    /// <summary>The version in force; null before any is known.</summary>
    public async ValueTask<PublishedTemplate?> InForceAsync(string kind, CancellationToken ct) =>
        (await KnownAsync(ct)).ByKind[kind].Where(t => t.ValidFrom <= clock.GetUtcNow()).MaxBy(t => t.Number);

    /// <summary>Reads for the first time; a database that is not there yet is no reason not to start.</summary>
    public async Task WarmUpAsync(CancellationToken ct)
    {
        try
        {
            await KnownAsync(ct);
        }
        catch (OperationCanceledException e)
        {
            LogUnread(logger, e);
            known ??= Known.Nothing;
        }
    }

    /// <summary>The number of the version that holds the text which the program carries.</summary>
    public int? ShippedNumber(string kind) => known?.ShippedNumbers.TryGetValue(kind, out var number) == true ? number : null;

    /// <summary>The SMS was written for somebody.</summary>
    public void SmsWritten(string kind, string text) => metrics.SmsWritten(kind, text);

    /// <summary>A version could not be filled, and the text that the program carries was taken.</summary>
    public void Broken(PublishedTemplate template, string kind, Exception? why)
    {
        metrics.FellBack(kind);
        LogBroken(logger, kind, template.Number, why);
    }

    public void Dispose() => turn.Dispose();

    private async ValueTask<Known> KnownAsync(CancellationToken ct)
    {
        if (Fresh() is { } fresh)
            return fresh;
        // One asks; the others go on with what there is, if there is any.
        var last = known;
        if (last is null)
            await turn.WaitAsync(ct);
        else if (!await turn.WaitAsync(0, ct))
            return last;
        try
        {
            return Fresh() ?? (known = await ReadAsync(last, ct));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnread(logger, e);
            return known = (last ?? Known.Nothing) with { ReadAt = clock.GetTimestamp() };
        }
        finally
        {
            turn.Release();
        }
    }

    private Known? Fresh() => known is { } read && clock.GetElapsedTime(read.ReadAt) < options.Value.RefreshEvery ? read : null;

    private async Task<Known> ReadAsync(Known? before, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        var (readAt, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        var lines = await db.Templates.AsNoTracking().Where(t => t.State == TemplateState.Published)
            .Select(t => new Line(t.Id, t.Kind, t.Number ?? 0, t.Shipped, t.ValidFrom ?? default)).ToListAsync(ct);
        var needed = lines.GroupBy(l => l.Kind).SelectMany(kind =>
        {
            var inForce = kind.Where(l => l.ValidFrom <= now).Max(l => (int?)l.Number) ?? 0;
            return kind.Where(l => l.Number >= inForce);
        }).ToList();

        var have = before?.ById ?? [];
        var missing = needed.Where(l => !have.ContainsKey(l.Id)).Select(l => l.Id).ToList();
        var texts = missing.Count == 0
            ? []
            : await db.Templates.AsNoTracking().Where(t => missing.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Content, ct);
        var byId = needed.ToDictionary(l => l.Id, l => have.GetValueOrDefault(l.Id) ?? new PublishedTemplate(l.Number, l.ValidFrom, Read(l, texts[l.Id])));
        return new Known(readAt, byId, needed.ToLookup(l => l.Kind, l => byId[l.Id], StringComparer.Ordinal),
            lines.Where(l => l.Shipped).GroupBy(l => l.Kind).ToDictionary(g => g.Key, g => g.Max(l => l.Number), StringComparer.Ordinal));
    }

    private Template? Read(Line line, string json)
    {
        try
        {
            return TemplateContent.Read(json).As(line.Kind, line.Number);
        }
        catch (JsonException e)
        {
            LogBroken(logger, line.Kind, line.Number, e);
            return null;
        }
    }

    private sealed record Line(Guid Id, string Kind, int Number, bool Shipped, DateTimeOffset ValidFrom);

    private sealed record Known(
        long ReadAt, Dictionary<Guid, PublishedTemplate> ById, ILookup<string, PublishedTemplate> ByKind, Dictionary<string, int> ShippedNumbers)
    {
        public static readonly Known Nothing = new(0, [], Array.Empty<PublishedTemplate>().ToLookup(_ => ""), []);
    }

    [LoggerMessage(4280, LogLevel.Error, "Version {Number} of notice {Kind} is broken: its text is taken from the program")]
    private static partial void LogBroken(ILogger logger, string kind, int number, Exception? why);

    [LoggerMessage(4281, LogLevel.Warning, "The published texts of notices cannot be read; going on with what is known")]
    private static partial void LogUnread(ILogger logger, Exception e);
}

/// <summary>A version in force, or one that will be.</summary>
/// <param name="Number">Of the version.</param>
/// <param name="ValidFrom">In force from then on.</param>
/// <param name="Template">Null when its content cannot be read.</param>
internal sealed record PublishedTemplate(int Number, DateTimeOffset ValidFrom, Template? Template);
