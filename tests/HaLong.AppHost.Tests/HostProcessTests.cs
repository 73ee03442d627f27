using System.Diagnostics;
using System.Text.Json;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>A host in a process of its own: killed, stopped, beside another.</summary>
public sealed class HostProcessTests : IDisposable
{
    private readonly List<Process> _hosts = [];
    private readonly List<string> _folders = [];

    [Fact]
    public async Task When_the_host_is_killed_its_children_die_with_it()
    {
        var host = await StartAsync(NewFolder());
        host.Process.Kill();
        await EndAsync(host.Pids);
    }

    [Fact]
    public async Task When_the_host_is_asked_to_stop_nothing_is_left_within_ten_seconds()
    {
        var folder = NewFolder();
        var host = await StartAsync(folder, "--Grandchild=true");
        Assert.Equal(4, host.Pids.Count);
        var watch = Stopwatch.StartNew();
        Libc.Signal(host.Process.Id, Libc.Terminate);
        await host.Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.All(host.Pids, pid => Assert.False(SampleExtensions.IsAlive(pid)));
        Assert.Empty(Left(folder));
        Assert.Equal(0, host.Process.ExitCode);
        Assert.False(File.Exists(Path.Combine(folder, "host.pid")));
        Assert.All(Resources(folder), r => Assert.Equal("Exited", r.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Two_platforms_run_side_by_side()
    {
        var (one, two) = (await StartAsync(NewFolder()), await StartAsync(NewFolder()));
        Assert.Empty(one.Pids.Intersect(two.Pids));
        Assert.All(one.Pids.Concat(two.Pids), pid => Assert.True(SampleExtensions.IsAlive(pid)));
        Assert.NotEqual(File.ReadAllText(Path.Combine(_folders[0], "secrets.json")), File.ReadAllText(Path.Combine(_folders[1], "secrets.json")));
    }

    [Fact]
    public async Task A_second_platform_in_the_same_folder_is_refused()
    {
        var folder = NewFolder();
        var first = await StartAsync(folder);
        using var second = Launch(folder);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"already running in {folder} (process {first.Process.Id})", await second.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.All(first.Pids, pid => Assert.True(SampleExtensions.IsAlive(pid)));
    }

    [Fact]
    public async Task After_a_kill_the_platform_starts_again_with_the_same_secrets()
    {
        var folder = NewFolder();
        var first = await StartAsync(folder);
        var secrets = await File.ReadAllTextAsync(Path.Combine(folder, "secrets.json"), TestContext.Current.CancellationToken);
        first.Process.Kill();
        await EndAsync(first.Pids);
        await StartAsync(folder);
        Assert.Equal(secrets, await File.ReadAllTextAsync(Path.Combine(folder, "secrets.json"), TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "secrets.json")));
    }

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            if (!host.HasExited)
                host.Kill();
            host.WaitForExit();
            host.Dispose();
        }

        foreach (var folder in _folders.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    private string NewFolder()
    {
        _folders.Add(Path.Combine(Path.GetTempPath(), $"halong-test-{Guid.CreateVersion7():N}"));
        return _folders[^1];
    }

    private static Process Launch(string folder, params string[] args) => Process.Start(new ProcessStartInfo(Surroundings.DotNet(), ["exec", typeof(HostProcessTests).Assembly.Location, "--RunDirectory", folder, .. args])
    {
        Environment = { [Roles.Variable] = "host" },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private async Task<(Process Process, IReadOnlyList<int> Pids)> StartAsync(string folder, params string[] args)
    {
        var host = Launch(folder, args);
        _hosts.Add(host);
        host.OutputDataReceived += (_, _) => { };
        host.BeginOutputReadLine();
        var watch = Stopwatch.StartNew();
        while (!(Resources(folder) is { Count: 3 } all && all.All(r => r.GetProperty("health").GetString() == "Healthy")) || HostPid(folder) != host.Id)
        {
            Assert.False(host.HasExited);
            Assert.True(watch.Elapsed < Sample.Patience, "The host does not become healthy.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return (host, [.. Resources(folder).SelectMany(r => r.GetProperty("pids").EnumerateArray().Select(p => p.GetInt32())).SelectMany(WithChildren)]);
    }

    private static IEnumerable<int> WithChildren(int pid) =>
        File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, null))
            .Where(c => File.ReadAllText($"/proc/{c}/cmdline").Contains("1000", StringComparison.Ordinal)).Prepend(pid);

    private static async Task EndAsync(IReadOnlyList<int> pids)
    {
        Assert.NotEmpty(pids);
        var watch = Stopwatch.StartNew();
        while (pids.Any(SampleExtensions.IsAlive))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"Left behind: {string.Join(' ', pids.Where(SampleExtensions.IsAlive))}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static List<JsonElement> Resources(string folder) =>
        Path.Combine(folder, "resources.json") is var file && File.Exists(file)
            ? [.. JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("resources").EnumerateArray()]
            : [];

    private static int HostPid(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "resources.json"))).RootElement.GetProperty("hostPid").GetInt32();

    private static IEnumerable<string> Left(string folder) =>
        Directory.GetDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)).Select(p =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(p, "cmdline"));
            }
            catch (IOException)
            {
                return "";
            }
        }).Where(c => c.Contains(folder, StringComparison.Ordinal));
}
