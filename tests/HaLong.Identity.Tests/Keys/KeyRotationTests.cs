using System.Net;
using HaLong.Identity.Keys;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Keys;

public sealed class KeyRotationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_rotation_reaches_running_replicas_and_tokens_of_before_stay_good()
    {
        var other = await site.StartReplicaAsync();
        var browser = site.NewBrowser();
        var before = await browser.TokensAsync("citizen");
        var oldKey = Browser.Read(before).Kid;

        Assert.Equal(0, await RotateAsync(site, "00:00:00"));
        var newKey = await Eventually.ValueAsync(() => SignsAsync(site.Service), k => k != oldKey, "the first replica signs with the new key");
        await Eventually.Async(async () => await SignsAsync(other) == newKey, "the second replica signs with the new key");

        foreach (var replica in new[] { site.Service, other })
        {
            Assert.Equal(new[] { newKey, oldKey }.Order(), (await PublishedAsync(replica)).Order());
            Assert.Equal(HttpStatusCode.OK, await MeAsync(replica, before.GetProperty("access_token").GetString()!));
        }

        // A refresh token was signed with the old key, and its successor's access token by the new one is good everywhere.
        var after = await Browser.OkAsync(await browser.RefreshAsync(before.GetProperty("refresh_token").GetString()!));
        Assert.Equal(newKey, Browser.Read(after).Kid);
        Assert.Equal(HttpStatusCode.OK, await MeAsync(other, after.GetProperty("access_token").GetString()!));

        // In this order: it leaves the clock ahead, and a key of tomorrow would outrank one of today.
        await ANewKeyIsPublishedBeforeItSignsAsync();
    }

    private async Task ANewKeyIsPublishedBeforeItSignsAsync()
    {
        var oldKey = await SignsAsync(site.Service);
        var before = await PublishedAsync(site.Service);
        Assert.Equal(0, await RotateAsync(site, "00:10:00"));

        var published = await Eventually.ValueAsync(() => PublishedAsync(site.Service), k => k.Count > before.Count, "the new key is published");
        Assert.Equal(oldKey, await SignsAsync(site.Service));

        site.Clock.Advance(TimeSpan.FromMinutes(11));
        await Eventually.Async(async () => await SignsAsync(site.Service) != oldKey, "the new key signs");
        Assert.Contains(await SignsAsync(site.Service), published);
    }

    [Fact]
    public async Task Keys_lie_sealed_in_the_database()
    {
        var keys = await site.DatabaseAsync(db => db.ServerKeys.AsNoTracking().ToListAsync());
        var xml = await site.DatabaseAsync(db => db.DataProtectionKeys.AsNoTracking().Select(k => k.Xml).ToListAsync());

        Assert.Contains(keys, k => k.Use == ServerKey.Encryption);
        // A PKCS#8 RSA key names its algorithm in clear; a sealed one does not.
        Assert.All(keys, k => Assert.Equal(-1, k.Sealed.AsSpan().IndexOf(new byte[] { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 })));
        Assert.All(xml, x => Assert.DoesNotContain("<masterKey", x, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cookie_of_one_replica_is_good_at_another()
    {
        var other = await site.StartReplicaAsync();
        using var signedIn = await site.NewBrowser().SubmitSignInAsync("citizen", IdentityProgram.DemoPassword);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("halong.session=", StringComparison.Ordinal)).Split(';')[0];

        using var client = other.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await new Browser(client).AuthorizeAsync(Browser.AuthorizeParameters());

        Assert.Contains("code", Browser.Query(answer.Headers.Location!));
    }

    [Fact]
    public async Task Another_password_does_not_start_the_service_and_the_message_names_the_setting()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => site.StartReplicaAsync(f => f.WithSetting("Keys:Password", "another-long-password")));
        Assert.Contains("Keys:Password", error.ToString(), StringComparison.Ordinal);
    }

    internal static Task<int> RotateAsync(IdentitySite site, string delay)
    {
        var settings = IdentityProgram.Settings(site.Connection);
        settings["Keys:ActivationDelay"] = delay;
        settings["Keys:PollInterval"] = "00:00:00.200";
        return IdentityProgram.RunAsync("rotate-keys", settings);
    }

    private static async Task<string> SignsAsync(ServiceFactory<Program> replica)
    {
        var browser = new Browser(replica.Client());
        return Browser.Read(await Browser.OkAsync(await browser.ClientCredentialsAsync("partner", "partner-secret", "halong.events"))).Kid;
    }

    private static async Task<List<string>> PublishedAsync(ServiceFactory<Program> replica)
    {
        using var client = replica.Client();
        var keys = await Browser.OkAsync(await client.GetAsync(new Uri("/.well-known/jwks", UriKind.Relative)));
        return [.. keys.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];
    }

    private static async Task<HttpStatusCode> MeAsync(ServiceFactory<Program> replica, string token)
    {
        using var client = replica.Client(token);
        using var answer = await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        return answer.StatusCode;
    }
}
