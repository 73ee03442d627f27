using HaLong.Dossiers.Statistics.Cubes;
using Microsoft.Extensions.Caching.Hybrid;

namespace HaLong.Dossiers.Statistics.Reports.Open;

/// <summary>
/// Reads the public totals. An answer is kept a minute in the process, and asked for once at a time: anybody may ask, as often as the gateway lets them.
/// </summary>
internal sealed class PublicFigures(CubeReader cubes, HybridCache cache)
{
    private static readonly HybridCacheEntryOptions Minute = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        LocalCacheExpiration = TimeSpan.FromMinutes(1),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    public async Task<PublicTotals> ReadAsync(string period, (DateOnly From, DateOnly To) days, string? level, DateOnly today, CancellationToken ct) =>
        await cache.GetOrCreateAsync(
            $"dossier:public-totals:{period}:{level}", async token =>
                PublicTotals.Of(period, days.From, days.To, level, await MonthsAsync(days.From, days.To, today, token)), Minute,
            cancellationToken: ct);

    // Months that are hidden as wholes, whatever is asked of them.
    private async Task<List<PublicMonth>> MonthsAsync(DateOnly from, DateOnly to, DateOnly today, CancellationToken ct)
    {
        var slice = new Slice(from, to < today ? to : today) { By = [Dimension.Month, Dimension.Level, Dimension.Field] };
        var rows = await cubes.ReadAsync(slice, ct);
        return
        [
            .. rows.GroupBy(r => r.Keys[0], StringComparer.Ordinal)
                .Select(month => new PublicMonth([.. month.Select(r => (r.Keys[1], r.Keys[2], PublicColumns.Of(r.Figures)))])),
        ];
    }
}
