using System.Diagnostics;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files.Sandbox;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>PDFs as another program (qpdf) writes them: locked, with objects inside streams, rebuilt.</summary>
public sealed class EncryptedPdfTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-qpdf").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("40")]
    [InlineData("128")]
    [InlineData("256")]
    public async Task A_password_is_found_whatever_the_cipher(string bits)
    {
        string[] weak = bits == "256" ? [] : ["--allow-weak-crypto"];
        var answer = await LookAsync(Samples.Pdf(), [.. weak, "--encrypt", "secret", "owner", bits, "--"]);
        var check = Assert.Single(answer.Checks, c => c.Outcome == CheckOutcome.Fail);
        Assert.Equal((CheckCode.Encrypted, "password"), (check.Code, check.Reason));
    }

    [Fact]
    public async Task A_lock_against_printing_is_found_though_the_file_opens()
    {
        var answer = await LookAsync(Samples.Pdf(), ["--encrypt", "", "owner", "256", "--print=none", "--modify=none", "--"]);
        var check = Assert.Single(answer.Checks, c => c.Outcome == CheckOutcome.Fail);
        Assert.Equal((CheckCode.Encrypted, "restricted", 1), (check.Code, check.Reason, answer.Pages));
    }

    [Theory]
    [InlineData("--object-streams=generate")]
    [InlineData("--linearize")]
    [InlineData("--qdf")]
    public async Task Scripts_are_found_however_the_file_is_laid_out(string layout)
    {
        var answer = await LookAsync(Samples.PdfOf("0 0 m 9 9 l S", "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), [layout]);
        var check = Assert.Single(answer.Checks, c => c.Outcome == CheckOutcome.Fail);
        Assert.Equal((CheckCode.Active, "javascript"), (check.Code, check.Reason));
    }

    [Theory]
    [InlineData("--object-streams=generate")]
    [InlineData("--linearize")]
    [InlineData("--compress-streams=y")]
    public async Task A_good_file_stays_good_however_it_is_laid_out(string layout)
    {
        var answer = await LookAsync(Samples.Pdf(), [layout]);
        Assert.All(answer.Checks, c => Assert.Equal(CheckOutcome.Passed, c.Outcome));
    }

    [Fact]
    public async Task An_attached_file_is_found()
    {
        var inside = Path.Combine(folder, "inside.txt");
        await File.WriteAllTextAsync(inside, "hidden", Ct);
        var answer = await LookAsync(Samples.Pdf(), ["--add-attachment", inside, "--"]);
        var check = Assert.Single(answer.Checks, c => c.Outcome == CheckOutcome.Fail);
        Assert.Equal((CheckCode.Active, "embedded"), (check.Code, check.Reason));
    }

    [Fact]
    public async Task Blank_pages_among_others_are_named()
    {
        var (good, blank, both) = (await SaveAsync(Samples.Pdf()), await SaveAsync(Samples.PdfOf("")), Path.Combine(folder, "both.pdf"));
        await RunAsync("--empty", "--pages", good, blank, good, blank, "--", both);
        var answer = SandboxProgram.Answer(new SandboxRequest([both], "application/pdf", null));
        var check = Assert.Single(answer.Checks, c => c.Code == CheckCode.Blank);
        Assert.Equal((CheckOutcome.Warn, "some", "2, 4", 4), (check.Outcome, check.Reason, Assert.Single(check.Details), answer.Pages));
    }

    private async Task<SandboxAnswer> LookAsync(byte[] pdf, string[] arguments)
    {
        var (source, target) = (await SaveAsync(pdf), Path.Combine(folder, "out.pdf"));
        await RunAsync([.. arguments, source, target]);
        return SandboxProgram.Answer(new SandboxRequest([target], "application/pdf", null));
    }

    private async Task<string> SaveAsync(byte[] pdf)
    {
        var path = Path.Combine(folder, Guid.CreateVersion7() + ".pdf");
        await File.WriteAllBytesAsync(path, pdf, Ct);
        return path;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var qpdf = Process.Start(new ProcessStartInfo("qpdf", arguments) { RedirectStandardError = true })!;
        var errors = await qpdf.StandardError.ReadToEndAsync(Ct);
        await qpdf.WaitForExitAsync(Ct);
        // 3: done, with warnings.
        Assert.True(qpdf.ExitCode is 0 or 3, errors);
    }
}
