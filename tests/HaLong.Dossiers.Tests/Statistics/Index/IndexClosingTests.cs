using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Statistics.Index.Closing;
using HaLong.Dossiers.Tests.Statistics.Keeping;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>Months are closed once, stay as they were, and show what was corrected later.</summary>
public sealed class IndexClosingTests(IndexCity city) : IClassFixture<IndexCity>
{
    private const string Closings = "/api/v1/index766/closings";
    private readonly string unit = NewUnit();

    [Fact]
    public async Task A_month_is_closed_on_the_fifth_working_day_for_every_unit_that_had_anything()
    {
        var empty = NewUnit();
        await using var place = await city.PlaceAsync("2026-04-07T23:59");
        await place.SaveAsync(Unit(unit, Province), Unit(Province, level: "province"), Unit(empty, Province));
        await place.SaveAsync(Fact(unit, resolved: Last), Fact(unit, due: First));

        // 1, 2, 3, 6 and 7 April are working days: the fifth is the 7th.
        place.Go("2026-04-06T23:59");
        Assert.Equal(0, await place.Closing.RunAsync(Ct));
        place.Go("2026-04-07T00:01");
        Assert.Equal(1, await place.Closing.RunAsync(Ct));
        Assert.Equal(0, await place.Closing.RunAsync(Ct));

        var rows = await place.InDbAsync(db => db.Set<IndexMonth>().AsNoTracking().OrderBy(m => m.UnitCode).ToListAsync(Ct));
        Assert.Equal(new[] { "", Province, unit }.Order(StringComparer.Ordinal), rows.Select(r => r.UnitCode).Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.Equal((Month, 1, "766-2022", (Guid?)null, 2m, 10m),
            (r.Month, r.Revision, r.Definition, r.ClosedBy, r.ReadCounts()["received"], Two(r))));
        static decimal Two(IndexMonth r) => r.ReadScore().Components.Single(c => c.Code == "2.1").Score;
    }

    [Fact]
    public async Task Late_corrections_are_visible_and_closing_again_keeps_both()
    {
        await using var place = await city.PlaceAsync();
        var fact = Fact(unit, due: First);
        await place.SaveAsync(fact, Fact(unit, resolved: Last));
        await place.Closing.RunAsync(Ct);
        await place.SaveAsync(Replays.With(fact, (nameof(fact.StatisticalDue), Last)));

        var index = await IndexAsync(place.Administrator, unit);

        Assert.Equal((true, 10m), (index.GetProperty("closed").GetBoolean(), index.Figure("2.1").Score));
        Assert.Equal(("rule", 1), (index.GetProperty("closing").GetProperty("by").GetString(),
            index.GetProperty("closing").GetProperty("revision").GetInt32()));
        var recount = index.GetProperty("recount");
        var differences = recount.GetProperty("differences").EnumerateArray().ToDictionary(d => d.GetProperty("code").GetString()!);
        Assert.Equal(["2.1", "5.4"], differences.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((10m, 20m), (differences["2.1"].GetProperty("closed").GetProperty("score").GetDecimal(),
            differences["2.1"].GetProperty("now").GetProperty("score").GetDecimal()));
        Assert.Equal(recount.GetProperty("total").GetDecimal() - index.GetProperty("total").GetDecimal(), recount.GetProperty("change").GetDecimal());

        var administrator = Guid.CreateVersion7();
        var again = await BodyAsync(await place.As(Roles.Administrator, id: administrator)
            .PostAsJsonAsync(Closings, new { month = Month, reason = "Đã sửa hạn trả của một hồ sơ." }, Ct), HttpStatusCode.Created);
        Assert.Equal((2, "administrator", administrator), (again.GetProperty("revision").GetInt32(), again.GetProperty("by").GetString(),
            again.GetProperty("closedBy").GetGuid()));
        var second = await IndexAsync(place.Administrator, unit);
        Assert.Equal((20m, 0), (second.Figure("2.1").Score, second.GetProperty("recount").GetProperty("differences").GetArrayLength()));
        var list = (await GetAsync(place.As(Roles.Leader, unit), $"{Closings}?month={Month}")).EnumerateArray().ToList();
        Assert.Equal([1, 2], list.Select(c => c.GetProperty("revision").GetInt32()));
        Assert.Equal(["rule", "administrator"], list.Select(c => c.GetProperty("by").GetString()));
        Assert.True(list[0].GetProperty("total").GetDecimal() < list[1].GetProperty("total").GetDecimal());
        Assert.Equal(0, await place.Closing.RunAsync(Ct));
    }

    [Fact]
    public async Task Two_replicas_close_a_month_once_and_two_administrators_one_after_the_other()
    {
        await using var place = await city.PlaceAsync();
        await using var other = await city.ReplicaAsync(place);
        await place.SaveAsync(Fact(unit, First));

        var closed = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(i => i % 2 == 0 ? place.Closing.RunAsync(Ct) : other.Services.GetRequiredService<IndexClosing>().RunAsync(Ct)));
        Assert.Equal(1, closed.Sum());
        var answers = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => place.Administrator.PostAsJsonAsync(Closings, new { month = Month, reason = "Một lý do đủ dài." }, Ct)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Equal([1, 2, 3, 4], await place.InDbAsync(db =>
            db.Set<IndexMonth>().Where(m => m.UnitCode == unit).Select(m => m.Revision).Order().ToListAsync(Ct)));
    }

