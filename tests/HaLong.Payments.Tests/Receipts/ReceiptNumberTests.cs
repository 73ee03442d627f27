using System.Diagnostics.Metrics;
using HaLong.Payments.Receipts;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>Numbers: from 1 in each series and year, each once, none left out, whatever happens.</summary>
[Collection("receipts")]
public sealed class ReceiptNumberTests(PaymentFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_at_once_with_transactions_undone_and_connections_killed_leave_no_gap()
    {
        const int count = 40;
        var unit = ReceiptFlow.NewUnit(fixture);
        var payments = new List<Guid>();
        for (var i = 0; i < count; i++)
            payments.Add((await ReceiptFlow.PaidAsync(fixture, unit)).Id);
        var failed = 0;

        await Parallel.ForEachAsync(payments.Index(), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (p, _) =>
        {
            try
            {
                await ReceiptFlow.BringUpToDateAsync(fixture, p.Item, (p.Index % 4) switch
                {
                    0 => _ => throw new InvalidOperationException("undone"),
                    // The server ends the connection, as when a replica crashes: number taken, nothing committed.
                    1 => db => db.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pg_backend_pid())", Ct),
                    _ => null,
                });
            }
            catch (Exception e) when (e is InvalidOperationException or NpgsqlException)
            {
                Interlocked.Increment(ref failed);
            }
        });
        Assert.Equal(count / 2, failed);
        Assert.Equal(Enumerable.Range(1, count / 2), await NumbersAsync(unit));

        // Now for all, and each from two sides at once.
        await Parallel.ForEachAsync(payments.Concat(payments), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct },
            async (p, _) => Assert.True((await ReceiptFlow.BringUpToDateAsync(fixture, p)).IsSuccess));

        Assert.Equal(Enumerable.Range(1, count), await NumbersAsync(unit));
        Assert.Equal(payments.Order(), (await ReceiptFlow.OfUnitAsync(fixture, unit)).Select(r => r.PaymentId).Order());
        var report = Assert.Single(await CheckAsync(unit, ReceiptSeries.YearOf(fixture.Time.GetUtcNow())));
        Assert.Equal((count, count, null, true), (report.LastNumber, report.Receipts, report.FirstMissing, report.Holds));
    }

    [Fact]
    public async Task Each_year_begins_at_one_and_what_was_collected_before_midnight_belongs_to_the_old_one()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        var midnight = new DateTimeOffset(2026, 12, 31, 17, 0, 0, TimeSpan.Zero);
        foreach (var at in new[] { midnight.AddHours(-1), midnight.AddTicks(-10), midnight, midnight.AddSeconds(1) })
            Assert.True((await ReceiptFlow.BringUpToDateAsync(fixture, (await ReceiptFlow.PaidAsync(fixture, unit, at)).Id)).IsSuccess);
        // Told late: still of the year in which it was collected.
        await ReceiptFlow.BringUpToDateAsync(fixture, (await ReceiptFlow.PaidAsync(fixture, unit, midnight.AddMinutes(-1))).Id);

        Assert.Equal(
            [(2026, 1, "22T26E"), (2026, 2, "22T26E"), (2026, 3, "22T26E"), (2027, 1, "22T27E"), (2027, 2, "22T27E")],
            (await ReceiptFlow.OfUnitAsync(fixture, unit)).Select(r => (r.Year, r.Number!.Value, r.Symbol)).Order());
    }

    [Fact]
    public async Task After_the_last_number_nothing_is_issued_operators_hear_of_it_and_a_new_symbol_goes_on_with_what_waited()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        var at = fixture.Time.GetUtcNow().AddMinutes(-30);
        await ReceiptFlow.BringUpToDateAsync(fixture, (await ReceiptFlow.PaidAsync(fixture, unit, at)).Id);
        var tax = ReceiptFlow.OptionsOf(fixture).For(unit).TaxCode;
        await WithoutTriggersAsync($"UPDATE receipt_series SET last_number = 99999998 WHERE tax_code = '{tax}'");
        Assert.True((await ReceiptFlow.BringUpToDateAsync(fixture, (await ReceiptFlow.PaidAsync(fixture, unit, at)).Id)).IsSuccess);
        var waiting = await ReceiptFlow.PaidAsync(fixture, unit, at);

        Assert.Equal("PAY-0603", (await ReceiptFlow.BringUpToDateAsync(fixture, waiting.Id)).Error.Code);

        Assert.Equal([1, 99_999_999], await NumbersAsync(unit));
        var report = Assert.Single(await CheckAsync(unit, ReceiptSeries.YearOf(at)));
        Assert.Equal((99_999_999, 2, 2, false), (report.LastNumber, report.Receipts, report.FirstMissing!.Value, report.Holds));
        var seen = await LookAsync();
        Assert.True(seen["payment.receipts.missing"] >= 1);
        Assert.True(seen["payment.receipts.gaps"] >= 1);
        Assert.Equal(0, seen["payment.receipts.numbers_left"]);
        await (await VerifyAsync(unit, "")).JsonAsync();

        // The year's series is at its end: a new symbol, and the watch finds what lacks a receipt.
        ReceiptFlow.OptionsOf(fixture).For(unit).Symbol = "22U{yy}E";
        await LookAsync();
        await Eventually.Async(async () => (await ReceiptFlow.OfAsync(fixture, waiting.Id)).Count == 1, "the receipt that waited");
        Assert.Equal((1, "22U"), ((await ReceiptFlow.OfAsync(fixture, waiting.Id))[0].Number, (await ReceiptFlow.OfAsync(fixture, waiting.Id))[0].Symbol[..3]));
    }

    [Theory]
    [InlineData("UPDATE receipt SET amount = 1 WHERE unit_code = '{0}'", "receipt is insert-only")]
    [InlineData("DELETE FROM receipt WHERE unit_code = '{0}'", "receipt is insert-only")]
    [InlineData("TRUNCATE receipt_item", "receipt_item is insert-only")]
    [InlineData("TRUNCATE receipt_paper", "receipt_paper is insert-only")]
    [InlineData("UPDATE receipt_item SET amount = 1", "receipt_item is insert-only")]
    [InlineData("DELETE FROM receipt_paper WHERE unit_code = '{0}'", "receipt_paper is insert-only")]
    [InlineData("DELETE FROM receipt_series WHERE year = 2026", "receipt_series is insert-only")]
    [InlineData("UPDATE receipt_series SET last_number = last_number - 1 WHERE tax_code = '{1}'", "counts up one by one")]
    [InlineData("UPDATE receipt_series SET last_number = last_number + 2 WHERE tax_code = '{1}'", "counts up one by one")]
    [InlineData("UPDATE receipt_series SET last_number = last_number + 1, year = 2030 WHERE tax_code = '{1}'", "counts up one by one")]
    [InlineData("UPDATE receipt_series SET last_number = last_number + 1 WHERE tax_code = '{1}'", "has no receipt")]
    [InlineData("INSERT INTO receipt_series SELECT gen_random_uuid(), tax_code, form, 'X', year, collector, 5, opened_at FROM receipt_series WHERE tax_code = '{1}'", "counts up one by one")]
    public async Task The_database_refuses_what_would_change_or_skip_a_number(string sql, string message)
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        await ReceiptFlow.BringUpToDateAsync(fixture, (await ReceiptFlow.PaidAsync(fixture, unit)).Id);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, unit, ReceiptFlow.OptionsOf(fixture).For(unit).TaxCode)));

        Assert.Contains(message, refusal.MessageText, StringComparison.Ordinal);
        Assert.Equal([1], await NumbersAsync(unit));
    }

    [Fact]
    public async Task The_database_refuses_a_number_that_the_series_has_not_given_and_a_second_receipt_of_a_payment()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        await ReceiptFlow.BringUpToDateAsync(fixture, (await ReceiptFlow.PaidAsync(fixture, unit)).Id);
        const string columns = "kind, series_id, year, form, symbol, collector, tax_code, assumed, seal, unit_code, dossier_id, dossier_code, procedure_code, reference, amount, collected_at, issued_at";
        string Copy(string payment, int number) =>
            $"INSERT INTO receipt (id, payment_id, number, lookup_code, {columns}) SELECT gen_random_uuid(), {payment}, {number}, 'XXXXXXXXXXXXXXXX', {columns} FROM receipt WHERE unit_code = '{unit}'";

        Assert.Contains("was not given", (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(Copy("gen_random_uuid()", 2)))).MessageText, StringComparison.Ordinal);
        Assert.Equal("23505", (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(Copy("gen_random_uuid()", 1)))).SqlState);
        Assert.Equal("ux_receipt_payment", (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(
            $"UPDATE receipt_series SET last_number = 2 WHERE tax_code = '{ReceiptFlow.OptionsOf(fixture).For(unit).TaxCode}'; {Copy("payment_id", 2)}"))).ConstraintName);
    }

    [Fact]
    public async Task Numbers_are_checked_for_the_unit_by_who_answers_for_money()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        await ReceiptFlow.BringUpToDateAsync(fixture, (await ReceiptFlow.PaidAsync(fixture, unit)).Id);

        var report = await (await VerifyAsync(unit, "")).JsonAsync();

        Assert.True(report.GetProperty("holds").GetBoolean());
        var series = Assert.Single(report.GetProperty("series").EnumerateArray());
        Assert.Equal((1, 1, true), (series.GetProperty("lastNumber").GetInt32(), series.GetProperty("receipts").GetInt32(), series.GetProperty("holds").GetBoolean()));
        Assert.Empty((await (await VerifyAsync(unit, "?year=2099")).JsonAsync()).GetProperty("series").EnumerateArray());
        await (await VerifyAsync(unit, "?year=2025")).IsProblemAsync(400, "PAY-0604");
        await (await VerifyAsync(unit, "", Roles.Officer)).IsProblemAsync(403, "PAY-0605");
        await (await fixture.Official(Roles.Auditor, null).GetAsync("/api/v1/receipts/verification", Ct)).IsProblemAsync(403, "PAY-0605");
        await (await fixture.Anybody().GetAsync("/api/v1/receipts/verification", Ct)).IsProblemAsync(401, "CMN-0401");
        Assert.NotEqual(
            (await (await VerifyAsync(ReceiptFlow.NewUnit(fixture), "")).JsonAsync()).ToString(), report.ToString());
    }

    private Task<HttpResponseMessage> VerifyAsync(string unit, string query, string role = Roles.Leader) =>
        fixture.Official(role, unit).GetAsync("/api/v1/receipts/verification" + query, Ct);

    private Task<List<SeriesReport>> CheckAsync(string unit, int year) =>
        fixture.QueryAsync(db => NumberCheck.ReadAsync(db, year, ReceiptFlow.OptionsOf(fixture).For(unit).TaxCode, Ct));

    private async Task<IEnumerable<int>> NumbersAsync(string unit) => (await ReceiptFlow.OfUnitAsync(fixture, unit)).Select(r => r.Number!.Value);

    /// <summary>One look of a watch that has not looked before, and the gauges after it.</summary>
    private async Task<Dictionary<string, long>> LookAsync()
    {
        var (seen, factory) = (new Dictionary<string, long>(), fixture.Service.Services.GetRequiredService<IMeterFactory>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == PaymentInstruments.Name && ReferenceEquals(instrument.Meter.Scope, factory) && instrument.IsObservable)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        using var watch = ActivatorUtilities.CreateInstance<ReceiptWatch>(fixture.Service.Services);
        await watch.LookAsync(Ct);
        listener.RecordObservableInstruments();
        return seen;
    }

    private Task<int> RunAsync(string sql) => fixture.QueryAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
        await transaction.CommitAsync(Ct);
        return 0;
    });

    /// <summary>What only a broken program or a broken disk could do.</summary>
    private Task<int> WithoutTriggersAsync(string sql) => RunAsync("SET LOCAL session_replication_role = replica; " + sql);
}
