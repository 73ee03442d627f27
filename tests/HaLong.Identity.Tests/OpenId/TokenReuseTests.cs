using System.Diagnostics.Metrics;
using HaLong.Identity.Sessions;
using HaLong.Identity.Tests.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>A code or refresh token in two hands ends the sign-in it came from, whoever was first.</summary>
public sealed class TokenReuseTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_refresh_token_used_again_ends_the_session_and_voids_its_access_tokens()
    {
        var browser = site.NewBrowser();
        var first = await browser.TokensAsync(await site.NewCitizenAsync());
        var second = await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(first)));

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(first))));

        var session = await site.SessionAsync(SessionSite.SessionOf(first));
        Assert.Equal(EndReasons.TokenReused, session.EndReason);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(second))));
        await site.RefusedAsync(SessionSite.AccessTokenOf(second));
        using var cookie = await browser.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.StartsWith("/account/sign-in", cookie.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_used_again_voids_the_tokens_of_its_first_use()
    {
        var browser = site.NewBrowser();
        var code = await browser.CodeAsync(await site.NewCitizenAsync());
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(code));

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.ExchangeAsync(code)));

        Assert.Equal(EndReasons.TokenReused, (await site.SessionAsync(SessionSite.SessionOf(tokens))).EndReason);
        await site.RefusedAsync(SessionSite.AccessTokenOf(tokens));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(tokens))));
    }

    [Fact]
    public async Task Of_parallel_refreshes_exactly_one_wins_and_the_losers_count_as_reuse()
    {
        for (var round = 0; round < 5; round++)
        {
            var browser = site.NewBrowser();
            var first = await browser.TokensAsync(await site.NewCitizenAsync());

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.RefreshAsync(SessionSite.RefreshTokenOf(first))));

            Assert.Equal(1, answers.Count(a => a.IsSuccessStatusCode));
            Assert.All(answers, a => Assert.True((int)a.StatusCode < 500));
            var session = SessionSite.SessionOf(first);
            Assert.Equal(EndReasons.TokenReused, (await site.SessionAsync(session)).EndReason);
            // However many lost, it is one end of one session.
            Assert.Equal(1, await site.DatabaseAsync(db => db.Revocations.CountAsync(r => r.SessionId == session, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task A_reuse_is_counted()
    {
        long counted = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "halong.identity.tokens_reused" && instrument.Meter.Scope == site.Service.Services.GetRequiredService<IMeterFactory>())
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        var browser = site.NewBrowser();
        var first = await browser.TokensAsync(await site.NewCitizenAsync());
        await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(first)));
        await Browser.ErrorAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(first)));

        Assert.Equal(1, Interlocked.Read(ref counted));
    }

    [Fact]
    public async Task A_token_that_was_only_revoked_is_no_reuse()
    {
        var browser = site.NewBrowser();
        var person = await site.NewCitizenAsync();
        var kept = await browser.TokensAsync(person);
        await TokenRevocationTests.RevokeAsync(browser, SessionSite.AccessTokenOf(kept), "access_token");
        await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(kept)));

        Assert.Null((await site.SessionAsync(SessionSite.SessionOf(kept))).EndedAt);
    }
}
