using HaLong.Identity.OpenId;
using HaLong.Identity.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Sessions;

/// <summary>Moves the clock of its own service, so it shares it with nobody. The steps are small: a test leaves the clock ahead for the next.</summary>
public sealed class SessionLimitTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officials_session_ends_after_two_idle_hours_and_a_citizens_does_not()
    {
        var (officer, citizen) = (site.NewBrowser(), site.NewBrowser());
        var (staff, people) = (await officer.TokensAsync("officer"), await citizen.TokensAsync(await site.NewCitizenAsync()));
        site.Clock.Advance(TimeSpan.FromMinutes(119));
        staff = await Browser.OkAsync(await officer.RefreshAsync(SessionSite.RefreshTokenOf(staff)));

        site.Clock.Advance(TimeSpan.FromMinutes(121));

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await officer.RefreshAsync(SessionSite.RefreshTokenOf(staff))));
        await Browser.OkAsync(await citizen.RefreshAsync(SessionSite.RefreshTokenOf(people)));
        using var cookie = await officer.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.StartsWith("/account/sign-in", cookie.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_does_not_prolong_an_officials_session_beyond_twelve_hours()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("helper");
        for (var hour = 0; hour < 11; hour++)
        {
            site.Clock.Advance(TimeSpan.FromHours(1));
            tokens = await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(tokens)));
        }

        site.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(tokens))));
    }

    [Fact]
    public async Task Sessions_that_are_over_are_ended_and_old_ones_forgotten()
    {
        var now = site.Clock.GetUtcNow();
        var account = await site.IdOfAsync("citizen");
        var (idle, old, open, forgotten) = (NewSession(account, now.AddDays(-15)), NewSession(account, now.AddDays(-91)), NewSession(account, now.AddDays(-13)), NewSession(account, now.AddDays(-200)));
        old.Seen(now);
        forgotten.End(EndReasons.SignedOut, now.AddDays(-91));
        await site.DatabaseAsync(db =>
        {
            db.Sessions.AddRange(idle, old, open, forgotten);
            db.Revocations.Add(new() { Id = Guid.CreateVersion7(), At = now.AddHours(-2), TokenId = "long-gone" });
            db.Revocations.Add(new() { Id = Guid.CreateVersion7(), At = now.AddMinutes(-20), TokenId = "recent" });
            db.UsedAssertions.Add(new() { ClientId = "partner", TokenId = "long-gone", ExpiresAt = now.AddMinutes(-1) });
            db.UsedAssertions.Add(new() { ClientId = "partner", TokenId = "recent", ExpiresAt = now.AddMinutes(1) });
            return db.SaveChangesAsync(Ct);
        });

        await using var scope = site.Service.Services.CreateAsyncScope();
        await TokenCleanup.RunOnceAsync(scope.ServiceProvider, now, Ct);

        Assert.Equal(EndReasons.Expired, (await site.SessionAsync(idle.Id)).EndReason);
        Assert.Equal(EndReasons.Expired, (await site.SessionAsync(old.Id)).EndReason);
        Assert.Null((await site.SessionAsync(open.Id)).EndedAt);
        Assert.False(await site.DatabaseAsync(db => db.Sessions.AnyAsync(s => s.Id == forgotten.Id, Ct)));
        Assert.True(await site.DatabaseAsync(db => db.Revocations.AnyAsync(r => r.SessionId == idle.Id, Ct)));
        Assert.Equal(["recent"], await site.DatabaseAsync(db => db.Revocations.Where(r => r.TokenId != null).Select(r => r.TokenId).ToListAsync(Ct)));
        Assert.Equal(["recent"], await site.DatabaseAsync(db => db.UsedAssertions.Select(r => r.TokenId).ToListAsync(Ct)));
    }

    [Theory]
    [InlineData("Sessions:Staff:Idle", "00:00:00")]
    [InlineData("Sessions:KeepEnded", "-1.00:00:00")]
    public async Task A_limit_of_nothing_stops_the_start(string setting, string value)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => site.StartReplicaAsync(f => f.WithSetting(setting, value)));
        Assert.Contains("Sessions", error.ToString(), StringComparison.Ordinal);
    }

    private static Session NewSession(Guid account, DateTimeOffset at) =>
        Session.Start(Guid.CreateVersion7(at), account, new SignInProof(["pwd"], "", 1), "test", "", at);
}
