using HaLong.Dossiers.Statistics.Cubes;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>Which report, of whom, of which local days (both included).</summary>
/// <param name="Name">One of <see cref="ReportShelf.Names"/>.</param>
/// <param name="Unit">Only this unit and those below it; null: all that the caller sees.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; may lie ahead: figures end today.</param>
/// <param name="By">What the rows are, one of <see cref="Dimensions.All"/>; null: as the report has it.</param>
internal sealed record ReportRequest(string Name, string? Unit, DateOnly From, DateOnly To, string? By = null)
{
    /// <summary>For ranking and trend: names of <see cref="MeasureBook"/>, separated by commas.</summary>
    public string? Measure { get; init; }

    public string? Procedure { get; init; }
    public string? Field { get; init; }
    public string? Level { get; init; }
    public string? Source { get; init; }
    public string? Hand { get; init; }

    /// <summary>For the reorganisation: the first day of the new units; null: 1 July 2025.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Whose figures, where nobody asks: a schedule. Null: what the caller may see.</summary>
    public ReportSight? Sight { get; init; }
}

/// <summary>Units that were found to be seen; null: all there are.</summary>
internal sealed record ReportSight(IReadOnlyList<string>? Units);

/// <summary>A request that was checked, with the units that count.</summary>
internal sealed record ReportScope(ReportRequest Request, IReadOnlyList<string>? Units, DateOnly Today)
{
    public DateOnly From => Request.From;

    /// <summary>The last day that has figures: stocks of days to come would call dossiers overdue that are not.</summary>
    public DateOnly To => Request.To < Today ? Request.To : Today;

    public Slice Slice(DateOnly from, DateOnly to, params IReadOnlyList<Dimension> by) => new(from, to)
    {
        Units = Units,
        By = by,
        Procedure = Request.Procedure,
        Field = Request.Field,
        Level = Request.Level,
        Source = Request.Source,
        Hand = Request.Hand,
    };

    /// <summary>Said of a period that is not over.</summary>
    public IEnumerable<(string Vi, string En)> Unfinished => Request.To < Today
        ? []
        : [($"Kỳ chưa kết thúc: số liệu đến ngày {Today:dd/MM/yyyy}.", $"The period is not over: figures until {Today:yyyy-MM-dd}.")];
}
