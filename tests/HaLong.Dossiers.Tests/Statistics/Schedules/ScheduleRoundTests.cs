using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Schedules;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Schedules.ScheduleFixture;

namespace HaLong.Dossiers.Tests.Statistics.Schedules;

/// <summary>Reports that come by themselves, in a time that the test moves.</summary>
public sealed class ScheduleRoundTests(ScheduleFixture city) : IClassFixture<ScheduleFixture>, IAsyncLifetime
{
    /// <summary>What other tests have left rests.</summary>
    public async ValueTask InitializeAsync() =>
        await city.City.InScopeAsync<DossierDbContext, int>(db => db.Set<ReportSchedule>().ExecuteUpdateAsync(s => s.SetProperty(x => x.DueAt, (DateTimeOffset?)null), Ct));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_due_is_made_once_kept_and_told_with_its_figures()
    {
        var (leader, id) = await StartAsync(Daily(7, "csv", "xlsx", "pdf"));
        await using var ear = await city.City.ListenOnAsync<ReportReady>();

        await city.RoundAsync("2026-03-10T06:59");
        Assert.Empty(await city.FilesAsync(id));
        await city.RoundAsync("2026-03-10T07:00");
        await city.RoundAsync("2026-03-10T07:01");

        var files = await city.FilesAsync(id);
        Assert.Equal(["csv", "pdf", "xlsx"], files.Select(f => f.Format));
        Assert.All(files, f => Assert.Equal((new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 9), f.MadeAt.AddDays(30)), (f.From, f.To, f.ExpiresAt)));
        Assert.Single(files.Select(f => f.RunId).Distinct());
        var told = (await Eventually.ValueAsync(() => Task.FromResult(ear.Heard.Where(h => h.AccountId == id).ToList()), h => h.Count == 1, "the fact"))[0];
        Assert.Equal((files[0].RunId, "vi", new DateOnly(2026, 3, 9)), (told.RunId, told.Language, told.From));
        Assert.Equal(files.Select(f => (f.Id, f.Format)).Order(), told.Files.Select(f => (f.Id, f.Format)).Order());
        Assert.NotEmpty(told.KeyFigures);
        Assert.All(told.KeyFigures, line => Assert.Contains(": ", line, StringComparison.Ordinal));

        foreach (var file in files)
        {
            using var answer = await leader.GetAsync($"/api/v1/statistics/report-files/{file.Id}", Ct);
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal((file.Name, file.Size), (answer.Content.Headers.ContentDisposition?.FileName, (await answer.Content.ReadAsByteArrayAsync(Ct)).LongLength));
            Assert.Equal($"\"{file.Sha256}\"", answer.Headers.ETag?.Tag);
        }

