using System.Text.Json;
using HaLong.Bench.Results;

namespace HaLong.Bench.Tests;

public sealed class ResultFileTests
{
    [Fact]
    public void A_result_is_five_members_with_numbers_only_inside_the_last_three()
    {
        var result = new ResultFile(
            "submit", "2 cores, 24 GiB memory", new() { ["submissions_per_second"] = 123.456789, ["lost"] = 0, ["nothing"] = double.NaN },
            new() { ["pgbench_commits_per_second"] = 4612.25 }, new() { ["pgbench"] = 0.026767 });
        using var json = JsonDocument.Parse(result.Text());
        Assert.Equal(["scenario", "machine", "metrics", "limits", "ratios"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.All(
            new[] { "metrics", "limits", "ratios" }.SelectMany(n => json.RootElement.GetProperty(n).EnumerateObject()),
            p => Assert.Equal(JsonValueKind.Number, p.Value.ValueKind));
        Assert.Equal(123.4568, json.RootElement.GetProperty("metrics").GetProperty("submissions_per_second").GetDouble());
        Assert.Equal(4612, json.RootElement.GetProperty("limits").GetProperty("pgbench_commits_per_second").GetDouble());
    }

    [Fact]
    public void It_is_written_under_the_name_of_its_scenario()
    {
        var folder = Path.Combine(Path.GetTempPath(), Guid.CreateVersion7().ToString());
        try
        {
            var path = new ResultFile("submit", "m", [], [], []).Write(folder);
            Assert.Equal(Path.Combine(folder, "submit.json"), path);
            Assert.EndsWith("}\n", File.ReadAllText(path), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
