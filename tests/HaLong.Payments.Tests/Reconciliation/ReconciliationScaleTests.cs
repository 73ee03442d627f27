using System.Diagnostics;
using System.Globalization;
using System.Text;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>A day with many movements is compared as sets: the time grows with their number, not with its square.</summary>
[Collection(AtTheCounter.Name)]
public sealed class ReconciliationScaleTests(PaymentFixture fixture)
{
    /// <summary>5,000 in the suite; 100,000 were measured with HALONG_RECONCILE_LINES.</summary>
    private static readonly int Lines = int.Parse(Environment.GetEnvironmentVariable("HALONG_RECONCILE_LINES") ?? "5000", CultureInfo.InvariantCulture);

    private readonly Imports papers = new(fixture);

    [Fact]
    public async Task A_day_of_many_movements_is_imported_and_reconciled_in_seconds()
    {
        var ct = TestContext.Current.CancellationToken;
        await NoticesAsync(ct);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"account,970436,0011000000001,VND,{Imports.Iso(papers.Day)},{Imports.Iso(papers.Day)},0,{Lines * 1_000L}\n");
        text.Append("booked_on,bank_reference,credit,debit,reversal,text\n");
        for (var i = 1; i <= Lines; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Imports.Iso(papers.Day)},{(i % 2 == 0 ? "S" : "T")}{papers.Day:yyyyMMdd}-{i},1000,,,so {i}\n");
        var clock = Stopwatch.StartNew();

        await (await papers.ImportAsync(text.ToString())).JsonAsync(201);
        var imported = clock.Elapsed;
        var run = await papers.RunAsync();
        var ran = clock.Elapsed - imported;

        Assert.Equal((Lines, 0), (run.GetProperty("matched").GetInt32(), run.GetProperty("missingAtUs").GetInt32()));
        Assert.Equal(run.GetProperty("id").GetGuid(), (await papers.RunAsync(200)).GetProperty("id").GetGuid());
        TestContext.Current.TestOutputHelper?.WriteLine($"{Lines} lines: imported in {imported.TotalSeconds:F1} s, reconciled in {ran.TotalSeconds:F1} s");
        Assert.InRange(imported + ran, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    /// <summary>Notices that paid nothing, booked in suspense: half are found by their number, half by their text.</summary>
    private Task<bool> NoticesAsync(CancellationToken ct)
    {
        var (at, prefix, today) = (LocalTime.Instant(papers.Day, new TimeOnly(9, 0)), $"T{papers.Day:yyyyMMdd}-", LocalTime.Date(fixture.Time.GetUtcNow()));
        return fixture.QueryAsync(async db =>
        {
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO bank_notice (id, provider, event_id, payload_hash, raw_body, original, amount, account, bin, remittance, booked_at, received_at)
                SELECT gen_random_uuid(), 'lab', {prefix} || i, '', '', true, 1000, '0011000000001', '970436', 'so ' || i, {at}, {at} FROM generate_series(1, {Lines}) AS i
                """, ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO bank_notice_handling (notice_id, state, reason, decided_at) SELECT id, 'mismatched', 'unknownReference', {at} FROM bank_notice WHERE event_id LIKE {prefix + "%"}
                """, ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO journal_entry (id, kind, source_id, booked_on, created_at) SELECT gen_random_uuid(), 'unmatched', id, {today}, {at} FROM bank_notice WHERE event_id LIKE {prefix + "%"}
                """, ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO journal_line (entry_id, line, account, amount)
                SELECT e.id, l.line, l.account, l.amount FROM journal_entry e JOIN bank_notice n ON n.id = e.source_id AND n.event_id LIKE {prefix + "%"}
                CROSS JOIN (VALUES (1, 'bank:970436:0011000000001', 1000::bigint), (2, 'suspense:970436:0011000000001', -1000::bigint)) AS l(line, account, amount)
                """, ct);
            await transaction.CommitAsync(ct);
            return true;
        });
    }
}
