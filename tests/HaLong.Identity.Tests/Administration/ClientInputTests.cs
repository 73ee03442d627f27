using HaLong.Identity.Administration;
using HaLong.Identity.OpenId;
using HaLong.Identity.OpenId.Clients;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.Tests.Administration;

/// <summary>What becomes of a client as it is written, without a database.</summary>
public sealed class ClientInputTests
{
    [Fact]
    public void A_front_end_gets_the_code_flow_with_proof_and_nothing_else()
    {
        var client = Filled(FrontEnd());

        Assert.Equal(ClientTypes.Public, client.ClientType);
        Assert.Equal(ApplicationTypes.Web, client.ApplicationType);
        Assert.Contains(Requirements.Features.ProofKeyForCodeExchange, client.Requirements);
        Assert.Contains(Permissions.GrantTypes.AuthorizationCode, client.Permissions);
        Assert.DoesNotContain(Permissions.GrantTypes.ClientCredentials, client.Permissions);
        Assert.DoesNotContain(Permissions.Prefixes.Scope + ApiScopes.Internal, client.Permissions);
        Assert.DoesNotContain(Permissions.GrantTypes.TokenExchange, client.Permissions);
        Assert.Equal("https://a.example/back", BackChannel.AddressOf(client.Properties)?.AbsoluteUri);
    }

    [Fact]
    public void A_client_that_acts_by_itself_has_no_door_for_people()
    {
        var client = Filled(Server());

        Assert.Equal(
            [Permissions.Endpoints.Revocation, Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + ApiScopes.Events],
            client.Permissions.Order(StringComparer.Ordinal));
        Assert.Empty(client.Requirements);
        Assert.Empty(client.RedirectUris);
    }

    [Fact]
    public void An_app_with_a_scheme_of_its_own_is_native() =>
        Assert.Equal(ApplicationTypes.Native, Filled(FrontEnd() with { RedirectUris = ["vn.a.app:/cb"] }).ApplicationType);

    [Fact]
    public void Filling_again_leaves_nothing_of_before()
    {
        var client = Filled(FrontEnd());
        ClientRegistry.Fill(client, FrontEnd() with { Scopes = ["openid"], RedirectUris = ["https://b.example/cb"], PostLogoutRedirectUris = null, BackchannelLogoutUri = null });

        Assert.Equal(["https://b.example/cb"], client.RedirectUris.Select(u => u.OriginalString));
        Assert.Empty(client.PostLogoutRedirectUris);
        Assert.Null(BackChannel.AddressOf(client.Properties));
        Assert.DoesNotContain(client.Permissions, p => p.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal));
    }

    [Fact]
    public void The_view_says_what_was_written()
    {
        var view = ClientView.Of(Filled(FrontEnd()), Registration());

        Assert.Equal(("a.client", "Một", "public", null, "authorizationCode"), (view.ClientId, view.Name, view.Type, view.Authentication, view.Grant));
        Assert.Equal(["halong.api", "offline_access", "openid", "profile"], view.Scopes);
        Assert.Equal(["https://a.example/cb"], view.RedirectUris);
        Assert.Equal(("https://a.example/back", "administrators", false), (view.BackchannelLogoutUri, view.ManagedBy, view.Disabled));
        Assert.Equal("configuration", ClientView.Of(Filled(FrontEnd()), null).ManagedBy);
    }

    [Fact]
    public void Of_a_disabled_client_the_view_still_says_what_it_could_do()
    {
        var (client, registration) = (Filled(Server()), Registration());
        var before = ClientView.Of(client, registration);
        registration.Disable(client.Permissions, default);
        client.Permissions.Clear();
        var after = ClientView.Of(client, registration);

        Assert.Equal((before.Grant, true), (after.Grant, after.Disabled));
        Assert.Equal(before.Scopes, after.Scopes);
        client.Permissions.UnionWith(registration.Enable(default));
        Assert.Equal(Filled(Server()).Permissions.Order(StringComparer.Ordinal), client.Permissions.Order(StringComparer.Ordinal));
        Assert.Equal((1, false), (registration.Epoch, registration.IsDisabled));
    }

    [Fact]
    public void Each_time_a_client_is_disabled_or_removed_its_earlier_tokens_are_void()
    {
        var registration = Registration();
        registration.Disable([], default);
        registration.Enable(default);
        registration.Disable([], default);
        registration.Delete(default);

        Assert.Equal(3, registration.Epoch);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(0, false)]
    public void There_are_one_to_ten_redirect_addresses(int count, bool isGood) =>
        Assert.Equal(isGood, (FrontEnd() with { RedirectUris = [.. Enumerable.Range(0, count).Select(n => $"https://a.example/{n}")] }).Check() is null);

    [Theory]
    [InlineData("abc", true)]
    [InlineData("a.b-c9", true)]
    [InlineData("ab", false)]
    [InlineData("9abc", false)]
    [InlineData("a_b", false)]
    [InlineData("a b", false)]
    [InlineData("ábc", false)]
    public void An_id_is_short_and_plain(string id, bool isGood) => Assert.Equal(isGood, (FrontEnd() with { ClientId = id }).Check() is null);

    [Fact]
    public void Secrets_are_long_and_never_the_same()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => ClientRegistry.NewSecret()).ToList();

        Assert.Equal(100, secrets.Distinct().Count());
        Assert.All(secrets, s => Assert.Equal(43, s.Length));
    }

    private static OpenIddictApplicationDescriptor Filled(ClientInput input)
    {
        Assert.Null(input.Check());
        var client = new OpenIddictApplicationDescriptor();
        ClientRegistry.Fill(client, input);
        return client;
    }

    private static ClientRegistration Registration() => new() { ClientId = "a.client", CreatedAt = default, CreatedBy = Guid.Empty };

    private static ClientInput FrontEnd() => new(
        "a.client", "Một", "public", null, "authorizationCode", ["openid", "profile", "offline_access", "halong.api"], ["https://a.example/cb"], ["https://a.example/"],
        "https://a.example/back", null);

    private static ClientInput Server() => new("a.client", "Một", "confidential", "secret", "clientCredentials", ["halong.events"], null, null, null, null);
}
