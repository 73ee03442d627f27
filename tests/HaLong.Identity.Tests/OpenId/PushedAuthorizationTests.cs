using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>RFC 9126: the request goes from server to server first, the browser carries only a handle. Moves the clock of its own service.</summary>
public sealed class PushedAuthorizationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pushed_request_leads_to_a_code()
    {
        var browser = site.NewBrowser();
        var pushed = await PushAsync(Browser.AuthorizeParameters());

        Assert.StartsWith("urn:ietf:params:oauth:request_uri:", pushed.GetProperty("request_uri").GetString(), StringComparison.Ordinal);
        Assert.InRange(pushed.GetProperty("expires_in").GetInt32(), 5, 600);
        var callback = await browser.SignInAsync("citizen", Handle(pushed));
        Assert.Equal("the-state", Browser.Query(callback)["state"]);
        await Browser.OkAsync(await browser.ExchangeAsync(Browser.Query(callback)["code"]));
    }

    [Fact]
    public async Task A_handle_works_once()
    {
        var browser = site.NewBrowser();
        var pushed = await PushAsync(Browser.AuthorizeParameters());
        await browser.SignInAsync("citizen", Handle(pushed));

        using var again = await browser.AuthorizeAsync(Handle(pushed));

        await RefusedAsync(again);
    }

    [Fact]
    public async Task A_handle_runs_out()
    {
        var pushed = await PushAsync(Browser.AuthorizeParameters());
        site.Clock.Advance(TimeSpan.FromMinutes(11));

        using var late = await site.NewBrowser().AuthorizeAsync(Handle(pushed));

        await RefusedAsync(late);
    }

    [Fact]
    public async Task A_handle_is_for_the_client_that_pushed_it_and_cannot_be_made_up()
    {
        var pushed = await PushAsync(Browser.AuthorizeParameters());
        using var foreign = await site.NewBrowser().AuthorizeAsync(new() { ["client_id"] = "mobile", ["request_uri"] = pushed.GetProperty("request_uri").GetString() });
        await RefusedAsync(foreign);
        using var invented = await site.NewBrowser().AuthorizeAsync(new() { ["client_id"] = "web", ["request_uri"] = "urn:ietf:params:oauth:request_uri:made-up" });
        await RefusedAsync(invented);
        using var remote = await site.NewBrowser().AuthorizeAsync(new() { ["client_id"] = "web", ["request_uri"] = "https://evil.example/request.jwt" });
        await RefusedAsync(remote);
    }

    [Theory]
    [InlineData("redirect_uri", "http://evil.example/callback")]
    [InlineData("scope", "openid halong.internal")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("response_type", "token")]
    [InlineData("client_id", "nobody")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:another")]
    public async Task What_is_refused_in_the_browser_is_refused_when_pushed(string parameter, string value)
    {
        var parameters = Browser.AuthorizeParameters();
        parameters[parameter] = value;
        using var answer = await PostAsync(parameters);
        Assert.InRange((int)answer.StatusCode, 400, 401);
    }

    [Fact]
    public async Task Parameters_beside_the_handle_change_nothing()
    {
        var browser = site.NewBrowser();
        var parameters = Handle(await PushAsync(Browser.AuthorizeParameters(scope: "openid halong.api")));
        parameters["scope"] = Browser.AllScopes;
        parameters["redirect_uri"] = "http://evil.example/callback";
        using var answer = await browser.AuthorizeAsync(parameters);
        if (answer.StatusCode == HttpStatusCode.BadRequest)
            return;

        using var signedIn = await browser.SubmitSignInAsync("citizen", IdentityProgram.DemoPassword, answer.Headers.Location!.ToString());
        using var back = await browser.Http.GetAsync(signedIn.Headers.Location, Ct);
        Assert.StartsWith(Browser.Redirect, back.Headers.Location!.ToString(), StringComparison.Ordinal);
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(Browser.Query(back.Headers.Location)["code"]));
        Assert.False(tokens.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task Prompt_login_in_a_pushed_request_asks_once_in_spite_of_the_session()
    {
        var browser = site.NewBrowser();
        await browser.SignInAsync("citizen");
        var parameters = Browser.AuthorizeParameters();
        parameters["prompt"] = "login";

        Assert.Contains("code", Browser.Query(await browser.SignInAsync("officer", Handle(await PushAsync(parameters)))));
    }

    [Fact]
    public async Task A_client_that_must_push_cannot_do_without()
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var descriptor = new OpenIddictApplicationDescriptor();
        await clients.PopulateAsync(descriptor, (await clients.FindByClientIdAsync("mobile", Ct))!, Ct);
        descriptor.ClientId = "careful";
        descriptor.Requirements.Add(OpenIddictConstants.Requirements.Features.PushedAuthorizationRequests);
        await clients.CreateAsync(descriptor, Ct);

        using var plain = await site.NewBrowser().AuthorizeAsync(Browser.AuthorizeParameters("careful"));
        await RefusedAsync(plain);
        var pushed = await PushAsync(Browser.AuthorizeParameters("careful"));
        Assert.Contains("code", Browser.Query(await site.NewBrowser().SignInAsync("citizen", Handle(pushed, "careful"))));
    }

    private static Dictionary<string, string?> Handle(JsonElement pushed, string client = "web") =>
        new() { ["client_id"] = client, ["request_uri"] = pushed.GetProperty("request_uri").GetString() };

    private async Task<JsonElement> PushAsync(Dictionary<string, string?> parameters) => await Browser.OkAsync(await PostAsync(parameters));

    private Task<HttpResponseMessage> PostAsync(Dictionary<string, string?> parameters) =>
        site.NewBrowser().Http.PostAsync(new Uri("/connect/par", UriKind.Relative), new FormUrlEncodedContent(parameters), Ct);

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{(int)answer.StatusCode} {answer.Headers.Location}");
        Assert.Contains("error:", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }
}
