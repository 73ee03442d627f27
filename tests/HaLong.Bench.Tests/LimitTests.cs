using HaLong.Bench.Limits;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Tests;

public sealed class LimitTests
{
    [Fact]
    public void The_rate_is_read_from_what_pgbench_prints() => Assert.Equal(
        4612.25, PgbenchLimit.Rate("number of failed transactions: 0 (0.000%)\nlatency average = 3.4 ms\ninitial connection time = 20 ms\ntps = 4612.250000 (without initial connection time)\n"));

    [Fact]
    public void Without_a_rate_the_output_is_shown() =>
        Assert.Contains("connection refused", Assert.Throws<InvalidOperationException>(() => PgbenchLimit.Rate("connection refused")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_transaction_writes_the_five_rows_of_a_submission(bool pipelined)
    {
        var script = PgbenchLimit.Script(pipelined);
        var lines = script.Split('\n');
        Assert.Equal(5, lines.Count(l => l.StartsWith("INSERT", StringComparison.Ordinal) || l.StartsWith("UPDATE", StringComparison.Ordinal)));
        Assert.True(Array.IndexOf(lines, "BEGIN;") < Array.IndexOf(lines, "COMMIT;"));
        Assert.Equal(pipelined, script.Contains("\\startpipeline", StringComparison.Ordinal));
    }

    [Fact]
    public void The_server_is_the_platforms_own()
    {
        var run = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(run.FullName, "secrets.json"), """{"postgres-password":"s3cret"}""");
            var platform = new PlatformFile("", "", [new Resource("postgres", "postgres", "Running", "Healthy", ["tcp://127.0.0.1:41234"], [7])], [], [], new Dictionary<string, string>());
            var server = PgbenchLimit.Server(platform, run.FullName);
            Assert.Equal(("127.0.0.1", 41234, "postgres", "s3cret"), (server.Host, server.Port, server.Username, server.Password));
        }
        finally
        {
            run.Delete(recursive: true);
        }
    }

    [Fact]
    public void Without_a_server_the_reason_is_told()
    {
        var platform = new PlatformFile("", "", [], [], [], new Dictionary<string, string>());
        Assert.Contains("PostgreSQL", Assert.Throws<InvalidOperationException>(() => PgbenchLimit.Server(platform, "/nowhere")).Message, StringComparison.Ordinal);
    }
}
