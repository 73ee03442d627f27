using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files.Sandbox;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>The conversation with the process that opens files.</summary>
public sealed class SandboxProgramTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-talk").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Each_line_gets_a_line_and_the_end_of_the_input_ends_it()
    {
        var good = Save(Samples.Pdf());
        var answers = Talk(new SandboxRequest([good], "application/pdf", null), new SandboxRequest([Save([1, 2])], "image/png", null), new SandboxRequest([good], "application/pdf", null));
        Assert.Equal([1, null, 1], answers.Select(a => a.Pages));
        Assert.Equal("broken", Assert.Single(answers[1].Checks).Reason);
    }

    [Fact]
    public void A_process_that_has_grown_too_large_answers_and_ends()
    {
        var request = JsonSerializer.Serialize(new SandboxRequest([Save(Samples.Pdf())], "application/pdf", null));
        using var output = new StringWriter();
        Assert.Equal(0, SandboxProgram.Run(new StringReader(request + "\n" + request), output, wornOut: 0));
        Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_file_that_is_not_there_is_answered_like_one_that_does_not_open() =>
        Assert.Equal("broken", Assert.Single(Talk(new SandboxRequest([Path.Combine(folder, "nothing")], "application/pdf", null))[0].Checks).Reason);

    [Fact]
    public void A_path_with_any_letters_comes_through()
    {
        var path = Path.Combine(folder, "đơn đề nghị “x”.pdf");
        File.WriteAllBytes(path, Samples.Pdf());
        Assert.Equal(1, Talk(new SandboxRequest([path], "application/pdf", null))[0].Pages);
    }

    [Fact]
    public void Photos_that_cannot_be_joined_leave_no_half_of_a_pdf_that_anybody_takes_for_whole()
    {
        var output = Path.Combine(folder, "out.pdf");
        var answer = Talk(new SandboxRequest([Save(Photos.Jpeg(Photos.Page(300, 400))), Save([9, 9])], null, output))[0];
        Assert.Equal((2, null), (answer.BadPhoto, answer.Pages));
        Assert.False(File.Exists(output) && File.ReadAllText(output).Contains("%%EOF", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_found_survives_being_stored()
    {
        var report = new PreflightReport([PreflightCheck.Fail(CheckCode.Size, "pages", "501", "500") with { Blocks = true }, PreflightCheck.NotChecked(CheckCode.Malware, "unavailable")],
            new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero), 3, 501);
        var back = JsonSerializer.Deserialize<PreflightReport>(JsonSerializer.Serialize(report, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
        Assert.Equal((report.CheckedAt, 3, 501), (back.CheckedAt, back.Attempts, back.Pages));
        Assert.Equal(["501", "500"], back.Checks[0].Details);
        Assert.Equal([true, false], back.Checks.Select(c => c.Blocks));
        Assert.False(back.IsInfected);
        Assert.True(new PreflightReport([PreflightCheck.Fail(CheckCode.Malware, "found", "x")], report.CheckedAt, 0, null).IsInfected);
    }

    private static List<SandboxAnswer> Talk(params SandboxRequest[] requests)
    {
        using var output = new StringWriter();
        Assert.Equal(0, SandboxProgram.Run(new StringReader(string.Join('\n', requests.Select(r => JsonSerializer.Serialize(r)))), output, wornOut: long.MaxValue));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<SandboxAnswer>(line)!)];
    }

    private string Save(byte[] content)
    {
        var path = Path.Combine(folder, Guid.CreateVersion7().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }
}
