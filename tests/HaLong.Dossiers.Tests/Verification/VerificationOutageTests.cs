using System.Net;
using HaLong.Dossiers.Verification;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Verification;

/// <summary>Verification while others are down: an outage never speaks against a paper.</summary>
public sealed class VerificationOutageTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Identity_and_e_signature_are_not_needed()
    {
        var client = dossiers.Citizen();
        var (id, pdf) = await PaperDesk.ResultAsync(client, await dossiers.ResolvedAsync(client));
        dossiers.Neighbours.IdentityDown = dossiers.Neighbours.SignatureDown = true;
        try
        {
            var anybody = dossiers.Factory.Client();
            Assert.Equal("VALID", (await GetAsync(anybody, $"{PaperDesk.Path}/{id:N}")).GetProperty("status").GetString());
            Assert.True((await BodyAsync(await PaperDesk.PostFileAsync(anybody, pdf))).GetProperty("fileIssued").GetBoolean());
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = dossiers.Neighbours.SignatureDown = false;
        }
    }

    [Fact]
    public async Task With_the_database_away_a_paper_is_not_called_forged_and_the_keys_are_still_published()
    {
        var owner = dossiers.Citizen();
        var (id, _) = await PaperDesk.ResultAsync(owner, await dossiers.ResolvedAsync(owner));
        var database = await dossiers.InDbAsync(db => Task.FromResult(db.Database.GetDbConnection().Database));
        var server = new NpgsqlConnectionStringBuilder(dossiers.Servers.PostgresConnection(database));
        await using var proxy = TcpProxy.Start(new Uri($"amqp://{server.Host}:{server.Port}"));
        var through = new Uri(proxy.Url);
        await using var own = await new ServiceFactory<Program>(dossiers.Servers, dossiers.Identity)
            .WithSetting("ConnectionStrings:dossier-db", new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = through.Host, Port = through.Port, Timeout = 2, CommandTimeout = 2 }.ConnectionString)
            .WithSetting("Files:Path", dossiers.Folder).WithSetting("Keys:Password", dossiers.Settings["Keys:Password"]).WithSetting("services:identity:grpc:0", dossiers.Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", dossiers.Neighbours.Url).StartAsync(waitForBus: false);
        var client = own.Client();
        var facts = new PaperFacts(id, PaperKind.Result, "c", null, Unit, null, DateTimeOffset.UnixEpoch);
        var qr = await own.Services.GetRequiredService<PaperStatements>().QrTextAsync(facts, new { a = 1 }, Ct);
        Assert.Equal("VALID", (await GetAsync(client, $"{PaperDesk.Path}/{id:N}")).GetProperty("status").GetString());
        proxy.Cut();
        await Eventually.Async(async () => !(await client.GetAsync($"{PaperDesk.Path}/{id:N}", Ct)).IsSuccessStatusCode, "the database is away");
        using (var answer = await client.GetAsync($"{PaperDesk.Path}/{id:N}", Ct))
        {
            await RefusedAsync(answer, 503, "CMN-0503");
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        // What no key of ours signed can be told without the database; what became of a paper cannot.
        Assert.False((await PaperDesk.CheckAsync(client, new { qr = PaperDesk.Forged(qr.Split('#')[1], "RESULT", "OTHER!") })).GetProperty("signed").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/verification-keys", Ct)).StatusCode);
        proxy.Mend();
        await Eventually.Async(async () => (await client.GetAsync($"{PaperDesk.Path}/{id:N}", Ct)).IsSuccessStatusCode, "the database is back");
        Assert.Equal("VALID", (await PaperDesk.CheckAsync(client, new { qr })).GetProperty("paper").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(Roles.Officer)]
    [InlineData(Roles.Citizen)]
    public async Task Who_is_signed_in_learns_no_more_than_anybody(string role)
    {
        var owner = dossiers.Citizen();
        var (id, _) = await PaperDesk.ResultAsync(owner, await dossiers.ResolvedAsync(owner));
        var anybody = await GetAsync(dossiers.Factory.Client(), $"{PaperDesk.Path}/{id:N}");
        var signedIn = await GetAsync(dossiers.Official(role), $"{PaperDesk.Path}/{id:N}");
        Assert.Equal(anybody.GetRawText(), signedIn.GetRawText());
    }
}
