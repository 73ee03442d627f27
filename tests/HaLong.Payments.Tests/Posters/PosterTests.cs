using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HaLong.Payments.Posters;
using HaLong.Payments.VietQr;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;

namespace HaLong.Payments.Tests.Posters;

/// <summary>The poster at the counter: which account, how to pay, and a code that still reads when it is stained.</summary>
[Collection("receipts")]
public sealed partial class PosterTests(PaymentFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_has_the_account_the_bank_and_how_to_write_the_reference_in_both_languages()
    {
        using var answer = await fixture.Official(Roles.Reception, PaymentFixture.UnitWithAccount).GetAsync($"/api/v1/beneficiaries/{PaymentFixture.UnitWithAccount}/poster.pdf", Ct);
        var pdf = await answer.Content.ReadAsByteArrayAsync(Ct);

        Assert.Equal(("application/pdf", "no-store"), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        await PdfTools.IsSoundAsync(pdf, "A4");
        var text = await PdfTools.ReadAloudAsync(pdf);
        foreach (var part in new[]
        {
            "QUÉT MÃ ĐỂ NỘP PHÍ, LỆ PHÍ", "Scan to pay", "Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam (Agribank)", "8000201009999", "UBND PHUONG", "bắt đầu bằng HL",
            "payment reference of 12 characters",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain(PosterText.Warning, text, StringComparison.Ordinal);
        // Who hears it read is told what the picture is, and which lines are English.
        var bytes = Encoding.Latin1.GetString(pdf);
        Assert.Contains(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("Mã VietQR của tài khoản thu")), bytes, StringComparison.Ordinal);
        Assert.Equal(1 + PosterText.Steps.Count, bytes.Split("/Lang(en)").Length - 1);
        Assert.Contains("Pages:           1", await PdfTools.RunAsync("pdfinfo", pdf), StringComparison.Ordinal);
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        IsCodeOf("970405", "8000201009999", await QrReader.OfPageAsync(pdf));
    }

    [Fact]
    public async Task The_drawing_says_the_same_and_its_code_reads_with_a_part_of_it_lost()
    {
        using var answer = await fixture.Official(Roles.Cashier).GetAsync($"/api/v1/beneficiaries/{PaymentFixture.Unit}/poster.svg", Ct);
        var svg = XElement.Parse(await answer.Content.ReadAsStringAsync(Ct));

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("210mm", "297mm"), (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value));
        var lines = svg.Elements().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Contains(PosterText.Title, lines);
        Assert.Contains(PosterText.Warning, lines);
        Assert.Contains(lines, l => l.Contains("0011000000001", StringComparison.Ordinal));
        Assert.All(PosterText.Steps, s => Assert.Contains(s.En, lines));
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        var code = svg.Elements().Single(e => e.Name.LocalName == "svg");
        IsCodeOf("970436", "0011000000001", await QrReader.OfModulesAsync(ModulesOf(code)));
        // A stain of two centimetres in the middle.
        IsCodeOf("970436", "0011000000001", await QrReader.OfModulesAsync(ModulesOf(code), coveredSide: 9));
    }

    [Theory]
    [InlineData(Roles.Officer, PaymentFixture.Unit, 403, "PAY-0608")]
    [InlineData(Roles.Chief, PaymentFixture.Unit, 403, "PAY-0608")]
    [InlineData(Roles.Citizen, PaymentFixture.Unit, 403, "CMN-0403")]
    [InlineData(Roles.Cashier, PaymentFixture.UnitWithAccount, 404, "PAY-0607")]
    [InlineData(Roles.Reception, null, 404, "PAY-0607")]
    public async Task Others_get_none(string role, string? unit, int status, string code)
    {
        foreach (var file in new[] { "poster.pdf", "poster.svg" })
            await (await fixture.Official(role, unit).GetAsync($"/api/v1/beneficiaries/{PaymentFixture.Unit}/{file}", Ct)).IsProblemAsync(status, code);
    }

    [Fact]
    public async Task Nobody_gets_one_without_signing_in() =>
        await (await fixture.Anybody().GetAsync($"/api/v1/beneficiaries/{PaymentFixture.Unit}/poster.pdf", Ct)).IsProblemAsync(401, "CMN-0401");

    [Fact]
    public async Task A_long_name_and_an_unknown_bank_still_make_one_page()
    {
        var poster = new PosterText(
            "Trung tâm Phục vụ hành chính công và Bộ phận tiếp nhận, trả kết quả <phường> Hạ Long & các xã \"lân cận\"", "999999", "ABCDEFGHIJ123456789", "TTPVHCC HA LONG", "000201", true);

        Assert.Contains("Pages:           1", await PdfTools.RunAsync("pdfinfo", PosterPdf.Render(poster, Domain.Some.Now)), StringComparison.Ordinal);
        Assert.Contains(XElement.Parse(PosterSvg.Render(poster)).Elements(), e => e.Value == poster.Unit);
        Assert.Null(BankDirectory.Name("999999"));
    }

    private static void IsCodeOf(string bin, string account, string text)
    {
        Assert.Null(VietQrDecoder.TryDecode(text, out var payload));
        Assert.Equal((Initiation.Static, bin, account, null, null), (payload!.Initiation, payload.Bin, payload.Account, payload.Amount, payload.AdditionalData));
    }

    private static bool[,] ModulesOf(XElement code)
    {
        var size = int.Parse(code.Attribute("viewBox")!.Value.Split(' ')[2], CultureInfo.InvariantCulture);
        var dark = new bool[size, size];
        foreach (Match run in Run().Matches(code.Elements().Single(e => e.Name.LocalName == "path").Attribute("d")!.Value)) // the drawing has one
        {
            var (x, y, length) = (Number(run, "x"), Number(run, "y"), Number(run, "length"));
            for (var column = x; column < x + length; column++)
                dark[y, column] = true;
        }
        return dark;

        static int Number(Match run, string name) => int.Parse(run.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1h-\k<length>z")]
    private static partial Regex Run();
}
