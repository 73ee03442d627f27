using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending.Push;

public sealed class VapidTests
{
    private static readonly Uri Endpoint = new("https://push.example:8443/send/abc");
    private readonly ShiftedClock clock = new(stands: true);
    private readonly VapidKeys keys = VapidKeys.New();

    [Fact]
    public void A_token_says_for_whom_until_when_and_whom_to_turn_to_and_is_signed_by_our_key()
    {
        var header = Tokens(contact: "mailto:van-hanh@halong.vn").HeaderFor(Endpoint);

        var parts = header.Split("vapid t=", 2)[1].Split(", k=");
        Assert.Equal(keys.PublicText, parts[1]);
        var token = parts[0].Split('.');
        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token[0])));
        var claims = JsonElement.Parse(WebEncoders.Base64UrlDecode(token[1]));
        Assert.Equal("https://push.example:8443", claims.GetProperty("aud").GetString());
        Assert.Equal("mailto:van-hanh@halong.vn", claims.GetProperty("sub").GetString());
        Assert.Equal(clock.GetUtcNow().AddHours(12).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
        using var verifier = ECDsa.Create(P256.Public(keys.Public));
        Assert.True(verifier.VerifyData(Encoding.ASCII.GetBytes(token[0] + "." + token[1]), WebEncoders.Base64UrlDecode(token[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_token_serves_all_messages_to_one_push_service_until_shortly_before_its_end()
    {
        var tokens = Tokens();
        var first = tokens.HeaderFor(Endpoint);

        clock.Shift = TimeSpan.FromHours(10.9);
        Assert.Equal(first, tokens.HeaderFor(new Uri("https://push.example:8443/send/another")));
        Assert.NotEqual(first, tokens.HeaderFor(new Uri("https://other.example/send/abc")));
        clock.Shift = TimeSpan.FromHours(11);
        Assert.NotEqual(first, tokens.HeaderFor(Endpoint));
    }

    [Fact]
    public void Made_up_push_services_do_not_fill_the_memory()
    {
        var tokens = Tokens();
        var first = tokens.HeaderFor(Endpoint);
        foreach (var i in Enumerable.Range(0, 1000))
            tokens.HeaderFor(new Uri($"https://p{i}.example/"));

        Assert.NotEqual(first, tokens.HeaderFor(Endpoint));
    }

    [Fact]
    public void Without_keys_nobody_is_offered_push_but_in_development_there_are_always_the_same()
    {
        var production = Tokens(withKeys: false);
        var (one, two) = (Tokens(withKeys: false, environment: Environments.Development), Tokens(withKeys: false, environment: Environments.Development));

        Assert.Null(production.Keys);
        Assert.Throws<InvalidOperationException>(() => production.HeaderFor(Endpoint));
        Assert.Equal(one.Keys?.PublicText, two.Keys?.PublicText);
        Assert.NotEqual(one.Keys?.PublicText, Tokens(withKeys: false, environment: Environments.Development, password: "another password").Keys?.PublicText);
        Assert.Equal(keys.PublicText, Tokens(environment: Environments.Development).Keys?.PublicText);
    }

    [Fact]
    public void The_public_address_is_whom_to_turn_to_when_nobody_is_named() =>
        Assert.Contains(
            "\"sub\":\"https://dichvucong.example\"",
            Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(Tokens().HeaderFor(Endpoint).Split("t=")[1].Split('.')[1])), StringComparison.Ordinal);

    [Fact]
    public void The_verb_prints_a_pair_that_the_settings_take_and_a_new_one_each_time()
    {
        using var first = new StringWriter();
        using var second = new StringWriter();

        Assert.Equal(0, PushKeysCommand.Run(first));
        PushKeysCommand.Run(second);

        var settings = first.ToString().Split('\n').Where(l => l.Contains('=')).Select(l => l.Trim().Split('=', 2)).ToDictionary(l => l[0], l => l[1]);
        Assert.Equal(["Push__PrivateKey", "Push__PublicKey"], settings.Keys.Order());
        Assert.NotNull(VapidKeys.Parse(settings["Push__PublicKey"], settings["Push__PrivateKey"]));
        Assert.NotEqual(first.ToString(), second.ToString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("AAAA", "AAAA")]
    [InlineData("not*base64", "not*base64")]
    public void What_is_no_pair_is_no_key(string publicText, string privateText)
    {
        Assert.Null(VapidKeys.Parse(publicText, privateText));
        Assert.Null(VapidKeys.Parse(keys.PublicText, VapidKeys.New().PrivateText));
        Assert.NotNull(VapidKeys.Parse(keys.PublicText, keys.PrivateText));
    }

    private VapidTokens Tokens(bool withKeys = true, string contact = "", string? environment = null, string password = "a password only for tests") => new(
        Options.Create(new PushOptions { PublicKey = withKeys ? keys.PublicText : "", PrivateKey = withKeys ? keys.PrivateText : "", Contact = contact }),
        Options.Create(new PlatformOptions { PublicUrl = "https://dichvucong.example" }), Options.Create(new WebhookOptions { KeyPassword = password }),
        new HostingEnvironment { EnvironmentName = environment ?? Environments.Production }, clock);
}
