using System.Diagnostics.Metrics;
using System.Net;
using HaLong.Payments.Cash;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Cash;

/// <summary>From the opening of a till to the money at the bank.</summary>
[Collection(AtTheCounter.Name)]
public sealed class TillTests(PaymentFixture fixture)
{
    private readonly Counter counter = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shift_is_counted_agreed_to_by_another_and_closed_with_the_books_even()
    {
        var (shift, payment) = (await counter.OpenAsync(), await fixture.PendingAsync());
        await (await counter.TakeAsync(payment)).JsonAsync(201);

        await (await counter.CountAsync(shift, Counter.Pieces(("200000", 1), ("20000", 2)))).IsProblemAsync(400, "PAY-0709");
        var counted = await (await counter.CountAsync(shift, Counter.Pieces(("200000", 1), ("20000", 2)), "thiếu 10.000")).JsonAsync();
        Assert.Equal(("counted", -10_000L), (counted.GetProperty("state").GetString(), counted.GetProperty("difference").GetInt64()));
        await (await counter.TakeAsync(await fixture.PendingAsync())).IsProblemAsync(409, "PAY-0704");
        await (await counter.ConfirmAsync(shift, counter.Cashier)).IsProblemAsync(409, "PAY-0711");
        var closed = await (await counter.ConfirmAsync(shift)).JsonAsync();

        Assert.Equal(("closed", 140_000L, 100_000L), (closed.GetProperty("state").GetString(), closed.GetProperty("toDeposit").GetInt64(), closed.GetProperty("floatReturned").GetInt64()));
        Assert.Equal(new Dictionary<string, long> { ["till"] = 140_000, ["difference"] = 10_000, ["due"] = -150_000 }, await counter.BooksAsync(shift));
        await (await counter.ConfirmAsync(shift)).IsProblemAsync(409, "PAY-0710");
    }

    [Fact]
    public async Task A_count_that_is_sent_back_is_done_again_and_both_are_kept()
    {
        var shift = await counter.OpenAsync();
        await (await counter.CountAsync(shift, Counter.Pieces(("100000", 2)), "thừa")).JsonAsync();
        await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/return", new { }, counter.Leader)).IsProblemAsync(400, "PAY-0708");
        var returned = await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/return", new { note = "đếm lại" }, counter.Leader)).JsonAsync();
        Assert.Equal("open", returned.GetProperty("state").GetString());
        await (await counter.CountAsync(shift, Counter.Pieces(("100000", 1)))).JsonAsync();
        await (await counter.ConfirmAsync(shift, fixture.Official(Roles.Cashier))).JsonAsync();

        var counts = (await counter.GetAsync($"{shift}/report")).GetProperty("counts").EnumerateArray().ToList();
        Assert.Equal([(0, 100_000L), (1, 200_000L), (2, 100_000L)], counts.Select(c => (c.GetProperty("number").GetInt32(), c.GetProperty("total").GetInt64())));
        await (await counter.DepositAsync(shift, 0)).IsProblemAsync(409, "PAY-0713");
    }