        var list = await GetAsync(leader, "/api/v1/statistics/report-files?limit=2");
        Assert.Equal(2, list.GetProperty("items").GetArrayLength());
        var rest = await GetAsync(leader, $"/api/v1/statistics/report-files?limit=2&after={list.GetProperty("after").GetString()}");
        Assert.Equal(1, rest.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_was_missed_is_made_up_for_once_with_the_last_period()
    {
        var (leader, id) = await StartAsync(Daily());
        await city.RoundAsync("2026-03-13T12:00");
        var file = Assert.Single(await city.FilesAsync(id));
        Assert.Equal(new DateOnly(2026, 3, 12), file.From);
        var view = Assert.Single((await GetAsync(leader, Address)).EnumerateArray());
        Assert.Equal(ClockSamples.At("2026-03-14T07:00"), view.GetProperty("nextAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Two_replicas_at_once_make_each_report_once()
    {
        await using var replica = await city.ReplicaAsync();
        var owners = new List<Guid>();
        for (var i = 0; i < 6; i++)
            owners.Add((await StartAsync(Daily())).Id);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => city.RoundAsync("2026-03-10T08:00", i % 2 == 0 ? city.City : replica)));

        foreach (var owner in owners)
            Assert.Single(await city.FilesAsync(owner));
    }

    [Fact]
    public async Task Who_lost_the_role_or_the_unit_gets_nothing_and_the_schedule_says_why()
    {
        var (released, releasedId) = await StartAsync(Daily());
        var (moved, movedId) = await StartAsync(Daily());
        var (auditor, auditorId) = await StartAsync(Daily(), Roles.Auditor);
        city.Dossiers.Neighbours.Officials[releasedId.ToString()] = (Unit, [Roles.Officer]);
        city.Dossiers.Neighbours.Officials[movedId.ToString()] = (OtherUnit, [Roles.Leader]);
        city.Dossiers.Neighbours.Officials[auditorId.ToString()] = (Unit, [Roles.Leader]);

        await city.RoundAsync("2026-03-10T08:00");

        Assert.Empty(await city.FilesAsync(releasedId));
        Assert.Equal("roleLost", await PausedAsync(released));
        Assert.Empty(await city.FilesAsync(movedId));
        Assert.Equal("unitLost", await PausedAsync(moved));
        Assert.Equal("unitLost", await PausedAsync(auditor));
        Assert.Equal(0, await city.RoundAsync("2026-03-11T08:00"));

        // Back in office: the owner has it go on.
        city.Dossiers.Neighbours.Officials[releasedId.ToString()] = (Unit, [Roles.Leader]);
        var path = $"{Address}/{(await GetAsync(released, Address))[0].GetProperty("id").GetString()}";
        await BodyAsync(await released.PatchAsync(path, System.Net.Http.Json.JsonContent.Create(new { paused = false }), Ct));
        await city.RoundAsync("2026-03-12T08:00");
        Assert.Single(await city.FilesAsync(releasedId));
    }

    [Fact]
    public async Task A_leader_of_the_province_keeps_the_report_of_a_commune_below()
    {
        city.Clock.Set(ClockSamples.At(Tuesday));
        var (leader, id) = city.Official(unit: Province);
        await CreateAsync(leader, new { report = "intake", rhythm = "weekly", weekday = 2, unit = OtherUnit, formats = new[] { "csv" } });
        await city.RoundAsync("2026-03-10T08:00");
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 8)), (await city.FilesAsync(id)).Select(f => (f.From, f.To)).Single());
    }

    [Fact]
    public async Task Without_identity_nobody_is_lost_and_the_report_comes_when_it_is_back()
    {
        var (leader, id) = await StartAsync(Daily());
        city.Dossiers.Neighbours.IdentityDown = true;
        try
        {
            await city.RoundAsync("2026-03-10T08:00");
        }
        finally
        {
            city.Dossiers.Neighbours.IdentityDown = false;
        }

        var view = (await GetAsync(leader, Address))[0];
        Assert.Equal((1, ClockSamples.At("2026-03-10T07:00")), (view.GetProperty("failedAttempts").GetInt32(), view.GetProperty("nextAt").GetDateTimeOffset()));
        Assert.Empty(await city.FilesAsync(id));
        await city.RoundAsync("2026-03-10T08:05");
        Assert.Single(await city.FilesAsync(id));
        Assert.Equal(0, (await GetAsync(leader, Address))[0].GetProperty("failedAttempts").GetInt32());
    }

    [Fact]
    public async Task A_report_that_is_refused_for_good_rests_and_does_not_hold_up_the_others()
    {
        var (leader, id) = await StartAsync(Daily());
        var (_, other) = await StartAsync(Daily());
        await city.City.InScopeAsync<DossierDbContext, int>(db => db.Set<ReportSchedule>().Where(s => s.AccountId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Report, "gone"), Ct));
        await city.RoundAsync("2026-03-10T08:00");
        Assert.StartsWith("refused:", await PausedAsync(leader), StringComparison.Ordinal);
        Assert.Single(await city.FilesAsync(other));
    }

    [Fact]
    public async Task Files_are_for_their_owner_until_they_expire_and_their_bytes_go_with_them()
    {
        var (leader, id) = await StartAsync(Daily(7, "pdf"));
        await city.RoundAsync("2026-03-10T07:30");
        var file = Assert.Single(await city.FilesAsync(id));
        var path = $"/api/v1/statistics/report-files/{file.Id}";
        await RefusedAsync(await city.Official().Client.GetAsync(path, Ct), 404, "DOS-0840");
        await RefusedAsync(await city.Official(Roles.Auditor).Client.GetAsync(path, Ct), 404, "DOS-0840");

        // The owner's schedule goes, the file stays; nobody else's sweep takes it.
        var schedule = (await GetAsync(leader, Address))[0].GetProperty("id").GetString();
        Assert.Equal(204, (int)(await leader.DeleteAsync($"{Address}/{schedule}", Ct)).StatusCode);
        Assert.False(await SweptAsync(file.Sha256));
        Assert.Equal(200, (int)(await leader.GetAsync(path, Ct)).StatusCode);

        city.Clock.Set(ClockSamples.At("2026-04-10T07:30"));
        await RefusedAsync(await leader.GetAsync(path, Ct), 410, "DOS-0841");
        Assert.True(await SweptAsync(file.Sha256));
        await city.RoundAsync("2027-04-10T07:30");
        await RefusedAsync(await leader.GetAsync(path, Ct), 404, "DOS-0840");
    }

    [Fact]
    public async Task Sent_now_it_comes_at_once_and_the_regular_time_stays()
    {
        var (leader, id) = await StartAsync(Daily(7, "csv"));
        await using var ear = await city.City.ListenOnAsync<ReportReady>();
        var path = $"{Address}/{(await GetAsync(leader, Address))[0].GetProperty("id").GetString()}";

        var sent = await BodyAsync(await leader.PostAsync(path + "/deliveries", null, Ct));

        Assert.Equal(Assert.Single(await city.FilesAsync(id)).Id, Assert.Single(sent.EnumerateArray()).GetProperty("id").GetGuid());
        await Eventually.Async(() => Task.FromResult(ear.Heard.Any(h => h.AccountId == id)), "the fact");
        Assert.Equal(ClockSamples.At("2026-03-10T07:00"), (await GetAsync(leader, Address))[0].GetProperty("nextAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Rounds_are_counted_and_the_service_is_degraded_without_them()
    {
        var counted = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        var factory = city.City.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Name.StartsWith("dossier.report", StringComparison.Ordinal))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) => counted.AddOrUpdate(i.Name, value, (_, old) => i.IsObservable ? value : old + value));
        listener.SetMeasurementEventCallback<double>((i, value, _, _) => counted[i.Name] = value);
        listener.Start();
        await StartAsync(Daily());
        var (_, lost) = await StartAsync(Daily());
        city.Dossiers.Neighbours.Officials.TryRemove(lost.ToString(), out _);
        await city.RoundAsync("2026-03-10T08:00");
        listener.RecordObservableInstruments();
        Assert.Equal((1, 1, 0, 0), (counted["dossier.reports_made"], counted["dossier.report_pauses"], counted["dossier.reports_due"], counted["dossier.reports_oldest_due"]));

        var rounds = city.City.Services.GetRequiredService<ScheduleRounds>();
        var calm = new ScheduleHealth(rounds, Options.Create(new ScheduleOptions { Interval = TimeSpan.FromDays(1) }));
        var late = new ScheduleHealth(rounds, Options.Create(new ScheduleOptions { Interval = TimeSpan.FromTicks(1), MissedRounds = 1 }));
        Assert.Equal(
            (HealthStatus.Healthy, HealthStatus.Degraded),
            ((await calm.CheckHealthAsync(new HealthCheckContext(), Ct)).Status, (await late.CheckHealthAsync(new HealthCheckContext(), Ct)).Status));
    }

    /// <summary>A new official with a schedule, at six in the morning.</summary>
    private async Task<(HttpClient Client, Guid Id)> StartAsync(object schedule, string role = Roles.Leader)
    {
        city.Clock.Set(ClockSamples.At(Tuesday));
        var (client, id) = city.Official(role);
        await CreateAsync(client, schedule);
        return (client, id);
    }

    private static async Task<string?> PausedAsync(HttpClient client) => (await GetAsync(client, Address))[0].GetProperty("pausedFor").GetString();

    private Task<bool> SweptAsync(string hash) => city.City.InScopeAsync<DossierDbContext, bool>(
        db => city.City.Services.GetRequiredService<FileSweep>().RemoveAsync(db, hash, TimeSpan.FromDays(-400), Ct));
}

/// <summary>Hears a service's facts.</summary>
internal static class Ears
{
    public static Task<Listener<T>> ListenOnAsync<T>(this ServiceFactory<Program> service)
        where T : class => Listener.StartAsync<T>(new Uri(service.Broker));
}
