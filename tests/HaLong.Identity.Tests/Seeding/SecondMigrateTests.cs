using System.Collections.Concurrent;
using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.TestSupport;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace HaLong.Identity.Tests.Seeding;

public sealed class SecondMigrateTests(IdentitySite site, Servers servers) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task New_secrets_and_passwords_take_effect_without_a_restart()
    {
        var settings = IdentityProgram.Settings(site.Connection);
        settings["Clients:partner:Secret"] = "another-secret";
        settings["Demo:Password"] = "Another-password-2";
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));

        await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "another-secret", "halong.events"));
        Assert.Equal("invalid_client", await Browser.ErrorAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events")));
        using var known = await site.NewBrowser().SubmitSignInAsync("citizen", "Another-password-2");
        Assert.Equal(HttpStatusCode.Redirect, known.StatusCode);
        using var old = await site.NewBrowser().SubmitSignInAsync("citizen", IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
    }

    [Fact]
    public async Task Front_ends_may_ask_for_signing_and_software_that_signs_is_a_client_where_it_is_configured()
    {
        Task<Dictionary<string, string>> ClientsAsync() => site.DatabaseAsync(async db => await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>()
            .ToDictionaryAsync(a => a.ClientId!, a => a.Permissions ?? "", TestContext.Current.CancellationToken));
        const string sign = "\"scp:halong.sign\"";
        var before = await ClientsAsync();
        Assert.DoesNotContain("signing", before.Keys);
        foreach (var (client, permissions) in before)
            Assert.Equal(client is "web" or "mobile", permissions.Contains(sign, StringComparison.Ordinal));

        var settings = IdentityProgram.Settings(site.Connection);
        settings["Clients:signing:RedirectUrl"] = "https://signing.example/callback";
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));
        Assert.Contains(sign, (await ClientsAsync())["signing"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_seeded_account_is_told_to_the_others_once()
    {
        var heard = new ConcurrentBag<AccountRegistered>();
        var broker = await servers.CreateVhostAsync();
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(broker));
            rabbit.ReceiveEndpoint("listener", e => e.Handler<AccountRegistered>(c =>
            {
                heard.Add(c.Message);
                return Task.CompletedTask;
            }));
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            var connection = await site.CreateDatabaseAsync();
            await site.StartReplicaAsync(f => f.WithSetting("ConnectionStrings:identity-db", connection).WithBroker(broker));
            await Eventually.Async(() => Task.FromResult(heard.Count >= 51), "all accounts were told");

            Assert.Equal(51, heard.Select(e => e.AccountId).Distinct().Count());
            Assert.Equal(["citizen", "helper", "official"], heard.Select(e => e.Kind).Distinct().Order());
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }
}
