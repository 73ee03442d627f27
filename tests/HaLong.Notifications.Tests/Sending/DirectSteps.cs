using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>One code to one telephone, and what can be seen of it.</summary>
[Collection(EngineCollections.Steps)]
public abstract class DirectSteps
{
    private protected const string Away = "NOT-0009", Never = "NOT-0011";

    private protected readonly EngineWorld world;
    private protected readonly string id = Guid.CreateVersion7().ToString("N") + "-1", phone = $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}";

    private protected DirectSteps(EngineWorld world)
    {
        this.world = world;
        world.Reset();
        world.Beta.IsOn = false;
    }

    /// <summary>A process recorded it, perhaps gave it to the provider, and died; its claim has run out.</summary>
    private protected async Task CrashedAsync(bool taken)
    {
        Assert.True(await world.Get<DirectSendLog>().BeginAsync(id, MessageChannel.Sms, "registration", "alpha"));
        if (taken)
            world.Alpha.Arrived.Enqueue(Text(id));
        world.Pass(TimeSpan.FromSeconds(21));
    }

    private protected Task PreferAlphaAsync()
    {
        world.Beta.IsOn = true;
        world.Standing(world.Alpha).Learn(ProviderMode.Preferred, 1);
        return Task.CompletedTask;
    }

    private protected Task SendAsync(string? key = null, MessageChannel channel = MessageChannel.Sms, CancellationToken ct = default) =>
        world.Get<DirectSender>().SendAsync(channel, "registration", Text(key ?? id), ct);

    private protected OutgoingMessage Text(string key) => new(key, phone, "vi", "Dịch vụ công", "Ma 482913", Class: NoticeClass.Urgent);

    private protected async Task<string> RefusalAsync(string? key = null, MessageChannel channel = MessageChannel.Sms) =>
        (await Assert.ThrowsAsync<ErrorException>(() => SendAsync(key, channel))).Error.Code;

    private protected async Task TellAsync(DeliveryReceipt receipt)
    {
        await using var scope = world.Service.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<Receipts>().TakeAsync(receipt, EngineWorld.Ct));
    }

    private protected Task<DirectSend> RowAsync() => world.InDatabaseAsync(db => db.DirectSends.AsNoTracking().SingleAsync(d => d.Id == id));

    private protected async Task<(DirectState State, int Attempts)> StateAsync(string key)
    {
        var row = await world.InDatabaseAsync(db => db.DirectSends.AsNoTracking().SingleAsync(d => d.Id == key));
        return (row.State, row.Attempts);
    }
}
