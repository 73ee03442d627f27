using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Messaging.CrashHost;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HaLong.Messaging.Tests;

public sealed class DatabaseTests(Servers servers)
{
    [Theory]
    [InlineData(true, HttpStatusCode.PreconditionFailed, "CMN-0412")]
    [InlineData(false, HttpStatusCode.Conflict, "CMN-0409")]
    public async Task A_lost_race_is_412_with_If_Match_and_409_without(bool conditional, HttpStatusCode status, string code)
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var id = (await host.CommitAsync(1))[0];
        var version = await sample.QueryAsync(db => db.Works.Where(w => w.Id == id).Select(w => w.Version).SingleAsync());
        using var client = host.Client(sample.Identity.Token());
        if (conditional)
        {
            client.DefaultRequestHeaders.IfMatch.Add(new EntityTagHeaderValue(Etag.Of(version)));
        }

        using var answer = await client.PutAsJsonAsync($"/work/{id}", new NewWork("slower"));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal("quicker", await sample.QueryAsync(db => db.Works.Where(w => w.Id == id).Select(w => w.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_database_that_is_away_is_503_and_the_service_heals_when_it_is_back()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var address = new NpgsqlConnectionStringBuilder(sample.Database);
        await using var wire = TcpProxy.To(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", wire.Port);
        var host = await sample.HostAsync(database: address.ConnectionString);
        using var client = host.Client(sample.Identity.Token());
        wire.Cut();
        using var refused = await client.PostAsJsonAsync("/work", new NewWork("x"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("CMN-0503", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.NotNull(refused.Headers.RetryAfter);
        using var health = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using var alive = await client.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        wire.Mend();
        await Eventually.Async(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, "healthy again");
        using var served = await client.PostAsJsonAsync("/work", new NewWork("y"));
        Assert.Equal(HttpStatusCode.Created, served.StatusCode);
    }

    [Fact]
    public async Task A_frozen_database_does_not_hang_the_health_check()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var address = new NpgsqlConnectionStringBuilder(sample.Database);
        await using var wire = TcpProxy.To(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", wire.Port);
        var host = await sample.HostAsync(database: address.ConnectionString);
        using var client = host.Client();
        await Eventually.Async(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, "healthy");
        wire.Freeze();
        using var health = await client.GetAsync("/health").WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        wire.Cut();
    }

    [Fact]
    public async Task Commits_that_hold_no_facts_wake_nobody()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var signal = host.Services.GetRequiredService<OutboxSignal>();
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
        Assert.False(signal.IsSet);
        db.Works.Add(new Work { Id = Guid.CreateVersion7(), Name = "no event" });
        await db.SaveChangesAsync();
        Assert.False(signal.IsSet);
    }

    [Theory]
    [InlineData("ConnectionStrings:sample-db")]
    [InlineData("ConnectionStrings:broker")]
    public async Task A_missing_connection_string_is_named_at_the_start(string key)
    {
        await using var sample = await Sample.CreateAsync(servers);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => sample.HostAsync(settings: (key, "")));
        Assert.Contains(key, error.ToString(), StringComparison.Ordinal);
    }
}
