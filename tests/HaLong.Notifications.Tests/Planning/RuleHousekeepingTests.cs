using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Planning;

public sealed class RuleHousekeepingTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    [Fact]
    public async Task What_is_needed_no_more_is_removed_and_that_a_dossier_is_over_is_not_forgotten()
    {
        var now = RuleWorld.Tuesday(10);
        var (person, paid, over) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await world.World.InDatabaseAsync(async db =>
        {
            foreach (var (age, trigger) in new[] { (6, "young"), (8, "old") })
                db.Add(new ReserveText { RecipientId = person, Kind = "k", Trigger = trigger, Channel = MessageChannel.Sms, Title = "", Body = "", CreatedAt = now.AddDays(-age) });
            foreach (var (hours, hash) in new[] { (23, 1L), (25, 2L) })
                db.Add(new TelephoneSend { RecipientId = person, NoticeHash = hash, TextHash = 0, At = now.AddHours(-hours) });
            db.Add(new Demand { Key = Conditions.Unpaid(paid), ClosedAt = now.AddDays(-366) });
            db.Add(new Demand { Key = Conditions.Unpaid(person), ClosedAt = now.AddDays(-364) });
            db.Add(new Demand { Key = Conditions.Unpaid(over), OpenedAt = now.AddDays(-900) });
            db.Add(new Demand { Key = Conditions.DossierOpen(over), ClosedAt = now.AddDays(-900) });
            return await db.SaveChangesAsync();
        });
        world.SetTo(now);

        await world.TurnAsync();

        await world.World.InDatabaseAsync(async db =>
        {
            Assert.Equal("young", (await db.Set<ReserveText>().SingleAsync(r => r.RecipientId == person)).Trigger);
            Assert.Equal(1, (await db.Set<TelephoneSend>().SingleAsync(s => s.RecipientId == person)).NoticeHash);
            Assert.Equal(
                new[] { Conditions.Unpaid(person), Conditions.Unpaid(over), Conditions.DossierOpen(over) }.Order(StringComparer.Ordinal),
                (await db.Set<Demand>().Select(d => d.Key).ToListAsync()).Order(StringComparer.Ordinal));
            return 0;
        });
        Assert.Equal(Conditions.DossierOpen(over), "dossier-open:" + over.ToString("N"));
    }
}
