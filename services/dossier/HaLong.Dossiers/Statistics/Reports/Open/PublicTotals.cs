using System.ComponentModel;
using System.Text.Json;
using HaLong.Dossiers.Catalogue;

namespace HaLong.Dossiers.Statistics.Reports.Open;

/// <summary>A line of the public totals. What is hidden is null and named; a share is null where it is hidden or there is nothing to take it of.</summary>
/// <param name="Code">Level or field; empty for the total.</param>
/// <param name="NameVi">What it is called.</param>
/// <param name="NameEn">What it is called.</param>
/// <param name="Received">By the day of receipt, as all up to the share of digitised.</param>
/// <param name="Online">Of these online.</param>
/// <param name="Direct">Of these at counters and by post.</param>
/// <param name="OnlineShare">Per cents.</param>
/// <param name="WithComponents">Of these with components.</param>
/// <param name="Digitised">Of these digitised at reception.</param>
/// <param name="DigitisedShare">Per cents.</param>
/// <param name="Resolved">By the day of the result, as all that follow.</param>
/// <param name="InTime">Early and on time.</param>
/// <param name="Late">Past the promised day.</param>
/// <param name="InTimeShare">Per cents.</param>
/// <param name="ResultsExpected">Where a document is due.</param>
/// <param name="Electronic">Of these electronic.</param>
/// <param name="ElectronicShare">Per cents.</param>
/// <param name="Hidden">Names of the counts that are hidden.</param>
internal sealed record PublicRow(
    string Code, string NameVi, string NameEn, long? Received, long? Online, long? Direct, decimal? OnlineShare, long? WithComponents, long? Digitised,
    decimal? DigitisedShare,
    long? Resolved, long? InTime, long? Late, decimal? InTimeShare, long? ResultsExpected, long? Electronic, decimal? ElectronicShare,
    IReadOnlyList<string> Hidden)
{
    public static PublicRow Of(string code, (string Vi, string En) name, Func<PublicColumn, long?> at)
    {
        var (components, results) = (at(PublicColumn.Digitised) + at(PublicColumn.NotDigitised), at(PublicColumn.Electronic)
            + at(PublicColumn.NotElectronic));
        (string Name, long? Count)[] shown =
        [
            (nameof(Received), at(PublicColumn.Received)), (nameof(Online), at(PublicColumn.Online)), (nameof(Direct), at(PublicColumn.Direct)),
            (nameof(WithComponents), components),
            (nameof(Digitised), at(PublicColumn.Digitised)), (nameof(Resolved), at(PublicColumn.Resolved)), (nameof(InTime), at(PublicColumn.InTime)),
            (nameof(Late), at(PublicColumn.Late)), (nameof(ResultsExpected), results), (nameof(Electronic), at(PublicColumn.Electronic)),
        ];
        return new PublicRow(
            code, name.Vi, name.En, at(PublicColumn.Received), at(PublicColumn.Online), at(PublicColumn.Direct),
            Share(at(PublicColumn.Online), at(PublicColumn.Received)),
            components, at(PublicColumn.Digitised), Share(at(PublicColumn.Digitised), components), at(PublicColumn.Resolved), at(PublicColumn.InTime),
            at(PublicColumn.Late),
            Share(at(PublicColumn.InTime), at(PublicColumn.Resolved)), results, at(PublicColumn.Electronic), Share(at(PublicColumn.Electronic), results),
            [.. shown.Where(s => s.Count is null).Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.Name))]);
    }

    private static decimal? Share(long? part, long? of) => part is { } p && of is { } o ? Percent.Of(p, o) : null;
}

/// <summary>The totals of the city, by level and by field.</summary>
/// <param name="Period">As asked.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Level">Only this level; null: all.</param>
/// <param name="Total">All together.</param>
/// <param name="Levels">By level.</param>
/// <param name="Fields">By field.</param>
/// <param name="NoteVi">What hidden means.</param>
/// <param name="NoteEn">What hidden means.</param>
[ImmutableObject(true)]
internal sealed record PublicTotals(
    string Period, DateOnly From, DateOnly To, string? Level, PublicRow Total, IReadOnlyList<PublicRow> Levels, IReadOnlyList<PublicRow> Fields,
    string NoteVi, string NoteEn)
{
    /// <summary>Sums of months. Hidden in one month is hidden in the sum: otherwise that month would follow from the sum and the other months.</summary>
    public static PublicTotals Of(string period, DateOnly from, DateOnly to, string? level, IReadOnlyCollection<PublicMonth> months)
    {
        var of = level ?? PublicMonth.All;
        var levels = months.SelectMany(m => m.Levels).Append(of).Where(l => l.Length > 0 && (level is null || l == level)).Distinct(StringComparer.Ordinal);
        var fields = months.SelectMany(m => m.Fields).Where(f => f.Length > 0).Distinct(StringComparer.Ordinal);
        return new PublicTotals(
            period, from, to, level, PublicRow.Of("", ("Tổng cộng", "Total"), c => Sum(months, of, PublicMonth.All, c)),
            [.. levels.Order(StringComparer.Ordinal).Select(l => PublicRow.Of(l, NameBook.Level(l), c => Sum(months, l, PublicMonth.All, c)))],
            [.. fields.Order(StringComparer.Ordinal).Select(f => PublicRow.Of(f, Name(f), c => Sum(months, of, f, c)))],
            $"Số từ 1 đến {SmallCells.Shown - 1} được ẩn (“<{SmallCells.Shown}”), cùng với các số có thể dùng để suy ra chúng.",
            $"Counts from 1 to {SmallCells.Shown - 1} are hidden (“<{SmallCells.Shown}”), and with them those from which they could be computed.");
    }

    private static (string Vi, string En) Name(string field) => CatalogueCodes.Fields.Of(field) is var code ? (code.Vi, code.En) : default;

    private static long? Sum(IEnumerable<PublicMonth> months, string level, string field, PublicColumn column) =>
        months.Aggregate((long?)0, (sum, month) => sum + month[level, field, column]);
}
