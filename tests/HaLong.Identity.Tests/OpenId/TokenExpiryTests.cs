using HaLong.Identity.OpenId;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore.Models;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>Moves the clock of its own service, so it shares it with nobody.</summary>
public sealed class TokenExpiryTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Codes_and_refresh_tokens_run_out_and_are_cleaned_up()
    {
        var browser = site.NewBrowser();
        var code = await browser.CodeAsync("citizen");
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.ExchangeAsync(code)));

        var tokens = await site.NewBrowser().TokensAsync("citizen", client: "mobile");
        site.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!, "mobile")));

    }

    [Fact]
    public async Task What_has_run_out_is_cleaned_up_and_what_has_not_stays()
    {
        await site.NewBrowser().TokensAsync("citizen");
        // OpenIddict compares with the real clock here, so the rows move instead of it.
        await site.DatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"UPDATE oidc_token SET creation_date = creation_date - interval '60 days', expiration_date = expiration_date - interval '60 days'");
            return await db.Database.ExecuteSqlAsync($"UPDATE oidc_authorization SET creation_date = creation_date - interval '60 days'");
        });
        await site.NewBrowser().TokensAsync("officer");
        var fresh = await site.IdOfAsync("officer");

        await using var scope = site.Service.Services.CreateAsyncScope();
        await TokenCleanup.RunOnceAsync(scope.ServiceProvider, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

        var left = await site.DatabaseAsync(db => db.Set<OpenIddictEntityFrameworkCoreToken<Guid>>().Select(t => t.Subject).Distinct().ToListAsync());
        Assert.Equal([fresh.ToString()], left);
    }

    [Fact]
    public async Task A_session_ends_after_a_working_day()
    {
        var browser = site.NewBrowser();
        await browser.SignInAsync("officer");
        site.Clock.Advance(TimeSpan.FromHours(9));

        using var again = await browser.AuthorizeAsync(Browser.AuthorizeParameters());

        Assert.StartsWith("/account/sign-in", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
