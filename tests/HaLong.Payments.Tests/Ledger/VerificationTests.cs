using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Ledger;

/// <summary>Somebody with all rights on the database changes what is closed: it is found.</summary>
public sealed class VerificationTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_a_deletion_and_an_insertion_behind_the_triggers_are_found_and_named_by_their_day()
    {
        var days = new List<DateOnly>();
        for (var i = 0; i < 3; i++)
        {
            await fixture.SettledAsync();
            days.Add(LocalTime.Date(fixture.Time.GetUtcNow()));
            fixture.Time.Advance(TimeSpan.FromDays(1));
            await CloseAsync(days[^1]);
        }
        Assert.Null(await FaultAsync());
        await AlteredAsync($"UPDATE journal_line SET amount = amount * 2 WHERE entry_id IN (SELECT id FROM journal_entry WHERE booked_on = '{days[1]:O}')", days[1]);
        await AlteredAsync($"UPDATE ledger_balance SET closing = closing + 1 WHERE day = '{days[0]:O}' AND account LIKE 'bank:%'", days[0]);
        await AlteredAsync($"UPDATE ledger_close SET hash = repeat('0', 64) WHERE day = '{days[2]:O}'", days[2]);
        await AlteredAsync($"UPDATE ledger_close SET entries = entries + 1 WHERE day = '{days[2]:O}'", days[2]);
        await AlteredAsync($"DELETE FROM ledger_close WHERE day = '{days[1]:O}'", days[2]);
        await AlteredAsync(
            $"DELETE FROM journal_line WHERE entry_id IN (SELECT id FROM journal_entry WHERE booked_on = '{days[0]:O}')", days[0]);
        await AlteredAsync(
            $"INSERT INTO journal_entry (id, kind, source_id, booked_on, created_at) VALUES (gen_random_uuid(), 'correction', gen_random_uuid(), '{days[1]:O}', now())", days[1]);
        Assert.Null(await FaultAsync());
    }

    /// <summary>Changes something with the triggers off, looks, and takes it back.</summary>
    private Task<bool> AlteredAsync(string sql, DateOnly expected) => fixture.Service.InScopeAsync<PaymentDbContext, bool>(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlRawAsync("SET LOCAL session_replication_role = replica", Ct);
        Assert.True(await db.Database.ExecuteSqlRawAsync(sql, Ct) > 0, sql);
        Assert.Equal(expected, await new DayCloser(db, fixture.Time).FirstFaultAsync(Ct));
        await transaction.RollbackAsync(Ct);
        return true;
    });

    private Task<DateOnly?> FaultAsync() => fixture.QueryAsync(db => new DayCloser(db, fixture.Time).FirstFaultAsync(Ct));

    private async Task CloseAsync(DateOnly day) => Assert.True(await fixture.QueryAsync(async db => (await new DayCloser(db, fixture.Time).CloseAsync(day, null, Ct)).IsSuccess));
}
