namespace HaLong.Architecture.Tests;

/// <summary>The house style in numbers; see CONTRIBUTING.md.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var longer = Repository.Sources.Where(s => s.Lines.Length > 400).Select(s => $"{s.Path} ({s.Lines.Length})").ToList();
        Assert.True(longer.Count == 0, string.Join('\n', longer));
    }

    [Fact]
    public void The_median_production_file_has_at_most_60_lines()
    {
        var lengths = Repository.Production.Select(s => s.Lines.Length).Order().ToList();
        Assert.True(lengths[lengths.Count / 2] <= 60, $"median {lengths[lengths.Count / 2]} of {lengths.Count} files");
    }

    [Fact]
    public void Ninety_five_of_a_hundred_production_files_have_at_most_200_lines()
    {
        var lengths = Repository.Production.Select(s => s.Lines.Length).Order().ToList();
        Assert.True(lengths[(int)(lengths.Count * 0.95)] <= 200, $"95th percentile {lengths[(int)(lengths.Count * 0.95)]}");
    }

    [Fact]
    public void An_entry_point_of_a_service_has_at_most_40_lines()
    {
        foreach (var (path, lines) in Repository.Production.Where(s => s.Path.EndsWith("/Program.cs", StringComparison.Ordinal)
            && !s.Path.StartsWith("bench/", StringComparison.Ordinal)))
        {
            Assert.True(lines.Length <= 40, $"{path} has {lines.Length} lines");
        }
    }

    [Fact]
    public void Shared_code_is_at_most_15_percent_of_production_code()
    {
        var all = Lines(Repository.Production);
        var shared = Lines(Repository.Production.Where(s => s.Path.StartsWith("ServiceDefaults/", StringComparison.Ordinal)));
        Assert.True(shared <= all * 0.15, $"{shared} of {all} lines are shared");
    }

    [Fact]
    public void Tests_have_at_least_nine_lines_for_ten_lines_of_code()
    {
        var (tests, production) = (Lines(Repository.Tests), Lines(Repository.Production));
        Assert.True(tests >= production * 0.9, $"{tests} test lines for {production} production lines");
    }

    private static int Lines(IEnumerable<(string Path, string[] Lines)> sources) => sources.Sum(s => s.Lines.Length);
}
