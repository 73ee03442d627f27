using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>What reports refuse.</summary>
internal static class ReportErrors
{
    public static readonly Error NoSuchReport = new(ErrorKind.NotFound, "DOS-0825", "Không có báo cáo này.", "There is no such report.");

    public static readonly Error NotUsable = new(ErrorKind.Validation, "DOS-0826", "Yêu cầu báo cáo chưa hợp lệ.",
        "The request for the report is not valid.");
}

/// <summary>Collects what is wrong with a request, so that all is told at once.</summary>
internal sealed class Defects
{
    private readonly List<FieldMessage> found = [];

    /// <summary>Null when nothing is wrong.</summary>
    public Error? Error => found.Count == 0 ? null : ReportErrors.NotUsable with { FieldMessages = found };

    public void Add(string field, string vi, string en) => found.Add(new FieldMessage(field, vi, en));
}
