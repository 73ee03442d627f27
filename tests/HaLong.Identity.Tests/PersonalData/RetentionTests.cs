using HaLong.Identity.AccessLog;
using HaLong.Identity.DataRequests;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Identity.Tests.PersonalData;

public sealed class RetentionTests(TestSupport.Servers servers) : IAsyncLifetime
{
    private readonly IdentitySite _site = new(servers);

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        // The service's own job of the day is done first: else it would clear away what a test has just put there.
        var job = _site.Service.Services.GetServices<IHostedService>().OfType<RetentionJob>().Single();
        var local = TimeZoneInfo.ConvertTime(_site.Clock.GetUtcNow(), ServiceDefaults.LocalTime.Zone);
        await TestSupport.Eventually.Async(() => Task.FromResult(local.Hour < 2 || job.DoneOn >= DateOnly.FromDateTime(local.DateTime)), "the job of the day is done");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_has_been_kept_long_enough_goes_with_minutes_and_the_rest_stays()
    {
        var now = _site.Clock.GetUtcNow();
        var account = await _site.PersonAsync("old", "022195500001");
        await _site.DatabaseAsync(async db =>
        {
            // Two of each class are too old, one is not yet.
            foreach (var (days, number) in new[] { (731, "1"), (800, "2"), (729, "3") })
                db.SignInRecords.Add(new SignInRecord { Id = Guid.CreateVersion7(), At = now.AddDays(-days), Outcome = SignInOutcome.Succeeded, AccountId = account, TraceId = number });
            foreach (var days in new[] { 366, 400, 364 })
                db.Sessions.Add(Session.Start(Guid.CreateVersion7(), account, new SignInProof(["pwd"], "a", 1), "", "", now.AddDays(-days)));
            foreach (var days in new[] { 3, 4, 1 })
                db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(), At = now.AddDays(-days) });
            return await db.SaveChangesAsync();
        });
        foreach (var days in new[] { 2000, 1900, 10 })
            await AppendAsync(now.AddDays(-days));

        var destroyed = await RunAsync();

        foreach (var recordClass in new[] { RetentionClasses.SignInRecords, RetentionClasses.Sessions, RetentionClasses.Revocations, RetentionClasses.AccessLog })
            Assert.Equal((recordClass, 2L), (recordClass, destroyed[recordClass]));
        Assert.Equal("3", await _site.DatabaseAsync(db => db.SignInRecords.Where(r => r.AccountId == account).Select(r => r.TraceId).SingleAsync()));
        var minutes = await _site.DatabaseAsync(db => db.DestructionRecords.AsNoTracking().SingleAsync(r => r.Class == RetentionClasses.SignInRecords));
        Assert.Equal((2, 730), (minutes.Count, minutes.KeepDays));
        Assert.Equal((now.AddDays(-800), now.AddDays(-731)), (minutes.From, minutes.To), new Near());
        Assert.False(string.IsNullOrEmpty(minutes.Source));

        // What is left of the access log is whole, goes on, and its beginning cannot be cut further unseen.
        await AppendAsync(now);
        Assert.Empty((await CheckAsync()).Faults);
        await _site.SqlAsync("ALTER TABLE access_log DISABLE TRIGGER USER; DELETE FROM access_log WHERE sequence = 3");
        Assert.Contains("records 3 to 3 are missing", (await CheckAsync()).Faults);
        Assert.All((await RunAsync()).Values, count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task The_access_log_ends_where_the_first_record_is_that_must_stay()
    {
        var now = _site.Clock.GetUtcNow();
        await AppendAsync(now.AddDays(-2000));
        await AppendAsync(now.AddDays(-1));
        // Reported late: older than what was recorded before it, so it waits for that.
        await AppendAsync(now.AddDays(-2000));

        Assert.Equal(1, (await RunAsync())[RetentionClasses.AccessLog]);
        Assert.Empty((await CheckAsync()).Faults);
        Assert.Equal(2, await _site.DatabaseAsync(db => db.AccessRecords.CountAsync()));
    }

    [Fact]
    public async Task Images_of_closed_accounts_and_old_copies_of_data_go_after_thirty_days()
    {
        var closed = await ImageAsync("closed", "022195500002");
        var open = await ImageAsync("open", "022195500003");
        await _site.SqlAsync($"UPDATE account SET is_closed = true WHERE id = '{closed}'");
        await _site.PostAsync(await _site.TokenAsync("open"), "/api/v1/me/data-requests", new { kind = DataRequestKinds.Access });

        _site.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal((0, 0), await CountsAsync());
        _site.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((1, 1), await CountsAsync());
        Assert.Equal([open], await _site.DatabaseAsync(db => db.IdentityDocuments.Select(d => d.AccountId).ToListAsync()));
        Assert.Equal(1, await _site.DatabaseAsync(db => db.DataRequests.CountAsync()));

        async Task<(long, long)> CountsAsync() => await RunAsync() is var d ? (d[RetentionClasses.ClosedAccountImages], d[RetentionClasses.DataExports]) : default;
    }

    [Fact]
    public async Task Many_rows_go_in_batches_and_two_runs_at_once_destroy_nothing_twice()
    {
        var at = _site.Clock.GetUtcNow().AddDays(-10);
        await _site.SqlAsync($"INSERT INTO revocation (id, at) SELECT gen_random_uuid(), timestamptz '{at:O}' + n * interval '1 second' FROM generate_series(1, 2500) n");

        var runs = await Task.WhenAll(RunAsync(), RunAsync());

        Assert.Equal(2500, runs.Sum(r => r[RetentionClasses.Revocations]));
        var minutes = await _site.DatabaseAsync(db => db.DestructionRecords.AsNoTracking().Where(r => r.Class == RetentionClasses.Revocations).ToListAsync());
        Assert.Equal(2500, minutes.Sum(m => m.Count));
        Assert.True(minutes.Count >= 3);
    }

    [Fact]
    public async Task Rows_of_one_and_the_same_time_go_together()
    {
        var at = _site.Clock.GetUtcNow().AddDays(-10);
        await _site.SqlAsync($"INSERT INTO revocation (id, at) SELECT gen_random_uuid(), timestamptz '{at:O}' FROM generate_series(1, 1500) n");

        Assert.Equal(1500, (await RunAsync())[RetentionClasses.Revocations]);
        Assert.Equal(1500, await _site.DatabaseAsync(db => db.DestructionRecords.Where(r => r.Class == RetentionClasses.Revocations).SumAsync(r => r.Count)));
    }

    [Fact]
    public async Task A_policy_counts_from_its_day_on_and_a_later_one_replaces_it()
    {
        await _site.SqlAsync("INSERT INTO retention_policy (class, valid_from, keep_days, source) VALUES ('revocations', '2025-01-01', 20, 'x'), ('revocations', '2199-01-01', 0, 'x')");
        await _site.SqlAsync("INSERT INTO revocation (id, at) VALUES (gen_random_uuid(), now() - interval '10 days'), (gen_random_uuid(), now() - interval '21 days')");

        Assert.Equal(1, (await RunAsync())[RetentionClasses.Revocations]);
    }

    [Fact]
    public async Task The_job_runs_once_a_night_after_two_in_the_morning()
    {
        // The service's own job may have done this day already; the days to come are this one's.
        var job = ActivatorUtilities.CreateInstance<RetentionJob>(_site.Service.Services);
        var local = TimeZoneInfo.ConvertTime(_site.Clock.GetUtcNow(), ServiceDefaults.LocalTime.Zone);
        _site.Clock.Advance(TimeSpan.FromHours(24) - local.TimeOfDay + TimeSpan.FromMinutes(90));
        Assert.False(await job.RunDueAsync(default));
        _site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await job.RunDueAsync(default));
        Assert.False(await job.RunDueAsync(default));
        _site.Clock.Advance(TimeSpan.FromHours(24));
        Assert.True(await job.RunDueAsync(default));
        Assert.Contains(_site.Service.Services.GetServices<IHostedService>(), s => s is RetentionJob);
    }

    private async Task<Guid> ImageAsync(string name, string number)
    {
        var id = await _site.PersonAsync(name, number);
        var content = new ByteArrayContent(IdentityDocumentTests.Png);
        var stored = await _site.CallAsync(await _site.TokenAsync(name), HttpMethod.Put, "/api/v1/me/identity-documents/front", content);
        Assert.Equal(System.Net.HttpStatusCode.Created, stored.Status);
        return id;
    }

    private Task<Dictionary<string, long>> RunAsync() => _site.InScopeAsync<RetentionRun, Dictionary<string, long>>(r => r.RunAsync(default));

    private Task<ChainVerdict> CheckAsync() => _site.InScopeAsync<ChainCheck, ChainVerdict>(c => c.RunAsync(null, default));

    private Task<int> AppendAsync(DateTimeOffset at) => _site.InScopeAsync<AccessLedger, int>(l => l.AppendAsync(
        new Reading([Guid.CreateVersion7()], Guid.CreateVersion7(), "officer", "06688", "dossier", "dossier", null, "dossier-processing", null, at), null, default));

    private sealed class Near : IEqualityComparer<(DateTimeOffset, DateTimeOffset)>
    {
        public bool Equals((DateTimeOffset, DateTimeOffset) x, (DateTimeOffset, DateTimeOffset) y) =>
            (x.Item1 - y.Item1).Duration() < TimeSpan.FromSeconds(1) && (x.Item2 - y.Item2).Duration() < TimeSpan.FromSeconds(1);

        public int GetHashCode((DateTimeOffset, DateTimeOffset) obj) => 0;
    }
}
