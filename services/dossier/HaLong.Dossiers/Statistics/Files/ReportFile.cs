using System.Net.Mime;
using HaLong.Dossiers.Register;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>A report as a file.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Format">One of <see cref="Formats"/>.</param>
/// <param name="Name">For the folder of who fetches it.</param>
internal sealed record ReportFile(byte[] Content, string Format, string Name)
{
    public const string Csv = "csv", Xlsx = "xlsx", Pdf = "pdf";

    public static readonly IReadOnlyList<string> Formats = [Csv, Xlsx, Pdf];

    public string MediaType => MediaTypeOf(Format);

    public static string MediaTypeOf(string format) => format switch
    {
        Csv => "text/csv; charset=utf-8",
        Xlsx => ExportRegister.XlsxType,
        _ => MediaTypeNames.Application.Pdf,
    };
}
