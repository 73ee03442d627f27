using System.Text.Json;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Queues;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

public sealed class CountTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = QueueKit.NewUnit();
    private readonly Guid me = Guid.CreateVersion7();

    [Fact]
    public async Task Each_number_is_the_length_of_its_queue()
    {
        var now = TimeProvider.System.GetUtcNow();
        var random = new Random(7);
        Guid?[] officers = [me, Guid.CreateVersion7(), null];
        foreach (var status in DossierStatus.All.Except([DossierStatus.Draft]))
            for (var i = 0; i < 6; i++)
            {
                var id = await PutAsync(new
                {
                    status,
                    officer_id = officers[random.Next(3)],
                    due_at = now.AddHours(random.Next(-60, 60)),
                    open_demands = random.Next(2),
                    approved_at = i == 5 ? now : (DateTimeOffset?)null,
                    result_document_id = Guid.CreateVersion7(),
                });
                await ClockAsync(id, i % 2 == 0 ? LimitUnit.WorkingHour : LimitUnit.WorkingDay);
            }
        await dossiers.PutAsync(unit, new { unit_choices = new[] { "06652", "06661" } });
        var official = dossiers.Official(Roles.Officer, unit, me);

        var counts = await official.CountsAsync();

        foreach (var queue in QueueKinds.All)
            Assert.Equal((queue, (await official.IdsAsync("queue=" + queue)).Count), (queue, counts.GetProperty(queue).GetInt32()));
        Assert.All(QueueKinds.All, queue => Assert.True(counts.GetProperty(queue).GetInt32() > 0, queue));
        Assert.Equal(counts.GetProperty("unit").GetInt32(), QueueKinds.Waits.Sum(w => counts.GetProperty(w).GetInt32()));
    }

    [Fact]
    public async Task Reception_also_counts_what_was_handed_in_for_others_and_everybody_the_questions_of_other_units()
    {
        var there = QueueKit.NewUnit();
        await dossiers.PutAsync(there, new { status = DossierStatus.Submitted, receiving_unit_code = unit });
        await dossiers.PutAsync(there, new { status = DossierStatus.Processing, receiving_unit_code = unit });
        Assert.Equal(1, (await dossiers.Official(Roles.Reception, unit).CountsAsync()).GetProperty("receiving").GetInt32());
        Assert.Equal(0, (await dossiers.Official(Roles.Officer, unit).CountsAsync()).GetProperty("receiving").GetInt32());

        var asked = QueueKit.NewUnit();
        var officer = Guid.CreateVersion7();
        var id = await dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "opinions", new { unitCode = asked, question = "Có tranh chấp không?" }));
        Assert.Equal(1, (await dossiers.Official(Roles.Officer, asked).CountsAsync()).GetProperty("opinions").GetInt32());
        Assert.Equal(0, (await dossiers.Official(Roles.Officer, asked).CountsAsync()).GetProperty("unit").GetInt32());
    }

    [Fact]
    public async Task Nothing_new_is_told_by_304_and_a_change_by_other_numbers()
    {
        await PutAsync(new { });
        var official = dossiers.Official(Roles.Officer, unit, me);
        using var first = await official.GetAsync("/api/v1/inbox/counts", Ct);
        var tag = first.Headers.ETag!;
        Assert.True(first.Headers.CacheControl!.Private && first.Headers.CacheControl.NoCache);
        official.DefaultRequestHeaders.IfNoneMatch.Add(tag);
        using var same = await official.GetAsync("/api/v1/inbox/counts", Ct);
        Assert.Equal((304, tag, ""), ((int)same.StatusCode, same.Headers.ETag, await same.Content.ReadAsStringAsync(Ct)));
        await PutAsync(new { });
        using var changed = await official.GetAsync("/api/v1/inbox/counts", Ct);
        Assert.Equal(2, (await BodyAsync(changed)).GetProperty("unit").GetInt32());
        Assert.NotEqual(tag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Counts_follow_what_officials_do_at_once()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free, unit);
        var reception = dossiers.Official(Roles.Reception, unit);
        Assert.Equal((1, 0, 0), Of(await reception.CountsAsync()));
        await BodyAsync(await PostAsync(reception, id, "acceptance"));
        Assert.Equal((0, 1, 0), Of(await reception.CountsAsync()));
        var officer = dossiers.Official(Roles.Officer, unit, me);
        await BodyAsync(await PostAsync(officer, id, "assignment"));
        Assert.Equal((0, 0, 1), Of(await officer.CountsAsync()));

        static (int, int, int) Of(JsonElement c) => (c.GetProperty("reception").GetInt32(), c.GetProperty("unassigned").GetInt32(), c.GetProperty("mine").GetInt32());
    }

    [Fact]
    public async Task Without_a_unit_every_number_is_nought()
    {
        var counts = await dossiers.Factory.Client(dossiers.Identity.Token(roles: [Roles.Officer])).CountsAsync();
        Assert.All(counts.EnumerateObject(), c => Assert.Equal(0, c.Value.GetInt32()));
    }

    [Fact]
    public void Different_numbers_have_different_tags()
    {
        var tags = new[] { QueueCounts.None, QueueCounts.None with { Unit = 1 }, QueueCounts.None with { Opinions = 1 }, QueueCounts.None with { Mine = 11 }, QueueCounts.None with { Mine = 1, Unassigned = 1 } };
        Assert.Equal(tags.Length, tags.Select(CountQueues.TagOf).Distinct().Count());
    }

    private Task<Guid> PutAsync(object columns) => dossiers.PutAsync(unit, columns);

    private Task<int> ClockAsync(Guid id, LimitUnit limit) => dossiers.InDbAsync(async db =>
    {
        db.Clocks.Add(new DossierClock { DossierId = id, Unit = limit, Count = 1 });
        return await db.SaveChangesAsync(Ct);
    });
}
