using System.Text;
using HaLong.Dossiers.NationalPortal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>The client alone: what each answer of the portal means.</summary>
public sealed class PortalClientTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"MaHoSo":"A-260101-0001","TrangThaiHoSo":"1"}""");

    [Theory]
    [InlineData(200, """{"error_code":"0"}""", nameof(PortalOutcome.Taken), null, false)]
    [InlineData(200, """{"error_code":"0","duplicate":true}""", nameof(PortalOutcome.Duplicate), null, false)]
    [InlineData(200, """{"error_code":"4001","message":"x"}""", nameof(PortalOutcome.Rejected), "4001", false)]
    [InlineData(200, "{}", nameof(PortalOutcome.Unknown), "notUnderstood", false)]
    [InlineData(200, "<html>", nameof(PortalOutcome.Unknown), "notUnderstood", false)]
    [InlineData(200, "", nameof(PortalOutcome.Unknown), "notUnderstood", false)]
    [InlineData(200, "null", nameof(PortalOutcome.Unknown), "notUnderstood", false)]
    [InlineData(401, "", nameof(PortalOutcome.NotTaken), "unauthorised", true)]
    [InlineData(403, "", nameof(PortalOutcome.NotTaken), "unauthorised", true)]
    [InlineData(429, "", nameof(PortalOutcome.NotTaken), "tooMany", false)]
    [InlineData(404, "", nameof(PortalOutcome.Unknown), "status404", false)]
    [InlineData(302, "", nameof(PortalOutcome.Unknown), "status302", false)]
    [InlineData(500, "", nameof(PortalOutcome.Unknown), "status500", true)]
    [InlineData(503, "", nameof(PortalOutcome.Unknown), "status503", true)]
    public async Task An_answer_means(int status, string answer, string outcome, string? code, bool away)
    {
        await using var portal = await AnswerAsync(status, answer);
        var told = await Client(portal.Urls.Single()).SendAsync("/api/v1/dossiers", Guid.CreateVersion7(), Body, Ct);
        Assert.Equal((outcome, code, away), (told.Outcome.ToString(), told.Code, told.Away));
    }

    [Fact]
    public async Task The_wished_pause_is_read_and_one_beyond_reason_is_cut()
    {
        await using var portal = await AnswerAsync(429, "", "7");
        Assert.Equal(TimeSpan.FromSeconds(7), (await Client(portal.Urls.Single()).SendAsync("/api/v1/dossiers", Guid.CreateVersion7(), Body, Ct)).After);
        await using var greedy = await AnswerAsync(503, "", "999999");
        Assert.Equal(TimeSpan.FromHours(1), (await Client(greedy.Urls.Single()).SendAsync("/api/v1/dossiers", Guid.CreateVersion7(), Body, Ct)).After);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_taken()
    {
        var portal = await AnswerAsync(200, "{}");
        var url = portal.Urls.Single();
        await portal.DisposeAsync();
        var told = await Client(url).SendAsync("/api/v1/dossiers", Guid.CreateVersion7(), Body, Ct);
        Assert.Equal((PortalOutcome.NotTaken, "noToken", true), (told.Outcome, told.Code, told.Away));
        var trouble = await Assert.ThrowsAsync<PortalTrouble>(() => Client(url).PageAsync("", 10, Ct));
        Assert.Equal("noToken", trouble.Answer.Code);
    }

    [Fact]
    public async Task A_wrong_secret_gets_no_token_and_is_not_in_what_is_told()
    {
        await using var lab = await PortalLab.StartAsync();
        var trouble = await Assert.ThrowsAsync<PortalTrouble>(() => Client(lab.Url, secret: "wrong-secret").MessageAsync(Guid.CreateVersion7(), Ct));
        Assert.Equal("noToken", trouble.Answer.Code);
        Assert.DoesNotContain("wrong-secret", trouble.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_fetch_one_token()
    {
        await using var lab = await PortalLab.StartAsync();
        var client = Client(lab.Url);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.MessageAsync(Guid.CreateVersion7(), Ct)));
        Assert.All(answers, a => Assert.Equal(PortalMessageState.Unknown, a.State));
        Assert.Equal(1, lab.TokensGiven);
    }

    [Fact]
    public async Task Questions_are_answered_as_the_protocol_says()
    {
        await using var lab = await PortalLab.StartAsync();
        var client = Client(lab.Url);
        var id = Guid.CreateVersion7();
        Assert.Null(await client.DossierAsync("A-260101-0001", Ct));
        Assert.Equal(PortalOutcome.Taken, (await client.SendAsync("/api/v1/dossiers", id, Body, Ct)).Outcome);
        Assert.Equal(PortalOutcome.Duplicate, (await client.SendAsync("/api/v1/dossiers", id, Body, Ct)).Outcome);
        Assert.Equal(PortalMessageState.Applied, (await client.MessageAsync(id, Ct)).State);
        var known = await client.DossierAsync("A-260101-0001", Ct);
        Assert.Equal(("A-260101-0001", (short)1, Dossiers.NationalPortal.Payloads.PayloadMaker.HashOf(Body)), (known!.Code, known.Status, known.Hash));
    }

    [Fact]
    public async Task The_list_is_read_page_by_page()
    {
        await using var lab = await PortalLab.StartAsync();
        for (var i = 0; i < 5; i++)
            lab.Set($"A-260101-000{i}", 1, null);
        var client = Client(lab.Url);
        var first = await client.PageAsync("", 3, Ct);
        Assert.Equal((3, "A-260101-0002"), (first.Items.Count, first.Next));
        var second = await client.PageAsync(first.Next!, 3, Ct);
        Assert.Equal(["A-260101-0003", "A-260101-0004"], second.Items.Select(i => i.Code));
        Assert.Null(second.Next);
    }

    private static PortalClient Client(string url, string secret = "portal-secret")
    {
        var services = new ServiceCollection();
        services.AddHttpClient(PortalToken.HttpClient).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        var clients = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        var options = Options.Create(new PortalOptions { Url = url, ClientId = "halong", ClientSecret = secret });
        return new PortalClient(clients, new PortalToken(clients, options, TimeProvider.System), options, TimeProvider.System);
    }

    /// <summary>A portal that gives tokens and one answer to all else.</summary>
    private static async Task<WebApplication> AnswerAsync(int status, string answer, string? retryAfter = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/api/v1/token", () => Results.Json(new { access_token = "t", expires_in = 3600 }));
        app.MapFallback(async http =>
        {
            http.Response.StatusCode = status;
            if (retryAfter is not null)
                http.Response.Headers.RetryAfter = retryAfter;
            if (answer.Length > 0)
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(answer, Ct);
            }
        });
        await app.StartAsync();
        return app;
    }
}
