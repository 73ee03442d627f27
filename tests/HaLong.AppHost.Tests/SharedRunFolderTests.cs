using System.Text.Json;
using Aspire.Hosting;
using HaLong.AppHost.Native;
using Microsoft.Extensions.Configuration;

namespace HaLong.AppHost.Tests;

/// <summary>Where the run directory lies, who holds it and when it goes.</summary>
public sealed class SharedRunFolderTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"halong-test-{Guid.CreateVersion7():N}");

    public void Dispose()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void The_folder_lies_beside_the_solution_unless_another_is_named_or_it_is_for_once_only()
    {
        var project = Directory.CreateDirectory(Path.Combine(_path, "src", "AppHost")).FullName;
        File.WriteAllText(Path.Combine(_path, "Some.sln"), "");
        Assert.Equal(Path.Combine(_path, ".run"), From(project).Root);
        Assert.Equal("/srv/platform", From(project, ("RunDirectory", "/srv/../srv/platform")).Root);
        var (one, two) = (From(project, ("Ephemeral", "true")), From(project, ("Ephemeral", "true")));
        Assert.True(one.IsEphemeral);
        Assert.StartsWith(Path.Combine(Path.GetTempPath(), "halong-"), one.Root, StringComparison.Ordinal);
        Assert.NotEqual(one.Root, two.Root);
    }

    [Fact]
    public void Without_a_solution_the_folder_lies_among_the_temporary_ones_and_is_not_made_before_it_is_needed()
    {
        var folder = From(Path.Combine("/no", "solution", "here"));
        Assert.StartsWith(Path.GetTempPath(), folder.Root, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Root));
    }

    [Fact]
    public void Of_two_platforms_in_one_folder_the_second_is_refused_until_the_first_has_closed()
    {
        using var first = new RunFolder(_path, false);
        using var second = new RunFolder(_path, false);
        first.Open();
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(Path.Combine(_path, "host.pid")));
        var refusal = Assert.Throws<DistributedApplicationException>(second.Open);
        Assert.Equal($"A platform is already running in {_path} (process {Environment.ProcessId}).", refusal.Message);
        first.Close();
        Assert.False(File.Exists(Path.Combine(_path, "host.pid")));
        second.Open();
        // Closing twice must not take the folder from the one that holds it now.
        first.Close();
        Assert.True(File.Exists(Path.Combine(_path, "host.pid")));
    }

    [Fact]
    public void A_refused_platform_does_not_delete_the_folder_of_the_one_that_runs()
    {
        using var running = new RunFolder(_path, ephemeral: true);
        running.Open();
        var data = Path.Combine(running.Data("postgres", keep: false), "PG_VERSION");
        File.WriteAllText(data, "17");
        using (var refused = new RunFolder(_path, ephemeral: true))
            Assert.Throws<DistributedApplicationException>(refused.Open);
        Assert.True(File.Exists(data));
        running.Dispose();
        Assert.False(Directory.Exists(_path));
    }

    [Fact]
    public void A_platform_that_only_looked_does_not_delete_the_folder_of_the_one_that_runs()
    {
        using var running = new RunFolder(_path, ephemeral: true);
        running.Open();
        new RunFolder(_path, ephemeral: true).Dispose();
        Assert.True(Directory.Exists(running.Logs));
    }

    [Fact]
    public void A_folder_for_once_that_was_never_opened_goes_with_its_secrets()
    {
        var folder = new RunFolder(_path, ephemeral: true);
        folder.Secret("one");
        Assert.True(File.Exists(Path.Combine(_path, "secrets.json")));
        folder.Dispose();
        Assert.False(Directory.Exists(_path));
    }

    [Fact]
    public void A_folder_that_is_kept_stays_with_all_that_is_in_it()
    {
        using (var folder = new RunFolder(_path, false))
        {
            folder.Open();
            folder.Secret("one");
            folder.Data("cache", keep: true);
        }

        Assert.Equal(["data", "logs"], Directory.GetDirectories(_path).Select(Path.GetFileName).Order());
        Assert.True(File.Exists(Path.Combine(_path, "secrets.json")));
    }

    [Fact]
    public void With_the_folder_go_the_data_behind_its_links_and_their_empty_parent_but_nothing_beside()
    {
        var elsewhere = Directory.CreateTempSubdirectory("halong-test-").FullName;
        Directory.CreateDirectory(Path.Combine(elsewhere, "shared", "beside"));
        var (alone, among) = (Path.Combine(elsewhere, "own", "one"), Path.Combine(elsewhere, "shared", "two"));
        foreach (var real in new[] { alone, among })
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(real).FullName, "file"), "");
        using (var folder = new RunFolder(_path, ephemeral: true))
        {
            folder.Open();
            Directory.CreateSymbolicLink(Path.Combine(_path, "data", "one"), alone);
            Directory.CreateSymbolicLink(Path.Combine(_path, "data", "two"), among);
        }

        Assert.False(Directory.Exists(_path));
        Assert.Equal(["shared"], Directory.GetDirectories(elsewhere).Select(Path.GetFileName));
        Assert.Equal(["beside"], Directory.GetFileSystemEntries(Path.Combine(elsewhere, "shared")).Select(Path.GetFileName));
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void Data_that_are_not_kept_are_emptied_although_their_link_leads_nowhere()
    {
        using var folder = new RunFolder(_path, false);
        folder.Open();
        var link = Path.Combine(_path, "data", "one");
        Directory.CreateSymbolicLink(link, Path.Combine(_path, "gone", "one"));
        Assert.Equal(link, folder.Data("one", keep: false));
        Assert.Null(new DirectoryInfo(link).LinkTarget);
        Assert.True(Directory.Exists(link));
    }

    [Fact]
    public void Secrets_asked_for_at_once_are_all_kept_and_each_is_made_once()
    {
        using var folder = new RunFolder(_path, false);
        var made = new string[40];
        Parallel.For(0, made.Length, i => made[i] = folder.Secret($"name-{i % 10}"));
        Assert.Equal(10, made.Distinct().Count());
        var kept = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(_path, "secrets.json")))!;
        Assert.Equal(made.Distinct().Order(), kept.Values.Order());
        Assert.All(made, secret => Assert.Matches("^[a-km-zA-HJ-NP-Z2-9]{24}$", secret));
    }

    [Fact]
    public void A_file_left_over_from_an_interrupted_write_is_no_obstacle_and_lends_no_permissions()
    {
        Directory.CreateDirectory(_path);
        var file = Path.Combine(_path, "secrets.json");
        File.WriteAllText(file + ".next", "half");
        File.SetUnixFileMode(file + ".next", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        RunFolder.WriteAtomically(file, "whole", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("whole", File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.False(File.Exists(file + ".next"));
    }

    private static RunFolder From(string appHost, params (string Key, string Value)[] settings) =>
        RunFolder.From(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build(), appHost);
}
