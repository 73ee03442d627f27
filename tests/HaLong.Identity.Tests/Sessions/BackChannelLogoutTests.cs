using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using HaLong.Identity.OpenId.Clients;
using HaLong.Identity.Sessions;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Tests.Sessions;

/// <summary>
/// OpenID Connect Back-Channel Logout 1.0 with receivers on real ports: SessionEndedConsumer finds the clients, LogoutNoticeConsumer tells them.
/// </summary>
public sealed class BackChannelLogoutTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_client_with_tokens_of_the_session_hears_of_its_end_within_five_seconds_and_nobody_else()
    {
        await using var web = await Receiver.StartAsync();
        await using var mobile = await Receiver.StartAsync();
        await RegisterAsync("web", web.Address);
        await RegisterAsync("mobile", mobile.Address);
        var person = await site.NewCitizenAsync();
        var (both, onlyWeb) = (site.NewBrowser(), site.NewBrowser());
        var tokens = await both.TokensAsync(person);
        using var second = await both.AuthorizeAsync(Browser.AuthorizeParameters("mobile"));
        await Browser.OkAsync(await both.ExchangeAsync(Browser.Query(second.Headers.Location!)["code"], client: "mobile"));
        var other = await onlyWeb.TokensAsync(person);

        using var answer = await site.SendAsync(HttpMethod.Delete, $"/api/v1/me/sessions/{SessionSite.SessionOf(tokens)}", SessionSite.AccessTokenOf(other));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await Eventually.Async(() => Task.FromResult(web.About(tokens).Count > 0 && mobile.About(tokens).Count > 0), "both clients are told", SessionSite.Promised);
        await VerifyAsync(Assert.Single(web.About(tokens)), "web", tokens);
        await VerifyAsync(Assert.Single(mobile.About(tokens)), "mobile", tokens);
        Assert.Empty(web.About(other));
        using var self = await site.SendAsync(HttpMethod.Delete, $"/api/v1/me/sessions/{SessionSite.SessionOf(other)}", SessionSite.AccessTokenOf(other));
        await Eventually.Async(() => Task.FromResult(web.About(other).Count > 0), "the client is told", SessionSite.Promised);
        await VerifyAsync(Assert.Single(web.About(other)), "web", other);
        Assert.Empty(mobile.About(other));
    }

    [Fact]
    public async Task Signing_out_in_the_browser_tells_the_front_ends_too()
    {
        await using var web = await Receiver.StartAsync();
        await RegisterAsync("web", web.Address);
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(await site.NewCitizenAsync());

        using var answer = await browser.Http.GetAsync(new Uri("/connect/logout?id_token_hint=" + tokens.GetProperty("id_token").GetString(), UriKind.Relative), Ct);

        await Eventually.Async(() => Task.FromResult(web.About(tokens).Count > 0), "the client is told", SessionSite.Promised);
        await VerifyAsync(Assert.Single(web.About(tokens)), "web", tokens);
    }

    [Fact]
    public async Task A_client_that_was_away_is_told_again_and_one_that_says_no_is_left_alone()
    {
        await using var web = await Receiver.StartAsync(HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError);
        await using var mobile = await Receiver.StartAsync(HttpStatusCode.BadRequest);
        await RegisterAsync("web", web.Address);
        await RegisterAsync("mobile", mobile.Address);
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(await site.NewCitizenAsync());
        using var second = await browser.AuthorizeAsync(Browser.AuthorizeParameters("mobile"));
        await Browser.OkAsync(await browser.ExchangeAsync(Browser.Query(second.Headers.Location!)["code"], client: "mobile"));

        using var answer = await site.SendAsync(HttpMethod.Delete, $"/api/v1/me/sessions/{SessionSite.SessionOf(tokens)}", SessionSite.AccessTokenOf(tokens));

        await Eventually.Async(() => Task.FromResult(web.About(tokens).Count == 3), "told until it listens");
        // Each attempt is a token of its own: a receiver may refuse a jti it has seen.
        Assert.Equal(3, web.About(tokens).Select(t => new JsonWebToken(t).Id).Distinct().Count());
        Assert.Single(mobile.About(tokens));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var target = await Receiver.StartAsync();
        await using var web = await Receiver.StartAsync(redirectTo: target.Address);
        await RegisterAsync("web", web.Address);
        var tokens = await site.NewBrowser().TokensAsync(await site.NewCitizenAsync());

        using var answer = await site.SendAsync(HttpMethod.Delete, $"/api/v1/me/sessions/{SessionSite.SessionOf(tokens)}", SessionSite.AccessTokenOf(tokens));

        await Eventually.Async(() => Task.FromResult(web.About(tokens).Count >= 2), "the redirect counts as a failure", SessionSite.Promised);
        Assert.Empty(target.About(tokens));
        // Taken off the list, it is not called any more.
        await RegisterAsync("web", null);
    }

    [Theory]
    [InlineData("https://portal.example/backchannel", true)]
    [InlineData("https://portal.example/backchannel?tenant=1", true)]
    [InlineData("http://127.0.0.1:8080/backchannel", true)]
    [InlineData("http://localhost/backchannel", true)]
    [InlineData("http://portal.example/backchannel", false)]
    [InlineData("https://user:secret@portal.example/", false)]
    [InlineData("https://portal.example/#fragment", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("gopher://127.0.0.1/", false)]
    [InlineData("/backchannel", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_addresses_that_are_safe_to_call_can_be_registered(string? address, bool good) => Assert.Equal(good, BackChannel.TryRead(address) is not null);

    [Fact]
    public async Task An_unsafe_address_in_the_configuration_stops_the_seeding_with_its_name()
    {
        var settings = IdentityProgram.Settings(await site.CreateDatabaseAsync());
        settings["Clients:web:BackChannelLogoutUrl"] = "http://portal.example/backchannel";
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => IdentityProgram.RunAsync("migrate", settings));
        Assert.Contains("Clients:web:BackChannelLogoutUrl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_registers_the_address()
    {
        var connection = await site.CreateDatabaseAsync();
        var settings = IdentityProgram.Settings(connection);
        settings["Clients:web:BackChannelLogoutUrl"] = "https://portal.example/backchannel";
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));
        await using var db = new HaLong.Identity.Persistence.IdentityDbContext(
            new DbContextOptionsBuilder<HaLong.Identity.Persistence.IdentityDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
        var properties = await db.Set<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication<Guid>>()
            .Where(a => a.ClientId == "web").Select(a => a.Properties).SingleAsync(Ct);
        Assert.Equal(new Uri("https://portal.example/backchannel"), BackChannel.AddressOf(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(properties!)!));
    }

    /// <summary>What a careful client checks, §2.6.</summary>
    private async Task VerifyAsync(string logoutToken, string client, JsonElement tokens)
    {
        using var http = site.Service.Client();
        var keys = new JsonWebKeySet(await http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), Ct));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(logoutToken, new TokenValidationParameters
        {
            ValidIssuer = "http://localhost/",
            ValidAudience = client,
            ValidTypes = ["logout+jwt"],
            ValidAlgorithms = ["RS256"],
            IssuerSigningKeys = keys.GetSigningKeys(),
            RequireExpirationTime = true,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        var id = Browser.Read(tokens, "id_token");
        Assert.Equal(id.Subject, token.Subject);
        Assert.Equal(id.GetClaim("sid").Value, token.GetClaim("sid").Value);
        Assert.NotEmpty(token.Id);
        Assert.InRange(token.ValidTo - token.IssuedAt, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Assert.False(token.TryGetClaim("nonce", out _));
        Assert.Equal(JsonValueKind.Object, token.GetPayloadValue<JsonElement>("events").GetProperty(LogoutTokens.EventName).ValueKind);
    }

    private async Task RegisterAsync(string clientId, Uri? address)
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var client = await clients.FindByClientIdAsync(clientId, Ct);
        var descriptor = new OpenIddictApplicationDescriptor();
        await clients.PopulateAsync(descriptor, client!, Ct);
        descriptor.Properties.Remove(BackChannel.AddressProperty);
        if (address is not null)
            descriptor.Properties[BackChannel.AddressProperty] = BackChannel.Property(address);
        await clients.UpdateAsync(client!, descriptor, Ct);
    }

    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Receiver(WebApplication app) => _app = app;

        private ConcurrentQueue<string> Tokens { get; } = new();

        /// <summary>What came about a session; others of the same client may end meanwhile.</summary>
        public List<string> About(JsonElement tokens) => [.. Tokens.Where(t => new JsonWebToken(t).GetClaim("sid").Value == SessionSite.SessionOf(tokens).ToString())];

        public Uri Address => new(_app.Urls.First() + "/backchannel-logout");

        /// <param name="failures">Answers before the first good one.</param>
        public static Task<Receiver> StartAsync(params HttpStatusCode[] failures) => StartAsync(null, failures);

        public static Task<Receiver> StartAsync(Uri redirectTo) => StartAsync(redirectTo, []);

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();

        private static async Task<Receiver> StartAsync(Uri? redirectTo, HttpStatusCode[] failures)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var receiver = new Receiver(app);
            app.MapPost("/backchannel-logout", async (HttpContext http) =>
            {
                var form = await http.Request.ReadFormAsync();
                receiver.Tokens.Enqueue(form["logout_token"].ToString());
                var number = receiver.Tokens.Count;
                return redirectTo is not null ? Results.Redirect(redirectTo.AbsoluteUri, permanent: false, preserveMethod: true)
                    : Results.StatusCode(number <= failures.Length ? (int)failures[number - 1] : 200);
            });
            await app.StartAsync();
            return receiver;
        }
    }
}
