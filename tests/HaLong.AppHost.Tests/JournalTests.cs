using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>The log files of the processes.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("halong-test-");
    private readonly Clock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_line_carries_the_moment_in_universal_time_whatever_the_machines_language()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        // A calendar of its own, in which this is the year 2569.
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("th-TH");
        using (var journal = new Journal(_folder.FullName, _clock))
            journal.Write("one", "xin chào");
        Thread.CurrentThread.CurrentCulture = before;
        Assert.Equal(["2026-03-01T08:30:00.250Z xin chào"], Lines("one.log"));
    }

    [Fact]
    public void Each_resource_has_a_file_of_its_own_and_a_next_start_adds_to_it()
    {
        using (var journal = new Journal(_folder.FullName, _clock))
        {
            journal.Write("one", "first start");
            journal.Write("two", "another");
        }

        using (var journal = new Journal(_folder.FullName, _clock))
        {
            journal.Write("one", "second start");
            Assert.Equal(["second start"], journal.Last("one"));
        }

        Assert.Equal(["first start", "second start"], Lines("one.log").Select(l => l.Split(' ', 2)[1]));
        Assert.Single(Lines("two.log"));
    }

    [Fact]
    public void A_full_file_replaces_the_one_before_it_and_at_most_two_are_kept()
    {
        using var journal = new Journal(_folder.FullName, _clock) { Limit = 100 };
        for (var i = 0; i < 30; i++)
            journal.Write("one", $"line {i}");
        Assert.InRange(_folder.GetFiles().Length, 1, 2);
        Assert.DoesNotContain(Lines("one.log.1"), l => l.EndsWith("line 0", StringComparison.Ordinal));
        Assert.InRange(_folder.GetFiles().Sum(f => f.Length), 100, 300);
    }

    [Fact]
    public void What_is_said_after_the_end_is_remembered_but_no_longer_written()
    {
        var journal = new Journal(_folder.FullName, _clock);
        journal.Write("one", "before");
        journal.Dispose();
        journal.Write("one", "after");
        Assert.Equal(["before", "after"], journal.Last("one"));
        Assert.Single(Lines("one.log"));
    }

    [Fact]
    public void Who_listens_hears_every_line_until_it_stops_listening()
    {
        using var journal = new Journal(_folder.FullName, _clock);
        var heard = new List<string>();
        void Hear(string resource, string line) => heard.Add($"{resource}: {line}");
        journal.Written += Hear;
        journal.Write("one", "a");
        journal.Write("two", "b");
        journal.Written -= Hear;
        journal.Write("one", "c");
        Assert.Equal(["one: a", "two: b"], heard);
    }

    [Fact]
    public async Task Lines_of_several_writers_are_neither_lost_nor_mixed()
    {
        using (var journal = new Journal(_folder.FullName, _clock))
            await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
            {
                for (var i = 0; i < 100; i++)
                    journal.Write("one", $"writer {writer} line {i}");
            })));
        var lines = Lines("one.log");
        Assert.Equal(400, lines.Distinct().Count());
        Assert.All(lines, l => Assert.Matches("Z writer [0-3] line [0-9]+$", l));
    }

    private string[] Lines(string file) => File.ReadAllLines(Path.Combine(_folder.FullName, file));
}
