using System.Globalization;

namespace HaLong.Bench.Seed;

/// <summary>How big the city is, of which day, and which of all cities of that size.</summary>
/// <param name="Dossiers">How many.</param>
/// <param name="Seed">The same number makes the same city.</param>
/// <param name="Today">The day on which the city is as it is; nothing was filed on it.</param>
/// <param name="Append">Also into a database that has filed dossiers.</param>
internal sealed record SeedOptions(int Dossiers, ulong Seed, DateOnly Today, bool Append)
{
    public const int MostPerRun = 5_000_000;

    public static SeedOptions Parse(string[] args, DateOnly today)
    {
        var seed = new SeedOptions(1_000_000, 766, today, false);
        for (var i = 0; i < args.Length; i++)
        {
            seed = args[i] switch
            {
                "--append" or "--force" => seed with { Append = true },
                "--dossiers" => seed with { Dossiers = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--seed" => seed with { Seed = ulong.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--today" => seed with { Today = DateOnly.ParseExact(args[++i], "yyyy-MM-dd", CultureInfo.InvariantCulture) },
                _ => seed,
            };
        }

        return seed.Dossiers is >= 1 and <= MostPerRun ? seed : throw new ArgumentException($"--dossiers is 1 to {MostPerRun}.");
    }
}
