using System.Globalization;

namespace HaLong.Bench;

/// <summary>Where the platform is, where the results go, how long a step is.</summary>
internal sealed record BenchOptions(string RunDirectory, string OutputDirectory, double StepSeconds, double StartRate, double MaxRate)
{
    /// <summary>
    /// The part of a scenario that is wanted; null: all of it. <c>statistics</c> knows <c>queries</c>: the cubes are asked as they are,
    /// <c>http</c>: dashboards are, <c>changes</c>: from a change to its figure.
    /// </summary>
    public string? Only { get; init; }

    public static BenchOptions Parse(string[] args)
    {
        var values = args.Chunk(2).Where(p => p.Length == 2).ToDictionary(p => p[0].TrimStart('-'), p => p[1]);
        return new BenchOptions(
            values.GetValueOrDefault("run", ".run"), values.GetValueOrDefault("out", "bench/results"),
            Number("seconds", 10), Number("start", 4), Number("max", 2000))
        {
            Only = values.GetValueOrDefault("only"),
        };

        double Number(string name, double otherwise) =>
            values.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("HaLong.Bench submit|identity|codes|catalogue|deadline|sign|seed|queues|statistics|payment|evidence|notify|codes-first [--run DIR] [--out DIR] [--seconds N per step] [--start RATE] [--max RATE] [--only queries|http|changes]; seed: [--dossiers N] [--seed N] [--today yyyy-MM-dd] [--append]");
        return 2;
    }
}
