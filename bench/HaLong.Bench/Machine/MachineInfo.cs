using System.Globalization;
using System.Text.RegularExpressions;

namespace HaLong.Bench.Machine;

/// <summary>The machine in two numbers: anything more would say whose it is.</summary>
internal static partial class MachineInfo
{
    public static string Describe() => Describe(Environment.ProcessorCount, File.ReadAllText("/proc/meminfo"));

    internal static string Describe(int cores, string meminfo)
    {
        var kilobytes = double.Parse(Total().Match(meminfo).Groups[1].Value, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{cores} cores, {Math.Round(kilobytes / 1024 / 1024)} GiB memory");
    }

    [GeneratedRegex(@"MemTotal:\s+(\d+) kB")]
    private static partial Regex Total();
}
