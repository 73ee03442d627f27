using Spectre.Console;

namespace HaLong.Cli.Platform;

/// <summary>Prints what runs.</summary>
internal static class StatusCommand
{
    /// <summary>Exit code 0 when the platform runs, 3 when not.</summary>
    public static int Run(Arguments options)
    {
        var (hostPid, resources) = ReadyCommand.ReadResources(options.RunDirectory);
        if (hostPid is null || !Directory.Exists($"/proc/{hostPid}"))
        {
            AnsiConsole.MarkupLine("The platform is not running.");
            return 3;
        }

        Tables.Print(ReadyCommand.Describe(options.RunDirectory, resources));
        return 0;
    }
}
