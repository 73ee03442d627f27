using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Papers;
using HaLong.Papers;

namespace HaLong.Dossiers.Archive;

/// <summary>The summary that lies on top of an archived dossier, for people (tờ tóm tắt hồ sơ lưu trữ).</summary>
internal static class ArchiveSheet
{
    private static readonly IReadOnlyList<Column> Steps = [new("Bước", 0.1f, Align.Center), new("Thời điểm", 0.25f), new("Nội dung", 0.65f)];
    private static readonly IReadOnlyList<Column> Files = [new("Tệp", 0.4f), new("Kích thước", 0.15f, Align.Right), new("SHA-256", 0.45f)];

    public static byte[] Render(Dossier dossier, IReadOnlyList<TimelineEntry> steps, IReadOnlyList<ArchivedFile> files, DateTimeOffset at) =>
        PdfSheet.Render(Paper.A4, $"Hồ sơ lưu trữ {dossier.Code}", dossier.UnitNameVi, at, sheet =>
        {
            sheet.Text("HỒ SƠ LƯU TRỮ", 16, bold: true, Align.Center);
            sheet.Text("thủ tục hành chính", 12, align: Align.Center);
            sheet.Space(12);
            foreach (var (name, value) in Lines(dossier))
                sheet.Text($"{name}: {value}", 11);
            sheet.Space(12);
            sheet.Text("Diễn biến", 12, bold: true);
            sheet.Table(Steps, [.. steps.Select(s => (IReadOnlyList<string>)[$"{s.Step}", FormWords.Moment(s.At), s.NoteVi])], 9);
            sheet.Space(12);
            sheet.Text("Giấy tờ", 12, bold: true);
            sheet.Table(Files, [.. files.Select(f => (IReadOnlyList<string>)[$"{f.Name} ({f.Document.FileName})", $"{f.Document.Size}", f.Document.Sha256])], 8);
        });

    private static IEnumerable<(string Name, string Value)> Lines(Dossier d)
    {
        var (status, _) = DossierStatus.Name(d.Status);
        yield return ("Mã hồ sơ", d.Code ?? "");
        yield return ("Thủ tục hành chính", $"{d.ProcedureNameVi} (mã {d.ProcedureCode})");
        yield return ("Đơn vị giải quyết", d.UnitNameVi);
        yield return ("Người nộp hồ sơ", d.OwnerName);
        yield return ("Nội dung yêu cầu", d.Subject);
        yield return ("Trạng thái", status);
        foreach (var (name, at) in new[] { ("Nộp lúc", d.SubmittedAt), ("Tiếp nhận lúc", d.AcceptedAt), ("Có kết quả lúc", d.ResolvedAt), ("Kết thúc lúc", d.ClosedAt) })
            if (at is { } moment)
                yield return (name, FormWords.Moment(moment));
    }
}
