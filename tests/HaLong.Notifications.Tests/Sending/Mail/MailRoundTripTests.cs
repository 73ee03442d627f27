using System.Net;
using System.Net.Sockets;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Sending.Mail;

/// <summary>From the fact to the mail, and back from the mail systems behind: signed, encrypted, under the message's own return path.</summary>
public sealed class MailRoundTripTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_comes_back_from_the_mail_systems_finds_its_message()
    {
        using var rig = new MailRig();
        var port = FreePort();
        await using var lab = await MailServer.StartAsync(
            0, ("Smtp:StartTls", "true"), ("Smtp:ReportsUrl", $"http://127.0.0.1:{port}/hooks/mail/reports"), ("Smtp:ReportsSecret", World.MailReportSecret));
        var key = rig.Rsa("s1");
        await using var service = world.Factory().OnPort(port).WithDatabase<NotificationDbContext>("notification-db", options => new NotificationDbContext(options))
            .WithSetting("Smtp:Url", lab.Url).WithSetting("Smtp:Tls", "require").WithSetting("Smtp:RootFile", rig.Write(await lab.RootPemAsync()))
            .WithSetting("Smtp:Bounces", "bounce@bounces.halong.vn").WithSetting("Smtp:Dkim:Keys:0:Selector", key.Selector).WithSetting("Smtp:Dkim:Keys:0:File", key.File);
        await service.StartAsync();
        await lab.DialAsync("mail.bounce", new { value = 511, target = "nobody@example.vn" });
        await lab.DialAsync("mail.complain", new { value = 1, target = "angry@example.vn" });
        await lab.DialAsync("mail.delayed", new { value = 1, target = "slow@example.vn" });

        var facts = new Dictionary<string, Facts>();
        foreach (var address in new[] { "nobody@example.vn", "angry@example.vn", "slow@example.vn", "glad@example.vn" })
        {
            facts[address] = new Facts(world.Accounts.Person(address));
            await service.PublishAsync(facts[address].Submitted());
        }

        await StateAsync("nobody@example.vn", MessageState.Failed, "no such mailbox (5.1.1)");
        await StateAsync("angry@example.vn", MessageState.Delivered, null);
        Assert.NotNull((await RowAsync("angry@example.vn"))!.ComplainedAt);
        await StateAsync("slow@example.vn", MessageState.Sent, null);
        await StateAsync("glad@example.vn", MessageState.Sent, null);
        var envelope = Assert.Single(await lab.EnvelopesAsync("glad@example.vn"));
        var row = await RowAsync("glad@example.vn");
        Assert.Equal($"bounce+{row!.Key}@bounces.halong.vn", envelope.GetProperty("from").GetString());
        Assert.True(envelope.GetProperty("encrypted").GetBoolean());
        Assert.NotNull(Assert.Single(await lab.ToAsync("glad@example.vn")).Headers["DKIM-Signature"]);

        Task StateAsync(string address, MessageState state, string? error) => Eventually.Async(
            async () => await RowAsync(address) is { } found && found.State == state && found.LastError == error, $"{address}: {state} {error}");

        Task<Message?> RowAsync(string address)
        {
            var dossier = facts[address].Dossier;
            return service.InScopeAsync<NotificationDbContext, Message?>(
                db => db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.DossierId == dossier && m.Channel == MessageChannel.Email, World.Ct));
        }
    }

    [Fact]
    public async Task Every_further_server_is_a_provider_of_its_own()
    {
        await using var replica = await world.ReplicaAsync(("Smtp:Others:0:Url", "http://127.0.0.1:9"), ("Smtp:Others:1:Url", "http://127.0.0.1:10"));

        Assert.Equal(["smtp", "smtp-2", "smtp-3"], Names(replica));
        Assert.Equal(["smtp"], Names(world.Service));
    }

    private static IEnumerable<string> Names(ServiceFactory<NotificationDbContext> service) =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetServices<HaLong.Notifications.Sending.IMessageProvider>(service.Services)
            .Where(p => p.Channel == MessageChannel.Email).Select(p => p.Name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
