using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>What is kept how long.</summary>
public sealed class SendingKeeperTests : IClassFixture<EngineWorld>
{
    private readonly EngineWorld world;

    public SendingKeeperTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
    }

    [Fact]
    public async Task After_its_retention_a_message_keeps_what_proves_it_and_loses_its_text_and_attempts()
    {
        var old = await world.QueueAsync();
        await world.SendDueAsync();
        world.Pass(TimeSpan.FromDays(89));
        var young = await world.QueueAsync();
        await world.SendDueAsync();
        await TurnAsync();
        Assert.Equal((old.Body, 1), ((await world.ReadAsync(old)).Body, (await world.AttemptsAsync(old)).Count));

        world.Pass(TimeSpan.FromDays(2));
        await TurnAsync();

        var bare = await world.ReadAsync(old);
        Assert.Equal(("", null, null, old.Title), (bare.Body, bare.Html, bare.Data, bare.Title));
        Assert.Equal((MessageState.Sent, 1), (bare.State, bare.Attempts));
        Assert.NotNull(bare.Provider);
        Assert.NotNull(bare.ProviderReference);
        Assert.Empty(await world.AttemptsAsync(old));
        Assert.Equal((young.Body, 1), ((await world.ReadAsync(young)).Body, (await world.AttemptsAsync(young)).Count));
    }

    [Fact]
    public async Task Of_what_still_waits_nothing_is_removed_and_the_inbox_keeps_its_texts()
    {
        var waiting = await world.QueueAsync();
        world.Alpha.Will(waiting.Key, Deed.FallSilent);
        world.Beta.Will(waiting.Key, Deed.FallSilent);
        await world.SendDueAsync();
        var inbox = await world.QueueAsync(MessageChannel.InApp);
        await world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == inbox.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, MessageState.Delivered)));

        world.Pass(TimeSpan.FromDays(400));
        await TurnAsync();

        Assert.Equal((waiting.Body, 1), ((await world.ReadAsync(waiting)).Body, (await world.AttemptsAsync(waiting)).Count));
        Assert.Equal(inbox.Body, (await world.ReadAsync(inbox)).Body);
        await world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == waiting.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Records_of_codes_are_kept_for_thirty_days_and_receipts_that_found_nothing_for_three()
    {
        var code = Guid.CreateVersion7().ToString("N");
        await world.Get<DirectSendLog>().BeginAsync(code, MessageChannel.Sms, "registration", "alpha");
        await using (var scope = world.Service.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Receipts>().TakeAsync(
                new DeliveryReceipt("alpha", null, code, ReceiptStatus.Delivered, world.Now), EngineWorld.Ct);

        await TurnAsync();
        Assert.Equal((1, 1), await CountsAsync());
        world.Pass(TimeSpan.FromDays(4));
        await TurnAsync();
        Assert.Equal((1, 0), await CountsAsync());
        world.Pass(TimeSpan.FromDays(27));
        await TurnAsync();
        Assert.Equal((0, 0), await CountsAsync());

        async Task<(int, int)> CountsAsync() => (
            await world.InDatabaseAsync(db => db.DirectSends.CountAsync(d => d.Id == code)),
            await world.InDatabaseAsync(db => db.StrayReceipts.CountAsync(s => s.Reference == code)));
    }

    [Fact]
    public async Task More_than_one_bite_is_eaten_in_one_turn_and_by_several_keepers()
    {
        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO direct_send (id, channel, purpose, provider, state, attempts, created_at, started_at, may_be_twice)
            SELECT 'bite-' || n, 'sms', 'registration', 'alpha', 'sent', 1,
                {world.Now.AddDays(-31)}, {world.Now.AddDays(-31)}, false FROM generate_series(1, 4500) n
            """));

        await Task.WhenAll(TurnAsync(), TurnAsync());

        Assert.Equal(0, await world.InDatabaseAsync(db => db.DirectSends.CountAsync(d => d.Id.StartsWith("bite-"))));
    }

    private Task TurnAsync() => ActivatorUtilities.CreateInstance<SendingKeeper>(world.Service.Services).TurnAsync(EngineWorld.Ct);
}
