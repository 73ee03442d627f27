using HaLong.Notifications.Tests.Support;
using HaLong.Payments.Contracts.Events;

namespace HaLong.Notifications.Tests.Features;

/// <summary>What the owner hears of money that did not fit.</summary>
public sealed class NotifyMoneyCaseTests(World world) : IClassFixture<World>
{
    private static readonly DateTimeOffset At = new(2026, 11, 26, 2, 15, 0, TimeSpan.Zero);

    private readonly Guid payment = Guid.CreateVersion7();
    private readonly Guid dossier = Guid.CreateVersion7();
    private readonly Guid of = Guid.CreateVersion7();

    [Fact]
    public async Task That_it_is_looked_at_until_when_and_that_the_rest_is_due()
    {
        var owner = world.Accounts.Person();

        await world.PublishAllAsync([Opened(owner), Opened(owner), Closed(owner, "askRest", 50_000), Closed(owner, "askRest", 50_000)]);

        var inbox = await world.InboxAsync(owner, 2);
        var opened = inbox.Single(m => m.GetProperty("kind").GetString() == "money-case-opened").GetProperty("body").GetString();
        Assert.Contains("100.000 đồng", opened, StringComparison.Ordinal);
        Assert.Contains("09:15 ngày 29/11/2026", opened, StringComparison.Ordinal);
        var rest = inbox.Single(m => m.GetProperty("kind").GetString() == "money-rest-due").GetProperty("body").GetString();
        Assert.Contains("50.000 đồng", rest, StringComparison.Ordinal);
        Assert.Contains("09:15 ngày 11/12/2026", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_it_will_be_given_back_and_that_it_was()
    {
        var owner = world.Accounts.Person("jane.refund@example.com", "en");

        await world.PublishAllAsync([Closed(owner, "refund"), Refunded(owner)]);

        var inbox = await world.InboxAsync(owner, 2);
        Assert.Equal(["money-refund-promised", "money-refunded"], inbox.Select(m => m.GetProperty("kind").GetString()).Order());
        Assert.All(inbox, m => Assert.Contains("VND 100,000", m.GetProperty("body").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_accepted_or_dismissed_is_not_told_twice_and_money_of_nobody_tells_nobody()
    {
        var owner = world.Accounts.Person();

        await world.PublishAllAsync([Closed(owner, "accept"), Closed(owner, "assign"), Closed(owner, "dismiss"), Opened(null), Closed(null, "refund"), Refunded(null), Opened(owner)]);

        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal("money-case-opened", message.GetProperty("kind").GetString());
    }

    private MoneyCaseOpened Opened(Guid? owner) => new(of, payment, owner is null ? null : dossier, owner is null ? null : "000.00.01.H49-261126-0001", owner, "partial", 100_000, At.AddDays(3), At);

    private MoneyCaseClosed Closed(Guid? owner, string decision, long? rest = null) => new(
        of, payment, owner is null ? null : dossier, owner is null ? null : "000.00.01.H49-261126-0001", owner, "partial", decision, 100_000, rest, rest is null ? null : At.AddDays(15), At);

    private MoneyRefunded Refunded(Guid? owner) => new(
        Guid.CreateVersion7(), payment, owner is null ? null : dossier, owner is null ? null : "000.00.01.H49-261126-0001", owner, 100_000, "over", At);
}
