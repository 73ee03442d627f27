using HaLong.Dossiers.Statistics.Cubes;
using HaLong.ServiceDefaults;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>Reads what goes into the index: from the cubes, and from feedback. The number of questions is the same for one unit or month and for all.</summary>
internal sealed class IndexSource(CubeReader cubes, IndexProcedures procedures, IndexFeedback feedback)
{
    /// <param name="units">Only these; null: all.</param>
    /// <param name="period">Counted over.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>By unit; a unit that never had anything is not there.</returns>
    public Task<IReadOnlyDictionary<string, IndexParts>> ReadAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct) =>
        ReadAsync(units, [period], Dimension.Unit, ct);

    /// <summary>Units together.</summary>
    public async Task<IndexParts> TogetherAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct) =>
        (await ReadAsync(units, [period], null, ct)).GetValueOrDefault("") ?? new IndexParts();

    /// <summary>What the dossiers of units together contribute, and nothing else: how many are behind a figure.</summary>
    public async Task<IndexParts> DossiersAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct)
    {
        var part = new IndexParts();
        foreach (var row in await cubes.ReadAsync(new Slice(period.From, period.To) { Units = units, By = [Dimension.Level] }, ct))
            IndexFigures.Add(part, row.Keys[0], row.Figures);
        return part;
    }

    /// <summary>Units together, by the names of months that lie in order.</summary>
    public Task<IReadOnlyDictionary<string, IndexParts>> MonthsAsync(
        IReadOnlyCollection<string>? units, IReadOnlyList<IndexPeriod> months, CancellationToken ct) => ReadAsync(units, months, Dimension.Month, ct);

    /// <summary>The parameters of a period, as the texts of sets name them.</summary>
    public static void Bind(NpgsqlCommand command, IReadOnlyCollection<string>? units, params IReadOnlyList<IndexPeriod> periods)
    {
        command.Parameters.AddWithValue("from", periods[0].From);
        command.Parameters.AddWithValue("to", periods[^1].To);
        command.Parameters.AddWithValue("names", periods.Select(p => p.Name).ToArray());
        command.Parameters.AddWithValue("firsts", periods.Select(p => p.From).ToArray());
        command.Parameters.AddWithValue("lasts", periods.Select(p => p.To).ToArray());
        command.Parameters.AddWithValue("begins", periods.Select(p => LocalTime.Instant(p.From, TimeOnly.MinValue)).ToArray());
        command.Parameters.AddWithValue("ends", periods.Select(p => LocalTime.Instant(p.To.AddDays(1), TimeOnly.MinValue)).ToArray());
        if (units is not null)
            command.Parameters.AddWithValue("units", units.ToArray());
    }

    /// <summary>The limit to units, as SQL.</summary>
    public static string Limit(string table, IReadOnlyCollection<string>? units) => units is null ? "" : $" AND {table}.unit_code = ANY (@units)";

    // By units, by months, or all together under the empty key.
    private async Task<IReadOnlyDictionary<string, IndexParts>> ReadAsync(
        IReadOnlyCollection<string>? units, IReadOnlyList<IndexPeriod> periods, Dimension? by, CancellationToken ct)
    {
        var parts = new Dictionary<string, IndexParts>(StringComparer.Ordinal);
        IndexParts Of(string key) => parts.TryGetValue(key, out var part) ? part : parts[key] = new IndexParts();

        Dimension[] keys = by is { } key ? [key] : [];
        var slice = new Slice(periods[0].From, periods[^1].To) { Units = units };
        foreach (var row in await cubes.ReadAsync(slice with { By = [.. keys, Dimension.Level] }, ct))
            IndexFigures.Add(Of(keys.Length > 0 ? row.Keys[0] : ""), row.Keys[^1], row.Figures);
        await procedures.ReadAsync(units, periods, by, Of, ct);
        await feedback.ReadAsync(units, periods, by, Of, ct);
        await YearsBeforeAsync(slice, periods, by, Of, ct);
        return parts;
    }

    private async Task YearsBeforeAsync(Slice slice, IReadOnlyList<IndexPeriod> periods, Dimension? by, Func<string, IndexParts> of, CancellationToken ct)
    {
        var (first, last) = (new DateOnly(periods[0].From.Year - 1, 1, 1), new DateOnly(periods[^1].From.Year - 1, 12, 31));
        var rows = await cubes.ReadAsync(slice with { From = first, To = last, By = [by ?? Dimension.Level] }, ct);
        if (by != Dimension.Month)
        {
            foreach (var row in rows)
                of(by is null ? "" : row.Keys[0]).Add(IndexParts.YearBefore, row.Figures[Measure.Received]);
            return;
        }

        var years = rows.ToLookup(r => int.Parse(r.Keys[0].AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture), r => r.Figures[Measure.Received]);
        foreach (var month in periods)
            of(month.Name).Add(IndexParts.YearBefore, years[month.From.Year - 1].Sum());
    }
}
