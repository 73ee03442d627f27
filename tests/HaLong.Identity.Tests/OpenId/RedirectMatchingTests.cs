using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>A code goes to exactly the address that was registered; what only looks like it is answered here and never redirected to.</summary>
public sealed class RedirectMatchingTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Theory]
    [InlineData("web", "http://portal.test/signin-oidc/")]
    [InlineData("web", "http://portal.test/signin-oidc?")]
    [InlineData("web", "http://portal.test/signin-oidc?next=1")]
    [InlineData("web", "http://portal.test/signin-oidc#fragment")]
    [InlineData("web", "http://portal.test:8080/signin-oidc")]
    [InlineData("web", "http://portal.test/Signin-oidc")]
    [InlineData("web", "http://PORTAL.test/signin-oidc")]
    [InlineData("web", "https://portal.test/signin-oidc")]
    [InlineData("web", "http://portal.test/x/../signin-oidc")]
    [InlineData("web", "http://portal.test/signin-oidc/../evil")]
    [InlineData("web", "http://portal.test/signin-oidc%2f..%2fevil")]
    [InlineData("web", "http://portal.test/signin%2Doidc")]
    [InlineData("web", "http://portal.test//signin-oidc")]
    [InlineData("web", "http://portal.test@evil.example/signin-oidc")]
    [InlineData("web", "http://user@portal.test/signin-oidc")]
    [InlineData("web", "http://portal.test.evil.example/signin-oidc")]
    [InlineData("web", "http://evil.example/portal.test/signin-oidc")]
    [InlineData("web", "//portal.test/signin-oidc")]
    [InlineData("web", "/signin-oidc")]
    [InlineData("web", "javascript:alert(1)")]
    [InlineData("web", "vn.halong.app:/callback")]
    [InlineData("mobile", "vn.halong.app:/callback/")]
    [InlineData("mobile", "vn.halong.app:/callback?x=1")]
    [InlineData("mobile", "vn.halong.app://callback")]
    [InlineData("mobile", "vn.halong.app.evil:/callback")]
    [InlineData("web", "http://127.0.0.1:5000/callback/")]
    [InlineData("web", "http://127.0.0.1:5000/Callback")]
    [InlineData("web", "http://127.0.0.1:5000/callback?x=1")]
    [InlineData("web", "http://127.0.0.1:5000/x/../callback2")]
    [InlineData("web", "https://127.0.0.1:5000/callback")]
    [InlineData("web", "http://localhost:5000/callback")]
    [InlineData("web", "http://127.0.0.2:5000/callback")]
    [InlineData("web", "http://[::1]:5000/callback")]
    [InlineData("web", "http://127.0.0.1.evil.example:5000/callback")]
    public async Task An_address_that_only_resembles_a_registered_one_is_refused(string client, string address)
    {
        var browser = site.NewBrowser();
        var parameters = Browser.AuthorizeParameters(client);
        parameters["redirect_uri"] = address;
        using var answer = await browser.AuthorizeAsync(parameters);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);

        using var pushed = await browser.Http.PostAsync(new Uri("/connect/par", UriKind.Relative), new FormUrlEncodedContent(parameters), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, pushed.StatusCode);
    }

    [Theory]
    [InlineData("web", "http://portal.test/signin-oidc")]
    [InlineData("web", "http://localhost/signin-oidc")]
    [InlineData("web", "http://127.0.0.1/callback")]
    [InlineData("web", "http://127.0.0.1:5000/callback")]
    [InlineData("mobile", "vn.halong.app:/callback")]
    public async Task A_registered_one_is_used_as_it_was_written(string client, string address)
    {
        var parameters = Browser.AuthorizeParameters(client);
        parameters["redirect_uri"] = address;
        var callback = await site.NewBrowser().SignInAsync("citizen", parameters);
        Assert.StartsWith(address + "?code=", callback.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_addresses_in_one_request_are_refused()
    {
        var url = QueryHelpers.AddQueryString("/connect/authorize", Browser.AuthorizeParameters()) + "&redirect_uri=" + Uri.EscapeDataString("http://evil.example/");
        using var answer = await site.NewBrowser().Http.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Outside_Development_no_loopback_address_is_registered_and_ports_match_exactly()
    {
        var settings = IdentityProgram.Settings(await site.CreateDatabaseAsync());
        settings["environment"] = "Production";
        settings["PublicUrl"] = "https://halong.example";
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));
        var replica = await site.StartReplicaAsync(f => f.WithSetting("ConnectionStrings:identity-db", settings["ConnectionStrings:identity-db"]));
        await using var scope = replica.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var web = await clients.FindByClientIdAsync("web", TestContext.Current.CancellationToken);
        Assert.True(await clients.HasApplicationTypeAsync(web!, OpenIddictConstants.ApplicationTypes.Web, TestContext.Current.CancellationToken));
        Assert.True(await clients.ValidateRedirectUriAsync(web!, "https://halong.example/signin-oidc", TestContext.Current.CancellationToken));
        Assert.False(await clients.ValidateRedirectUriAsync(web!, "http://127.0.0.1/callback", TestContext.Current.CancellationToken));
        Assert.False(await clients.ValidateRedirectUriAsync(web!, "https://halong.example:8443/signin-oidc", TestContext.Current.CancellationToken));
    }
}
