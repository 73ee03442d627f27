using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Units;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.Dossiers.Tests.Satisfaction;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>How long it really takes, from facts in the database to the pages that show it. Each test has procedures and units of its own.</summary>
public sealed class ExpectedWaitTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly (TimeLimit, bool) Limit = (TimeLimit.WorkingDays(15), false);
    private static readonly DateOnly Today = LocalTime.Date(TimeProvider.System.GetUtcNow());

    private ExpectedWaits Waits => dossiers.Factory.Services.GetRequiredService<ExpectedWaits>();

    [Fact]
    public async Task It_is_told_from_the_units_own_dossiers_with_its_steps()
    {
        var (unit, procedure) = (SatisfactionKit.NewUnit(), NewProcedure());
        await AddAsync(unit, procedure, Enumerable.Range(1, 40).Select(i => i * 100));

        var wait = await Waits.OfAsync(procedure, unit, Limit, Ct);

        Assert.Equal((WaitBasis.Unit, 40, 5, 8), (wait.Basis, wait.Count, wait.HalfWithinDays, wait.MostWithinDays));
        Assert.Equal("Half are ready within 5 working days, nine of ten within 8; by law 15 working days.", wait.Words.TextEn);
        Assert.StartsWith("Một nửa số hồ sơ có kết quả trong 5 ngày làm việc", wait.Words.TextVi, StringComparison.Ordinal);
        Assert.Equal([("check", 40L), ("processing", 40L)], wait.Steps.Select(s => (s.Step, s.Count)));
        Assert.Equal((null, null, 15m), (wait.HalfBy, wait.MostBy, wait.Limit!.Amount));
        Assert.Equal((Today.AddDays(-89), Today), (wait.From, wait.To));
    }

    [Fact]
    public async Task With_too_few_it_widens_to_the_units_beside_and_says_so()
    {
        var (unit, beside, parent, procedure) = (SatisfactionKit.NewUnit(), SatisfactionKit.NewUnit(), SatisfactionKit.NewUnit(), NewProcedure());
        // Units are kept for a while, so a service that knows them from its start is asked.
        await using var own = await OwnAsync("Statistics:ExpectedWait:Patience", "00:00:30");
        await own.InScopeAsync<DossierDbContext, int>(db =>
        {
            db.AddRange(new[] { (parent, "22"), (unit, parent), (beside, parent) }.Select(u => new StatisticsUnit
            {
                Id = u.Item1 + "@2025-07-01",
                Code = u.Item1,
                NameVi = "Xã",
                NameEn = "Commune",
                Level = "commune",
                ParentCode = u.Item2,
            }));
            return db.SaveChangesAsync(Ct);
        });
        await AddAsync(unit, procedure, Enumerable.Repeat(480, 29), own: own);
        await AddAsync(beside, procedure, Enumerable.Repeat(4800, 31), own: own);

        var wait = await own.Services.GetRequiredService<ExpectedWaits>().OfAsync(procedure, unit, Limit, Ct);

        Assert.Equal((WaitBasis.Siblings, 60, 10), (wait.Basis, wait.Count, wait.HalfWithinDays));
        Assert.Equal([(WaitBasis.Unit, 29), (WaitBasis.Siblings, 60)], wait.Tried.Select(t => (t.Basis, t.Count)));
        Assert.Equal(60, wait.Steps.Single(s => s.Step == "processing").Count);
    }

    [Fact]
    public async Task It_widens_to_the_last_year_and_then_it_is_not_known()
    {
        var (unit, old, none) = (SatisfactionKit.NewUnit(), NewProcedure(), NewProcedure());
        await AddAsync(unit, old, Enumerable.Repeat(960, 30), daysAgo: 200);
        await AddAsync(unit, none, Enumerable.Repeat(960, 29), daysAgo: 200);

        var year = await Waits.OfAsync(old, unit, Limit, Ct);
        Assert.Equal((WaitBasis.LastYear, 2), (year.Basis, year.HalfWithinDays));
        var unknown = await Waits.OfAsync(none, unit, Limit, Ct);
        Assert.Equal((WaitBasis.None, 0, null, null), (unknown.Basis, unknown.Count, unknown.HalfWithinDays, unknown.MostWithinDays));
        Assert.Equal([0, 0, 29], unknown.Tried.Select(t => t.Count));
        Assert.Contains("Not known yet", unknown.Words.TextEn, StringComparison.Ordinal);
        Assert.Empty(unknown.Steps);
    }

    [Fact]
    public async Task Anybody_asks_and_unknown_things_are_refused()
    {
        using var anybody = dossiers.Factory.Client();
        var wait = await GetAsync(anybody, $"/api/v1/procedures/{Land}/expected-wait?unit={Unit}");
        Assert.Equal("none", wait.GetProperty("basis").GetString());
        Assert.True(wait.GetProperty("limit").GetProperty("amount").GetDecimal() > 0);
        Assert.Equal(wait.GetProperty("words").GetProperty("textVi").GetString(), wait.GetProperty("words").GetProperty("text").GetString());
        anybody.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.StartsWith("Not known yet", (await GetAsync(anybody, $"/api/v1/procedures/{Land}/expected-wait")).GetProperty("words").GetProperty("text")
            .GetString(), StringComparison.Ordinal);
        await RefusedAsync(await anybody.GetAsync("/api/v1/procedures/9.999999/expected-wait", Ct), 404, "DOS-0002");
        await RefusedAsync(await anybody.GetAsync($"/api/v1/procedures/{Land}/expected-wait?unit=%27;--", Ct), 400, "DOS-0004");
    }

    [Fact]
    public async Task The_page_of_a_procedure_shows_it_today_and_not_of_other_days()
    {
        using var anybody = dossiers.Factory.Client();
        Assert.Equal("none", (await GetAsync(anybody, $"/api/v1/procedures/{Free}")).GetProperty("expectedWait").GetProperty("basis").GetString());
        Assert.False((await GetAsync(anybody, $"/api/v1/procedures/{Free}?at={Today.AddDays(1):yyyy-MM-dd}")).TryGetProperty("expectedWait", out _));
    }

    [Fact]
    public async Task A_slow_database_makes_it_not_known_and_the_page_is_shown_all_the_same()
    {
        await using var own = await OwnAsync("Statistics:ExpectedWait:Patience", "00:00:00.300");
        using var anybody = own.Client();
        await using var scope = own.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        await using (var transaction = await db.Database.BeginTransactionAsync(Ct))
        {
            await db.Database.ExecuteSqlRawAsync("LOCK TABLE statistics.fact IN ACCESS EXCLUSIVE MODE", Ct);
            using var page = await anybody.GetAsync($"/api/v1/procedures/{Land}", Ct);
            var procedure = await BodyAsync(page);
            Assert.Equal("unavailable", procedure.GetProperty("expectedWait").GetProperty("basis").GetString());
            Assert.Equal(Land, procedure.GetProperty("code").GetString());
            Assert.Null(page.Headers.ETag);
            Assert.True(page.Headers.CacheControl?.NoStore);
        }

        await Eventually.Async(
            async () => (await GetAsync(anybody, $"/api/v1/procedures/{Land}")).GetProperty("expectedWait").GetProperty("basis").GetString() == "none",
                "it is known again");
        using var later = await anybody.GetAsync($"/api/v1/procedures/{Land}", Ct);
        Assert.NotNull(later.Headers.ETag);
    }

    [Fact]
    public async Task A_filed_dossier_is_told_what_is_left_of_those_that_took_longer()
    {
        await using var own = await OwnAsync();
        var owner = Guid.CreateVersion7();
        using var citizen = own.Client(dossiers.Identity.Token(owner, [Roles.Citizen]));
        var id = await SubmittedAsync(citizen, Free);
        // Forty took so long that whatever has passed since the filing is less; forty were over at once.
        await AddAsync(Unit, Free, [.. Enumerable.Repeat(1, 40), .. Enumerable.Repeat(48_000, 40)], own: own);
        await own.InScopeAsync<DossierDbContext, int>(db =>
            db.Database.ExecuteSqlAsync($"UPDATE dossier SET submitted_at = submitted_at - interval '10 days' WHERE id = {id}", Ct));

        var wait = (await GetAsync(citizen, $"/api/v1/dossiers/{id}")).GetProperty("expectedWait");

        Assert.Equal(("unit", 40), (wait.GetProperty("basis").GetString(), wait.GetProperty("count").GetInt32()));
        Assert.InRange(wait.GetProperty("halfWithinDays").GetInt32(), 90, 99);
        Assert.True(wait.GetProperty("halfBy").GetDateTime() > Today.ToDateTime(default).AddDays(90));
        Assert.False(wait.GetProperty("waitsForApplicant").GetBoolean());
        Assert.Equal(40, (await GetAsync(citizen, $"/api/v1/dossiers/{id}/deadline")).GetProperty("expectedWait").GetProperty("count").GetInt32());
        await own.InScopeAsync<DossierDbContext, int>(db =>
            db.Database.ExecuteSqlAsync($"UPDATE dossier SET status = 'SUPPLEMENT_RECEPTION', wait_until = now() WHERE id = {id}", Ct));
        Assert.True((await GetAsync(citizen, $"/api/v1/dossiers/{id}/deadline")).GetProperty("expectedWait").GetProperty("waitsForApplicant").GetBoolean());
    }

    [Theory]
    [InlineData("RESOLVED")]
    [InlineData("WITHDRAWN")]
    public async Task What_has_its_result_or_is_over_and_a_draft_are_told_nothing(string status)
    {
        var citizen = dossiers.Citizen();
        var id = await SatisfactionKit.DossierAsync(dossiers, citizen, status);
        Assert.False((await GetAsync(citizen, $"/api/v1/dossiers/{id}")).TryGetProperty("expectedWait", out _));
        var draft = (await OpenAsync(citizen, Free)).GetProperty("id").GetGuid();
        Assert.False((await GetAsync(citizen, $"/api/v1/dossiers/{draft}")).TryGetProperty("expectedWait", out _));
    }

    [Fact]
    public async Task The_check_is_behind_what_is_accepted()
    {
        var (unit, procedure) = (SatisfactionKit.NewUnit(), NewProcedure());
        await AddAsync(unit, procedure, Enumerable.Repeat(4800, 30), check: 2400);
        var history = await dossiers.Factory.Services.GetRequiredService<StayReader>().ReadAsync(procedure, Today.AddDays(-30), Today, Ct);
        Assert.All(history.Accepted, m => Assert.Equal(2400, m));
        Assert.All(history.Whole, m => Assert.Equal(4800, m));
        Assert.Empty((await dossiers.Factory.Services.GetRequiredService<StayReader>().ReadAsync(procedure, Today.AddDays(-30), Today.AddDays(-20), Ct)).Days);
    }

    [Fact]
    public async Task What_is_told_is_counted_by_its_basis()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        var factory = dossiers.Factory.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "dossier.expected_waits" && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.AddOrUpdate($"{tags[0].Value}", value, (_, old) => old + value));
        listener.Start();
        await Waits.OfAsync(NewProcedure(), null, Limit, Ct);
        Assert.True(counted["none"] >= 1);
    }

    [Fact]
    public async Task Who_leaves_while_it_is_looked_up_is_not_told_that_it_is_unavailable()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Waits.OfAsync(NewProcedure(), null, Limit, gone.Token));
    }

    private static string NewProcedure() => $"T.{Guid.CreateVersion7():N}"[..30];

    /// <summary>A service with a database of its own.</summary>
    private Task<ServiceFactory<Program>> OwnAsync(string? key = null, string? value = null)
    {
        var own = dossiers.NewFactory();
        if (key is not null)
            own.WithSetting(key, value);
        return own.StartAsync(waitForBus: false);
    }

    private Task AddAsync(
        string unit, string procedure, IEnumerable<int> minutes, int daysAgo = 5, int check = 0, ServiceFactory<Program>? own = null)
    {
        var day = Today.AddDays(-daysAgo);
        return SampleFacts.AddAsync(
            (own ?? dossiers.Factory).Services, minutes.Select(m => Stays.Fact(unit, procedure, day.AddDays(-m / Stays.PerDay), day, m, check)));
    }
}
