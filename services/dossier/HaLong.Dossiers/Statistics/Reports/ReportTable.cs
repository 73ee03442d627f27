namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>How the values of a column are written.</summary>
internal enum ReportFormat
{
    Text,
    Count,

    /// <summary>0 to 100, two decimals; null where there is nothing to take a share of.</summary>
    Percent,

    /// <summary>Working days of eight hours, two decimals.</summary>
    Days,

    /// <summary>Đồng.</summary>
    Money,
    Date,
}

/// <summary>A column and what it is called.</summary>
internal sealed record ReportColumn(string Key, string Vi, string En, ReportFormat Format);

/// <summary>A report as a table: a value that is shown as JSON or written to a file. A null is shown as a dash.</summary>
/// <param name="Name">Which report.</param>
/// <param name="TitleVi">What it is called.</param>
/// <param name="TitleEn">What it is called.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Columns">In order.</param>
/// <param name="Rows">Values in the order of the columns.</param>
/// <param name="Totals">The last line, if the report has one.</param>
/// <param name="Notes">What a reader has to know.</param>
internal sealed record ReportTable(
    string Name, string TitleVi, string TitleEn, DateOnly From, DateOnly To, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows,
    IReadOnlyList<object?>? Totals, IReadOnlyList<(string Vi, string En)> Notes);
