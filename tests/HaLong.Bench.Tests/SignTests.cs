using System.Text.Json;
using HaLong.Bench.Load;
using HaLong.Bench.Scenarios;

namespace HaLong.Bench.Tests;

public sealed class SignTests
{
    [Fact]
    public async Task Signing_is_measured_beside_the_bare_operation_and_holds_a_file_at_most_three_times()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // Whether the machine is quiet enough for the aim of speed is not for a test; memory is.
            Assert.InRange(await SignScenario.RunAsync(BenchOptions.Parse(["--out", folder.FullName, "--seconds", "0.1"])), 0, 1);
            var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "sign.json"))).RootElement;
            var ratios = result.GetProperty("ratios");
            foreach (var size in new[] { "1", "10", "50" })
                Assert.InRange(ratios.GetProperty($"memory_to_file_size_{size}_mb").GetDouble(), 2, 3);
            foreach (var key in new[] { "p256", "rsa2048" })
            {
                Assert.True(ratios.GetProperty(key + "_hashes_to_bare").GetDouble() > 0.1);
                Assert.True(result.GetProperty("metrics").GetProperty(key + "_pades_of_1_mb_per_second_per_core").GetDouble() > 1);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_file_that_is_signed_is_as_large_as_said_and_whole()
    {
        var pdf = LargePdf.Of(1000);
        Assert.InRange(pdf.Length, 1000, 2000);
        Assert.True(pdf.AsSpan().EndsWith("%%EOF\n"u8));
    }
}
