using System.Net;
using System.Security.Claims;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;

namespace HaLong.Gateway.Tests;

/// <summary>The gateway turns void tokens away itself, so that a service behind it is not even asked.</summary>
public sealed class RevocationTests
{
    [Fact]
    public async Task A_token_of_an_ended_session_stops_at_the_gateway_within_five_seconds()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        var session = Guid.CreateVersion7().ToString();
        using var client = gateway.Client(gateway.Identity.Sign([new Claim("sub", "somebody"), new Claim("scope", Policies.ApiScope), new Claim("role", Roles.Citizen), new Claim("sid", session)]));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/dossiers", TestContext.Current.CancellationToken)).StatusCode);

        gateway.Identity.Revocations = new([session], new Dictionary<string, int>(), []);

        await Eventually.Async(async () => !(await client.GetAsync("/api/v1/dossiers")).IsSuccessStatusCode, "the token is refused", TimeSpan.FromSeconds(5));
        var before = gateway["dossier"].Count;
        using var refused = await client.GetAsync("/api/v1/dossiers", TestContext.Current.CancellationToken);
        await Problem.AssertAsync(refused, HttpStatusCode.Unauthorized, "CMN-1401");
        Assert.Contains("invalid_token", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, gateway["dossier"].Count);
        using var other = gateway.Citizen();
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/dossiers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/internal/revocations")]
    [InlineData("/Internal/revocations")]
    [InlineData("/internal")]
    public async Task The_list_itself_is_not_for_the_world(string path)
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var client = gateway.Client(gateway.Identity.ServiceToken("dossier"));
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        await Problem.AssertAsync(answer, HttpStatusCode.NotFound, "CMN-0404");
    }

    [Fact]
    public async Task A_gateway_without_a_client_of_its_own_does_not_start()
    {
        await using var gateway = await GatewayHost.CreateAsync();
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => gateway.With("ServiceAuth:ClientSecret", "").StartAsync());
        Assert.Contains("ServiceAuth:ClientSecret", error.Message, StringComparison.Ordinal);
    }
}
