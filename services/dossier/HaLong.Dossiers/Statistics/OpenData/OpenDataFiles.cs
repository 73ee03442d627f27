using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using HaLong.Dossiers.Statistics.Files;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>A file of a dataset as it was made.</summary>
internal sealed record OpenDataFile(byte[] Content, DateTimeOffset MadeAt, string Tag);

/// <summary>Files of datasets, made at most once an hour however many ask.</summary>
internal sealed class OpenDataFiles(DatasetRows rows, HybridCache cache, IOptions<OpenDataOptions> options, TimeProvider time)
{
    // For people as well as for programs: letters stay letters.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true
    };

    /// <summary>Months or quarters of a period that are over and far enough back; null when it has none, or does not go with the dataset.</summary>
    /// <param name="dataset">Which.</param>
    /// <param name="period">2026, 2026-Q1 or 2026-03; null: the year of the last that is over.</param>
    public IReadOnlyList<ReportPeriod>? PeriodsOf(Dataset dataset, string? period)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var months = dataset.Quarterly ? 3 : 1;
        var open = new DateOnly(today.Year, (today.Month - 1) / months * months + 1, 1);
        if (ReportPeriod.Parse(period ?? open.AddDays(-1).ToString("yyyy", System.Globalization.CultureInfo.InvariantCulture)) is not { } asked)
            return null;
        if (asked.From.AddMonths(months).AddDays(-1) > asked.To)
            return null;
        var parts = new List<ReportPeriod>();
        for (var first = asked.From; first < asked.To; first = first.AddMonths(months))
        {
            if (first < open && first >= options.Value.First)
                parts.Add(new ReportPeriod(first, first.AddMonths(months).AddDays(-1)));
        }

        return parts.Count > 0 ? parts : null;
    }

    public async Task<OpenDataFile> GetAsync(Dataset dataset, IReadOnlyList<ReportPeriod> periods, string format, CancellationToken ct)
    {
        var entry = new HybridCacheEntryOptions { Expiration = options.Value.CacheFor, LocalCacheExpiration = options.Value.CacheFor };
        return await cache.GetOrCreateAsync(
            $"dossier:open-data:{dataset.Id}:{format}:{periods[0].From:yyyyMMdd}:{periods[^1].To:yyyyMMdd}", async token =>
                await MakeAsync(dataset, periods, format, token), entry,
            cancellationToken: ct);
    }

    private async Task<OpenDataFile> MakeAsync(Dataset dataset, IReadOnlyList<ReportPeriod> periods, string format, CancellationToken ct)
    {
        var table = await rows.OfAsync(dataset, periods, ct);
        var content = format == ReportFile.Csv
            ? CsvWriter.Write(dataset.Columns.Select(c => c.Key), table)
            : JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    dataset = dataset.Id,
                    from = periods[0].From,
                    to = periods[^1].To,
                    columns = dataset.Columns,
                    rows = table.Select(row => Named(dataset, row)),
                },
                Json);
        var now = time.GetUtcNow();
        // A header of HTTP has whole seconds.
        return new OpenDataFile(content, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>What is hidden is null, and named.</summary>
    private static Dictionary<string, object?> Named(Dataset dataset, object?[] row)
    {
        var named = dataset.Columns.Zip(row).ToDictionary(c => c.First.Key, c => c.Second is DatasetRows.HiddenMark ? null : c.Second, StringComparer.Ordinal);
        named["hidden"] = dataset.Columns.Zip(row).Where(c => c.Second is DatasetRows.HiddenMark).Select(c => c.First.Key).ToList();
        return named;
    }
}
