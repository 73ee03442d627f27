using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>Metrics: <c>dossier.report_duration</c> (seconds) by report; and what is logged about reports.</summary>
internal sealed partial class ReportTelemetry
{
    private readonly Histogram<double> duration;
    private readonly ILogger<ReportTelemetry> logger;

    public ReportTelemetry(IMeterFactory factory, ILogger<ReportTelemetry> logger)
    {
        this.logger = logger;
        duration = factory.Create("HaLong.Dossier").CreateHistogram<double>("dossier.report_duration", "s");
    }

    public void Made(ReportTable table, TimeSpan took)
    {
        duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("report", table.Name));
        LogMade(table.Name, table.From, table.To, table.Rows.Count, took.TotalMilliseconds);
    }

    [LoggerMessage(4440, LogLevel.Information, "Report {Name} from {From:yyyy-MM-dd} to {To:yyyy-MM-dd}: {Rows} rows in {Milliseconds} ms")]
    private partial void LogMade(string name, DateOnly from, DateOnly to, int rows, double milliseconds);
}
