using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.ServiceDefaults.Tests;

public sealed class TokenTests
{
    private static readonly Claim[] Person = [new("sub", Guid.CreateVersion7().ToString()), new("scope", Policies.ApiScope), new("role", Roles.Citizen)];

    [Fact]
    public async Task A_good_token_tells_who_calls()
    {
        await using var app = await StartAsync();
        var sub = Guid.CreateVersion7();
        using var client = app.Client(app.Identity.Token(sub, [Roles.Reception, Roles.Officer], unit: "06658", channel: "counter", check: "1234"));
        var caller = await client.GetFromJsonAsync<JsonElement>("/who");
        Assert.Equal(sub, caller.GetProperty("accountId").GetGuid());
        Assert.Equal("06658", caller.GetProperty("unit").GetString());
        Assert.Equal("counter", caller.GetProperty("channel").GetString());
        Assert.Equal("web", caller.GetProperty("clientId").GetString());
        Assert.Equal("1234", caller.GetProperty("check").GetString());
        Assert.Equal([Roles.Officer, Roles.Reception], caller.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).Order());
    }

    [Fact]
    public async Task No_token_is_401_and_a_missing_role_403()
    {
        await using var app = await StartAsync();
        using var nobody = app.Client();
        using var refused = await nobody.GetAsync("/who");
        await refused.ProblemAsync(401, "CMN-0401");
        Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.ToString());
        using var citizen = app.Client(app.Identity.Token(roles: [Roles.Citizen]));
        await citizen.GetAsync("/cashier").ProblemAsync(403, "CMN-0403");
        using var cashier = app.Client(app.Identity.Token(roles: [Roles.Cashier]));
        Assert.True((await cashier.GetAsync("/cashier")).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("HS256 with the public key")]
    [InlineData("wrong audience")]
    [InlineData("wrong issuer")]
    [InlineData("expired")]
    [InlineData("not an access token")]
    [InlineData("another key")]
    [InlineData("changed claims")]
    [InlineData("not a token")]
    public async Task A_token_that_does_not_hold_is_401(string flaw)
    {
        await using var app = await StartAsync();
        using var good = app.Client(app.Identity.Sign(Person));
        Assert.True((await good.GetAsync("/who")).IsSuccessStatusCode);
        using var bad = app.Client(await FlawedAsync(flaw, app));
        await bad.GetAsync("/who").ProblemAsync(401, "CMN-0401");
    }

    [Fact]
    public async Task Missing_keys_are_our_outage_and_not_a_bad_token()
    {
        await using var identity = await TestIdentity.StartAsync();
        var address = new Uri(identity.Url);
        await using var wire = TcpProxy.To(address.Host, address.Port, cut: true);
        await using var app = await StartAsync(("services:identity:http:0", $"http://127.0.0.1:{wire.Port}"));
        using var client = app.Client(identity.Token());
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync("/who");
            await answer.ProblemAsync(503, "CMN-0503");
            Assert.Equal("5", answer.Headers.GetValues("Retry-After").Single());
            Assert.Empty(answer.Headers.WwwAuthenticate);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), $"took {watch.Elapsed}");
        }

        // What needs no keys needs no identity.
        using var nobody = app.Client();
        await nobody.GetAsync("/who").ProblemAsync(401, "CMN-0401");
        Assert.True((await nobody.GetAsync("/open")).IsSuccessStatusCode);

        wire.Mend();
        await Eventually.Async(async () => (await client.GetAsync("/who")).IsSuccessStatusCode, "served when identity is back", TimeSpan.FromSeconds(15));

        // And keys once known outlive identity.
        wire.Cut();
        Assert.True((await client.GetAsync("/who")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_endpoint_without_a_policy_is_closed()
    {
        await using var app = await StartAsync();
        using var nobody = app.Client();
        using var somebody = app.Client(app.Identity.Token(roles: [.. Roles.OfOfficials, Roles.Citizen]));
        await nobody.GetAsync("/forgotten").ProblemAsync(401, "CMN-0401");
        await somebody.GetAsync("/forgotten").ProblemAsync(403, "CMN-0403");
        await somebody.GetAsync("/nowhere").ProblemAsync(404, "CMN-0404");
    }

    [Theory]
    [InlineData(Policies.SignedIn, "citizen organisation helper reception officer approver cashier chief leader auditor administrator")]
    [InlineData(Policies.Citizen, "citizen organisation")]
    [InlineData(Policies.Applicant, "citizen organisation")]
    [InlineData(Policies.Acting, "citizen organisation helper reception officer approver cashier chief leader auditor administrator")]
    [InlineData(Policies.Helper, "helper")]
    [InlineData(Policies.Staff, "reception officer approver cashier chief leader auditor administrator")]
    [InlineData(Policies.Reception, "reception")]
    [InlineData(Policies.Officer, "officer")]
    [InlineData(Policies.Approver, "approver")]
    [InlineData(Policies.Cashier, "cashier")]
    [InlineData(Policies.Chief, "chief")]
    [InlineData(Policies.Leader, "leader")]
    [InlineData(Policies.Auditor, "auditor")]
    [InlineData(Policies.Administrator, "administrator")]
    [InlineData(Policies.Partner, "(partner)")]
    [InlineData(Policies.Internal, "(service)")]
    public async Task A_policy_lets_in_its_roles_and_nobody_else(string policy, string allowed)
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/p", () => "in").RequireAuthorization(policy));
        var tokens = new[] { Roles.Citizen, Roles.Organisation, Roles.Helper }.Concat(Roles.OfOfficials).ToDictionary(r => r, r => app.Identity.Token(roles: [r]));
        tokens["(partner)"] = app.Identity.PartnerToken();
        tokens["(service)"] = app.Identity.ServiceToken("dossier");
        tokens["(person without scope)"] = app.Identity.Token(roles: [.. Roles.OfOfficials, Roles.Citizen, Roles.Helper], scope: "openid profile");
        var letIn = new List<string>();
        foreach (var (who, token) in tokens)
        {
            using var client = app.Client(token);
            if ((await client.GetAsync("/p")).IsSuccessStatusCode)
            {
                letIn.Add(who);
            }
        }

        Assert.Equal(allowed.Split(' ').Order(), letIn.Order());
    }

    [Theory]
    [InlineData(Policies.SignedIn, false, true)]
    [InlineData(Policies.Citizen, false, true)]
    [InlineData(Policies.Acting, true, true)]
    [InlineData(Policies.Applicant, true, true)]
    [InlineData(Policies.Staff, false, false)]
    [InlineData(Policies.Officer, false, false)]
    public async Task Who_acts_for_another_passes_only_where_the_authoriser_is_asked(string policy, bool delegatesPass, bool representativePasses)
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/p", () => "in").RequireAuthorization(policy));
        var (subject, actor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (token, passes) in new[]
        {
            (app.Identity.Token(subject, [Roles.Citizen], actor: actor, delegation: Guid.CreateVersion7()), delegatesPass),
            (app.Identity.Token(subject, [Roles.Organisation], actor: actor, delegation: Guid.CreateVersion7()), delegatesPass),
            (app.Identity.Token(subject, [Roles.Citizen], channel: "assisted", actor: actor, assistedSession: Guid.CreateVersion7()), delegatesPass),
            (app.Identity.Token(subject, [Roles.Organisation], actor: actor), representativePasses),
            (app.Identity.Token(subject, [Roles.Citizen], actor: actor), delegatesPass),
        })
        {
            using var client = app.Client(token);
            using var answer = await client.GetAsync("/p");
            Assert.Equal(passes, answer.IsSuccessStatusCode);
        }
    }

    private static Task<TestApp> StartAsync(params (string, string?)[] settings) => TestApp.StartAsync(
        app =>
        {
            app.MapGet("/who", (Caller caller) => caller).RequireAuthorization();
            app.MapGet("/cashier", () => "in").RequireAuthorization(Policies.Cashier);
            app.MapGet("/forgotten", () => "open to anyone?");
            app.MapFree("/open", () => "open");
        },
        settings: settings);

    private static async Task<string> FlawedAsync(string flaw, TestApp app)
    {
        switch (flaw)
        {
            case "alg none":
                return Encode(new { alg = "none", typ = "at+jwt" }) + "." + app.Identity.Sign(Person).Split('.')[1] + ".";
            case "HS256 with the public key":
                using (var client = new HttpClient())
                {
                    var jwk = (await client.GetFromJsonAsync<JsonElement>(app.Identity.Url + "/.well-known/jwks")).GetProperty("keys")[0];
                    using var rsa = RSA.Create(new RSAParameters
                    {
                        Modulus = Base64UrlEncoder.DecodeBytes(jwk.GetProperty("n").GetString()),
                        Exponent = Base64UrlEncoder.DecodeBytes(jwk.GetProperty("e").GetString()),
                    });
                    var signed = Encode(new { alg = "HS256", typ = "at+jwt", kid = "test" }) + "." + app.Identity.Sign(Person).Split('.')[1];
                    return signed + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), Encoding.UTF8.GetBytes(signed)));
                }

            case "wrong audience":
                return app.Identity.Sign(Person, audience: "elsewhere");
            case "wrong issuer":
                return app.Identity.Sign(Person, issuer: "https://evil.test/");
            case "expired":
                return app.Identity.Sign(Person, lifetime: TimeSpan.FromMinutes(-5));
            case "not an access token":
                return app.Identity.Sign(Person, type: "JWT");
            case "another key":
                await using (var other = await TestIdentity.StartStrangerAsync())
                {
                    return other.Sign(Person);
                }

            case "changed claims":
                var parts = app.Identity.Sign(Person).Split('.');
                var claims = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1])).Replace(Roles.Citizen, Roles.Administrator, StringComparison.Ordinal);
                return parts[0] + "." + Base64UrlEncoder.Encode(claims) + "." + parts[2];
            default:
                return "nonsense";
        }
    }

    private static string Encode(object header) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(header));
}