    [Fact]
    public async Task Months_that_nobody_closed_are_made_up_from_the_first_dossier_on()
    {
        await using var place = await city.PlaceAsync("2026-05-20T10:00");
        await place.SaveAsync(Fact(unit, new DateOnly(2026, 1, 31)));
        Assert.Equal(4, await place.Closing.RunAsync(Ct));
        Assert.Equal(["2026-01", "2026-02", "2026-03", "2026-04"],
            await place.InDbAsync(db => db.Set<IndexMonth>().Where(m => m.UnitCode == "").Select(m => m.Month).Order().ToListAsync(Ct)));

        var history = (await GetAsync(place.Administrator, $"/api/v1/index766/history?unit={unit}&months=6")).EnumerateArray().ToList();
        Assert.Equal(["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"], history.Select(h => h.GetProperty("month").GetString()));
        Assert.Equal([false, true, true, true, true, false], history.Select(h => h.GetProperty("closed").GetBoolean()));
        Assert.Equal([false, false, false, false, false, true], history.Select(h => h.GetProperty("live").GetBoolean()));
        // In processing without a date: in time in each month since it came.
        Assert.Equal([0m, 20m, 20m, 20m, 20m, 20m], history.Select(h =>
            h.GetProperty("groups").EnumerateArray().Single(g => g.GetProperty("group").GetString() == "TDGQ").GetProperty("score").GetDecimal()));
    }

    [Fact]
    public async Task The_history_tells_of_each_month_what_the_index_tells_of_it()
    {
        await using var place = await city.PlaceAsync("2026-06-17T10:00");
        await place.SaveAsync(Unit(unit), Unit(unit + "b", unit));
        await place.SaveAsync(SampleFacts.Many(200, 55, unit, unit + "b"));
        await place.SaveAsync(Enumerable.Range(0, 40).Select(i => Feedback(unit, First.AddDays(3 * i), answered: First.AddDays(4 * i), onTime: i % 3 > 0)));
        Assert.Equal(5, await place.Closing.RunAsync(Ct));
        // What happened since is told of the months that are not closed.
        await place.SaveAsync(SampleFacts.Many(50, 56, unit));

        var history = (await GetAsync(place.Administrator, $"/api/v1/index766/history?unit={unit}&months=9")).EnumerateArray().ToList();

        Assert.Equal(9, history.Count);
        foreach (var month in history)
        {
            var index = await GetAsync(place.Administrator, $"/api/v1/index766?unit={unit}&period={month.GetProperty("month").GetString()}");
            foreach (var property in new[] { "total", "applicableMax", "totalOfApplicablePercent", "rating", "closed", "live", "version" })
                Assert.Equal((property, index.GetProperty(property).ToString()), (property, month.GetProperty(property).ToString()));
        }

        Assert.True(history.Select(h => h.GetProperty("total").GetDecimal()).Distinct().Count() > 3);
    }

    [Fact]
    public async Task Without_dossiers_there_is_nothing_to_close()
    {
        await using var place = await city.PlaceAsync();
        Assert.Equal(0, await place.Closing.RunAsync(Ct));
        Assert.Empty((await GetAsync(place.Administrator, $"{Closings}?month={Month}")).EnumerateArray());
    }

