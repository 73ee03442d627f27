using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>Names in an archive, and the sheet on top of it.</summary>
public sealed class ArchivePaperTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 2, 5, 0, TimeSpan.Zero);

    [Fact]
    public void Names_follow_the_order_of_the_documents_and_never_what_somebody_called_them()
    {
        var files = ArchivedFile.Of([
            Document(3, DocumentKind.Result, null, "application/pdf", "../../etc/passwd"), Document(1, DocumentKind.Component, 2, "image/png", "a.exe"),
            Document(2, DocumentKind.Component, 12, "image/jpeg", "b"), Document(0, DocumentKind.UnsignedResult, null, "application/pdf", "c.pdf"),
            Document(0, DocumentKind.UnsignedForm, null, "application/pdf", "d.pdf"),
        ], inside: true);
        Assert.Equal(["documents/001-component-02.png", "documents/002-component-12.jpg", "documents/003-result.pdf"], files.Select(f => f.Name));
    }

    [Fact]
    public void The_control_slip_is_in_the_agencys_copy_only()
    {
        DossierDocument[] documents = [Document(1, DocumentKind.Form, null, "application/pdf", "a.pdf"), Document(2, DocumentKind.ControlSlip, null, "application/pdf", "b.pdf")];
        Assert.Equal(["documents/001-form.pdf"], ArchivedFile.Of(documents, inside: false).Select(f => f.Name));
        Assert.Equal(["documents/001-form.pdf", "documents/002-controlSlip.pdf"], ArchivedFile.Of(documents, inside: true).Select(f => f.Name));
    }

    [Fact]
    public void Names_stay_the_same_in_whatever_order_the_database_answers()
    {
        var documents = Enumerable.Range(0, 20).Select(i => Document(i / 2, DocumentKind.Component, i + 1, "application/pdf", "x.pdf")).ToList();
        var names = ArchivedFile.Of(documents, inside: true).ToDictionary(f => f.Document.Id, f => f.Name);
        for (var round = 0; round < 10; round++)
        {
            var shuffled = documents.ToArray();
            Random.Shared.Shuffle(shuffled);
            Assert.All(ArchivedFile.Of(shuffled, inside: true), f => Assert.Equal(names[f.Document.Id], f.Name));
        }
        Assert.Equal(20, names.Values.Distinct().Count());
    }

    [Fact]
    public async Task The_sheet_says_what_it_was_what_happened_and_what_lies_below()
    {
        var play = Play.In(DossierStatus.Returned);
        var files = ArchivedFile.Of(Enumerable.Range(1, 40).Select(i => Document(i, DocumentKind.Component, i, "application/pdf", $"giấy tờ {i}.pdf")), inside: true);
        var text = await PdfTools.RunAsync("pdftotext", ArchiveSheet.Render(play.Dossier, play.Steps, files, At), "-enc", "UTF-8");
        foreach (var word in new[] { "HỒ SƠ LƯU TRỮ", "Mã hồ sơ: A-1", "Nguyễn Văn Dân", "Phường Hạ Long", "Nội dung yêu cầu: Cấp giấy", "Kết thúc lúc: 10 giờ 00 phút", "Diễn biến", "(giấy tờ 40.pdf)" })
            Assert.Contains(word, text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.True(text.Split('\f').Length > 2);
    }

    private static DossierDocument Document(int minute, string kind, int? component, string mediaType, string name) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        Component = component,
        FileName = name,
        MediaType = mediaType,
        Size = 10,
        Sha256 = new string('a', 64),
        CreatedAt = At.AddMinutes(minute),
    };
}
