using System.Text.Json;

namespace HaLong.Bench.Results;

/// <summary>One run as numbers: <c>bench/results/&lt;scenario&gt;.json</c>.</summary>
internal sealed record ResultFile(
    string Scenario, string Machine, SortedDictionary<string, double> Metrics, SortedDictionary<string, double> Limits, SortedDictionary<string, double> Ratios)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Text()
    {
        foreach (var numbers in new[] { Metrics, Limits, Ratios })
        {
            foreach (var (name, value) in numbers.ToList())
            {
                numbers[name] = Round(value);
            }
        }

        return JsonSerializer.Serialize(this, Json) + "\n";
    }

    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Scenario + ".json");
        File.WriteAllText(path, Text());
        return path;
    }

    // Three digits are more than two runs agree on, save for counts.
    private static double Round(double value)
    {
        if (!double.IsFinite(value))
        {
            return 0;
        }

        return Math.Abs(value) >= 1000 ? Math.Round(value) : Math.Round(value, 4);
    }
}
