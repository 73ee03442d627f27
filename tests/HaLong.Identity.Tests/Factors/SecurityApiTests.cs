using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using HaLong.Identity.Factors;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Identity.Tests.Factors;

public sealed class SecurityApiTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_front_end_sets_the_app_up_renews_the_codes_and_removes_it()
    {
        using var weak = await ClientAsync("citizen");
        Assert.Equal(JsonValueKind.Null, (await SecurityAsync(weak)).GetProperty("authenticatorSince").ValueKind);

        var enrolment = await Browser.OkAsync(await weak.PostAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), null, Ct));
        var secret = Totp.FromBase32(enrolment.GetProperty("secret").GetString()!);
        Assert.StartsWith("otpauth://totp/", enrolment.GetProperty("uri").GetString(), StringComparison.Ordinal);
        var codes = await Browser.OkAsync(await ConfirmAsync(weak, site.CodeOf(secret)));
        Assert.Equal(10, codes.GetProperty("recoveryCodes").GetArrayLength());
        Assert.Equal(Caller.StrongAcr, (await site.SessionOfAsync("citizen")).Acr);

        using var strong = await ClientAsync("citizen", strong: true);
        var state = await SecurityAsync(strong);
        Assert.Equal(10, state.GetProperty("recoveryCodesLeft").GetInt32());
        Assert.True(state.GetProperty("hasPassword").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, state.GetProperty("authenticatorSince").ValueKind);
        var renewed = await Browser.OkAsync(await strong.PostAsync(new Uri("/api/v1/me/recovery-codes", UriKind.Relative), null, Ct));
        Assert.Equal(10, renewed.GetProperty("recoveryCodes").GetArrayLength());
        using var removed = await strong.DeleteAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await ProblemAsync(await strong.DeleteAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), Ct), 404, "IDN-0206");
        await ProblemAsync(await strong.PostAsync(new Uri("/api/v1/me/recovery-codes", UriKind.Relative), null, Ct), 409, "IDN-0214");
    }

    [Fact]
    public async Task Whoever_has_a_factor_shows_it_before_changing_any()
    {
        using var weak = await ClientAsync("helper");
        var enrolment = await Browser.OkAsync(await weak.PostAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), null, Ct));
        await Browser.OkAsync(await ConfirmAsync(weak, site.CodeOf(Totp.FromBase32(enrolment.GetProperty("secret").GetString()!))));

        await ChallengedAsync(await weak.PostAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), null, Ct), "CMN-0470", strong: true);
        await ChallengedAsync(await weak.DeleteAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), Ct), "CMN-0470", strong: true);
        await ChallengedAsync(await weak.PostAsync(new Uri("/api/v1/me/recovery-codes", UriKind.Relative), null, Ct), "CMN-0470", strong: true);
        await ChallengedAsync(await weak.DeleteAsync(new Uri($"/api/v1/me/passkeys/{Guid.CreateVersion7()}", UriKind.Relative), Ct), "CMN-0470", strong: true);
        using var strong = await ClientAsync("helper", strong: true);
        await ProblemAsync(await strong.PostAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), null, Ct), 409, "IDN-0205");
        using var old = await ClientAsync("helper", strong: true, signedInAt: site.Clock.GetUtcNow() - PageOwners.Fresh - TimeSpan.FromSeconds(5));
        await ChallengedAsync(await old.DeleteAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), Ct), "CMN-0471", strong: true);
    }

    [Fact]
    public async Task Whoever_has_none_must_at_least_have_signed_in_recently()
    {
        using var old = await ClientAsync("leader", signedInAt: site.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        await ChallengedAsync(await old.PostAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), null, Ct), "CMN-0471", strong: false);
        Assert.Equal(0, (await SecurityAsync(old)).GetProperty("passkeys").GetArrayLength());
    }

    [Fact]
    public async Task A_wrong_code_is_named_by_its_field()
    {
        using var client = await ClientAsync("officer");
        await Browser.OkAsync(await client.PostAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), null, Ct));
        foreach (var code in new[] { "000000", "", null })
        {
            var problem = await ProblemAsync(await ConfirmAsync(client, code), 400, "IDN-0201");
            Assert.Equal(1, problem.GetProperty("errors").GetProperty("code").GetArrayLength());
        }
    }

    [Fact]
    public async Task Nobody_does_it_for_somebody_else()
    {
        var now = site.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (owner, actor) = (await site.IdOfAsync("citizen"), await site.IdOfAsync("helper"));
        using var client = Client(site.Mint(
        [
            new Claim("sub", owner.ToString()), new Claim("scope", Policies.ApiScope), new Claim("role", Roles.Citizen), new Claim("acr", Caller.StrongAcr),
            new Claim("act", $$"""{"sub":"{{actor}}"}""", JsonClaimValueTypes.Json), new Claim("auth_time", now, ClaimValueTypes.Integer64),
        ]));

        await ProblemAsync(await client.GetAsync(new Uri("/api/v1/me/security", UriKind.Relative), Ct), 403, "CMN-0403");
        await ProblemAsync(await client.PostAsync(new Uri("/api/v1/me/authenticator", UriKind.Relative), null, Ct), 403, "CMN-0403");
        await ProblemAsync(await ConfirmAsync(client, "123456"), 403, "CMN-0403");
    }

    [Fact]
    public async Task Somebody_elses_passkey_is_like_one_that_does_not_exist()
    {
        var id = Guid.CreateVersion7();
        var others = await site.IdOfAsync("auditor");
        await site.DatabaseAsync(async db =>
        {
            db.Passkeys.Add(new Passkey
            {
                Id = id,
                AccountId = others,
                CredentialId = [1, 2, 3],
                PublicKey = [4],
                Name = "x",
                CreatedAt = site.Clock.GetUtcNow(),
                Transports = [],
                IsBackupEligible = false,
            });
            return await db.SaveChangesAsync(Ct);
        });
        using var client = await ClientAsync("cashier", strong: true);

        var theirs = await ProblemAsync(await client.DeleteAsync(new Uri($"/api/v1/me/passkeys/{id}", UriKind.Relative), Ct), 404, "IDN-0210");
        var nobodys = await ProblemAsync(await client.DeleteAsync(new Uri($"/api/v1/me/passkeys/{Guid.CreateVersion7()}", UriKind.Relative), Ct), 404, "IDN-0210");

        Assert.Equal(nobodys.GetProperty("title").GetString(), theirs.GetProperty("title").GetString());
        Assert.Equal(1, await site.DatabaseAsync(db => db.Passkeys.CountAsync(p => p.Id == id, Ct)));
    }

    [Fact]
    public async Task Answers_with_secrets_are_not_stored_anywhere()
    {
        using var client = await ClientAsync("approver");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/me/authenticator") { Headers = { { "Idempotency-Key", "once" } } };
        using var answer = await client.SendAsync(request, Ct);

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(0, await site.DatabaseAsync(db => db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM idempotency_key").SingleAsync(Ct)));
    }

    private HttpClient Client(string token) => site.Service.Client(token);

    private async Task<HttpClient> ClientAsync(string userName, bool strong = false, DateTimeOffset? signedInAt = null)
    {
        if (signedInAt is null)
            return Client(await site.TokenAsync(userName, strong));
        var at = signedInAt.Value.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Client(site.Mint(
        [
            new Claim("sub", (await site.IdOfAsync(userName)).ToString()), new Claim("scope", Policies.ApiScope),
            new Claim("acr", strong ? Caller.StrongAcr : Caller.BasicAcr), new Claim("auth_time", at, ClaimValueTypes.Integer64),
            Newest,
        ]));
    }

    /// <summary>No change of rights makes this token old.</summary>
    private static Claim Newest => new("epoch", "1000000", ClaimValueTypes.Integer);

    private static Task<HttpResponseMessage> ConfirmAsync(HttpClient client, string? code) =>
        client.PostAsJsonAsync("/api/v1/me/authenticator/confirmation", new { code }, Ct);

    private static async Task<JsonElement> SecurityAsync(HttpClient client) => await Browser.OkAsync(await client.GetAsync(new Uri("/api/v1/me/security", UriKind.Relative), Ct));

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
            var problem = JsonSerializer.Deserialize<JsonElement>(text);
            Assert.Equal(code, problem.GetProperty("code").GetString());
            return problem;
        }
    }

    private static async Task ChallengedAsync(HttpResponseMessage answer, string code, bool strong)
    {
        var challenge = answer.Headers.WwwAuthenticate.Single().Parameter!;
        await ProblemAsync(answer, 401, code);
        Assert.Contains("insufficient_user_authentication", challenge, StringComparison.Ordinal);
        Assert.Equal(strong, challenge.Contains(Caller.StrongAcr, StringComparison.Ordinal));
        Assert.Contains("max_age=600", challenge, StringComparison.Ordinal);
    }
}
