namespace HaLong.Cli;

/// <summary>The command line: a command and <c>--name value</c> pairs.</summary>
internal sealed record Arguments(string Command, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Folder of the running platform.</summary>
    public string RunDirectory => Values.GetValueOrDefault("run", ".run");

    /// <summary>Reads a command line; unknown words end in the usage text.</summary>
    public static Arguments Parse(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i + 1 < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                return new Arguments("", values);
            }

            values[args[i][2..]] = args[i + 1];
        }

        return new Arguments(args.Length % 2 == 1 ? args[0] : "", values);
    }

    /// <summary>Prints the commands; exit code 2.</summary>
    public static int Usage()
    {
        Console.Error.WriteLine("usage: halong (ready | status | journey | demo) --run DIR [--timeout SECONDS] [--out DIR] [--variant NAME | all] [--dossiers N]");
        return 2;
    }
}
