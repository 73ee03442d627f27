using System.Net;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Cases;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Refunds;

/// <summary>From the proposal to the bank's number: two persons, what is available, and the books.</summary>
public sealed class RefundTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private readonly Desk desk = new(fixture);
    private readonly HttpClient chief = fixture.Official(Roles.Chief);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_paid_goes_back_in_parts_until_nothing_is_left()
    {
        await using var probe = await fixture.ListenAsync("halong.money-refunded.v1", "halong.payment-state-changed.v1");
        var payment = await fixture.SettledAsync();

        await PaidBackAsync(await ProposedAsync(payment, 50_000, 150_000));
        Assert.Equal((PaymentState.PartiallyRefunded, 50_000L), await StateAsync(payment));
        await PaidBackAsync(await ProposedAsync(payment, 100_000, 100_000));
        Assert.Equal((PaymentState.Refunded, 150_000L), await StateAsync(payment));

        Assert.Empty(await desk.BooksAsync(payment));
        var told = await probe.WaitAsync("paymentId", payment.Id, 6);
        Assert.Equal([50_000, 100_000], told.Where(t => t.TryGetProperty("refundId", out _)).Select(t => t.GetProperty("amount").GetInt64()));
        Assert.Equal(
            ["refundPart", "refund"],
            told.Where(t => t.TryGetProperty("step", out _)).OrderBy(t => t.GetProperty("sequence").GetInt32()).Skip(2).Select(t => t.GetProperty("step").GetString()));
        await (await ProposeAsync(payment, 1, 0)).IsProblemAsync(409, "PAY-0019");
    }

    [Fact]
    public async Task What_is_available_must_be_what_the_proposer_saw()
    {
        var payment = await fixture.SettledAsync();
        await ProposedAsync(payment, 100_000, 150_000);

        await (await ProposeAsync(payment, 100_000, 150_000)).IsProblemAsync(412, "PAY-0305");
        await (await ProposeAsync(payment, 60_000, 50_000)).IsProblemAsync(400, "PAY-0021");
        await (await ProposeAsync(await fixture.PendingAsync(), 1, 150_000)).IsProblemAsync(409, "PAY-0019");
    }

    [Fact]
    public async Task Of_many_proposals_at_once_no_more_than_was_paid_is_promised()
    {
        var payment = await fixture.SettledAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ProposeAsync(payment, 150_000, 150_000)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Nobody_agrees_to_his_own_proposal_and_only_some_agree_at_all()
    {
        var id = await ProposedAsync(await fixture.SettledAsync(), 1_000, 150_000);

        await (await ReviewAsync(id, "approval", fixture.Official(Roles.Cashier))).IsProblemAsync(403, "PAY-0307");
        await (await ReviewAsync(id, "approval", fixture.Official(Roles.Chief, PaymentFixture.UnitWithAccount))).IsProblemAsync(404, "PAY-0301");
        await (await ReviewAsync(id, "approval", fixture.Anybody())).IsProblemAsync(401, "CMN-0401");
        await (await ReviewAsync(id, "rejection", chief)).IsProblemAsync(400, "PAY-0306");
        await (await ReviewAsync(id, "approval", chief)).JsonAsync();
        await (await ReviewAsync(id, "approval", chief)).IsProblemAsync(409, "PAY-0302");
        var refund = await RefundAsync(id);
        Assert.Equal("PAY-0303", MoneyRefund.OfPayment(Domain.Some.Payment(), 1, "r", "r", new Payee("970422", "1", "A"), refund.ProposedBy, refund.ProposedAt)
            .Review(true, refund.ProposedBy, null, refund.ProposedAt).Error.Code);
    }

    [Fact]
    public async Task A_refusal_frees_what_was_promised()
    {
        var payment = await fixture.SettledAsync();
        var id = await ProposedAsync(payment, 150_000, 150_000);

        await (await ReviewAsync(id, "rejection", chief, "không có căn cứ")).JsonAsync();

        Assert.Equal(RefundState.Rejected, (await RefundAsync(id)).State);
        await ProposedAsync(payment, 150_000, 150_000);
    }

    [Fact]
    public async Task Too_much_waits_for_its_account_cannot_be_kept_and_leaves_the_request_paid()
    {
        var payment = await fixture.PendingAsync();
        await (await desk.DecideAsync(await desk.CaseAsync(payment, amount: 170_000), "accept")).JsonAsync();
        var id = (await fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.PaymentId == payment.Id, Ct))).Id;

        await (await ReviewAsync(id, "approval", chief)).IsProblemAsync(409, "PAY-0304");
        await (await desk.SendAsync(HttpMethod.Put, $"/api/v1/refunds/{id}/payee", new { bin = "x" })).IsProblemAsync(400, "PAY-0306");
        await (await desk.SendAsync(HttpMethod.Put, $"/api/v1/refunds/{id}/payee", Desk.Payee)).JsonAsync();
        await (await ReviewAsync(id, "rejection", chief, "sai tài khoản")).JsonAsync();
        Assert.Equal((RefundState.Proposed, null), ((await RefundAsync(id)).State, (await RefundAsync(id)).Payee));
        await (await desk.SendAsync(HttpMethod.Put, $"/api/v1/refunds/{id}/payee", Desk.Payee)).JsonAsync();
        await PaidBackAsync(id);

        Assert.Equal((PaymentState.Settled, 0L), await StateAsync(payment));
        Assert.Equal(new() { ["bank"] = 150_000, ["due"] = -150_000 }, await desk.BooksAsync(payment));
        await (await desk.SendAsync(HttpMethod.Put, $"/api/v1/refunds/{id}/payee", Desk.Payee)).IsProblemAsync(409, "PAY-0302");
    }

    [Fact]
    public async Task A_payout_holds_each_agreed_refund_once_and_what_the_bank_returns_waits_for_the_next()
    {
        var ids = new List<Guid>();
        foreach (var amount in new[] { 10_000, 20_000 })
        {
            ids.Add(await ProposedAsync(await fixture.SettledAsync(), amount, 150_000));
            await (await ReviewAsync(ids[^1], "approval", chief)).JsonAsync();
        }

        var made = await Task.WhenAll(PayoutAsync(), PayoutAsync());
        var files = new List<string>();
        foreach (var answer in made.Where(m => m.StatusCode == HttpStatusCode.Created))
            files.Add(await desk.Cashier.GetStringAsync((await answer.JsonAsync(201)).GetProperty("href").GetString(), Ct));

        var text = string.Concat(files);
        Assert.All(ids, id => Assert.Equal(2, text.Split(id.ToString()).Length));
        Assert.Contains("970422,0123456789,\"NGUYEN VAN ANH\",10000,HOAN PHI ", text, StringComparison.Ordinal);
        await (await PayoutAsync()).IsProblemAsync(409, "PAY-0308");
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{ids[0]}/return", new { note = "" })).IsProblemAsync(400, "PAY-0306");
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{ids[0]}/return", new { note = "tài khoản đã đóng" })).JsonAsync();
        await (await PayoutAsync()).JsonAsync(201);
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{ids[1]}/payment", new { bankReference = "" })).IsProblemAsync(400, "PAY-0306");
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{ids[1]}/payment", new { bankReference = "FT1" })).JsonAsync();
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{ids[1]}/payment", new { bankReference = "FT1" })).IsProblemAsync(409, "PAY-0302");
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{ids[1]}/return", new { note = "x" })).IsProblemAsync(409, "PAY-0302");
        await (await desk.SendAsync(HttpMethod.Post, "/api/v1/payouts", new { bin = "970436" })).IsProblemAsync(400, "PAY-0306");
        await (await fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount).GetAsync((await made.First(m => m.IsSuccessStatusCode).JsonAsync(201)).GetProperty("href").GetString(), Ct))
            .IsProblemAsync(404, "PAY-0310");
    }

    [Fact]
    public async Task Refunds_of_the_unit_are_listed_by_state_newest_first_for_those_who_deal_with_them()
    {
        var payment = await fixture.SettledAsync();
        var ids = new[] { await ProposedAsync(payment, 1, 150_000), await ProposedAsync(payment, 2, 149_999), await ProposedAsync(payment, 3, 149_997) };
        await (await ReviewAsync(ids[1], "rejection", chief, "x")).JsonAsync();

        var first = await ListAsync("?state=proposed&limit=1");
        var second = await ListAsync("?state=proposed&limit=1&after=" + Uri.EscapeDataString(first.GetProperty("after").GetString()!));

        Assert.Equal(ids[2], first.GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal(ids[0], second.GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal("rejected", (await ListAsync("?state=rejected")).GetProperty("items")[0].GetProperty("state").GetString());
        await (await chief.GetAsync("/api/v1/refunds?state=lost", Ct)).IsProblemAsync(400, "PAY-0309");
        Assert.Equal(400, (int)(await chief.GetAsync("/api/v1/refunds?after=x", Ct)).StatusCode);
        await (await fixture.Official(Roles.Officer).GetAsync("/api/v1/refunds", Ct)).IsProblemAsync(403, "PAY-0307");
        Assert.Empty((await ListAsync("", fixture.Official(Roles.Chief, PaymentFixture.UnitWithAccount))).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Everything_wrong_with_a_proposal_is_told_at_once_and_only_cashiers_of_the_unit_propose()
    {
        var payment = await fixture.SettledAsync();
        var answer = await desk.SendAsync(HttpMethod.Post, "/api/v1/refunds", new { amount = 0 });

        await answer.IsProblemAsync(400, "PAY-0306");
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.All(["paymentId", "amount", "available", "rule", "reason", "payee.bin", "payee.account", "payee.name"], f => Assert.Contains(f, text, StringComparison.Ordinal));
        await (await ProposeAsync(payment, 1, 150_000, fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount))).IsProblemAsync(404, "PAY-0001");
        await (await ProposeAsync(payment, 1, 150_000, chief)).IsProblemAsync(403, "CMN-0403");
    }

    private async Task<Guid> ProposedAsync(PaymentRequest payment, long amount, long available) =>
        (await (await ProposeAsync(payment, amount, available)).JsonAsync(201)).GetProperty("id").GetGuid();

    private Task<HttpResponseMessage> ProposeAsync(PaymentRequest payment, long amount, long available, HttpClient? client = null) => desk.SendAsync(
        HttpMethod.Post, "/api/v1/refunds", new { paymentId = payment.Id, amount, available, rule = "notEligible", reason = "không đủ điều kiện", payee = Desk.Payee }, client);

    private Task<HttpResponseMessage> ReviewAsync(Guid id, string what, HttpClient client, string? note = null) =>
        desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{id}/{what}", new { note }, client);

    private Task<HttpResponseMessage> PayoutAsync() => desk.SendAsync(HttpMethod.Post, "/api/v1/payouts", new { bin = "970436", account = "0011000000001" });

    /// <summary>Agreed to, and paid by the bank.</summary>
    private async Task PaidBackAsync(Guid id)
    {
        await (await ReviewAsync(id, "approval", chief)).JsonAsync();
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{id}/payment", new { bankReference = "FT" + id.ToString("N")[^8..] })).JsonAsync();
    }

    private async Task<(PaymentState, long)> StateAsync(PaymentRequest payment)
    {
        var now = await fixture.ReloadAsync(payment);
        return (now.State, now.Refunded);
    }

    private Task<MoneyRefund> RefundAsync(Guid id) => fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.Id == id, Ct));

    private async Task<JsonElement> ListAsync(string query, HttpClient? client = null) => await (await (client ?? chief).GetAsync("/api/v1/refunds" + query, Ct)).JsonAsync();
}
