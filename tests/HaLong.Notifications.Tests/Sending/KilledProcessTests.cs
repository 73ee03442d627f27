using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>A real process, killed while the provider has the message and has not answered; another one inherits.</summary>
public sealed class KilledProcessTests(World world, Servers servers) : IClassFixture<World>
{
    private readonly string phone = $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}";

    [Fact]
    public async Task What_the_provider_took_from_a_process_that_was_killed_is_not_sent_a_second_time()
    {
        var database = await servers.CreateDatabaseAsync<NotificationDbContext>(async connection =>
        {
            await using var db = Open(connection);
            await db.Database.MigrateAsync();
        });
        var message = await QueueAsync(database);
        // Taken, and then no answer for longer than the process lives.
        await world.Mail.DialAsync("sms.delay", new { value = 60_000, times = 1, target = phone });

        await using (var process = Child.Start(Settings(database)))
        {
            await process.UntilAsync(async () => (await world.Mail.SmsAsync(phone)).Count == 1, "the SMS with the provider");
            await process.KillAsync();
        }

        await using (var db = Open(database))
        {
            Assert.Equal(MessageState.Pending, (await db.Messages.SingleAsync(m => m.Id == message, World.Ct)).State);
            Assert.Null((await db.Attempts.SingleAsync(a => a.MessageId == message, World.Ct)).Outcome);
        }

        await using var heir = await world.Factory().WithBroker(world.Service.Broker).WithSetting("ConnectionStrings:notification-db", database).StartAsync();
        var done = await Eventually.ValueAsync(
            () => heir.InScopeAsync<NotificationDbContext, Message>(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == message)), m => m.State is MessageState.Sent or MessageState.Delivered, "the message as sent");

        Assert.False(done.MayBeTwice);
        Assert.Single(await world.Mail.SmsAsync(phone));
    }

    private Dictionary<string, string?> Settings(string database) => new()
    {
        ["ConnectionStrings:notification-db"] = database,
        ["ConnectionStrings:broker"] = world.Service.Broker,
        ["ConnectionStrings:cache"] = servers.Redis,
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["PublicUrl"] = TestIdentity.PublicUrl,
        ["services:identity:http:0"] = world.Identity.Url,
        ["services:identity:grpc:0"] = world.Accounts.Url,
        ["ServiceAuth:ClientId"] = "test-service",
        ["ServiceAuth:ClientSecret"] = "test-secret",
        ["Webhooks:KeyPassword"] = "a password only for tests",
        ["Smtp:Url"] = world.Mail.Url,
        ["Smtp:From"] = "khong-tra-loi@halong.vn",
        ["Sms:Url"] = world.Mail.SmsUrl,
        ["Sms:ApiKey"] = "sms-key",
        ["Sms:Sender"] = "HALONG",
        ["Sms:Timeout"] = "00:01:00",
        ["Sending:ClaimFor"] = "00:00:02",
        ["Sending:PollInterval"] = "00:00:00.100",
    };

    private async Task<Guid> QueueAsync(string database)
    {
        var now = TimeProvider.System.GetUtcNow();
        var message = new Message
        {
            Id = Guid.CreateVersion7(),
            RecipientId = world.Accounts.Person(phone: phone),
            Kind = "dossier-accepted",
            Trigger = Guid.CreateVersion7().ToString("N"),
            Channel = MessageChannel.Sms,
            Class = NoticeClass.Urgent,
            Language = "vi",
            Title = "t",
            Body = "Ho so da duoc tiep nhan.",
            CreatedAt = now,
        };
        message.Schedule(now);
        await using var db = Open(database);
        db.Add(message);
        await db.SaveChangesAsync(World.Ct);
        return message.Id;
    }

    private static NotificationDbContext Open(string connection) =>
        new(new DbContextOptionsBuilder<NotificationDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
}
