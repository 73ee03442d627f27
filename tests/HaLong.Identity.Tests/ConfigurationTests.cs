using System.Net;
using HaLong.Identity.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace HaLong.Identity.Tests;

public sealed class ConfigurationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Theory]
    [InlineData("PublicUrl", "")]
    [InlineData("PublicUrl", "not an address")]
    [InlineData("Keys:Password", "")]
    [InlineData("Keys:Password", "short")]
    [InlineData("Keys:DestroyAfter", "00:01:30")]
    [InlineData("PersonalData:DisclosuresPerHour", "0")]
    [InlineData("Counter:SearchesPerHour", "0")]
    [InlineData("Organisations:ClaimsPerDay", "0")]
    [InlineData("Organisations:InvitationsPerDay", "0")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => site.StartReplicaAsync(f => f.WithSetting(key, value)));

        Assert.True(error.ToString().Contains(key, StringComparison.Ordinal), error.ToString());
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_stops_the_start_and_says_what_to_do()
    {
        var connection = await site.CreateDatabaseAsync();
        await using (var db = new Npgsql.NpgsqlConnection(connection))
        {
            await db.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new Npgsql.NpgsqlCommand("DELETE FROM server_key", db);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var error = await Assert.ThrowsAnyAsync<Exception>(() => site.StartReplicaAsync(f => f.WithSetting("ConnectionStrings:identity-db", connection)));
        Assert.Contains("'migrate'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_an_https_gateway_addresses_are_https_and_cookies_secure()
    {
        var replica = await site.StartReplicaAsync(f => f.WithSetting("PublicUrl", "https://dichvucong.example"));
        using var client = replica.Client();
        var configuration = await Browser.OkAsync(await client.GetAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative), TestContext.Current.CancellationToken));
        using var page = await client.GetAsync(new Uri("/account/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("https://dichvucong.example/", configuration.GetProperty("issuer").GetString());
        Assert.Equal("https://dichvucong.example/connect/token", configuration.GetProperty("token_endpoint").GetString());
        Assert.Contains("secure", page.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_Redis_people_still_sign_in()
    {
        var replica = await site.StartReplicaAsync(f => f.WithSetting("ConnectionStrings:cache", "127.0.0.1:1,connectTimeout=200,abortConnect=false"));
        using var answer = await new Browser(replica.Client()).SubmitSignInAsync("citizen", IdentityProgram.DemoPassword);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Without_the_broker_people_still_sign_in()
    {
        var replica = await site.StartReplicaAsync(f => f.WithBroker("amqp://nobody:nothing@127.0.0.1:1"));
        using var answer = await new Browser(replica.Client()).SubmitSignInAsync("citizen", IdentityProgram.DemoPassword);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_mapped_can_be_read_without_servers_and_every_endpoint_says_who_may_use_it()
    {
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(b =>
        {
            foreach (var (key, value) in IdentityProgram.Settings("Host=127.0.0.1;Port=1"))
                b.UseSetting(key, value);
            b.ConfigureTestServices(s => s.RemoveAll<IHostedService>());
        });
        using var client = factory.CreateClient();

        await Browser.OkAsync(await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var endpoints = factory.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
            .Where(e => e.DisplayName?.Contains("Unimplemented", StringComparison.Ordinal) != true).ToList();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, e => Assert.True(
            e.Metadata.GetMetadata<IAllowAnonymous>() is not null || e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is not null), e.DisplayName));
    }

    [Fact]
    public void Keys_that_were_never_loaded_are_nobody_elses()
    {
        Assert.NotEqual(KeySet.Ephemeral().Signing[0].Parameters.Modulus, KeySet.Ephemeral().Signing[0].Parameters.Modulus);
        Assert.NotEqual("ephemeral", site.Service.Services.GetRequiredService<KeyRing>().Current.Signing[0].KeyId);
    }
}
