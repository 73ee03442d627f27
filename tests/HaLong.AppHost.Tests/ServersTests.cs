using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using HaLong.AppHost.Native;
using Npgsql;

namespace HaLong.AppHost.Tests;

/// <summary>Real PostgreSQL, RabbitMQ and Redis as child processes.</summary>
public sealed class ServersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_start_answer_with_their_own_passwords_and_leave_nothing_behind()
    {
        var builder = DistributedApplication.CreateBuilder(["--Ephemeral=true", "--Console=none"]);
        var postgres = builder.AddPostgres("postgres");
        postgres.AddDatabase("one-db");
        builder.AddRabbitMQ("broker").WithManagementPlugin();
        builder.AddRedis("cache");
        IReadOnlyList<int> pids;
        string folder;
        await using (var app = builder.Build())
        {
            await app.StartAsync(Ct);
            foreach (var name in new[] { "one-db", "cache", "broker" })
                await app.ResourceNotifications.WaitForResourceHealthyAsync(name, Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);

            await using var source = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("one-db", Ct))!);
            await using var command = source.CreateCommand("select current_database()");
            Assert.Equal("one-db", await command.ExecuteScalarAsync(Ct));

            var broker = new Uri((await app.GetConnectionStringAsync("broker", Ct))!);
            using var management = app.CreateHttpClient("broker", "management");
            management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(broker.UserInfo)));
            Assert.Contains("broker@localhost", await management.GetStringAsync("api/overview", Ct), StringComparison.Ordinal);

            pids = [.. new[] { "postgres", "broker", "cache" }.SelectMany(app.GetProcessIds)];
            Assert.Equal(4, pids.Count);
            Assert.All(pids, pid => Assert.True(Directory.Exists($"/proc/{pid}")));
            folder = app.GetRunDirectory();
        }

        Assert.All(pids, pid => Assert.False(Directory.Exists($"/proc/{pid}")));
        Assert.False(Directory.Exists(folder));
    }
}
