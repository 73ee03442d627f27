using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Identity.Tests.Sessions;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>An independent client library (npm openid-client) against the service on a real port; the whole platform is walked in the end-to-end tests.</summary>
public sealed class OpenIdClientTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task An_independent_client_completes_everything_a_front_end_and_a_partner_do()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var settings = IdentityProgram.Settings(site.Connection);
        settings["Clients:partner:Keys"] = $$"""{"keys":[{{JsonSerializer.Serialize(Jwk(key, isPrivate: false))}}]}""";
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));
        var (_, url) = await site.StartOnPortAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new
            {
                issuer = url + "/",
                userName = "citizen",
                password = IdentityProgram.DemoPassword,
                redirectUri = Browser.Redirect,
                postLogoutRedirectUri = "http://portal.test/signout-callback-oidc",
                partner = new { id = "partner", secret = "partner-secret", scope = "halong.events", key = Jwk(key, isPrivate: true) },
            }),
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await RunNodeAsync(file);

        File.Delete(file);
        Assert.True(exitCode == 0, output);
        Assert.EndsWith("done", output.TrimEnd(), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Jwk(ECDsa key, bool isPrivate)
    {
        var parameters = key.ExportParameters(isPrivate);
        var jwk = new Dictionary<string, string>
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = "partner-1",
            ["x"] = Base64UrlEncoder.Encode(parameters.Q.X),
            ["y"] = Base64UrlEncoder.Encode(parameters.Q.Y),
        };
        if (isPrivate)
            jwk["d"] = Base64UrlEncoder.Encode(parameters.D);
        return jwk;
    }

    private static async Task<(int ExitCode, string Output)> RunNodeAsync(string settings)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HaLongServices.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "tests/node/openid-client.mjs"), settings]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await errors + await output);
    }
}
