using System.Diagnostics;
using HaLong.Bench.Machine;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Tests;

public sealed class MachineTests
{
    [Theory]
    [InlineData("4711 (dotnet) S 12 4711 4711 0 -1 4194560 100 200 0 0 300 50 7 3 20 0 30 0 1000 0 0", 4711, 12, 360)]
    [InlineData("99 (a (b) c) R 1 99 99 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 5 0 0", 99, 1, 10)]
    public void The_time_of_a_process_includes_that_of_the_children_it_buried(string stat, int pid, int parent, long ticks) =>
        Assert.Equal(new CpuMeter.ProcessTime(pid, parent, ticks), CpuMeter.Parse(stat));

    [Theory]
    [InlineData("")]
    [InlineData("4711 (dotnet) S 12")]
    [InlineData("4711 dotnet S 12 4711")]
    public void A_line_that_is_none_is_left_out(string stat) => Assert.Null(CpuMeter.Parse(stat));

    [Fact]
    public void Work_of_a_process_and_of_its_child_is_counted()
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; read x"]) { RedirectStandardInput = true })!;
        var resource = new Resource("sh", "executable", "Running", "Healthy", [], [shell.Id]);
        Assert.True(SpinWait.SpinUntil(() => CpuMeter.Read([resource])["sh"] >= 50, TimeSpan.FromSeconds(30)), "The child's loop takes CPU.");
        shell.StandardInput.Close();
        Assert.True(shell.WaitForExit(30_000));
    }

    [Fact]
    public void A_resource_without_a_process_has_no_time() =>
        Assert.Empty(CpuMeter.Read([new Resource("identity-db", "database", "Running", "Healthy", [], [])]));

    [Fact]
    public void The_machine_is_cores_and_memory() =>
        Assert.Equal("2 cores, 24 GiB memory", MachineInfo.Describe(2, "MemTotal:       25165824 kB\nMemFree: 1 kB\n"));

    [Fact]
    public void This_machine_can_be_described() => Assert.Matches(@"^\d+ cores, \d+ GiB memory$", MachineInfo.Describe());
}
