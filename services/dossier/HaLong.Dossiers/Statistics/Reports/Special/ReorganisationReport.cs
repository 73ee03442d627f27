using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports.Special;

/// <summary>
/// Units before and after a reorganisation side by side. Figures of former units count for the unit that took them over whole; those of a unit that was
/// divided stand by themselves, because nobody knows which dossier would have gone where.
/// </summary>
internal sealed class ReorganisationReport(VersionReader versions, IdentityDirectory directory, NameBook names)
{
    public const string Name = "reorganisation";

    /// <summary>The two-level local government begins (Law 72/2025/QH15, Resolution 1679/NQ-UBTVQH15).</summary>
    public static readonly DateOnly July2025 = new(2025, 7, 1);

    public static readonly (string Vi, string En) Title = ("So sánh trước và sau sắp xếp đơn vị hành chính", "Before and after the reorganisation of units");

    private static readonly string[] Compared = ["received", "onlineShare", "resolved", "inTimeShare", "digitisedShare"];

    /// <summary>The same days, as few whole years earlier as it takes to end before the reorganisation.</summary>
    internal static (DateOnly From, DateOnly To) Earlier(DateOnly from, DateOnly to, DateOnly on)
    {
        var last = to;
        var years = 0;
        for (; last >= on; years++)
            last = TrendReport.LastYearBefore(last);
        return (from.AddYears(-years), last);
    }

    public async Task<Result<ReportTable>> MakeAsync(ReportScope scope, CancellationToken ct)
    {
        var on = scope.Request.On ?? July2025;
        var (from, to) = Earlier(scope.From, scope.To, on);
        var (before, after) = (await versions.ReadAsync(from, to, ct), await versions.ReadAsync(scope.From, scope.To, ct));
        var ids = before.Concat(after).Select(v => v.Id).Where(i => i.Length > 0).ToHashSet(StringComparer.Ordinal);
        var fates = await directory.FatesAsync(ids, scope.To, ct);
        if (!fates.IsSuccess)
            return fates.Error;

        var rows = new Dictionary<string, Compare>(StringComparer.Ordinal);
        foreach (var (version, early) in before.Select(v => (v, true)).Concat(after.Select(v => (v, false))))
        {
            var made = Compare.Of(version, fates.Value.GetValueOrDefault(version.Id));
            if (!rows.TryAdd(made.Key, made))
                made = rows[made.Key];
            made.Add(version, early);
        }

        var name = await names.OfVersionsAsync(ct);
        var seen = rows.Values.Where(r => Tells(r) && Sees(scope.Units, r)).OrderBy(r => r.State, StringComparer.Ordinal).ThenBy(r => r.Key,
            StringComparer.Ordinal).ToList();
        // A divided unit of which only a part is the caller's would make the whole look larger than it is.
        var whole = seen.Where(r => r.Successors.All(s => scope.Units?.Contains(s, StringComparer.Ordinal) != false)).ToList();
        var totals = (Before: whole.Aggregate(Figures.None, (a, r) => a + r.Before), After: whole.Aggregate(Figures.None, (a, r) => a + r.After));
        var measures = Compared.Select(m => MeasureBook.All[m]).ToList();
        return new ReportTable(
            Name, Title.Vi, Title.En, scope.From, scope.Request.To,
            [
                new("code", "Mã", "Code", ReportFormat.Text), new("name", "Đơn vị", "Unit", ReportFormat.Text),
                new("state", "Quy đổi", "Mapped", ReportFormat.Text),
                new("from", "Từ các đơn vị", "From the units", ReportFormat.Text), new("among", "Chia cho các đơn vị", "Divided among", ReportFormat.Text),
                .. measures.SelectMany(Columns),
            ],
            [.. seen.Select(r => (IReadOnlyList<object?>)[
                r.Code, r.Name ?? name(r.Key, r.Code), r.State, string.Join(", ", r.From), r.State == Compare.NotDivisible ? string.Join(", ", r.Successors)
                    : null,
                .. measures.SelectMany(m => Values(m, r.Before, r.After))])],
            [null, null, null, null, null, .. measures.SelectMany(m => Values(m, totals.Before, totals.After))],
            [
                ($"Kỳ trước: {from:dd/MM/yyyy} – {to:dd/MM/yyyy}; đơn vị mới từ {on:dd/MM/yyyy}.",
                    $"Before: {from:yyyy-MM-dd} to {to:yyyy-MM-dd}; new units from {on:yyyy-MM-dd}."),
                ("Đơn vị bị chia không quy đổi được và được ghi riêng, không ước tính.",
                    "A divided unit is not divisible: it stands by itself, nothing is guessed."),
                .. seen.Count > whole.Count
                    ? [("Dòng tổng không gồm đơn vị bị chia mà một phần thuộc đơn vị khác.",
                        "The total leaves out divided units of which a part is not yours.")]
                    : Array.Empty<(string, string)>(),
                .. scope.Unfinished,
            ]);
    }

    private static bool Tells(Compare row) => Compared.Select(m => MeasureBook.All[m]).Any(m => m.Part(row.Before) + m.Part(row.After)
        + (m.Of?.Invoke(row.Before) + m.Of?.Invoke(row.After) ?? 0) != 0);

    private static bool Sees(IReadOnlyList<string>? units, Compare row) =>
        units is null || units.Contains(row.Code, StringComparer.Ordinal) || row.Successors.Any(s => units.Contains(s, StringComparer.Ordinal));

    private static IEnumerable<ReportColumn> Columns(NamedMeasure m)
    {
        foreach (var (key, vi, en) in new[] { ("Before", "trước", "before"), ("After", "sau", "after") })
        {
            yield return new(m.Key + key, $"{m.Vi}: {vi}", $"{m.En}: {en}", m.Format);
            if (m.Of is null)
                continue;
            yield return new(m.Key + "Part" + key, $"{m.Vi}: tử số, {vi}", $"{m.En}: numerator, {en}", ReportFormat.Count);
            yield return new(m.Key + "Of" + key, $"{m.Vi}: mẫu số, {vi}", $"{m.En}: denominator, {en}", ReportFormat.Count);
        }
    }

    private static IEnumerable<object?> Values(NamedMeasure m, params Figures[] sides) =>
        sides.SelectMany(f => m.Of is null ? [m.Value(f)] : new object?[] { m.Value(f), m.Part(f), m.Of(f) });
}
