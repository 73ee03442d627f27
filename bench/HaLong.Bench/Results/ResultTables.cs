using System.Globalization;
using Spectre.Console;

namespace HaLong.Bench.Results;

/// <summary>The numbers of a run as tables.</summary>
internal static class ResultTables
{
    public static void Print(ResultFile result)
    {
        foreach (var (title, numbers) in new[] { ("Metrics", result.Metrics), ("Limits of this machine", result.Limits), ("Ratios", result.Ratios) })
        {
            var table = new Table().Title(title).Border(TableBorder.Rounded).AddColumn("name").AddColumn(new TableColumn("value").RightAligned());
            foreach (var (name, value) in numbers)
            {
                table.AddRow(name, Number(value));
            }

            AnsiConsole.Write(table);
        }
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.###" : "#,0.#", CultureInfo.InvariantCulture);
}
