using System.Globalization;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>Makes files out of reports.</summary>
internal sealed class ReportFileMaker(UnitBook units, IOptions<ReportFileOptions> options, TimeProvider time)
{
    /// <param name="table">The report.</param>
    /// <param name="unit">The unit whose report it is; null: of all that are seen.</param>
    /// <param name="format">One of <see cref="ReportFile.Formats"/>.</param>
    /// <param name="language">vi or en.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Result<ReportFile>> MakeAsync(ReportTable table, string? unit, string format, string language, CancellationToken ct)
    {
        if (format == ReportFile.Pdf && table.Rows.Count > options.Value.MostPdfRows)
            return ReportFileErrors.TooLong.Format(options.Value.MostPdfRows);
        var (words, now) = (ReportWords.In(language), time.GetUtcNow());
        var name = await NameAsync(unit, words, ct);
        var content = format switch
        {
            ReportFile.Csv => CsvWriter.Write(table.Columns.Select(words.Head), table.Rows),
            ReportFile.Xlsx => await ReportSheet.WriteAsync(table, name, words, now, ct),
            _ => ReportPaper.Write(table, name, words, now),
        };
        return new ReportFile(
            content, format, string.Create(CultureInfo.InvariantCulture, $"{words.Say("bao-cao", "report")}-{table.Name}-{unit ?? "all"}-{table.From:yyyyMMdd}-{table.To:yyyyMMdd}.{format}"));
    }

    private async Task<string> NameAsync(string? unit, ReportWords words, CancellationToken ct)
    {
        if (unit is null)
            return words.Say("Tất cả đơn vị trong phạm vi được xem", "All units within sight");
        return (await units.NamesAsync(ct)).TryGetValue(unit, out var known) ? $"{words.Say(known.NameVi, known.NameEn)} ({unit})"
            : words.Say($"Đơn vị {unit}", $"Unit {unit}");
    }
}
