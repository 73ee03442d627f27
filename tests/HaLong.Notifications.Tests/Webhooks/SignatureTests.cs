using System.Security.Cryptography;
using System.Text;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Webhooks;

public sealed class SignatureTests
{
    [Fact]
    public void The_signature_is_that_of_the_standards_own_example()
    {
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var body = Encoding.UTF8.GetBytes("{\"test\": 2432232314}");

        var signature = WebhookSignature.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), body);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void A_new_secret_is_32_random_bytes_behind_the_standards_prefix()
    {
        var shown = WebhookSignature.Show(WebhookSignature.NewSecret());

        Assert.StartsWith("whsec_", shown, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(shown["whsec_".Length..]).Length);
        Assert.NotEqual(shown, WebhookSignature.Show(WebhookSignature.NewSecret()));
    }

    [Fact]
    public void A_sealed_secret_opens_only_for_its_subscription_and_password()
    {
        using var vault = Vault("the first password");
        using var other = Vault("another password");
        var subscription = Guid.CreateVersion7();
        var secret = WebhookSignature.NewSecret();

        var sealedSecret = vault.Seal(subscription, secret);

        Assert.Equal(secret, vault.Open(subscription, sealedSecret));
        Assert.NotEqual(sealedSecret, vault.Seal(subscription, secret));
        Assert.Equal(-1, sealedSecret.AsSpan().IndexOf(secret.AsSpan(0, 8)));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(Guid.CreateVersion7(), sealedSecret));
        Assert.ThrowsAny<CryptographicException>(() => other.Open(subscription, sealedSecret));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(subscription, sealedSecret[..20]));
        sealedSecret[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(subscription, sealedSecret));
    }

    [Fact]
    public void Retries_go_from_ten_seconds_to_twelve_hours_over_a_day_and_a_half()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), RetrySchedule.Default[0]);
        Assert.Equal(TimeSpan.FromHours(12), RetrySchedule.Default[^1]);
        Assert.InRange(RetrySchedule.Default.Sum(d => d.TotalHours), 35, 37);
        Assert.Equal(RetrySchedule.Default.Order(), RetrySchedule.Default);
        Assert.Null(RetrySchedule.After(RetrySchedule.Default, RetrySchedule.Default.Count + 1, 0.2, 0.5));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(0.5, 10)]
    [InlineData(1, 12)]
    public void Jitter_moves_a_wait_by_its_share_in_both_directions(double random, double seconds) =>
        Assert.Equal(seconds, RetrySchedule.After(RetrySchedule.Default, 1, 0.2, random)!.Value.TotalSeconds, precision: 6);

    private static SecretVault Vault(string password) => new(Options.Create(new WebhookOptions { KeyPassword = password }));
}
