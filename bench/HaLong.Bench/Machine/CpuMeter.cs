using System.Globalization;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Machine;

/// <summary>CPU time of every resource of the platform, its child processes included (PostgreSQL has one per connection).</summary>
internal static class CpuMeter
{
    private const double MillisecondsPerTick = 10; // USER_HZ is 100 on Linux.

    /// <summary>Milliseconds of CPU so far, by resource.</summary>
    public static Dictionary<string, double> Read(IEnumerable<Resource> resources)
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => n.All(char.IsAsciiDigit))
            .Select(ReadProcess).OfType<ProcessTime>().ToDictionary(p => p.Pid);
        var children = processes.Values.ToLookup(p => p.Parent);
        return resources.Where(r => r.Pids.Count > 0).ToDictionary(r => r.Name, r => r.Pids.Sum(pid => Total(pid)) * MillisecondsPerTick);

        double Total(int pid) => (processes.GetValueOrDefault(pid)?.Ticks ?? 0) + children[pid].Sum(c => Total(c.Pid));
    }

    /// <summary>What a line of /proc/PID/stat says: time of the process and of the children it has already buried.</summary>
    internal static ProcessTime? Parse(string stat)
    {
        // The name stands in brackets and may hold anything, brackets too.
        var end = stat.LastIndexOf(')');
        var open = stat.IndexOf('(');
        if (open < 0 || end < open)
        {
            return null;
        }

        var fields = stat[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 15 ? null : new ProcessTime(
            int.Parse(stat[..open].Trim(), CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture),
            fields[11..15].Sum(f => long.Parse(f, CultureInfo.InvariantCulture)));
    }

    private static ProcessTime? ReadProcess(string pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It ended between the listing and the reading.
        }
    }

    internal sealed record ProcessTime(int Pid, int Parent, long Ticks);
}
