using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Files.Checks;
using HaLong.Dossiers.Files.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>The real child processes: what they survive, and what survives them.</summary>
public sealed class SandboxPoolTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-pool").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_process_answers_and_goes_on_with_the_next_file()
    {
        using var pool = Pool();
        var first = await pool.InspectAsync(Save(Samples.Pdf()), "application/pdf", Ct);
        Assert.All(first.Checks, c => Assert.Equal(CheckOutcome.Passed, c.Outcome));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
            Assert.Equal(1, (await pool.InspectAsync(Save(Samples.Pdf("n" + i)), "application/pdf", Ct)).Pages);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"20 files took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_file_that_takes_too_long_is_given_up_and_the_next_one_is_not_held_up()
    {
        using var pool = Pool(o => o.TimeLimit = TimeSpan.FromMilliseconds(1));
        var answer = await pool.InspectAsync(Save(Samples.Pdf()), "application/pdf", Ct);
        Assert.Equal(SandboxAnswer.TooComplex, answer);
        using var patient = Pool();
        Assert.Equal(1, (await patient.InspectAsync(Save(Samples.Pdf()), "application/pdf", Ct)).Pages);
    }

    [Fact]
    public async Task Without_the_memory_it_needs_a_process_dies_and_the_service_does_not()
    {
        using var pool = Pool(o => o.MemoryMegabytes = 1);
        Assert.Equal(SandboxAnswer.TooComplex, await pool.InspectAsync(Save(Samples.Pdf()), "application/pdf", Ct));
    }

    [Fact]
    public async Task Nothing_of_ours_goes_along_into_the_process()
    {
        Environment.SetEnvironmentVariable("HALONG_TEST_SECRET", "must-not-be-seen");
        using var worker = new SandboxWorker(new PreflightOptions());
        Assert.NotNull(await worker.AskAsync(new SandboxRequest([Save(Samples.Pdf())], "application/pdf", null), Ct));
        var environment = await File.ReadAllTextAsync($"/proc/{worker.Id}/environ", Ct);
        Assert.DoesNotContain("must-not-be-seen", environment, StringComparison.Ordinal);
        Assert.Contains("GCHeapHardLimit", environment, StringComparison.Ordinal);
        var limits = await File.ReadAllTextAsync($"/proc/{worker.Id}/limits", Ct);
        Assert.Matches(@"Max data size\s+1073741824", limits);
        Assert.Matches(@"Max core file size\s+0", limits);
    }

    [Fact]
    public async Task A_process_that_was_ended_from_outside_is_replaced()
    {
        using var pool = Pool();
        await pool.InspectAsync(Save(Samples.Pdf()), "application/pdf", Ct);
        using (var child = Process.GetProcessById(Assert.Single(pool.Idle)))
        {
            child.Kill();
            await child.WaitForExitAsync(Ct);
        }
        Assert.Equal(1, (await pool.InspectAsync(Save(Samples.Pdf("again")), "application/pdf", Ct)).Pages);
    }

    [Fact]
    public async Task Processes_end_with_the_pool()
    {
        var pool = Pool();
        await pool.InspectAsync(Save(Samples.Pdf()), "application/pdf", Ct);
        using var child = Process.GetProcessById(Assert.Single(pool.Idle));
        pool.Dispose();
        await child.WaitForExitAsync(Ct);
    }

    private static SandboxPool Pool(Action<PreflightOptions>? set = null)
    {
        var options = new HaLong.Dossiers.FileOptions { Path = "/tmp", Preflight = { Workers = 1 } };
        set?.Invoke(options.Preflight);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new SandboxPool(Options.Create(options), new FileTelemetry(meters), NullLogger<SandboxPool>.Instance);
    }

    private string Save(byte[] content)
    {
        var path = Path.Combine(folder, Guid.CreateVersion7().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }
}
