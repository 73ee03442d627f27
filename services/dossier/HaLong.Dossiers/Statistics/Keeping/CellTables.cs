using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Waits;
using Npgsql;
using static HaLong.Dossiers.Statistics.Keeping.KeyColumns;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>The tables that are kept.</summary>
internal static class CellTables
{
    public const string Day = FactTables.Schema + ".cube_day", Month = FactTables.Schema + ".cube_month";
    public const string WaitDay = FactTables.Schema + ".wait_day", WaitMonth = FactTables.Schema + ".wait_cell";

    private static readonly CellTable<CubeKey> Days = Cube(Day, "day"), Months = Cube(Month, "month");
    private static readonly CellTable<WaitKey> WaitDays = Wait(WaitDay, "day"), WaitMonths = Wait(WaitMonth, "month");

    /// <summary>In the order in which readers ask for them: who locks them otherwise and a reader would wait for each other.</summary>
    public static readonly IReadOnlyList<string> Names = [Month, Day, WaitMonth, WaitDay];

    public static async Task AddAsync(NpgsqlConnection open, CellSums sums, string suffix, CancellationToken ct)
    {
        await Days.AddAsync(open, sums.Days, suffix, ct);
        await Months.AddAsync(open, sums.Months, suffix, ct);
        await WaitDays.AddAsync(open, sums.WaitDays, suffix, ct);
        await WaitMonths.AddAsync(open, sums.WaitMonths, suffix, ct);
    }

    public static void Copy(NpgsqlConnection open, CellSums sums, string suffix)
    {
        Days.Copy(open, sums.Days, suffix);
        Months.Copy(open, sums.Months, suffix);
        WaitDays.Copy(open, sums.WaitDays, suffix);
        WaitMonths.Copy(open, sums.WaitMonths, suffix);
    }

    public static IReadOnlyList<string> FillSql(string from, string to) =>
        [Days.FillSql(from, to), Months.FillSql(from, to), WaitDays.FillSql(from, to), WaitMonths.FillSql(from, to)];

    public static IReadOnlyList<string> DifferencesSql(string a, string b) =>
        [Days.DifferencesSql(a, b), Months.DifferencesSql(a, b), WaitDays.DifferencesSql(a, b), WaitMonths.DifferencesSql(a, b)];

    // The keys in the order of the primary keys: so the rows will lie.
    private static CellTable<CubeKey> Cube(string name, string period)
    {
        KeyColumn<CubeKey> unit = Of("unit_code", "text", (CubeKey k) => k.Unit), at = Of(period, "date", (CubeKey k) => k.Period);
        List<KeyColumn<CubeKey>> keys =
        [
            Of("grain", "smallint", (CubeKey k) => k.Grain), name == Day ? at : unit, name == Day ? unit : at,
            Of("procedure_code", "text", (CubeKey k) => k.Procedure), Of("source", "text", (CubeKey k) => k.Source),
            Of("hand", "text", (CubeKey k) => k.Hand), Of("helper_unit", "text", (CubeKey k) => k.HelperUnit),
            Of("field_code", "text", (CubeKey k) => k.Field), Of("level", "text", (CubeKey k) => k.Level),
            Of("unit_id", "text", (CubeKey k) => k.Version),
        ];
        if (name == Month)
            keys.Add(Of("officer", "text", (CubeKey k) => k.Officer));
        return new(name, keys, MeasureColumns.All);
    }

    private static CellTable<WaitKey> Wait(string name, string period) => new(name,
        [
            Of("grain", "smallint", (WaitKey k) => k.Grain), Of(period, "date", (WaitKey k) => k.Period), Of("unit_code", "text", (WaitKey k) => k.Unit),
            Of("procedure_code", "text", (WaitKey k) => k.Procedure), Of("kind", "smallint", (WaitKey k) => k.Kind),
            Of("bucket", "integer", (WaitKey k) => k.Bucket),
        ],
        ["stays"]);
}
