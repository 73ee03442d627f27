using System.Net;
using System.Net.Http.Json;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Sessions;

/// <summary>The list of void tokens, and that it is obeyed here and in another service.</summary>
public sealed class RevocationFeedTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_services_of_the_platform_may_read_it()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await site.StatusAsync(RevocationFeed.Path, null));
        Assert.Equal(HttpStatusCode.Forbidden, await site.StatusAsync(RevocationFeed.Path, await site.TokenAsync("citizen")));
        Assert.Equal(HttpStatusCode.Forbidden, await site.StatusAsync(RevocationFeed.Path, await site.TokenAsync("administrator", strong: true)));
        var partner = await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events"));
        Assert.Equal(HttpStatusCode.Forbidden, await site.StatusAsync(RevocationFeed.Path, SessionSite.AccessTokenOf(partner)));
        Assert.Equal(HttpStatusCode.OK, await site.StatusAsync(RevocationFeed.Path, await ServiceTokenAsync("gateway")));
    }

    [Fact]
    public async Task It_names_sessions_subjects_with_their_newest_epoch_and_tokens_once_each()
    {
        var (session, subject) = (Guid.CreateVersion7(), Guid.CreateVersion7().ToString());
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow(), SessionId = session });
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow(), SessionId = session });
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow(), Subject = subject, Epoch = 2 });
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow(), Subject = subject, Epoch = 5 });
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow(), TokenId = "one-token" });

        var feed = await Eventually.ValueAsync(ReadAsync, f => f.Tokens.Contains("one-token"), "the list is read from the database");

        Assert.Single(feed.Sessions, session.ToString());
        Assert.Equal(5, feed.Subjects[subject]);
        Assert.Single(feed.Tokens, "one-token");
    }

    [Fact]
    public async Task What_is_older_than_any_token_is_left_out()
    {
        var (old, young) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow() - DatabaseRevocations.Window - TimeSpan.FromSeconds(5), SessionId = old });
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow() - TokenLifetimes.Access - TimeSpan.FromMinutes(1), SessionId = young });

        var feed = await Eventually.ValueAsync(ReadAsync, f => f.Sessions.Contains(young.ToString()), "the list is read from the database");

        Assert.DoesNotContain(old.ToString(), feed.Sessions);
    }

    [Fact]
    public async Task An_unchanged_list_is_answered_with_304_and_the_same_tag_by_every_replica()
    {
        await AddAsync(new() { Id = Guid.CreateVersion7(), At = site.Clock.GetUtcNow(), TokenId = "for-the-tag" });
        await Eventually.ValueAsync(ReadAsync, f => f.Tokens.Contains("for-the-tag"), "the list is read from the database");
        var token = await ServiceTokenAsync("dossier");
        using var first = await site.SendAsync(HttpMethod.Get, RevocationFeed.Path, token);
        Assert.Contains("no-store", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var other = await site.StartReplicaAsync();

        await Eventually.Async(
            async () =>
            {
                using var client = other.Client(token);
                client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
                using var second = await client.GetAsync(new Uri(RevocationFeed.Path, UriKind.Relative), Ct);
                return second.StatusCode == HttpStatusCode.NotModified;
            },
            "the other replica knows the tag");
    }

    [Fact]
    public async Task The_end_of_a_session_voids_its_access_tokens_here_and_in_another_service_within_five_seconds()
    {
        var (_, url) = await site.StartOnPortAsync();
        await using var other = await OtherService.StartAsync(url, IdentitySite.PublicUrl);
        var person = await site.NewCitizenAsync();
        var (ended, kept) = (await site.NewBrowser().TokensAsync(person), await site.NewBrowser().TokensAsync(person));
        var (token, good) = (SessionSite.AccessTokenOf(ended), SessionSite.AccessTokenOf(kept));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(token));

        await site.InServiceAsync(async (services, db) =>
            services.GetRequiredService<Revocations>().End(await db.Sessions.SingleAsync(s => s.Id == SessionSite.SessionOf(ended), Ct), EndReasons.EndedByAdministrator));

        await Eventually.Async(
            async () => await other.StatusAsync(token) == HttpStatusCode.Unauthorized && await site.StatusAsync("/api/v1/me", token) == HttpStatusCode.Unauthorized,
            "the token is refused by both", SessionSite.Promised);
        Assert.Equal("CMN-1401", await SessionSite.CodeOfAsync(await other.AskAsync(token), HttpStatusCode.Unauthorized));
        using var own = await site.SendAsync(HttpMethod.Get, "/api/v1/me", token);
        Assert.Contains("invalid_token", own.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("CMN-1401", await SessionSite.CodeOfAsync(own, HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(good));
        using var userInfo = await site.SendAsync(HttpMethod.Get, "/connect/userinfo", token);
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
        using var goodUserInfo = await site.SendAsync(HttpMethod.Get, "/connect/userinfo", good);
        Assert.Equal(HttpStatusCode.OK, goodUserInfo.StatusCode);
    }

    [Fact]
    public async Task Changed_rights_void_tokens_of_before_and_a_refresh_brings_good_ones()
    {
        var person = await site.NewCitizenAsync();
        var browser = site.NewBrowser();
        var before = await browser.TokensAsync(person);
        Assert.Equal(HttpStatusCode.OK, await site.StatusAsync("/api/v1/me", SessionSite.AccessTokenOf(before)));

        await site.InServiceAsync(async (services, db) =>
            services.GetRequiredService<Revocations>().RightsChanged(await db.Accounts.SingleAsync(a => a.UserName == person, Ct)));

        await site.RefusedAsync(SessionSite.AccessTokenOf(before));
        var after = await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(before)));
        Assert.Equal(HttpStatusCode.OK, await site.StatusAsync("/api/v1/me", SessionSite.AccessTokenOf(after)));
    }

    [Fact]
    public async Task A_client_that_is_closed_loses_the_tokens_it_holds()
    {
        var (_, url) = await site.StartOnPortAsync();
        await using var other = await OtherService.StartAsync(url, IdentitySite.PublicUrl);
        var token = SessionSite.AccessTokenOf(await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("e-signature", "e-signature-secret", "halong.internal")));
        Assert.Equal(HttpStatusCode.Forbidden, await other.StatusAsync(token));

        await site.InServiceAsync((services, _) =>
        {
            services.GetRequiredService<Revocations>().EndClient("e-signature");
            return Task.CompletedTask;
        });

        await Eventually.Async(async () => await other.StatusAsync(token) == HttpStatusCode.Unauthorized, "the token is refused", SessionSite.Promised);
    }

    [Fact]
    public async Task A_replica_that_has_lost_its_database_does_not_pass_an_old_list_off_as_new()
    {
        var replica = await site.StartReplicaAsync(f => f.WithServices(s => s.AddSingleton<IRevocationSource>(new Lost())));
        using var client = replica.Client(await ServiceTokenAsync("dossier"));
        using var answer = await client.GetAsync(new Uri(RevocationFeed.Path, UriKind.Relative), Ct);
        Assert.Equal("CMN-0503", await SessionSite.CodeOfAsync(answer, HttpStatusCode.ServiceUnavailable));
    }

    private async Task<string> ServiceTokenAsync(string client) => SessionSite.AccessTokenOf(
        await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync(client, client + "-secret", "halong.internal")));

    private async Task<RevocationFeed> ReadAsync()
    {
        using var answer = await site.SendAsync(HttpMethod.Get, RevocationFeed.Path, await ServiceTokenAsync("dossier"));
        return (await answer.Content.ReadFromJsonAsync<RevocationFeed>(Ct))!;
    }

    private Task<int> AddAsync(Revocation revocation) => site.DatabaseAsync(db =>
    {
        db.Revocations.Add(revocation);
        return db.SaveChangesAsync(Ct);
    });

    private sealed class Lost : IRevocationSource
    {
        public TimeSpan Interval => TimeSpan.FromSeconds(1);

        public Task<VoidTokens?> ReadAsync(CancellationToken ct) => throw new IOException("The database is away.");
    }
}
