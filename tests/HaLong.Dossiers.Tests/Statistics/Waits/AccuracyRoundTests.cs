using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using HaLong.Dossiers.Statistics.Waits.BackTest;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>What is looked back at by night; each test in a city and a time of its own.</summary>
public sealed class AccuracyRoundTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly First = new(2025, 9, 1), Today = new(2026, 4, 15), LastWeek = new(2026, 4, 6);
    private static readonly DaySpan Spring = new(new(2026, 1, 1), new(2026, 4, 30));

    [Fact]
    public async Task The_sums_of_the_table_are_those_of_the_back_test_over_all_outcomes()
    {
        await using var city = await CityAsync();
        // Three procedures of which one is rare; some are open, some were withdrawn.
        List<Outcome> outcomes =
        [
            .. Stays.Filed(1, First, Today, 3, _ => 2, "A", "P"), .. Stays.Filed(2, First, Today, 2, _ => 6, "B", "P"),
            .. Stays.Filed(3, First, Today, 1, _ => 4, "C", "Q"), .. Stays.Filed(4, First, Today, 1, _ => 9, "A", "R").Where((_, i) => i % 9 == 0),
        ];
        var random = new Random(5);
        outcomes = outcomes.ConvertAll(o => o.Ended > Today || random.Next(20) == 0 ? o with { Ended = null } : o);
        await SaveAsync(city, outcomes.Select(o => Stays.Fact(o.Unit, o.Procedure, o.Received, o.Ended, o.Ended is null ? 0 : o.Minutes)));
        var withdrawn = Stays.Fact("A", "P", new(2026, 2, 2), null, 0);
        await SaveAsync(city, [withdrawn]);
        await city.InScopeAsync<DossierDbContext, int>(db => db.Set<DossierFact>().Where(f => f.DossierId == withdrawn.DossierId)
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.ClosedDay, new DateOnly(2026, 2, 9)), Ct));

        Assert.Equal((LastWeek.DayNumber - First.DayNumber) / 7 + 1, await RunAsync(city));

        var calendar = await city.Services.GetRequiredService<CalendarCache>().GetAsync(Ct);
        var perDay = city.Services.GetRequiredService<ExpectedWaits>().PerDay(Today);
        var known = outcomes.ConvertAll(o => o.Ended is null
            ? o with { Minutes = Math.Max(0, calendar.Between(o.Received.DayNumber, Today.DayNumber) - 1) * perDay } : o);
        var cells = BackTester.Run(known, First, LastWeek, Stays.Parents, new ExpectedWaitOptions()).ToList();
        foreach (var (units, procedure) in new (string[]?, string?)[] { (null, null), (null, "P"), (["A", "C"], null), (["A", "B"], "P"), (["B"], "R") })
        {
            var weeks = cells.Where(c => (units is null || units.Contains(c.Unit)) && (procedure is null || c.Procedure == procedure)
                && c.Week >= Spring.From).GroupBy(c => c.Week).ToDictionary(g => g.Key, g => g.Aggregate(new AccuracySums(), (sum, c) => sum + c.Sums));
            var told = await ReadAsync(city, units, procedure);
            var expected = Accuracy.Of(Spring, told.AsOf, [.. Enumerable.Range(0, 14).Select(i => new DateOnly(2026, 1, 5).AddDays(7 * i))
                .Select(w => (w, weeks.GetValueOrDefault(w)))], Stays.PerDay);
            Assert.Equal(expected with { Weeks = [] }, told with { Weeks = [] });
            Assert.Equal(expected.Weeks, told.Weeks);
        }

        var all = await ReadAsync(city, null, null);
        Assert.True(all.Count > 300 && all.Open > 0 && all.MostPercent is > 60 and < 100, $"{all}");
    }

    [Fact]
    public async Task It_is_made_once_a_night_and_results_that_come_late_change_the_newest_weeks()
    {
        var clock = new ShiftedTime(ClockSamples.At("2026-04-15T10:00"));
        await using var city = await CityAsync(clock, weeks: 4);
        var facts = Stays.Filed(6, First, Today, 4, _ => 5, "A", "P").Where(o => o.Ended <= Today)
            .Select(o => Stays.Fact("A", "P", o.Received, o.Ended, o.Minutes)).ToList();
        var (late, old) = (Stays.Fact("A", "P", new(2026, 4, 8), null, 0), Stays.Fact("A", "P", new(2025, 12, 8), null, 0));
        await SaveAsync(city, [.. facts, late]);

        Assert.Equal(32, await RunAsync(city));
        var before = await ReadAsync(city, null, null);
        Assert.Equal(14, before.Weeks.Count);
        Assert.InRange(before.AsOf!.Value, ClockSamples.At("2026-04-15T10:00"), ClockSamples.At("2026-04-15T22:00"));
        clock.Set(ClockSamples.At("2026-04-15T23:00"));
        Assert.Equal(0, await RunAsync(city));

        await city.InScopeAsync<DossierDbContext, int>(db => db.Set<DossierFact>().Where(f => f.DossierId == late.DossierId).ExecuteDeleteAsync(Ct));
        await SaveAsync(city, [Stays.Fact("A", "P", new(2026, 4, 8), new(2026, 4, 15), 2000), old]);
        clock.Set(ClockSamples.At("2026-04-16T02:00"));
        Assert.Equal(0, await RunAsync(city));
        clock.Set(ClockSamples.At("2026-04-16T03:01"));
        Assert.Equal(4, await RunAsync(city));

        var after = await ReadAsync(city, null, null);
        // The other one was filed in a week that is not looked at any more.
        Assert.Equal((before.Count + 1, before.AsOf), (after.Count, after.AsOf));
        Assert.Equal(before.Weeks.SkipLast(1), after.Weeks.SkipLast(1));
        clock.Set(ClockSamples.At("2026-04-20T04:00"));
        Assert.Equal(4, await RunAsync(city));
        Assert.Equal(15, (await ReadAsync(city, null, null)).Weeks.Count);

        // Something from before the first week came to light, and a hole in between is filled.
        await SaveAsync(city, [Stays.Fact("B", "Q", First.AddDays(-14), First.AddDays(-10), 100)]);
        clock.Set(ClockSamples.At("2026-04-21T04:00"));
        Assert.Equal(35, await RunAsync(city));
        Assert.Equal(0, await RunAsync(city));
    }

    [Fact]
    public async Task One_replica_does_it_and_what_fails_leaves_what_was_there()
    {
        var clock = new ShiftedTime(ClockSamples.At("2026-04-15T10:00"));
        await using var city = await CityAsync(clock);
        await SaveAsync(city, Stays.Filed(7, First, Today, 2, _ => 1, "A", "P").Where(o => o.Ended <= Today)
            .Select(o => Stays.Fact("A", "P", o.Received, o.Ended, o.Minutes)));
        await using (var other = await city.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Ct))
        {
            await SqlAsync(other, "SELECT pg_advisory_lock(hashtext('halong.dossier.wait-accuracy'))");
            Assert.Equal(0, await RunAsync(city));
            await SqlAsync(other, "SELECT pg_advisory_unlock(hashtext('halong.dossier.wait-accuracy'))");
            Assert.Equal(32, await RunAsync(city));
            var made = await ReadAsync(city, null, null);

            clock.Set(ClockSamples.At("2026-04-16T10:00"));
            await SqlAsync(other, "ALTER TABLE statistics.wait_accuracy ADD CONSTRAINT never CHECK (week < '2026-04-06') NOT VALID");
            await Assert.ThrowsAsync<PostgresException>(() => RunAsync(city));
            Assert.Equal(made with { Weeks = [] }, await ReadAsync(city, null, null) with { Weeks = [] });
            await SqlAsync(other, "ALTER TABLE statistics.wait_accuracy DROP CONSTRAINT never");
        }

        Assert.Equal(32, await RunAsync(city));
    }

    [Fact]
    public async Task Without_dossiers_there_is_nothing_to_make_and_rounds_are_measured()
    {
        var counted = new ConcurrentDictionary<string, double>();
        await using var city = await CityAsync();
        using var listener = new MeterListener();
        var factory = city.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name.StartsWith("dossier.wait_accuracy", StringComparison.Ordinal) && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => counted[instrument.Name] = value);
        listener.Start();

        Assert.Equal(0, await RunAsync(city));
        Assert.Empty(counted);
        // Filed this week: it is not over.
        await SaveAsync(city, [Stays.Fact("A", "P", new(2026, 4, 13), new(2026, 4, 14), 60)]);
        Assert.Equal(0, await RunAsync(city));
        Assert.Null((await ReadAsync(city, null, null)).AsOf);
        await SaveAsync(city, [Stays.Fact("A", "P", new(2026, 4, 10), new(2026, 4, 14), 60)]);
        Assert.Equal(1, await RunAsync(city));
        Assert.Equal(1, counted["dossier.wait_accuracy_weeks"]);
        Assert.True(counted["dossier.wait_accuracy_duration"] > 0);
        Assert.Equal((0, 1), ((await ReadAsync(city, null, null)).Count, (await ReadAsync(city, ["A"], "P")).Unsaid));
    }

    private static Task<int> RunAsync(ServiceFactory<Program> city) => city.Services.GetRequiredService<AccuracyRounds>().RunAsync(Ct);

    private static Task<Accuracy> ReadAsync(ServiceFactory<Program> city, string[]? units, string? procedure) =>
        city.InScopeAsync<AccuracyReader, Accuracy>(r => r.ReadAsync(units, procedure, Spring, Stays.PerDay, Ct));

    private static Task<int> SaveAsync(ServiceFactory<Program> city, IEnumerable<DossierFact> facts) => city.InScopeAsync<DossierDbContext, int>(db =>
    {
        db.AddRange(facts);
        return db.SaveChangesAsync(Ct);
    });

    private static async Task SqlAsync(NpgsqlConnection open, string sql)
    {
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>A city with the units of <see cref="Stays.Parents"/>, in the middle of April 2026 unless said otherwise.</summary>
    private async Task<ServiceFactory<Program>> CityAsync(ShiftedTime? clock = null, int weeks = 53)
    {
        var time = clock ?? new ShiftedTime(ClockSamples.At("2026-04-15T10:00"));
        var city = await dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(time))
            .WithSetting("Statistics:ExpectedWait:Accuracy:Interval", "1.00:00:00")
            .WithSetting("Statistics:ExpectedWait:Accuracy:Weeks", $"{weeks}").StartAsync(waitForBus: false);
        await city.InScopeAsync<DossierDbContext, int>(db =>
        {
            db.AddRange(Stays.Parents.Of.Select(u => new StatisticsUnit
            {
                Id = $"{u.Key}@2025-07-01",
                Code = u.Key,
                NameVi = u.Key,
                NameEn = u.Key,
                Level = "commune",
                ParentCode = u.Value,
            }));
            return db.SaveChangesAsync(Ct);
        });
        return city;
    }
}
