using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using HaLong.Identity.Keys;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Tests.Sessions;

public sealed class SessionApiTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Path = "/api/v1/me/sessions";

    [Fact]
    public async Task A_person_sees_where_they_are_signed_in_and_with_what()
    {
        var person = await site.NewCitizenAsync();
        var telephone = site.NewBrowser();
        telephone.Http.DefaultRequestHeaders.UserAgent.ParseAdd("HaLong-App/3.1");
        var first = await telephone.TokensAsync(person, client: "mobile");
        var second = await site.NewBrowser().TokensAsync(person);

        var items = await ListAsync(SessionSite.AccessTokenOf(second));

        Assert.Equal([SessionSite.SessionOf(second), SessionSite.SessionOf(first)], items.Select(i => i.GetProperty("id").GetGuid()));
        Assert.Equal([true, false], items.Select(i => i.GetProperty("current").GetBoolean()));
        Assert.Equal("HaLong-App/3.1", items[1].GetProperty("device").GetString());
        Assert.Equal("mobile", Assert.Single(items[1].GetProperty("clients").EnumerateArray()).GetString());
        Assert.Equal("pwd", Assert.Single(items[1].GetProperty("methods").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Long_lists_come_in_pages()
    {
        var person = await site.NewCitizenAsync();
        var token = "";
        for (var i = 0; i < 5; i++)
            token = await site.TokenAsync(person);
        using var answer = await site.SendAsync(HttpMethod.Get, Path + "?limit=3", token);
        var first = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        using var next = await site.SendAsync(HttpMethod.Get, $"{Path}?limit=3&after={first.GetProperty("after").GetString()}", token);
        var second = await next.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(3, first.GetProperty("items").GetArrayLength());
        Assert.Equal(2, second.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("after").ValueKind);
        Assert.Equal("CMN-0400", await SessionSite.CodeOfAsync(await site.SendAsync(HttpMethod.Get, Path + "?limit=0", token), HttpStatusCode.BadRequest));
        Assert.Equal("CMN-0400", await SessionSite.CodeOfAsync(await site.SendAsync(HttpMethod.Get, Path + "?after=rubbish", token), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Ending_one_session_kills_its_cookie_its_refresh_token_and_its_access_tokens()
    {
        var person = await site.NewCitizenAsync();
        var (lost, mine) = (site.NewBrowser(), site.NewBrowser());
        var (stolen, own) = (await lost.TokensAsync(person), await mine.TokensAsync(person));

        using var ended = await site.SendAsync(HttpMethod.Delete, $"{Path}/{SessionSite.SessionOf(stolen)}", SessionSite.AccessTokenOf(own));

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var cookie = await lost.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.StartsWith("/account/sign-in", cookie.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await lost.RefreshAsync(SessionSite.RefreshTokenOf(stolen))));
        await site.RefusedAsync(SessionSite.AccessTokenOf(stolen));
        Assert.Equal(EndReasons.EndedByOwner, (await site.SessionAsync(SessionSite.SessionOf(stolen))).EndReason);
        Assert.Single(await ListAsync(SessionSite.AccessTokenOf(own)));
        await Browser.OkAsync(await mine.RefreshAsync(SessionSite.RefreshTokenOf(own)));

        // It is no longer there to be ended.
        using var again = await site.SendAsync(HttpMethod.Delete, $"{Path}/{SessionSite.SessionOf(stolen)}", SessionSite.AccessTokenOf(own));
        Assert.Equal("IDN-0802", await SessionSite.CodeOfAsync(again, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_person_can_end_the_session_they_are_in()
    {
        var person = await site.NewCitizenAsync();
        var tokens = await site.NewBrowser().TokensAsync(person);
        using var ended = await site.SendAsync(HttpMethod.Delete, $"{Path}/{SessionSite.SessionOf(tokens)}", SessionSite.AccessTokenOf(tokens));
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(EndReasons.SignedOut, (await site.SessionAsync(SessionSite.SessionOf(tokens))).EndReason);
        await site.RefusedAsync(SessionSite.AccessTokenOf(tokens));
    }

    [Fact]
    public async Task Signing_out_everywhere_else_keeps_only_this_session()
    {
        var person = await site.NewCitizenAsync();
        var (a, b, own) = (await site.TokenAsync(person), await site.TokenAsync(person), await site.TokenAsync(person));

        using var answer = await site.SendAsync(HttpMethod.Delete, Path, own);

        Assert.Equal(2, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("count").GetInt32());
        await site.RefusedAsync(a);
        await site.RefusedAsync(b);
        Assert.True(Assert.Single(await ListAsync(own)).GetProperty("current").GetBoolean());
    }

    [Fact]
    public async Task Somebody_elses_session_and_one_that_does_not_exist_are_the_same()
    {
        var (mine, theirs) = (await site.TokenAsync(await site.NewCitizenAsync()), await site.TokenAsync(await site.NewCitizenAsync()));
        var other = new JsonWebToken(theirs).GetClaim("sid").Value;

        using var foreign = await site.SendAsync(HttpMethod.Delete, $"{Path}/{other}", mine);
        using var nothing = await site.SendAsync(HttpMethod.Delete, $"{Path}/{Guid.CreateVersion7()}", mine);

        Assert.Equal("IDN-0802", await SessionSite.CodeOfAsync(foreign, HttpStatusCode.NotFound));
        Assert.Equal("IDN-0802", await SessionSite.CodeOfAsync(nothing, HttpStatusCode.NotFound));
        Assert.Null((await site.SessionAsync(Guid.Parse(other))).EndedAt);
        Assert.Equal(HttpStatusCode.OK, await site.StatusAsync("/api/v1/me", theirs));
    }

    [Theory]
    [InlineData("GET", Path)]
    [InlineData("DELETE", Path)]
    [InlineData("DELETE", Path + "/0198a8f0-0000-7000-8000-000000000001")]
    public async Task Nobody_and_who_acts_for_another_are_refused(string method, string path)
    {
        using var nobody = await site.SendAsync(new HttpMethod(method), path, null);
        Assert.Equal("CMN-0401", await SessionSite.CodeOfAsync(nobody, HttpStatusCode.Unauthorized));
        using var client = await site.SendAsync(new HttpMethod(method), path, SessionSite.AccessTokenOf(
            await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events"))));
        Assert.Equal("CMN-0403", await SessionSite.CodeOfAsync(client, HttpStatusCode.Forbidden));
        using var delegated = await site.SendAsync(new HttpMethod(method), path, await DelegatedAsync());
        Assert.Equal("CMN-0403", await SessionSite.CodeOfAsync(delegated, HttpStatusCode.Forbidden));
    }

    private async Task<string> DelegatedAsync()
    {
        var now = site.Clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = IdentitySite.PublicUrl + "/",
            Audience = TokenValidation.Audience,
            Expires = now.AddMinutes(10),
            TokenType = "at+jwt",
            Subject = new ClaimsIdentity(
            [
                new Claim("sub", (await site.IdOfAsync("citizen")).ToString()), new Claim("scope", Policies.ApiScope), new Claim("role", Roles.Citizen),
                new Claim("act", $$"""{"sub":"{{await site.IdOfAsync("helper")}}"}""", JsonClaimValueTypes.Json),
            ]),
            SigningCredentials = new SigningCredentials(site.Service.Services.GetRequiredService<KeyRing>().Current.Signing[0], SecurityAlgorithms.RsaSha256),
        });
    }

    private async Task<List<JsonElement>> ListAsync(string token)
    {
        using var answer = await site.SendAsync(HttpMethod.Get, Path, token);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray()];
    }
}
