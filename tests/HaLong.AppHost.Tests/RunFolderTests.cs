using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>The folder of a platform: data, secrets, logs.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"halong-test-{Guid.CreateVersion7():N}");

    public void Dispose()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void A_secret_is_made_once_and_kept_for_the_owners_eyes()
    {
        var first = new RunFolder(_path, false).Secret("one");
        Assert.Equal(24, first.Length);
        using var again = new RunFolder(_path, false);
        Assert.Equal(first, again.Secret("one"));
        Assert.NotEqual(first, again.Secret("two"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_path, "secrets.json")));
    }

    [Fact]
    public void Data_are_kept_when_asked_for_and_otherwise_emptied_at_the_first_use_only()
    {
        using (var folder = new RunFolder(_path, false))
        {
            File.WriteAllText(Path.Combine(folder.Data("kept", keep: true), "file"), "");
            File.WriteAllText(Path.Combine(folder.Data("fresh", keep: false), "file"), "");
            Assert.True(File.Exists(Path.Combine(folder.Data("fresh", keep: false), "file")));
        }

        using var next = new RunFolder(_path, false);
        Assert.True(File.Exists(Path.Combine(next.Data("kept", keep: true), "file")));
        Assert.False(File.Exists(Path.Combine(next.Data("fresh", keep: false), "file")));
        Assert.Equal(RunFolder.Private, File.GetUnixFileMode(next.Data("fresh", keep: false)));
    }

    [Fact]
    public async Task Where_the_servers_account_may_not_pass_its_data_lie_elsewhere_with_a_link()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root runs servers under another account");
        var ct = TestContext.Current.CancellationToken;
        var user = SystemUser.Find("nobody")!;
        Directory.CreateDirectory(_path, RunFolder.Private);
        var inside = Path.Combine(_path, "clone", ".run");
        string real;
        using (var folder = new RunFolder(inside, false))
        {
            folder.Open();
            real = await folder.DataForAsync("postgres", true, user, ct);
            Assert.StartsWith("/var/tmp/halong-", real, StringComparison.Ordinal);
            Assert.Equal(real, Directory.ResolveLinkTarget(Path.Combine(inside, "data", "postgres"), true)!.FullName);
            var (exitCode, output) = await Launcher.RunAsync(new LaunchSpec("touch", [Path.Combine(real, "file")], "/") { User = user }, ct);
            Assert.True(exitCode == 0, output);
        }

        using (var again = new RunFolder(inside, false))
        {
            again.Open();
            Assert.True(File.Exists(Path.Combine(await again.DataForAsync("postgres", true, user, ct), "file")));
        }

        // A deleted run directory takes its data with it, although they lie elsewhere.
        Directory.Delete(inside, recursive: true);
        using var reset = new RunFolder(inside, ephemeral: true);
        reset.Open();
        Assert.False(File.Exists(Path.Combine(await reset.DataForAsync("postgres", true, user, ct), "file")));
        reset.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(real)));
    }

    [Fact]
    public async Task Where_the_servers_account_may_pass_its_data_lie_in_the_folder()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root runs servers under another account");
        using var folder = new RunFolder(_path, ephemeral: true);
        folder.Open();
        Assert.Equal(Path.Combine(_path, "data", "postgres"), await folder.DataForAsync("postgres", false, SystemUser.Find("nobody")!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole()
    {
        Directory.CreateDirectory(_path);
        var file = Path.Combine(_path, "file");
        RunFolder.WriteAtomically(file, "one", UnixFileMode.UserRead);
        RunFolder.WriteAtomically(file, "two", UnixFileMode.UserRead);
        Assert.Equal("two", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(_path));
    }

    [Fact]
    public void A_log_is_bounded_and_remembers_its_last_lines()
    {
        Directory.CreateDirectory(_path);
        using var journal = new Journal(_path, TimeProvider.System) { Limit = 1_000 };
        for (var i = 0; i < 100; i++)
            journal.Write("one", $"line {i}");
        Assert.InRange(new FileInfo(Path.Combine(_path, "one.log.1")).Length, 1_000, 1_100);
        Assert.True(!File.Exists(Path.Combine(_path, "one.log")) || new FileInfo(Path.Combine(_path, "one.log")).Length < 1_000);
        Assert.Equal("line 99", journal.Last("one")[^1]);
        Assert.Equal(20, journal.Last("one").Count);
        Assert.Empty(journal.Last("two"));
    }

    [Fact]
    public void Two_holders_of_ports_get_different_ones_outside_the_range_of_outgoing_connections()
    {
        using var one = new Ports();
        using var two = new Ports();
        var ports = Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? one : two).Free()).ToList();
        Assert.Equal(200, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 20_000, 32_000));
    }
}
