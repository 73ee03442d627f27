using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>Settings of reports as files, section <c>Statistics:Files</c>.</summary>
internal sealed class ReportFileOptions
{
    public const string Section = "Statistics:Files";

    /// <summary>Most rows of a PDF.</summary>
    [Range(1, 200_000)]
    public int MostPdfRows { get; set; } = 20_000;

    /// <summary>How many days the file of a schedule can be fetched.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 30;

    /// <summary>How many days afterwards it is still said that there was one.</summary>
    [Range(0, 3650)]
    public int RememberDays { get; set; } = 335;
}