    [Fact]
    public async Task Two_who_look_at_a_count_at_once_decide_it_once_and_so_do_two_who_deposit()
    {
        var closed = await counter.ClosedAsync(await fixture.PendingAsync());
        var deposits = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => counter.DepositAsync(closed.GetProperty("id").GetGuid(), 150_000)));
        Assert.Single(deposits, a => a.StatusCode == HttpStatusCode.OK);
        var shift = await counter.OpenAsync();
        await (await counter.CountAsync(shift, Counter.Pieces(("100000", 1)))).JsonAsync();

        var reviews = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0
            ? counter.ConfirmAsync(shift, fixture.Official(Roles.Leader))
            : counter.PostAsync($"/api/v1/till-shifts/{shift}/return", new { note = "x" }, fixture.Official(Roles.Chief))));

        Assert.Single(reviews, a => a.StatusCode == HttpStatusCode.OK);
        await reviews.First(a => a.StatusCode != HttpStatusCode.OK).IsProblemAsync(409, "PAY-0710");
    }

    [Fact]
    public async Task One_shift_for_each_cashier_and_each_till_also_when_many_open_at_once()
    {
        var till = Guid.CreateVersion7().ToString("N")[^10..];
        var cashiers = Enumerable.Range(0, 5).Select(_ => fixture.Official(Roles.Cashier)).ToList();

        var answers = await Task.WhenAll(cashiers.Select(c => counter.TryOpenAsync(c, till)));
        var mine = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => counter.TryOpenAsync()));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Single(mine, a => a.StatusCode == HttpStatusCode.Created);
        await answers.First(a => a.StatusCode != HttpStatusCode.Created).IsProblemAsync(409, "PAY-0703");
        await (await counter.TryOpenAsync(fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount), till)).JsonAsync(201);
    }

    [Fact]
    public async Task Opening_needs_a_name_real_notes_and_a_cashier()
    {
        await (await counter.TryOpenAsync(till: "a b")).IsProblemAsync(400, "PAY-0708");
        await (await counter.TryOpenAsync(denominations: Counter.Pieces(("30000", 1)))).IsProblemAsync(400, "PAY-0708");
        await (await counter.PostAsync("/api/v1/till-shifts", new { till = "1" })).IsProblemAsync(400, "PAY-0708");
        await (await counter.TryOpenAsync(fixture.Official(Roles.Cashier, unit: null))).IsProblemAsync(403, "PAY-0715");
        await (await counter.TryOpenAsync(counter.Leader)).IsProblemAsync(403, "CMN-0403");
        await (await counter.TryOpenAsync(fixture.Anybody())).IsProblemAsync(401, "CMN-0401");
        var first = await (await counter.TryOpenAsync(till: "samekey", key: "open-once")).JsonAsync(201);
        var again = await (await counter.TryOpenAsync(till: "samekey", key: "open-once")).JsonAsync(201);
        Assert.Equal(first.GetProperty("id").GetGuid(), again.GetProperty("id").GetGuid());
        Assert.Equal(0, (await (await counter.TryOpenAsync(fixture.Official(Roles.Cashier), denominations: new { })).JsonAsync(201)).GetProperty("float").GetInt64());
    }

    [Fact]
    public async Task A_deposit_is_on_its_way_until_the_banks_notice_names_the_shift_once()
    {
        var closed = await counter.ClosedAsync(await fixture.PendingAsync());
        var shift = closed.GetProperty("id").GetGuid();
        await (await counter.DepositAsync(shift, 149_000)).IsProblemAsync(409, "PAY-0714");
        await (await counter.DepositAsync(shift, 150_000, slip: " ")).IsProblemAsync(400, "PAY-0708");
        await (await counter.DepositAsync(shift, 150_000, day: "2020-01-01")).IsProblemAsync(400, "PAY-0708");
        await (await counter.DepositAsync(shift, 150_000, day: "x")).IsProblemAsync(400, "PAY-0105");
        await (await counter.DepositAsync(shift, 150_000, client: fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount))).IsProblemAsync(404, "PAY-0701");

        await (await counter.DepositAsync(shift, 150_000)).JsonAsync();
        await (await counter.DepositAsync(shift, 150_000)).IsProblemAsync(409, "PAY-0713");
        Assert.Equal(new Dictionary<string, long> { ["transit"] = 150_000, ["due"] = -150_000 }, await counter.BooksAsync(shift));

        var (first, second) = (PaymentFixture.NewEventId(), PaymentFixture.NewEventId());
        var payment = Domain.Some.Payment();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, first, amount: 150_000, remittance: "nop quy " + closed.GetProperty("reference").GetString()))).EnsureSuccessStatusCode();
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(first)).State);
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, second, amount: 150_000, remittance: closed.GetProperty("reference").GetString()))).EnsureSuccessStatusCode();
        Assert.Equal(MismatchReason.UnknownReference, (await fixture.DecidedAsync(second)).Reason);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await counter.GetAsync(shift.ToString())).GetProperty("arrivedAt").ValueKind);
        var notice = (await fixture.HandlingAsync(first))!.NoticeId;
        var lines = await fixture.QueryAsync(db => db.Journal.AsNoTracking().Where(e => e.SourceId == notice).SelectMany(e => e.Lines).OrderBy(l => l.Line).ToListAsync(Ct));
        Assert.Equal([("bank", 150_000L), ("transit", -150_000L)], lines.Select(l => (l.Account.Split(':')[0], l.Amount)));
    }

    [Fact]
    public async Task The_report_has_everything_as_json_and_csv()
    {
        var (shift, one, two) = (await counter.OpenAsync(), await fixture.PendingAsync(), await fixture.PendingAsync(amount: 8_000));
        await (await counter.TakeAsync(one, handed: 200_000)).JsonAsync(201);
        await (await counter.TakeAsync(two)).JsonAsync(201);

        var report = await counter.GetAsync($"{shift}/report", counter.Leader);
        var csv = await (await fixture.Official(Roles.Auditor, unit: "99999").GetAsync($"/api/v1/till-shifts/{shift}/report.csv", Ct)).Content.ReadAsStringAsync(Ct);

        Assert.Equal([150_000L, 8_000L], report.GetProperty("payments").EnumerateArray().Select(p => p.GetProperty("amount").GetInt64()));
        Assert.Contains("một trăm năm mươi tám nghìn", report.GetProperty("takenInWords").GetString()!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(258_000, report.GetProperty("shift").GetProperty("expected").GetInt64());
        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + 2 + 7, rows.Length);
        Assert.Contains($"{one.Reference},150000,200000,50000", rows[1], StringComparison.Ordinal);
        Assert.Contains(rows, r => r.StartsWith("expected,,,,258000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shifts_are_seen_by_the_unit_and_auditors_page_by_page_by_state()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add(await counter.OpenAsync(fixture.Official(Roles.Cashier)));

        var first = await counter.GetAsync("?state=open&limit=2");
        var second = await counter.GetAsync($"?state=open&limit=2&after={Uri.EscapeDataString(first.GetProperty("after").GetString()!)}");

        var seen = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("id").GetGuid()).ToList();
        Assert.Equal(ids.OrderDescending(), seen.Take(3));
        await (await counter.Cashier.GetAsync("/api/v1/till-shifts?state=lost", Ct)).IsProblemAsync(400, "PAY-0717");
        await (await counter.Cashier.GetAsync("/api/v1/till-shifts?limit=0", Ct)).IsProblemAsync(400, "CMN-0400");
        await (await counter.Cashier.GetAsync("/api/v1/till-shifts?after=x", Ct)).IsProblemAsync(400, "CMN-0400");
        foreach (var path in new[] { "", "/report", "/report.csv" })
        {
            var url = $"/api/v1/till-shifts/{ids[0]}{path}";
            foreach (var role in new[] { Roles.Cashier, Roles.Leader, Roles.Chief })
            {
                (await fixture.Official(role).GetAsync(url, Ct)).EnsureSuccessStatusCode();
                await (await fixture.Official(role, PaymentFixture.UnitWithAccount).GetAsync(url, Ct)).IsProblemAsync(404, "PAY-0701");
            }
            (await fixture.Official(Roles.Auditor, "99999").GetAsync(url, Ct)).EnsureSuccessStatusCode();
            foreach (var role in new[] { Roles.Officer, Roles.Reception, Roles.Administrator })
                await (await fixture.Official(role).GetAsync(url, Ct)).IsProblemAsync(403, "PAY-0715");
            await (await fixture.Citizen(Guid.CreateVersion7()).GetAsync(url, Ct)).IsProblemAsync(403, "CMN-0403");
        }
        await (await counter.PostAsync($"/api/v1/till-shifts/{ids[0]}/count", new { denominations = new { } }, ifMatch: "\"1\"")).IsProblemAsync(412, "CMN-0412");
        await (await counter.ConfirmAsync(ids[0], fixture.Official(Roles.Officer))).IsProblemAsync(403, "PAY-0715");
        await (await counter.CountAsync(ids[0], new { })).IsProblemAsync(403, "PAY-0716");
    }

    [Fact]
    public async Task A_shift_that_was_left_open_is_raised_takes_nothing_more_and_is_counted_by_a_colleague()
    {
        var shift = TillShift.Open(PaymentFixture.Unit, "forgotten", Guid.CreateVersion7(), Domain.Some.Account, 0, fixture.Time.GetUtcNow().AddHours(-13));
        await fixture.QueryAsync(db => { db.Add(shift); return db.SaveChangesAsync(Ct); });
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == PaymentInstruments.Name && i.IsObservable) l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = Math.Max(value, seen.GetValueOrDefault(instrument.Name)));
        listener.Start();

        await fixture.Service.Services.GetRequiredService<PaymentSweep>().RunAsync(Ct);
        listener.RecordObservableInstruments();

        Assert.True((await counter.GetAsync(shift.Id.ToString())).GetProperty("leftOpen").GetBoolean());
        Assert.True(seen["payment.shifts.open"] >= 1);
        Assert.True(seen["payment.shifts.oldest"] >= 13 * 3600);
        Assert.Contains("payment.cash.under_way", seen);
        await (await counter.CountAsync(shift.Id, new { })).JsonAsync();
        await (await counter.ConfirmAsync(shift.Id, counter.Cashier)).IsProblemAsync(409, "PAY-0711");
        await (await counter.ConfirmAsync(shift.Id)).JsonAsync();
    }
}
