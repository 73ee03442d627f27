using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.Identity.OpenId.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>private_key_jwt, RFC 7523: a client proves itself by a signature over a statement made for this one request.</summary>
public sealed class ClientAssertionTests(IdentitySite site) : IClassFixture<IdentitySite>, IAsyncLifetime
{
    private const string Client = "signing-partner";
    private const string Issuer = "http://localhost/";

    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RsaSecurityKey RsaKey = new(Rsa) { KeyId = "rsa-1" };
    private static readonly ECDsaSecurityKey EcKey = new(Ec) { KeyId = "ec-1" };

    private static readonly JsonSerializerOptions Plain = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await clients.FindByClientIdAsync(Client, Ct) is null)
        {
            await clients.CreateAsync(
                new OpenIddictApplicationDescriptor
                {
                    ClientId = Client,
                    ClientType = ClientTypes.Confidential,
                    JsonWebKeySet = ClientKeys.TryRead(PublicSet()),
                    Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + "halong.events" },
                },
                Ct);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha256, Issuer, "JWT")]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256, Issuer, "JWT")]
    [InlineData(SecurityAlgorithms.EcdsaSha256, Issuer, "JWT")]
    [InlineData(SecurityAlgorithms.RsaSha256, "http://localhost", "JWT")]
    [InlineData(SecurityAlgorithms.RsaSha256, Issuer, "client-authentication+jwt")]
    public async Task A_signed_proof_gets_a_token(string algorithm, string audience, string type)
    {
        var answer = await Browser.OkAsync(await AskAsync(Proof(d => (d.Audience, d.TokenType, d.SigningCredentials) = (audience, type, Credentials(algorithm)))));
        Assert.Equal(Client, Browser.Read(answer).Subject);
        Assert.Equal("halong.events", Browser.Read(answer).GetClaim("scope").Value);
    }

    [Fact]
    public async Task A_proof_works_once_even_for_two_requests_at_the_same_moment()
    {
        var proof = Proof();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync(proof)));
        Assert.Equal(1, answers.Count(a => a.IsSuccessStatusCode));
        Assert.Equal("invalid_client", await Browser.ErrorAsync(await AskAsync(proof)));
    }

    [Theory]
    [InlineData("no jti")]
    [InlineData("endless jti")]
    [InlineData("no expiry")]
    [InlineData("expired")]
    [InlineData("good for an hour")]
    [InlineData("from the future")]
    [InlineData("issued in the future")]
    [InlineData("audience elsewhere")]
    [InlineData("audience with our path elsewhere")]
    [InlineData("audience the API")]
    [InlineData("audience the token endpoint")]
    [InlineData("another type")]
    [InlineData("two audiences")]
    [InlineData("subject of another client")]
    [InlineData("issuer of another client")]
    [InlineData("alg none")]
    [InlineData("HS256 with the public key")]
    [InlineData("RS512")]
    [InlineData("ES256 under the RSA key's name")]
    [InlineData("a key of its own in the header")]
    [InlineData("another key under the same name")]
    [InlineData("changed claims")]
    [InlineData("not a token")]
    public async Task A_proof_that_does_not_hold_is_refused(string flaw)
    {
        var error = await Browser.ErrorAsync(await AskAsync(Flawed(flaw)));
        Assert.True(error is "invalid_client" or "invalid_request" or "invalid_grant" or "invalid_token", error);
    }

    [Fact]
    public async Task Another_clients_proof_or_none_is_refused()
    {
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await AskAsync(Proof(), client: "partner")));
        Assert.Equal("invalid_client", await Browser.ErrorAsync(await site.NewBrowser().ClientCredentialsAsync(Client, "a-guessed-secret", "halong.events")));
        Assert.Equal("invalid_request", await Browser.ErrorAsync(await site.NewBrowser().ClientCredentialsAsync(Client, null, "halong.events")));
        // A client without registered keys cannot prove itself by a signature, whoever made it.
        Assert.Equal("invalid_client", await Browser.ErrorAsync(await AskAsync(Proof(client: "dossier"), client: "dossier", scope: "halong.internal")));
    }

    [Fact]
    public async Task A_proof_gives_no_more_than_the_client_may_have() =>
        Assert.Equal("invalid_request", await Browser.ErrorAsync(await AskAsync(Proof(), scope: "halong.internal")));

    [Fact]
    public async Task A_proof_that_was_refused_leaves_no_trace()
    {
        var id = Guid.CreateVersion7().ToString();
        using var other = RSA.Create(2048);
        await Browser.ErrorAsync(await AskAsync(Proof(d =>
        {
            d.Claims["jti"] = id;
            d.SigningCredentials = new SigningCredentials(new RsaSecurityKey(other) { KeyId = "rsa-1" }, SecurityAlgorithms.RsaSha256);
        })));
        Assert.False(await site.DatabaseAsync(db => db.UsedAssertions.AnyAsync(a => a.TokenId == id, Ct)));
        await Browser.OkAsync(await AskAsync(Proof(d => d.Claims["jti"] = id)));
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""")]
    [InlineData("not json")]
    public void A_key_set_without_public_keys_is_no_key_set(string text) => Assert.Null(ClientKeys.TryRead(text));

    [Fact]
    public void A_private_key_or_a_short_one_is_not_registered()
    {
        using var small = RSA.Create(1024);
        Assert.NotNull(ClientKeys.TryRead(PublicSet()));
        Assert.Null(ClientKeys.TryRead(Set(JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Rsa.ExportParameters(true))))));
        Assert.Null(ClientKeys.TryRead(Set(JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(small.ExportParameters(false))))));
    }

    [Fact]
    public async Task Keys_in_the_configuration_are_registered_beside_the_secret_and_bad_ones_named()
    {
        var settings = IdentityProgram.Settings(await site.CreateDatabaseAsync());
        settings["Clients:partner:Keys"] = PublicSet();
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));
        settings["Clients:partner:Keys"] = """{"keys":[]}""";
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => IdentityProgram.RunAsync("migrate", settings));
        Assert.Contains("Clients:partner:Keys", error.Message, StringComparison.Ordinal);
    }

    internal static string PublicSet() => Set(
        JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Rsa.ExportParameters(false)) { KeyId = "rsa-1" }),
        JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(Ec.ExportParameters(false))) { KeyId = "ec-1" }));

    private static string Set(params JsonWebKey[] keys) => $$"""{"keys":[{{string.Join(',', keys.Select(k => JsonSerializer.Serialize(k, Plain)))}}]}""";

    private static SigningCredentials Credentials(string algorithm) =>
        new(algorithm.StartsWith("ES", StringComparison.Ordinal) ? EcKey : RsaKey, algorithm);

    private string Flawed(string flaw)
    {
        var now = site.Clock.GetUtcNow().UtcDateTime;
        var parts = Proof().Split('.');
        return flaw switch
        {
            "no jti" => Proof(d => d.Claims.Remove("jti")),
            "endless jti" => Proof(d => d.Claims["jti"] = new string('x', 201)),
            "no expiry" => Proof(d => d.Expires = null),
            "expired" => Proof(d => d.Expires = now.AddMinutes(-2)),
            "good for an hour" => Proof(d => d.Expires = now.AddHours(1)),
            "from the future" => Proof(d => d.NotBefore = now.AddMinutes(2)),
            "issued in the future" => Proof(d => d.IssuedAt = now.AddMinutes(2)),
            "audience elsewhere" => Proof(d => d.Audience = "https://evil.example/connect/other"),
            "audience with our path elsewhere" => Proof(d => d.Audience = "https://evil.example/connect/token"),
            "audience the token endpoint" => Proof(d => d.Audience = "http://localhost/connect/token"),
            "another type" => Proof(d => d.TokenType = "at+jwt"),
            "audience the API" => Proof(d => d.Audience = "halong"),
            "two audiences" => Proof(d =>
            {
                d.Audience = null;
                d.Claims["aud"] = new[] { Issuer, "https://evil.example/" };
            }),
            "subject of another client" => Proof(d => d.Claims["sub"] = "partner"),
            "issuer of another client" => Proof(d => d.Issuer = "partner"),
            "alg none" => $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{parts[1]}.",
            "HS256 with the public key" => Proof(d => d.SigningCredentials = new SigningCredentials(
                new SymmetricSecurityKey(System.Text.Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = "rsa-1" }, SecurityAlgorithms.HmacSha256)),
            "RS512" => Proof(d => d.SigningCredentials = new SigningCredentials(RsaKey, SecurityAlgorithms.RsaSha512)),
            "ES256 under the RSA key's name" => Proof(d => d.SigningCredentials = new SigningCredentials(
                new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "rsa-1" }, SecurityAlgorithms.EcdsaSha256)),
            "a key of its own in the header" => WithOwnKey(),
            "another key under the same name" => Proof(d => d.SigningCredentials = new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "rsa-1" }, SecurityAlgorithms.RsaSha256)),
            "changed claims" => $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("jti\":\"", "jti\":\"x", StringComparison.Ordinal))}.{parts[2]}",
            _ => "rubbish",
        };
    }

    private string WithOwnKey()
    {
        var own = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "mine" };
        return Proof(d =>
        {
            d.SigningCredentials = new SigningCredentials(own, SecurityAlgorithms.RsaSha256);
            d.AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["jwk"] = new Dictionary<string, object>
                {
                    ["kty"] = "RSA",
                    ["n"] = Base64UrlEncoder.Encode(own.Rsa.ExportParameters(false).Modulus),
                    ["e"] = Base64UrlEncoder.Encode(own.Rsa.ExportParameters(false).Exponent),
                },
            };
        });
    }

    private string Proof(Action<SecurityTokenDescriptor>? change = null, string client = Client)
    {
        var now = site.Clock.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = client,
            Audience = Issuer,
            IssuedAt = now,
            Expires = now.AddMinutes(1),
            Claims = new Dictionary<string, object> { ["sub"] = client, ["jti"] = Guid.CreateVersion7().ToString() },
            SigningCredentials = Credentials(SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    private Task<HttpResponseMessage> AskAsync(string proof, string? client = null, string scope = "halong.events") => site.NewBrowser().TokenAsync(new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = client,
        ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ["client_assertion"] = proof,
        ["scope"] = scope,
    });
}
