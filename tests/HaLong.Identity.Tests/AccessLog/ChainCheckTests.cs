using HaLong.Identity.AccessLog;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.PersonalData;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.AccessLog;

/// <summary>A log of its own for each test: every one breaks it in another way.</summary>
public sealed class ChainCheckTests(IdentitySite site) : IClassFixture<IdentitySite>, IAsyncLifetime
{
    private readonly IdentitySite _site = site;

    public async ValueTask InitializeAsync()
    {
        await _site.SqlAsync(
            """
            ALTER TABLE access_log DISABLE TRIGGER USER;
            ALTER TABLE destruction_record DISABLE TRIGGER USER;
            DELETE FROM access_log;
            DELETE FROM access_log_chain;
            DELETE FROM destruction_record;
            DROP TABLE IF EXISTS old_chain;
            ALTER TABLE access_log ENABLE TRIGGER USER;
            ALTER TABLE destruction_record ENABLE TRIGGER USER;
            """);
        await _site.InScopeAsync<AccessLedger, int>(async ledger =>
        {
            await ledger.EnsureAsync(default);
            return 0;
        });
        for (var i = 0; i < 6; i++)
            await AppendAsync(i);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_log_that_nobody_touched_is_whole_and_the_run_mode_says_so()
    {
        var verdict = await CheckAsync();

        Assert.Equal((6, 6, 0), ((int)verdict.Records, (int)verdict.HeadSequence, verdict.Faults.Count));
        Assert.Equal(0, await VerifyAsync());
        Assert.Equal(0, await VerifyAsync(("6", verdict.HeadHash)));
    }

    [Theory]
    [InlineData("UPDATE access_log SET purpose = 'complaint' WHERE sequence = 3", "record 3 was changed")]
    [InlineData("UPDATE access_log SET at = at + interval '1 microsecond' WHERE sequence = 3", "record 3 was changed")]
    [InlineData("UPDATE access_log SET note = '' WHERE sequence = 3", "record 3 was changed")]
    [InlineData("UPDATE access_log SET object_id = NULL WHERE sequence = 3", "record 3 was changed")]
    [InlineData("UPDATE access_log SET unit = NULL, what = '06688dossier' WHERE sequence = 3", "record 3 was changed")]
    [InlineData("UPDATE access_log SET actor_id = subject_id WHERE sequence = 6", "record 6 was changed")]
    [InlineData("UPDATE access_log SET hash = '\\x00' WHERE sequence = 3", "record 3 was changed")]
    [InlineData("DELETE FROM access_log WHERE sequence = 3", "records 3 to 3 are missing")]
    [InlineData("DELETE FROM access_log WHERE sequence IN (3, 4)", "records 3 to 4 are missing")]
    [InlineData("DELETE FROM access_log WHERE sequence = 1", "records 1 to 1 are missing")]
    [InlineData("DELETE FROM access_log WHERE sequence = 6", "records 6 to 6 are missing at the end")]
    [InlineData("DELETE FROM access_log", "records 1 to 6 are missing at the end")]
    [InlineData("DELETE FROM access_log WHERE sequence = 3; UPDATE access_log SET sequence = sequence - 1 WHERE sequence > 3", "record 3 does not follow the record before it")]
    [InlineData("INSERT INTO access_log SELECT 7, at, subject_id, actor_id, actor_role, unit, service, what, object_id, purpose, note, previous_hash, hash FROM access_log WHERE sequence = 6", "records after 6 were inserted")]
    [InlineData("INSERT INTO access_log SELECT 3, at + interval '1 hour', subject_id, actor_id, actor_role, unit, service, what, object_id, purpose, note, previous_hash, hash FROM access_log WHERE sequence = 3", "record 3 was inserted")]
    [InlineData("UPDATE access_log_chain SET head_sequence = 5, head_hash = (SELECT hash FROM access_log WHERE sequence = 5); DELETE FROM access_log WHERE sequence = 6", "the row with the ends of the chain was changed")]
    [InlineData("UPDATE access_log_chain SET base_sequence = 2, base_hash = (SELECT hash FROM access_log WHERE sequence = 2); DELETE FROM access_log WHERE sequence < 3", "the row with the ends of the chain was changed")]
    [InlineData("DELETE FROM access_log_chain", "the row with the ends of the chain is missing")]
    public async Task Whatever_is_done_to_the_log_is_found(string sql, string fault)
    {
        // As somebody who owns the database and has switched its guards off.
        await _site.SqlAsync("ALTER TABLE access_log DISABLE TRIGGER USER");
        await _site.SqlAsync(Columns(sql));

        var verdict = await CheckAsync();

        Assert.Contains(fault, verdict.Faults);
        Assert.Equal(2, await VerifyAsync());
    }

    [Fact]
    public async Task Two_records_that_changed_places_are_found()
    {
        await _site.SqlAsync("ALTER TABLE access_log DISABLE TRIGGER USER");
        await _site.SqlAsync("UPDATE access_log SET sequence = -1 WHERE sequence = 2; UPDATE access_log SET sequence = 2 WHERE sequence = 3; UPDATE access_log SET sequence = 3 WHERE sequence = -1");

        Assert.Contains("record 2 was changed", (await CheckAsync()).Faults);
    }

    [Fact]
    public async Task An_old_copy_of_the_end_is_found_with_a_head_that_was_noted_down()
    {
        await _site.SqlAsync("CREATE TABLE old_chain AS SELECT * FROM access_log_chain");
        await AppendAsync(7);
        var noted = await CheckAsync();
        await _site.SqlAsync("ALTER TABLE access_log DISABLE TRIGGER USER");
        await _site.SqlAsync("DELETE FROM access_log WHERE sequence = 7; DELETE FROM access_log_chain; INSERT INTO access_log_chain SELECT * FROM old_chain");

        // In itself the log of yesterday is whole; it is not today's.
        Assert.Empty((await CheckAsync()).Faults);
        Assert.Contains("record 7 is not the one that was noted down", (await CheckAsync((7, noted.HeadHash))).Faults);
        Assert.Equal(2, await VerifyAsync(("7", noted.HeadHash)));
    }

    [Theory]
    [InlineData("UPDATE access_log SET purpose = 'x'")]
    [InlineData("DELETE FROM access_log")]
    [InlineData("TRUNCATE access_log")]
    [InlineData("UPDATE destruction_record SET count = 0")]
    [InlineData("TRUNCATE destruction_record")]
    public async Task The_database_itself_lets_rows_only_be_added(string sql)
    {
        await _site.SqlAsync("INSERT INTO destruction_record (id, class, count, \"from\", \"to\", at, keep_days, source) VALUES (gen_random_uuid(), 'x', 1, now(), now(), now(), 1, 'x')");

        Assert.Equal("55000", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _site.SqlAsync(sql))).SqlState);
    }

    [Fact]
    public async Task Many_writers_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(10, 40).Select(AppendAsync));

        var verdict = await CheckAsync();
        Assert.Equal((46, 0), ((int)verdict.Records, verdict.Faults.Count));
    }

    [Fact]
    public async Task A_writer_that_is_rolled_back_leaves_no_gap()
    {
        await _site.DatabaseAsync(async db =>
        {
            var keys = _site.Service.Services.GetRequiredService<DataKeyRing>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await new AccessLedger(db, keys).AppendAsync(Reading(99), null, default);
            await transaction.RollbackAsync();
            return 0;
        });
        await AppendAsync(8);

        Assert.Empty((await CheckAsync()).Faults);
    }

    private static string Columns(string sql) => sql.Replace(
        "INSERT INTO access_log SELECT",
        "INSERT INTO access_log (sequence, at, subject_id, actor_id, actor_role, unit, service, what, object_id, purpose, note, previous_hash, hash) SELECT", StringComparison.Ordinal);

    private Reading Reading(int number) => new(
        [Guid.CreateVersion7()], Guid.CreateVersion7(), "officer", "06688", "dossier", "dossier", Guid.CreateVersion7(), "dossier-processing", null,
        _site.Clock.GetUtcNow().AddMinutes(number));

    private Task<int> AppendAsync(int number) => _site.InScopeAsync<AccessLedger, int>(l => l.AppendAsync(Reading(number), null, default));

    private Task<ChainVerdict> CheckAsync((long, string)? anchor = null) => _site.InScopeAsync<ChainCheck, ChainVerdict>(c => c.RunAsync(anchor, default));

    private Task<int> VerifyAsync((string Sequence, string Hash)? anchor = null) => Task.Run(() =>
    {
        string[] args = ["verify-access-log", .. anchor is { } a ? new[] { a.Sequence, a.Hash } : [], .. IdentityProgram.Settings(_site.Connection).Select(s => $"--{s.Key}={s.Value}")];
        return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [args])!;
    });
}