    [Fact]
    public async Task Only_administrators_close_again_and_only_what_is_closed_for_a_reason()
    {
        await using var place = await city.PlaceAsync();
        await place.SaveAsync(Fact(unit));
        await RefusedAsync(await place.Administrator.PostAsJsonAsync(Closings, new { month = Month, reason = "Một lý do đủ dài." }, Ct), 409, "DOS-0818");
        await place.Closing.RunAsync(Ct);
        foreach (var role in new[] { Roles.Leader, Roles.Auditor, Roles.Officer, Roles.Citizen })
            Assert.Equal(HttpStatusCode.Forbidden, (await place.As(role, unit)
                .PostAsJsonAsync(Closings, new { month = Month, reason = "Một lý do đủ dài." }, Ct)).StatusCode);
        await RefusedAsync(await place.Administrator.PostAsJsonAsync(Closings, new { month = Month, reason = "ngắn" }, Ct), 400, "DOS-0819");
        await RefusedAsync(await place.Administrator.PostAsJsonAsync(Closings, new { month = "2026-Q1", reason = "Một lý do đủ dài." }, Ct), 400, "DOS-0815");
        await RefusedAsync(await place.Administrator.PostAsJsonAsync(Closings, new { reason = "Một lý do đủ dài." }, Ct), 400, "DOS-0815");
        await RefusedAsync(await place.As(Roles.Leader, NewUnit()).GetAsync($"{Closings}?month={Month}&unit={unit}", Ct), 403, "DOS-0803");
        await RefusedAsync(await place.Administrator.GetAsync($"{Closings}?month=2026", Ct), 400, "DOS-0815");
        Assert.Equal([1], await place.InDbAsync(db => db.Set<IndexMonth>().Where(m => m.UnitCode == unit).Select(m => m.Revision).ToListAsync(Ct)));
    }

    [Fact]
    public async Task The_same_request_twice_closes_once()
    {
        await using var place = await city.PlaceAsync();
        await place.SaveAsync(Fact(unit));
        await place.Closing.RunAsync(Ct);
        using var administrator = place.Administrator;
        administrator.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        var first = await BodyAsync(await administrator.PostAsJsonAsync(Closings, new { month = Month, reason = "Một lý do đủ dài." }, Ct),
            HttpStatusCode.Created);
        var second = await BodyAsync(await administrator.PostAsJsonAsync(Closings, new { month = Month, reason = "Một lý do đủ dài." }, Ct),
            HttpStatusCode.Created);
        Assert.Equal((2, 2), (first.GetProperty("revision").GetInt32(), second.GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task The_database_refuses_to_change_a_closed_month_and_health_tells_of_one_that_is_not_closed()
    {
        await using var place = await city.PlaceAsync();
        await place.SaveAsync(Fact(unit));
        var health = new IndexClosingHealth(place.City.Services.GetRequiredService<IndexTelemetry>());
        place.City.Services.GetRequiredService<IndexTelemetry>().Due(1);
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(new(), Ct)).Status);
        await place.Closing.RunAsync(Ct);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), Ct)).Status);
        foreach (var sql in new[] { "UPDATE statistics.index_month SET total = 100", "DELETE FROM statistics.index_month" })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => place.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
            Assert.Contains("never changed", refusal.MessageText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Closings_and_what_is_due_are_measured()
    {
        await using var place = await city.PlaceAsync("2026-04-02T10:00");
        var (factory, seen) = (place.City.Services.GetRequiredService<IMeterFactory>(), new ConcurrentDictionary<string, double>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Name.StartsWith("dossier.index_", StringComparison.Ordinal))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            seen[instrument.Name + (tags.Length > 0 ? $":{tags[0].Value}" : "")] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        await place.SaveAsync(Fact(unit));
        await place.Closing.RunAsync(Ct);
        Assert.Empty(seen);

        place.Go("2026-04-20T10:00");
        await place.Closing.RunAsync(Ct);
        await BodyAsync(await place.Administrator.PostAsJsonAsync(Closings, new { month = Month, reason = "Một lý do đủ dài." }, Ct), HttpStatusCode.Created);
        place.City.Services.GetRequiredService<IndexTelemetry>().Due(3);
        listener.RecordObservableInstruments();

        Assert.Equal((1d, 1d, 3d), (seen["dossier.index_months_closed:False"], seen["dossier.index_months_closed:True"], seen["dossier.index_months_due"]));
        Assert.True(seen["dossier.index_closing_duration"] > 0);
    }

    [Theory]
    [InlineData("Statistics:Index:Interval", "00:00:00")]
    [InlineData("Statistics:Index:CloseOnWorkingDay", "0")]
    [InlineData("Statistics:Index:MakeUpMonths", "61")]
    public async Task A_setting_that_makes_no_sense_stops_the_start(string key, string value)
    {
        await using var wrong = city.Dossiers.NewFactory().WithSetting(key, value);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => wrong.StartAsync(waitForBus: false));
        Assert.Contains("Index", refusal.ToString(), StringComparison.Ordinal);
    }
}
