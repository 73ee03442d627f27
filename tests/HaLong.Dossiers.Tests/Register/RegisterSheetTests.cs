using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml.Linq;
using HaLong.Dossiers.Register;
using HaLong.Dossiers.Register.Xlsx;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Register;

/// <summary>The register as a spreadsheet, opened by other people's programs.</summary>
public sealed class RegisterSheetTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const int Many = 10_000;

    [Fact]
    public async Task Ten_thousand_rows_are_read_by_an_independent_program_with_dates_as_dates_and_no_formula()
    {
        Assert.SkipUnless(await Node.HasAsync("read-excel-file"), Node.Missing);
        await using var register = await Registers.StartAsync(dossiers, settings: ("Register:Batch", "5000"));
        var unit = Registers.NewUnit();
        var like = await register.AcceptedAsync(unit);
        await register.InDbAsync(db => db.Dossiers.Where(d => d.Id == like).ExecuteUpdateAsync(s => s.SetProperty(d => d.OwnerName, "=cmd|' /C calc'!A0"), Ct));
        await register.BulkAsync(like, Many - 1);
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal(Many, await register.EnterAsync());
        var accepted = (await register.EntriesAsync(unit))[0].AcceptedAt;

        using var request = new HttpRequestMessage(HttpMethod.Get, Registers.Path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(ExportRegister.XlsxType));
        using var answer = await register.Official(Roles.Approver, unit).SendAsync(request, Ct);
        Assert.Equal(ExportRegister.XlsxType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"so-theo-doi-ho-so-{unit}", answer.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".xlsx");
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync(Ct), Ct);
        try
        {
            var (exit, output) = await Node.RunAsync("node", "read-xlsx.mjs", file);
            Assert.True(exit == 0, output);
            var lines = output.Split('\n');
            // Title, a blank line, headings, rows.
            Assert.Equal((Many + 3).ToString(System.Globalization.CultureInfo.InvariantCulture), lines[0]);
            Assert.Contains($"đơn vị {unit} / Register of dossiers", JsonElement.Parse(lines[1])[0].GetString(), StringComparison.Ordinal);
            var (heads, row) = (JsonElement.Parse(lines[3]), JsonElement.Parse(lines[4]));
            Assert.Equal(["TT", "Quyển", "Mã hồ sơ"], heads.EnumerateArray().Take(3).Select(h => h.GetString()));
            Assert.Equal((17, "Ghi chú"), (heads.GetArrayLength(), heads[16].GetString()));
            Assert.Equal((1, "=cmd|' /C calc'!A0"), (row[0].GetInt32(), row[6].GetString()));
            // The program takes the local time for UTC.
            var shown = row[10].GetProperty("date").GetDateTime();
            Assert.Equal(TimeZoneInfo.ConvertTime(accepted, LocalTime.Zone).DateTime, shown, TimeSpan.FromSeconds(1));
            Assert.Equal(JsonValueKind.Null, row[12].ValueKind);
            CheckParts(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Rows_leave_while_others_are_still_being_read()
    {
        using var target = new Meter();
        var about = new XlsxSheet("s", "t", "d", "c", DateTimeOffset.UnixEpoch, [("A", 9), ("B", 9)]);
        await using (var writer = await XlsxWriter.BeginAsync(target, about, Ct))
        {
            var before = target.Written;
            for (var row = 0; row < 100_000; row++)
            {
                writer.Row(Cell.Of(row), Cell.Of(Guid.CreateVersion7().ToString()));
                if (row % 1000 == 999)
                    await writer.FlushAsync(Ct);
                if (row == 9_999)
                    Assert.True(target.Written > before + 50_000, $"only {target.Written - before} bytes left");
            }
        }
        Assert.False(target.WroteWhileWaited);
    }

    [Theory]
    [InlineData("a & b < c > \"d\"", "a &amp; b &lt; c &gt; &quot;d&quot;")]
    [InlineData("😀 Nguyễn\t", "😀 Nguyễn\t")]
    public void Text_is_written_as_xml_knows_it(string text, string xml) => Assert.Equal(xml, XlsxWriter.Escape(text));

    [Fact]
    public void Characters_that_xml_does_not_know_are_left_out() =>
        Assert.Equal("xyz", XlsxWriter.Escape(string.Concat((char)0, (char)11, (char)0xd800, 'x', (char)0xdc00, 'y', (char)0xffff, 'z')));

    [Fact]
    public void Long_texts_are_cut_where_excel_ends() => Assert.Equal(32_767, XlsxWriter.Escape(new string('x', 40_000)).Length);

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    public void Columns_are_named_as_in_a_spreadsheet(int index, string name) => Assert.Equal(name, XlsxParts.Column(index));

    [Theory]
    [InlineData("=1+1", true)]
    [InlineData("+84 912", true)]
    [InlineData("-1", true)]
    [InlineData("@SUM(A1)", true)]
    [InlineData("\t=1", true)]
    [InlineData("|calc", true)]
    [InlineData("Nguyễn = Ánh", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void What_looks_like_a_formula_is_marked_as_text(string? text, bool quoted) => Assert.Equal(quoted ? CellStyle.Quoted : CellStyle.Text, Cell.Of(text).Style);

    [Fact]
    public void Moments_are_days_since_1900() => Assert.Equal((46_356.5, CellStyle.Moment), (Cell.Of(new DateTime(2026, 11, 30, 12, 0, 0)).Number, Cell.Of(new DateTime(2026, 11, 30)).Style));

    private static void CheckParts(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        var core = Read("docProps/core.xml");
        Assert.Contains("Sổ theo dõi hồ sơ năm", core.Value, StringComparison.Ordinal);
        Assert.Contains("Accepted dossiers in the order of their acceptance", core.Value, StringComparison.Ordinal);
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var sheet = Read("xl/worksheets/sheet1.xml");
        Assert.Empty(sheet.Descendants(main + "f"));
        var owner = sheet.Descendants(main + "c").Single(c => (string?)c.Attribute("r") == "G4");
        Assert.Equal(("inlineStr", "1"), ((string?)owner.Attribute("t"), (string?)Read("xl/styles.xml").Descendants(main + "cellXfs").Elements().ElementAt((int)owner.Attribute("s")!).Attribute("quotePrefix")));
        foreach (var entry in archive.Entries)
            Read(entry.FullName);

        XElement Read(string name)
        {
            using var stream = archive.GetEntry(name)!.Open();
            return XDocument.Load(stream).Root!;
        }
    }

    /// <summary>A line that takes bytes only without blocking, like a web server's, and counts them.</summary>
    private sealed class Meter : Stream
    {
        public long Written { get; private set; }
        public bool WroteWhileWaited { get; private set; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Written += count;
            return Task.CompletedTask;
        }

        public override void Write(byte[] buffer, int offset, int count) => WroteWhileWaited |= count > 0;

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
