using System.Text;
using HaLong.Cli.Journey;

namespace HaLong.Cli.Tests;

public sealed class SamplePdfTests
{
    [Fact]
    public void Its_cross_references_point_at_its_objects()
    {
        var bytes = SamplePdf.Create("Component 1");
        var text = Encoding.ASCII.GetString(bytes);
        var start = int.Parse(text[(text.IndexOf("startxref", StringComparison.Ordinal) + 10)..text.IndexOf("%%EOF", StringComparison.Ordinal)].Trim(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.StartsWith("xref", text[start..], StringComparison.Ordinal);
        var rows = text[start..].Split('\n').Skip(3).TakeWhile(l => l.EndsWith(" n ", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var offset = int.Parse(rows[i][..10], System.Globalization.CultureInfo.InvariantCulture);
            Assert.StartsWith($"{i + 1} 0 obj", text[offset..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_two_texts_give_the_same_bytes()
    {
        Assert.NotEqual(SamplePdf.Create("a"), SamplePdf.Create("b"));
        Assert.Equal(SamplePdf.Create("a"), SamplePdf.Create("a"));
    }

    [Fact]
    public void Evidence_is_kept_only_when_a_folder_was_named()
    {
        new Evidence(null).Save("x/y.txt", "nothing");
        var folder = Directory.CreateTempSubdirectory("halong-evidence-").FullName;
        new Evidence(folder).Save("mail/1.eml", "Chào"u8.ToArray());
        Assert.Equal("Chào", File.ReadAllText(Path.Combine(folder, "mail/1.eml")));
        Directory.Delete(folder, recursive: true);
    }
}
