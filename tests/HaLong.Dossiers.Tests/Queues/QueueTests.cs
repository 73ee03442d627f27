using System.Text.Json;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Queues;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>What stands in each queue, and what each line says.</summary>
public sealed class QueueTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = QueueKit.NewUnit();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static DateTimeOffset Midnight => LocalTime.Instant(LocalTime.Date(Now), TimeOnly.MinValue);

    [Fact]
    public async Task Each_dossier_stands_in_the_queue_of_whoever_has_the_next_move()
    {
        var me = Guid.CreateVersion7();
        var byQueue = new Dictionary<string, Guid>
        {
            ["reception"] = await PutAsync(new { status = DossierStatus.Submitted }),
            ["applicant"] = await PutAsync(new { status = DossierStatus.SupplementProcessing, officer_id = me }),
            ["officer"] = await PutAsync(new { officer_id = me }),
            ["agency"] = await PutAsync(new { status = DossierStatus.WaitOpinion, officer_id = me }),
            ["payment"] = await PutAsync(new { status = DossierStatus.WaitPayment, officer_id = me, open_demands = 1 }),
            ["signature"] = await PutAsync(new { officer_id = me, approved_at = Now, result_document_id = Guid.CreateVersion7() }),
            ["handover"] = await PutAsync(new { status = DossierStatus.Resolved, officer_id = me }),
        };
        foreach (var status in DossierStatus.Over)
            await PutAsync(new { status, officer_id = me });
        var official = dossiers.Official(Roles.Officer, unit, me);

        foreach (var (queue, id) in byQueue)
            Assert.Equal([id], await official.IdsAsync("queue=" + queue));
        Assert.Equal(byQueue.Values.Order(), (await official.IdsAsync("queue=unit")).Order());
        Assert.Equal(byQueue.Values.Except([byQueue["reception"]]).Order(), (await official.IdsAsync("queue=mine")).Order());
        Assert.Empty(await official.IdsAsync("queue=unassigned"));
    }

    [Fact]
    public async Task Whom_nobody_has_after_acceptance_is_unassigned_wherever_it_waits()
    {
        Guid[] free = [await PutAsync(new { status = DossierStatus.Accepted }), await PutAsync(new { }), await PutAsync(new { status = DossierStatus.WaitPayment, open_demands = 1 })];
        await PutAsync(new { status = DossierStatus.Submitted });
        await PutAsync(new { officer_id = Guid.CreateVersion7() });
        await PutAsync(new { status = DossierStatus.Stopped });
        Assert.Equal(free.Order(), (await Official().IdsAsync("queue=unassigned")).Order());
    }

    [Fact]
    public async Task A_limit_in_days_is_kept_until_its_last_day_is_over()
    {
        var (late, today, soon) = (await DueAsync(Midnight.AddMinutes(-1)), await DueAsync(Midnight), await DueAsync(Now.AddHours(23)));
        await DueAsync(Now.AddHours(25));
        Assert.Equal([late], await Official().IdsAsync("queue=overdue"));
        Assert.Equal([today, soon], await Official().IdsAsync("queue=expiring"));
        Assert.Equal(["overdue"], await FlagsAsync(late));
        Assert.Equal(["expiring"], await FlagsAsync(today));
    }

    [Fact]
    public async Task A_limit_in_hours_is_over_at_its_minute()
    {
        var before = Midnight.AddTicks((Now - Midnight).Ticks / 2);
        var (late, soon, halfDays) = (await DueAsync(before, LimitUnit.WorkingHour), await DueAsync(Now.AddHours(1), LimitUnit.WorkingHour), await DueAsync(before, LimitUnit.HalfDay));
        var inDays = await DueAsync(before, LimitUnit.WorkingDay);
        Assert.Equal(new[] { late, halfDays }.Order(), (await Official().IdsAsync("queue=overdue")).Order());
        Assert.Equal([inDays, soon], await Official().IdsAsync("queue=expiring"));
        Assert.Equal(["overdue"], await FlagsAsync(late));
        Assert.Equal(["expiring"], await FlagsAsync(soon));
    }

    [Fact]
    public async Task While_the_clock_stands_nothing_is_late_and_no_days_are_counted()
    {
        var paused = await PutAsync(new { status = DossierStatus.SupplementProcessing, due_at = Midnight.AddDays(-5) });
        var resolved = await PutAsync(new { status = DossierStatus.Resolved, due_at = Midnight.AddDays(-5) });
        var running = await DueAsync(Midnight.AddDays(-3));
        Assert.Equal([running], await Official().IdsAsync("queue=overdue"));
        var lines = await LinesAsync("queue=unit");
        Assert.Equal(-3, lines[running].GetProperty("daysLeft").GetInt32());
        Assert.All(new[] { paused, resolved }, id =>
        {
            Assert.Equal(JsonValueKind.Null, lines[id].GetProperty("daysLeft").ValueKind);
            Assert.Equal(Midnight.AddDays(-5), lines[id].GetProperty("dueAt").GetDateTimeOffset());
            Assert.Empty(lines[id].GetProperty("flags").EnumerateArray());
        });
    }

    [Fact]
    public async Task How_soon_is_about_to_expire_is_a_setting_of_one_hour_to_ten_days()
    {
        var at = QueueMoment.Of(Now, new QueueOptions { ExpiringHours = 72 });
        Assert.True(at.IsExpiring(Now.AddHours(71), byTheHour: false));
        Assert.False(at.IsExpiring(Now.AddHours(73), byTheHour: false));
        foreach (var hours in new[] { "0", "241" })
            await Assert.ThrowsAnyAsync<Exception>(() => dossiers.NewFactory().WithSetting("Dossiers:Queues:ExpiringHours", hours).StartAsync(waitForBus: false));
    }

    [Fact]
    public async Task A_line_says_who_what_when_and_what_is_odd_about_it()
    {
        var officer = Guid.CreateVersion7();
        var id = await PutAsync(new { officer_id = officer, owner_name = "Đỗ Thị Hương Giang", channel = "counter", supplements_at_processing = 2, due_at = Midnight.AddDays(4) });
        var line = (await LinesAsync("queue=officer"))[id];
        Assert.Equal(
            ("Đỗ Thị Hương Giang", "counter", "officer", "PROCESSING", officer, 4, unit),
            (line.GetProperty("ownerName").GetString(), line.GetProperty("channel").GetString(), line.GetProperty("waitingFor").GetString(),
                line.GetProperty("status").GetString(), line.GetProperty("officerId").GetGuid(), line.GetProperty("daysLeft").GetInt32(), line.GetProperty("unitCode").GetString()));
        Assert.Equal(["askedTwice"], line.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal("Đang xử lý", line.GetProperty("statusName").GetString());
        var english = Official();
        english.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var translated = (await GetAsync(english, "/api/v1/inbox")).GetProperty("items")[0];
        Assert.Equal("Processing", translated.GetProperty("statusName").GetString());
        Assert.NotEqual(line.GetProperty("procedureName").GetString(), translated.GetProperty("procedureName").GetString());
    }

    [Fact]
    public async Task Who_stands_in_for_a_colleague_has_his_work_too_marked_and_only_while_he_is_away()
    {
        var (me, absent, back) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        dossiers.Neighbours.Officials[me.ToString()] = dossiers.Neighbours.Officials[absent.ToString()] = dossiers.Neighbours.Officials[back.ToString()] = (unit, [Roles.Officer]);
        var (mine, theirs) = (await PutAsync(new { officer_id = me }), await PutAsync(new { officer_id = absent }));
        await PutAsync(new { officer_id = back });
        var today = LocalTime.Date(Now);
        var chief = dossiers.Official(Roles.Chief, unit);
        await AwayAsync(chief, absent, me, today);
        var returned = await AwayAsync(chief, back, me, today);
        var official = dossiers.Official(Roles.Officer, unit, me);
        Assert.Equal(3, (await official.CountsAsync()).GetProperty("mine").GetInt32());

        await dossiers.InDbAsync(db => db.Absences.Where(a => a.Id == returned).ExecuteUpdateAsync(a => a.SetProperty(x => x.EndedAt, Now), Ct));

        Assert.Equal(new[] { mine, theirs }.Order(), (await official.IdsAsync("queue=mine", limit: 1)).Order());
        Assert.Equal(new[] { mine, theirs }.Order(), (await official.IdsAsync("queue=mine&sort=due", limit: 1)).Order());
        var lines = (await GetAsync(official, "/api/v1/inbox?queue=mine")).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("id").GetGuid());
        Assert.Equal(["substitute"], lines[theirs].GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Empty(lines[mine].GetProperty("flags").EnumerateArray());
        Assert.Equal(2, (await official.CountsAsync()).GetProperty("mine").GetInt32());
        // Another unit's absence lends no work here.
        Assert.Empty(await dossiers.Official(Roles.Officer, QueueKit.NewUnit(), me).IdsAsync("queue=mine"));
    }

    [Fact]
    public async Task What_is_another_units_or_waits_for_its_choice_is_in_no_queue()
    {
        await PutAsync(new { });
        await dossiers.PutAsync(unit, new { unit_choices = new[] { "06652", "06661" } });
        var stranger = dossiers.Official(Roles.Officer, QueueKit.NewUnit());
        foreach (var queue in QueueKinds.All)
            Assert.Empty(await stranger.IdsAsync("queue=" + queue));
        Assert.Single(await Official().IdsAsync("queue=unit"));
        await RefusedStatusAsync(dossiers.Citizen(), 403);
        await RefusedStatusAsync(dossiers.Factory.Client(), 401);
    }

    private static async Task RefusedStatusAsync(HttpClient client, int status)
    {
        foreach (var path in new[] { "/api/v1/inbox", "/api/v1/inbox/counts" })
            Assert.Equal(status, (int)(await client.GetAsync(path, Ct)).StatusCode);
    }

    private static async Task<Guid> AwayAsync(HttpClient chief, Guid officer, Guid substitute, DateOnly day)
    {
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            chief, "/api/v1/absences", new { officerId = officer, substituteId = substitute, from = day, to = day.AddDays(3) }, Ct);
        return (await BodyAsync(answer, System.Net.HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    private HttpClient Official() => dossiers.Official(Roles.Officer, unit);

    private Task<Guid> PutAsync(object columns) => dossiers.PutAsync(unit, columns);

    private async Task<Guid> DueAsync(DateTimeOffset due, LimitUnit limit = LimitUnit.WorkingDay)
    {
        var id = await PutAsync(new { officer_id = Guid.CreateVersion7(), due_at = due });
        await dossiers.InDbAsync(async db =>
        {
            db.Clocks.Add(new DossierClock { DossierId = id, Unit = limit, Count = 1 });
            return await db.SaveChangesAsync(Ct);
        });
        return id;
    }

    private async Task<Dictionary<Guid, JsonElement>> LinesAsync(string query) =>
        (await GetAsync(Official(), "/api/v1/inbox?" + query)).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("id").GetGuid());

    private async Task<IEnumerable<string?>> FlagsAsync(Guid id) => (await LinesAsync("queue=unit"))[id].GetProperty("flags").EnumerateArray().Select(f => f.GetString());
}
