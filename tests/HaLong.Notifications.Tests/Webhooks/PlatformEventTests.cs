using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Webhooks;

public sealed class PlatformEventTests
{
    [Theory]
    [InlineData("abc", true)]
    [InlineData("  abc\n", true)]
    [InlineData("""{"challenge":"abc"}""", true)]
    [InlineData("""{ "other": 1, "challenge": "abc" }""", true)]
    [InlineData("""{"challenge":"abd"}""", false)]
    [InlineData("""{"challenge":5}""", false)]
    [InlineData("""{"Challenge":"abc"}""", false)]
    [InlineData("""["abc"]""", false)]
    [InlineData("""{"challenge":"abc" """, false)]
    [InlineData("abcd", false)]
    [InlineData("ok", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_challenge_itself_is_an_echo(string? answer, bool expected) => Assert.Equal(expected, PlatformEvent.Echoes(answer, "abc"));

    [Fact]
    public void They_are_cloud_events_without_sequence_that_cannot_be_broken_by_what_they_carry()
    {
        var (id, subscription) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var json = JsonElement.Parse(PlatformEvent.Of(id, PlatformEvent.Test, subscription, DateTimeOffset.UnixEpoch, new Dictionary<string, string> { ["a"] = "\"},{" }));

        Assert.Equal(("1.0", id, PlatformEvent.Test, subscription), (json.GetProperty("specversion").GetString(), json.GetProperty("id").GetGuid(),
            json.GetProperty("type").GetString(), json.GetProperty("subject").GetGuid()));
        Assert.False(json.TryGetProperty("sequence", out _));
        Assert.Equal("\"},{", json.GetProperty("data").GetProperty("a").GetString());
    }

    [Fact]
    public void A_challenge_follows_from_subscription_address_time_and_key_and_from_nothing_less()
    {
        using var vault = Vault("the first password of all");
        using var other = Vault("another password entirely");
        var (id, at) = (Guid.CreateVersion7(), DateTimeOffset.UnixEpoch);
        var challenge = vault.Challenge(id, "https://a.vn/", at);

        Assert.Equal(challenge, vault.Challenge(id, "https://a.vn/", at));
        Assert.Matches("^[A-Za-z0-9_-]{32}$", challenge);
        Assert.Equal(5, new[]
        {
            challenge, vault.Challenge(Guid.CreateVersion7(), "https://a.vn/", at), vault.Challenge(id, "https://b.vn/", at),
            vault.Challenge(id, "https://a.vn/", at.AddMilliseconds(1)), other.Challenge(id, "https://a.vn/", at),
        }.Distinct().Count());
    }

    [Theory]
    [InlineData(StateReasons.Gone, "410")]
    [InlineData(StateReasons.Revoked, "quyền nhận sự kiện")]
    [InlineData(StateReasons.NothingGotThrough, "Nothing got through")]
    public void The_mail_to_a_partner_says_what_and_why_in_both_languages_and_no_more_of_the_address_than_its_host(string reason, string expected)
    {
        var notice = new TellPartner(Guid.CreateVersion7(), "p", PartnerNotice.Paused, reason, "hooks.partner.vn", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var (subject, text) = PartnerNotice.Of(notice);

        Assert.Contains("Tạm dừng", subject, StringComparison.Ordinal);
        Assert.Contains("paused", subject, StringComparison.Ordinal);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains("(hooks.partner.vn)", text, StringComparison.Ordinal);
        Assert.Contains("07:00 01/01/2026", text, StringComparison.Ordinal);
        Assert.Contains("tiếp tục", PartnerNotice.Of(notice with { What = PartnerNotice.Resumed }).Subject, StringComparison.Ordinal);
    }

    private static SecretVault Vault(string password) => new(Options.Create(new WebhookOptions { KeyPassword = password }));
}
