using System.Text;
using HaLong.Dossiers.Documents;

namespace HaLong.Dossiers.Tests.Documents;

public sealed class FileTypeTests
{
    [Fact]
    public void Types_are_told_by_content()
    {
        Assert.Equal(FileType.Pdf, Of(Samples.Pdf()));
        Assert.Equal(FileType.Png, Of(Samples.Png));
        Assert.Equal(FileType.Jpeg, Of(Samples.Jpeg));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.7 but broken off")]
    [InlineData("<html>%PDF-1.7 %%EOF</html>")]
    [InlineData("MZ executable")]
    [InlineData("PK\u0003\u0004 zip")]
    [InlineData("%!PS-Adobe")]
    public void Anything_else_is_not_accepted(string content) => Assert.Null(Of(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void Images_that_break_off_are_not_accepted()
    {
        Assert.Null(Of(Samples.Png[..20]));
        Assert.Null(Of(Samples.Jpeg[..10]));
    }

    [Theory]
    [InlineData("giấy tờ.PDF", "giấy tờ.pdf")]
    [InlineData("scan.png", "scan.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData(@"C:\Users\x\đơn.docx", "đơn.pdf")]
    [InlineData("..", "document.pdf")]
    [InlineData(null, "document.pdf")]
    [InlineData("a\r\nSet-Cookie: x\".pdf", "aSet-Cookie x.pdf")]
    [InlineData("đơn\u202Efdp.exe", "đơnfdp.pdf")]
    public void File_names_are_made_safe_and_get_the_extension_of_what_the_file_is(string? name, string safe) =>
        Assert.Equal(safe, FileNames.Safe(name, FileType.Pdf));

    [Fact]
    public void Long_file_names_are_cut_without_halving_a_character()
    {
        var name = FileNames.Safe(string.Concat(Enumerable.Repeat("😀", 200)) + ".pdf", FileType.Pdf);
        Assert.True(name.Length <= 124);
        Assert.DoesNotContain(Rune.ReplacementChar.ToString(), new string(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name))), StringComparison.Ordinal);
    }

    private static FileType? Of(byte[] content)
    {
        using var file = new IncomingFile(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        // In small pieces, as a network would bring it.
        foreach (var piece in content.Chunk(7))
            file.Look(piece);
        return file.Type;
    }
}
