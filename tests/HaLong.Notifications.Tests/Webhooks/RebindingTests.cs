using System.Collections.Concurrent;
using System.Net;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>Names that lead elsewhere the second time they are asked for, and everything else an address may not be.</summary>
public sealed class RebindingTests
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");
    private readonly ConcurrentQueue<IPAddress[]> answers = [];

    [Fact]
    public async Task A_name_that_was_public_when_it_was_subscribed_and_is_not_when_it_is_called_is_never_connected_to()
    {
        answers.Enqueue([Public]);
        answers.Enqueue([IPAddress.Loopback]);
        answers.Enqueue([Public, IPAddress.Parse("10.1.2.3")]);
        var (guard, vault) = (Guard(), Vault());
        using var sender = new WebhookSender(guard, vault, Settings(), TimeProvider.System);
        Assert.Null(await guard.CheckAsync("https://rebinding.example/hook", TestContext.Current.CancellationToken));

        var loopback = await SendAsync(sender, vault);
        var mixed = await SendAsync(sender, vault);

        Assert.Equal(("addressNotPublic", "addressNotPublic"), (loopback.Error, mixed.Error));
        Assert.Null(loopback.Connect);
        Assert.NotNull(loopback.Dns);
        Assert.Empty(answers);
    }

    [Fact]
    public async Task What_was_checked_is_what_is_connected_to_so_the_name_is_asked_for_once()
    {
        answers.Enqueue([IPAddress.Loopback]);
        answers.Enqueue([Public]);
        var vault = Vault();
        using var sender = new WebhookSender(Guard(), vault, Settings(), TimeProvider.System);

        await SendAsync(sender, vault);

        Assert.Single(answers);
    }

    [Fact]
    public async Task A_name_without_an_answer_is_told_from_a_private_one()
    {
        var vault = Vault();
        using var sender = new WebhookSender(Guard(), vault, Settings(), TimeProvider.System);

        Assert.Equal("NOT-0003", (await Guard().CheckAsync("https://nowhere.example/", TestContext.Current.CancellationToken))?.Code);
        Assert.NotEqual("addressNotPublic", (await SendAsync(sender, vault)).Error);
    }

    [Theory]
    [InlineData("https://a.example/", null)]
    [InlineData("https://a.example:8443/", null)]
    [InlineData("https://a.example:22/", "NOT-0003")]
    [InlineData("https://a.example:5432/", "NOT-0003")]
    [InlineData("http://a.example/", "NOT-0003")]
    [InlineData("https://user:secret@a.example/", "NOT-0003")]
    [InlineData("https://a.example/#part", "NOT-0003")]
    [InlineData("https://169.254.169.254/latest/meta-data", "NOT-0004")]
    [InlineData("https://[fe80::1]/", "NOT-0004")]
    [InlineData("https://0x7f.1/", "NOT-0004")]
    [InlineData("https://2130706433/", "NOT-0004")]
    public async Task Only_https_on_usual_ports_of_public_hosts_can_be_subscribed(string url, string? code)
    {
        answers.Enqueue([Public]);
        Assert.Equal(code, (await Guard().CheckAsync(url, TestContext.Current.CancellationToken))?.Code);
    }

    [Fact]
    public async Task Other_ports_can_be_allowed()
    {
        answers.Enqueue([Public]);
        var guard = new AddressGuard(Options.Create(new WebhookOptions { KeyPassword = "a password only for tests", AllowedPorts = [9443] })) { Resolve = ResolveAsync };

        Assert.Null(await guard.CheckAsync("https://a.example:9443/", TestContext.Current.CancellationToken));
        Assert.Equal("NOT-0003", (await guard.CheckAsync("https://a.example/", TestContext.Current.CancellationToken))?.Code);
    }

    private static Task<AttemptResult> SendAsync(WebhookSender sender, SecretVault vault)
    {
        var id = Guid.CreateVersion7();
        var target = new WebhookTarget(id, "rebinder", "https://rebinding.example/hook", [vault.Seal(id, WebhookSignature.NewSecret())]);
        return sender.PostAsync(target, Guid.CreateVersion7(), "{}", readAnswer: false, TestContext.Current.CancellationToken);
    }

    private AddressGuard Guard() => new(Settings()) { Resolve = ResolveAsync };

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) =>
        Task.FromResult(answers.TryDequeue(out var next) ? next : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));

    private static SecretVault Vault() => new(Settings());

    private static IOptions<WebhookOptions> Settings() => Options.Create(new WebhookOptions { KeyPassword = "a password only for tests", Timeout = TimeSpan.FromSeconds(5) });
}
