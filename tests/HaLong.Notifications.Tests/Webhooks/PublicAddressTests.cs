using System.Net;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Webhooks;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("203.113.131.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::101:101")]
    public void Addresses_of_the_internet_are_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:c0a8:101::1")]
    public void All_others_are_not(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://1.1.1.1/hook", "NOT-0003")]
    [InlineData("ftp://1.1.1.1/hook", "NOT-0003")]
    [InlineData("/hook", "NOT-0003")]
    [InlineData("", "NOT-0003")]
    [InlineData(null, "NOT-0003")]
    [InlineData("https://user:password@1.1.1.1/hook", "NOT-0003")]
    [InlineData("https://1.1.1.1/hook#part", "NOT-0003")]
    [InlineData("https://does-not-exist.invalid/hook", "NOT-0003")]
    [InlineData("https://127.0.0.1/hook", "NOT-0004")]
    [InlineData("https://2130706433/hook", "NOT-0004")]
    [InlineData("https://0x7f.1/hook", "NOT-0004")]
    [InlineData("https://[::1]/hook", "NOT-0004")]
    [InlineData("https://[::ffff:127.0.0.1]/hook", "NOT-0004")]
    [InlineData("https://169.254.169.254/latest/meta-data", "NOT-0004")]
    [InlineData("https://localhost/hook", "NOT-0004")]
    [InlineData("https://1.1.1.1/hook", null)]
    [InlineData("https://1.1.1.1:8443/hook?tenant=1", null)]
    public async Task An_address_is_checked_before_it_is_subscribed(string? url, string? code)
    {
        var guard = new AddressGuard(Options.Create(new WebhookOptions()));

        Assert.Equal(code, (await guard.CheckAsync(url, TestContext.Current.CancellationToken))?.Code);
    }

    [Fact]
    public async Task An_overlong_address_is_refused()
    {
        var guard = new AddressGuard(Options.Create(new WebhookOptions()));

        Assert.Equal("NOT-0003", (await guard.CheckAsync("https://1.1.1.1/" + new string('x', 2000), TestContext.Current.CancellationToken))?.Code);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/hook", null)]
    [InlineData("https://localhost/hook", null)]
    [InlineData("file:///etc/passwd", "NOT-0003")]
    public async Task In_development_private_addresses_may_be_allowed(string url, string? code)
    {
        var guard = new AddressGuard(Options.Create(new WebhookOptions { AllowPrivateNetworks = true }));

        Assert.Equal(code, (await guard.CheckAsync(url, TestContext.Current.CancellationToken))?.Code);
    }
}
