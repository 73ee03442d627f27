using System.Text.Json;

namespace HaLong.EndToEnd.Tests;

/// <summary>Everything a front end and a partner do at the token server, through the gateway, by an independent certified client library.</summary>
[Collection("platform")]
public sealed class OpenIdClientTests(Platform platform)
{
    [Fact]
    public async Task An_independent_client_completes_discovery_code_refresh_logout_and_client_credentials()
    {
        var citizen = platform.File.Account("citizen");
        var partner = platform.File.Client("partner");
        var folder = Judge.TemporaryFolder();
        var file = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new
            {
                issuer = platform.File.Gateway.TrimEnd('/') + "/",
                userName = citizen.UserName,
                password = citizen.Password,
                redirectUri = "http://127.0.0.1/callback",
                postLogoutRedirectUri = platform.File.Gateway.TrimEnd('/') + "/signout-callback-oidc",
                partner = new { id = partner.ClientId, secret = partner.ClientSecret, scope = "halong.events", key = PartnerKey.Jwk(isPrivate: true) },
            }),
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await Judge.RunAsync("node", Path.Combine(Judge.RepositoryRoot(), "tests/node/openid-client.mjs"), file);

        Directory.Delete(folder, recursive: true);
        Assert.True(exitCode == 0, output);
        foreach (var step in (string[])["discovery", "id token", "a pushed request, signed in already", "revoking the refresh token ends the session everywhere", "sign-out", "client credentials with private_key_jwt"])
        {
            Assert.Contains("ok  " + step, output, StringComparison.Ordinal);
        }
    }
}
