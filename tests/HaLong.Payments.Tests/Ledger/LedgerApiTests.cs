using System.Globalization;
using System.Net.Http.Json;
using HaLong.Payments.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Ledger;

/// <summary>The tests of this class move its clock on, so each may close days of its own.</summary>
public sealed class LedgerApiTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Cashier => fixture.Official(Roles.Cashier);

    private DateOnly Today => LocalTime.Date(fixture.Time.GetUtcNow());

    [Fact]
    public async Task Balances_are_what_came_in_and_whose_it_is_and_add_up_to_nothing()
    {
        var before = await BalancesAsync();
        await fixture.SettledAsync();
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId, amount: 60_000))).EnsureSuccessStatusCode();
        await fixture.DecidedAsync(eventId);

        var after = await BalancesAsync();

        Assert.Equal(210_000, Of(after, "bank:970436:0011000000001") - Of(before, "bank:970436:0011000000001"));
        Assert.Equal(-150_000, Of(after, "due:970436:0011000000001:lePhi") - Of(before, "due:970436:0011000000001:lePhi"));
        Assert.Equal(-60_000, Of(after, "suspense:970436:0011000000001") - Of(before, "suspense:970436:0011000000001"));
        Assert.Equal(0, after.Values.Sum());
    }

    [Fact]
    public async Task A_closed_day_takes_nothing_more_and_balances_stay_the_same_from_then_on()
    {
        await fixture.SettledAsync();
        var day = Today;
        var open = await BalancesAsync(day);
        fixture.Time.Advance(TimeSpan.FromDays(1));

        var closed = await (await CloseAsync(Cashier, day)).JsonAsync(201);

        Assert.Equal(Iso(day), closed.GetProperty("day").GetString());
        Assert.Equal(64, closed.GetProperty("hash").GetString()!.Length);
        Assert.True(closed.GetProperty("turnover").GetInt64() >= 150_000);
        Assert.Equal(open, await BalancesAsync(day));
        await Assert.ThrowsAnyAsync<Exception>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO journal_entry (id, kind, source_id, booked_on, created_at) VALUES (gen_random_uuid(), 'correction', gen_random_uuid(), {day}, now())")));
        await (await CloseAsync(Cashier, day)).IsProblemAsync(409, "PAY-0103");
        await (await CloseAsync(Cashier, day.AddDays(-3))).IsProblemAsync(409, "PAY-0103");
        await fixture.SettledAsync();
        Assert.Equal(open, await BalancesAsync(day));
        Assert.Equal(0, (await BalancesAsync()).Values.Sum());
        var closes = await (await Cashier.GetAsync("/api/v1/ledger/closes", Ct)).JsonAsync();
        Assert.Equal(Iso(day), closes[0].GetProperty("day").GetString());
        Assert.Empty((await (await Cashier.GetAsync($"/api/v1/ledger/closes?before={day.AddYears(-5):O}", Ct)).JsonAsync()).EnumerateArray());
    }

    [Fact]
    public async Task Only_a_day_that_is_over_is_closed_and_only_a_day_is_a_day()
    {
        await (await CloseAsync(Cashier, Today)).IsProblemAsync(400, "PAY-0102");
        await (await CloseAsync(Cashier, Today.AddDays(5))).IsProblemAsync(400, "PAY-0102");
        foreach (var day in new[] { null, "", "30/11/2026", "2026-02-30" })
            await (await PostAsync(Cashier, new { day })).IsProblemAsync(400, "PAY-0105");
        await (await Cashier.GetAsync("/api/v1/ledger/accounts?at=yesterday", Ct)).IsProblemAsync(400, "PAY-0105");
        await (await Cashier.GetAsync("/api/v1/ledger/closes?before=x", Ct)).IsProblemAsync(400, "PAY-0105");
    }

    [Fact]
    public async Task The_same_key_closes_once_and_two_at_once_close_once()
    {
        await fixture.SettledAsync();
        var day = Today;
        fixture.Time.Advance(TimeSpan.FromDays(1));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CloseAsync(Cashier, day)));

        Assert.Single(answers, a => a.StatusCode == System.Net.HttpStatusCode.Created);
        Assert.Equal(1, await fixture.QueryAsync(db => db.DayCloses.CountAsync(c => c.Day == day)));
        var next = day.AddDays(1);
        fixture.Time.Advance(TimeSpan.FromDays(1));
        var cashier = Cashier;
        var first = await (await PostAsync(cashier, new { day = Iso(next) }, "close-once")).JsonAsync(201);
        var again = await (await PostAsync(cashier, new { day = Iso(next) }, "close-once")).JsonAsync(201);
        Assert.Equal(first.GetProperty("hash").GetString(), again.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task The_platform_closes_yesterday_by_itself_once_and_not_before_its_hour()
    {
        var sweep = fixture.Service.Services.GetRequiredService<PaymentSweep>();
        await fixture.SettledAsync();
        MoveTo(new TimeOnly(0, 10));
        var yesterday = Today.AddDays(-1);

        await sweep.RunAsync(Ct);
        Assert.False(await fixture.QueryAsync(db => db.DayCloses.AnyAsync(c => c.Day == yesterday)));
        MoveTo(new TimeOnly(1, 5), sameDay: true);
        await sweep.RunAsync(Ct);
        await sweep.RunAsync(Ct);

        var close = await fixture.QueryAsync(db => db.DayCloses.AsNoTracking().SingleAsync(c => c.Day == yesterday));
        Assert.Null(close.ClosedBy);
    }

    [Fact]
    public async Task Bookings_of_an_account_come_page_by_page_newest_first_with_all_their_lines()
    {
        for (var i = 0; i < 3; i++)
            await fixture.SettledAsync();
        const string Url = "/api/v1/ledger/accounts/bank:970436:0011000000001/bookings";

        var first = await (await Cashier.GetAsync(Url + "?limit=2", Ct)).JsonAsync();
        var second = await (await Cashier.GetAsync($"{Url}?limit=2&after={Uri.EscapeDataString(first.GetProperty("after").GetString()!)}", Ct)).JsonAsync();

        var ids = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("id").GetGuid()).ToList();
        Assert.True(ids.Count >= 3);
        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(first.GetProperty("items").EnumerateArray(), i => Assert.Equal(0, i.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("amount").GetInt64())));
        await (await Cashier.GetAsync("/api/v1/ledger/accounts/bank:1:2/bookings", Ct)).IsProblemAsync(404, "PAY-0104");
        Assert.Equal(400, (int)(await Cashier.GetAsync(Url + "?after=nonsense", Ct)).StatusCode);
        Assert.Equal(400, (int)(await Cashier.GetAsync(Url + "?limit=0", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("accounts")]
    [InlineData("closes")]
    [InlineData("verification")]
    [InlineData("accounts/bank:970436:0011000000001/bookings")]
    public async Task Cashiers_leaders_and_auditors_look_into_the_ledger_and_nobody_else(string path)
    {
        await fixture.SettledAsync();
        var url = "/api/v1/ledger/" + path;
        foreach (var role in new[] { Roles.Cashier, Roles.Leader, Roles.Auditor })
            (await fixture.Official(role).GetAsync(url, Ct)).EnsureSuccessStatusCode();
        foreach (var role in new[] { Roles.Officer, Roles.Reception, Roles.Approver, Roles.Administrator })
            await (await fixture.Official(role).GetAsync(url, Ct)).IsProblemAsync(403, "PAY-0101");
        await (await fixture.Citizen(Guid.CreateVersion7()).GetAsync(url, Ct)).IsProblemAsync(403, "CMN-0403");
        await (await fixture.Anybody().GetAsync(url, Ct)).IsProblemAsync(401, "CMN-0401");
    }

    [Fact]
    public async Task Only_cashiers_close()
    {
        foreach (var role in new[] { Roles.Leader, Roles.Auditor, Roles.Officer })
            await (await CloseAsync(fixture.Official(role), Today)).IsProblemAsync(403, "CMN-0403");
        await (await CloseAsync(fixture.Anybody(), Today)).IsProblemAsync(401, "CMN-0401");
    }

    private async Task<SortedDictionary<string, long>> BalancesAsync(DateOnly? at = null)
    {
        var accounts = await (await Cashier.GetAsync("/api/v1/ledger/accounts" + (at is null ? "" : $"?at={at:O}"), Ct)).JsonAsync();
        return new(accounts.EnumerateArray().ToDictionary(a => a.GetProperty("account").GetString()!, a => a.GetProperty("balance").GetInt64()));
    }

    private static long Of(SortedDictionary<string, long> balances, string account) => balances.GetValueOrDefault(account);

    private static Task<HttpResponseMessage> CloseAsync(HttpClient client, DateOnly day) => PostAsync(client, new { day = Iso(day) });

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, object body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ledger/closes") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString("N"));
        return client.SendAsync(request, Ct);
    }

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Moves the clock to a local time of day, tomorrow unless it is still to come today.</summary>
    private void MoveTo(TimeOnly local, bool sameDay = false)
    {
        var now = fixture.Time.GetUtcNow();
        fixture.Time.Advance(LocalTime.Instant(LocalTime.Date(now).AddDays(sameDay ? 0 : 1), local) - now);
    }
}
