using HaLong.Payments.Ledger;
using HaLong.Payments.Tests.Domain;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Payments.Tests.Ledger;

/// <summary>What is booked for what, and what the database refuses whoever asks.</summary>
public sealed class JournalTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private const string Bank = "bank:970436:0011000000001";
    private const string Suspense = "suspense:970436:0011000000001";

    [Fact]
    public async Task A_settlement_is_booked_once_with_phi_and_le_phi_apart()
    {
        var filed = PaymentFixture.Filed(fees: [100_000, 40_000, 10_000]);
        await fixture.Service.PublishAsync(filed);
        var payment = (await Eventually.ValueAsync(() => fixture.OfDossierAsync(filed.DossierId), p => p is not null, "request"))!;
        var eventId = PaymentFixture.NewEventId();
        var body = PaymentFixture.Body(payment, eventId);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.NotifyAsync(body)));

        var notice = await fixture.DecidedAsync(eventId);
        var entry = Assert.Single(await EntriesAsync(payment.Id));
        Assert.Equal((EntryKind.Settlement, notice.NoticeId, PaymentFixture.Unit), (entry.Kind, entry.SourceId, entry.UnitCode));
        Assert.Equal(
            [(Bank, 150_000L), ("due:970436:0011000000001:lePhi", -110_000L), ("due:970436:0011000000001:phi", -40_000L)],
            entry.Lines.OrderBy(l => l.Line).Select(l => (l.Account, l.Amount)));
    }

    [Theory]
    [InlineData(149_999)]
    [InlineData(150_001)]
    public async Task Money_that_pays_nothing_is_booked_as_waiting(long amount)
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId, amount))).EnsureSuccessStatusCode();

        await fixture.DecidedAsync(eventId);
        var entry = Assert.Single(await EntriesAsync(payment.Id));
        Assert.Equal(EntryKind.Unmatched, entry.Kind);
        Assert.Equal([(Bank, amount), (Suspense, -amount)], entry.Lines.OrderBy(l => l.Line).Select(l => (l.Account, l.Amount)));
    }

    [Fact]
    public async Task Another_text_under_a_known_event_id_is_no_money_and_is_not_booked()
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();
        await fixture.DecidedAsync(eventId);

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId, amount: 999_000))).EnsureSuccessStatusCode();

        Assert.NotNull(await fixture.HandlingAsync(eventId, original: false));
        Assert.Single(await EntriesAsync(payment.Id));
    }

    [Fact]
    public async Task What_does_not_balance_is_refused_by_the_database()
    {
        var message = await RefusedAsync(Entry().Debit(Bank, 10).Credit(Suspense, 9));
        Assert.Contains("is not balanced", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_balances_in_all_but_not_for_each_collecting_account_is_refused_too() => Assert.Contains(
        "is not balanced", await RefusedAsync(Entry().Debit(Bank, 10).Credit("suspense:970405:8000201009999", 10)), StringComparison.Ordinal);

    [Fact]
    public async Task An_entry_without_lines_is_refused() => Assert.Contains("is not balanced", await RefusedAsync(Entry()), StringComparison.Ordinal);

    [Fact]
    public async Task A_line_added_later_is_refused()
    {
        var entry = Entry().Debit(Bank, 10).Credit(Suspense, 10);
        await SaveAsync(entry);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync($"INSERT INTO journal_line (entry_id, line, account, amount) VALUES ('{entry.Id}', 3, '{Bank}', 5)"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    [Theory]
    [InlineData("UPDATE journal_entry SET kind = 'x'")]
    [InlineData("DELETE FROM journal_entry")]
    [InlineData("UPDATE journal_line SET amount = amount + 1")]
    [InlineData("DELETE FROM journal_line")]
    [InlineData("TRUNCATE journal_line")]
    [InlineData("UPDATE ledger_close SET entries = 0")]
    [InlineData("DELETE FROM ledger_balance")]
    public async Task What_is_booked_stays(string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(statement));
        Assert.Contains("insert-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_thing_is_not_booked_twice()
    {
        var source = Guid.CreateVersion7();
        await SaveAsync(Entry(source).Debit(Bank, 10).Credit(Suspense, 10));

        await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(Entry(source).Debit(Bank, 10).Credit(Suspense, 10)));
    }

    [Fact]
    public void The_bookkeeper_throws_before_the_database_does()
    {
        Assert.False(Entry().IsBalanced);
        Assert.False(Entry().Debit(Bank, 0).Credit(Suspense, 0).IsBalanced);
        Assert.False(Entry().Debit(Bank, 5).Credit(Suspense, 4).IsBalanced);
        Assert.True(Entry().Debit(Bank, 5).Credit(Suspense, 2).Credit(Suspense, 3).IsBalanced);
        Assert.Equal([1, 2], Entry().Debit(Bank, 5).Debit(Bank, 0).Credit(Suspense, 5).Lines.Select(l => l.Line));
    }

    [Fact]
    public void Every_code_begins_with_its_kind_and_the_collecting_account()
    {
        var codes = new[]
        {
            LedgerAccount.Bank("970436", "001"), LedgerAccount.Clearing("970436", "001", "portal"), LedgerAccount.Suspense("970436", "001"), LedgerAccount.Held(Some.Account),
            LedgerAccount.Due(Some.Account, LedgerAccount.Phi), LedgerAccount.Refund("970436", "001"), LedgerAccount.Till("970436", "001", Guid.Empty),
            LedgerAccount.Float("970436", "001"), LedgerAccount.Difference("970436", "001"), LedgerAccount.Transit("970436", "001"),
        };

        Assert.Equal(LedgerAccount.Kinds, codes.Select(c => c.Split(':')[0]));
        Assert.All(codes, c => Assert.Equal("970436", c.Split(':')[1]));
        Assert.All(codes, c => Assert.InRange(c.Length, 1, 80));
    }

    private static JournalEntry Entry(Guid? source = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = EntryKind.Correction,
        SourceId = source ?? Guid.CreateVersion7(),
        BookedOn = new DateOnly(2099, 1, 1),
        CreatedAt = Some.Now,
    };

    private Task<List<JournalEntry>> EntriesAsync(Guid payment) => fixture.QueryAsync(db => db.Journal.AsNoTracking().Where(e => e.PaymentId == payment).ToListAsync());

    private Task<int> SaveAsync(JournalEntry entry) => fixture.QueryAsync(db =>
    {
        db.Add(entry);
        return db.SaveChangesAsync();
    });

    private async Task<string> RefusedAsync(JournalEntry entry)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(entry));
        var reason = refused as PostgresException ?? refused.InnerException as PostgresException;
        Assert.Equal(PostgresErrorCodes.CheckViolation, reason?.SqlState);
        return reason!.MessageText;
    }

    private Task<int> ExecuteAsync(string sql) => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql));
}
