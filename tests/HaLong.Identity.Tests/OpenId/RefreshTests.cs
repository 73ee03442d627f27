using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.OpenId;

public sealed class RefreshTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_refresh_token_gives_new_tokens_and_is_replaced()
    {
        var browser = site.NewBrowser();
        var first = await browser.TokensAsync("citizen");

        var second = await Browser.OkAsync(await browser.RefreshAsync(RefreshTokenOf(first)));
        var third = await Browser.OkAsync(await browser.RefreshAsync(RefreshTokenOf(second)));

        Assert.NotEqual(RefreshTokenOf(first), RefreshTokenOf(second));
        Assert.NotEqual(RefreshTokenOf(second), RefreshTokenOf(third));
        var token = Browser.Read(third);
        Assert.Equal(["halong"], token.Audiences);
        Assert.Equal("citizen", token.GetClaim("role").Value);
        Assert.Equal(Browser.AllScopes.Split(' ').Order(), token.GetClaim("scope").Value.Split(' ').Order());
    }

    [Fact]
    public async Task A_refresh_token_used_again_ends_the_whole_family()
    {
        var browser = site.NewBrowser();
        var first = await browser.TokensAsync("citizen");
        var second = await Browser.OkAsync(await browser.RefreshAsync(RefreshTokenOf(first)));

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(RefreshTokenOf(first))));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(RefreshTokenOf(second))));
    }

    [Fact]
    public async Task Of_many_uses_of_one_refresh_token_at_once_at_most_one_succeeds()
    {
        var browser = site.NewBrowser();
        var token = RefreshTokenOf(await browser.TokensAsync("citizen"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.RefreshAsync(token)));

        Assert.InRange(answers.Count(a => a.IsSuccessStatusCode), 0, 1);
        Assert.All(answers, a => Assert.True((int)a.StatusCode < 500));
    }

    [Fact]
    public async Task Of_many_uses_of_one_code_at_once_at_most_one_succeeds()
    {
        var browser = site.NewBrowser();
        var code = await browser.CodeAsync("officer");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.ExchangeAsync(code)));

        Assert.InRange(answers.Count(a => a.IsSuccessStatusCode), 0, 1);
        Assert.All(answers, a => Assert.True((int)a.StatusCode < 500));
    }

    [Fact]
    public async Task A_refresh_token_belongs_to_its_client()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("citizen");

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(RefreshTokenOf(tokens), "mobile")));
    }

    [Fact]
    public async Task Roles_are_read_anew_and_a_closed_account_gets_nothing_more()
    {
        var id = await AddAsync("leaving");
        var browser = site.NewBrowser();
        var first = await browser.TokensAsync("leaving");

        await site.MoveAsync(id, "06685");
        var second = await Browser.OkAsync(await browser.RefreshAsync(RefreshTokenOf(first)));
        Assert.Equal("06685", Browser.Read(second).GetClaim("unit").Value);

        await ChangeAsync(id, a => a.Close());
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(RefreshTokenOf(second))));
        using var signIn = await browser.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.StartsWith("/account/sign-in", signIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var refused = await site.NewBrowser().SubmitSignInAsync("leaving", IdentityProgram.DemoPassword);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_revoked_refresh_token_is_refused()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("citizen");
        using var revoked = await browser.Http.PostAsync(new Uri("/connect/revocation", UriKind.Relative), new FormUrlEncodedContent(
        [
            new("client_id", "web"), new("token", RefreshTokenOf(tokens)), new("token_type_hint", "refresh_token"),
        ]), TestContext.Current.CancellationToken);

        Assert.True(revoked.IsSuccessStatusCode);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(RefreshTokenOf(tokens))));
    }

    [Fact]
    public async Task Without_offline_access_there_is_no_refresh_token()
    {
        var tokens = await site.NewBrowser().TokensAsync("citizen", "openid halong.api");

        Assert.False(tokens.TryGetProperty("refresh_token", out _));
    }

    private static string RefreshTokenOf(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;

    private async Task<Guid> AddAsync(string userName)
    {
        var id = Guid.CreateVersion7();
        await site.DatabaseAsync(async db =>
        {
            var account = Account.RegisterStaff(id, AccountKind.Official, userName, "Người Sắp Nghỉ", site.Clock.GetUtcNow());
            account.SetPasswordHash((await db.Accounts.SingleAsync(a => a.UserName == "officer")).PasswordHash);
            db.Accounts.Add(account);
            return await db.SaveChangesAsync();
        });
        await site.MoveAsync(id, "06688");
        return id;
    }

    private Task<int> ChangeAsync(Guid id, Action<Account> change) => site.DatabaseAsync(async db =>
    {
        change(await db.Accounts.SingleAsync(a => a.Id == id));
        return await db.SaveChangesAsync();
    });
}
