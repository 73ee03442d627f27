using System.Text.RegularExpressions;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Amqp;

/// <summary>The names and patterns that keep partners apart, and the passwords that follow from a salt.</summary>
public sealed class PartnerNamesTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, PartnerPasswords.SaltBytes).Select(i => (byte)i)];

    [Theory]
    [InlineData("partner.acme.q", true)]
    [InlineData("partner.acme.", true)]
    [InlineData("partner.acme", false)]
    [InlineData("partner.acme2.q", false)]
    [InlineData("partner.acm.q", false)]
    [InlineData("x.partner.acme.q", false)]
    [InlineData("partnerXacme.q", false)]
    [InlineData("notification-log-public-event", false)]
    [InlineData("halong.public-events", false)]
    [InlineData("amq.default", false)]
    [InlineData("amq.gen-JzTY20BRgKO", false)]
    [InlineData("", false)]
    public void A_partner_may_write_to_its_own_names_only(string name, bool may) => Assert.Equal(may, Regex.IsMatch(name, PartnerNames.Own("acme")));

    [Theory]
    [InlineData("partner.acme.q", true)]
    [InlineData("halong.public-events", true)]
    [InlineData("halong.public-events.more", false)]
    [InlineData("halongXpublic-events", false)]
    [InlineData("my-halong.public-events", false)]
    [InlineData("halong.dossier-submitted.v1", false)]
    [InlineData("partner.other.q", false)]
    public void It_may_read_these_and_the_public_exchange(string name, bool may) => Assert.Equal(may, Regex.IsMatch(name, PartnerNames.Readable("acme")));

    [Theory]
    [InlineData("acme", true)]
    [InlineData("Acme_2-x", true)]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("a|b", false)]
    [InlineData("đối-tác", false)]
    public void An_id_is_usable_when_no_pattern_can_come_of_it(string client, bool usable) => Assert.Equal(usable, PartnerNames.IsUsable(client));

    [Fact]
    public void An_id_of_more_than_eighty_characters_is_not()
    {
        Assert.True(PartnerNames.IsUsable(new string('a', 80)));
        Assert.False(PartnerNames.IsUsable(new string('a', 81)));
    }

    [Fact]
    public void A_user_leads_to_its_client_and_users_of_the_platform_to_none()
    {
        Assert.Equal("acme", PartnerNames.ClientOf(PartnerNames.User("acme")));
        Assert.Null(PartnerNames.ClientOf("guest"));
        Assert.StartsWith(PartnerNames.User("acme"), PartnerNames.QueuePrefix("acme"), StringComparison.Ordinal);
        Assert.Matches(PartnerNames.AnyQueue, PartnerNames.QueuePrefix("acme"));
    }

    [Fact]
    public void A_password_follows_from_key_client_and_salt_and_from_nothing_else()
    {
        var password = Passwords("a password only for tests").Of("acme", Salt);

        Assert.Equal(password, Passwords("a password only for tests").Of("acme", Salt));
        Assert.NotEqual(password, Passwords("another password for tests").Of("acme", Salt));
        Assert.NotEqual(password, Passwords("a password only for tests").Of("acme2", Salt));
        Assert.NotEqual(password, Passwords("a password only for tests").Of("acme", [.. Salt.Reverse()]));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", password);
    }

    [Fact]
    public void The_broker_gets_a_salted_hash_that_is_another_each_time()
    {
        var passwords = Passwords("a password only for tests");
        var (first, second) = (Convert.FromBase64String(passwords.HashOf("acme", Salt)), Convert.FromBase64String(passwords.HashOf("acme", Salt)));

        Assert.Equal(36, first.Length);
        Assert.NotEqual(first, second);
        byte[] salted = [.. first[..4], .. System.Text.Encoding.UTF8.GetBytes(passwords.Of("acme", Salt))];
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(salted), first[4..]);
    }

    [Theory]
    [InlineData("amqp://u:p@h:5672", "/")]
    [InlineData("amqp://u:p@h:5672/", "/")]
    [InlineData("amqp://u:p@h:5672/%2F", "/")]
    [InlineData("amqp://u:p@h:5672/t1-a", "t1-a")]
    public void The_virtual_host_is_that_of_the_platforms_own_connection(string broker, string vhost) => Assert.Equal(vhost, Address(broker).VirtualHost);

    [Theory]
    [InlineData(null, null, "guest:p@ss")]
    [InlineData("admin", "secret", "admin:secret")]
    public void The_management_api_is_asked_as_who_is_named_or_as_who_connects(string? user, string? password, string pair)
    {
        var header = Address("amqp://guest:p%40ss@h:5672").Authorization(new BrokerManagementOptions { User = user, Password = password });

        Assert.Equal("Basic", header.Scheme);
        Assert.Equal(pair, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter!)));
    }

    [Fact]
    public void Without_a_broker_the_setting_is_named() =>
        Assert.Contains("ConnectionStrings:broker", Assert.Throws<InvalidOperationException>(() => Address("")).Message, StringComparison.Ordinal);

    private static BrokerAddress Address(string broker) => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:broker"] = broker }).Build());

    private static PartnerPasswords Passwords(string key) => new(Options.Create(new WebhookOptions { KeyPassword = key }));
}
