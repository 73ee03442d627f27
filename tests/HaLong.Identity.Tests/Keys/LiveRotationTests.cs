using System.Collections.Concurrent;
using System.Net;
using HaLong.Identity.Tests.Sessions;
using HaLong.TestSupport;

namespace HaLong.Identity.Tests.Keys;

/// <summary>Keys are replaced under load: another service, which keeps the keys it has read, must not refuse a single request.</summary>
public sealed class LiveRotationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_rotation_under_continuous_requests_costs_no_request()
    {
        var (identity, url) = await site.StartOnPortAsync();
        await using var other = await OtherService.StartAsync(url, url);
        var browser = SessionSite.BrowserAt(url);
        var tokens = new ConcurrentBag<string>();
        var first = await browser.TokensAsync(await site.NewCitizenAsync());
        var (oldToken, refresh) = (SessionSite.AccessTokenOf(first), SessionSite.RefreshTokenOf(first));
        tokens.Add(oldToken);
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var all = tokens.ToArray();
                answers.AddOrUpdate(await other.StatusAsync(all[i % all.Length]), 1, (_, n) => n + 1);
            }
        })).ToList();

        var before = Browser.Read(first).Kid;
        Assert.Equal(0, await KeyRotationTests.RotateAsync(site, "00:00:00"));
        var signed = before;
        await Eventually.Async(
            async () =>
            {
                // Each refresh is a fresh token; the first ones of the new key meet a service that has never heard of it.
                var next = await Browser.OkAsync(await browser.RefreshAsync(refresh));
                refresh = SessionSite.RefreshTokenOf(next);
                tokens.Add(SessionSite.AccessTokenOf(next));
                signed = Browser.Read(next).Kid;
                return signed != before;
            },
            "identity signs with the new key");
        var done = answers.GetValueOrDefault(HttpStatusCode.OK) + 500;
        await Eventually.Async(() => Task.FromResult(answers.GetValueOrDefault(HttpStatusCode.OK) > done), "many requests with tokens of both keys");
        await stop.CancelAsync();
        await Task.WhenAll(load);

        Assert.Equal([HttpStatusCode.OK], answers.Keys);
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(oldToken));
        _ = identity;
    }
}
