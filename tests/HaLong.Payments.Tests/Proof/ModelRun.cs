using System.Globalization;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.Persistence;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Cases;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Proof;

/// <summary>Does at random what banks, citizens, officials and time do, and compares each answer with what the model said beforehand.</summary>
internal sealed class ModelRun(PaymentFixture fixture, int seed)
{
    private const string Account = "0011000000001", OtherAccount = "0011000000002";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(15), Grace = TimeSpan.FromMinutes(15);

    private readonly Random random = new(seed);
    private readonly Desk desk = new(fixture);
    private readonly List<ModelRequest> requests = [];
    private readonly List<ModelCase> cases = [];
    private readonly List<ModelRefund> refunds = [];
    private readonly List<string> told = [];

    /// <summary>What was done, in order.</summary>
    public List<string> Story { get; } = [];

    /// <summary>Different things that happened, each as often as it did.</summary>
    public SortedDictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => fixture.Time.GetUtcNow();

    public async Task StepAsync()
    {
        if (requests.Count < 4)
        {
            await OpenAsync();
            return;
        }

        await (random.Next(20) switch
        {
            0 or 1 => OpenAsync(),
            < 8 => TransfersAsync(),
            < 12 => DecideAsync(),
            12 => RepeatAsync(),
            13 => TimeAsync(),
            14 => WithdrawAsync(),
            15 => ProposeAsync(),
            16 or 17 => ReviewAsync(),
            18 => PayoutAsync(),
            _ => ConfirmAsync(),
        });
    }

    /// <summary>Every request is in the state of the model.</summary>
    public async Task CompareAsync()
    {
        var found = await fixture.QueryAsync(db => db.Payments.AsNoTracking().ToDictionaryAsync(p => p.Id, Ct));
        Assert.All(requests, r => Assert.Equal(
            (r.State, r.State == PaymentState.Pending ? r.Held : 0, r.Refunded),
            (found[r.Id].State, r.State == PaymentState.Pending ? found[r.Id].Held : 0, found[r.Id].Refunded)));
        var states = await fixture.QueryAsync(db => db.Refunds.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.State, Ct));
        Assert.Equal(refunds.OrderBy(r => r.Id).Select(r => (r.Id, r.State)), states.OrderBy(r => r.Key).Select(r => (r.Key, r.Value)));
        Assert.Equal(told.Count, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.Original, Ct)));
    }

    private async Task OpenAsync()
    {
        var filed = PaymentFixture.Filed(fees: [random.Next(1, 200) * 1000, random.Next(1, 100) * 1000]);
        Note("open", "");
        await fixture.Service.PublishAsync(filed);
        var p = await Eventually.ValueAsync(() => fixture.OfDossierAsync(filed.DossierId), p => p is not null, "payment request");
        requests.Add(new ModelRequest(p!.Id, p.DossierId, p.Reference, p.Amount, p.ExpiresAt));
    }

    /// <summary>Transfers for different requests, told at once.</summary>
    private async Task TransfersAsync()
    {
        // Those that are still open more often than the others.
        var targets = requests.OrderBy(r => (r.State == PaymentState.Pending ? 0 : 3) + random.Next(6)).Take(random.Next(1, 4)).ToList();
        await Task.WhenAll(targets.ConvertAll(r =>
        {
            var how = (Transfer)Math.Max(0, random.Next(13) - 6);
            var amount = how switch
            {
                Transfer.Part => random.NextInt64(1, r.Remaining),
                Transfer.TooMuch => r.Remaining + random.Next(1, 50_000),
                _ => r.Remaining,
            };
            return TransferAsync(r, how, amount, how == Transfer.BookedLate && r.Expires < Now.AddHours(23) && r.Expires > Now ? r.Expires.AddSeconds(1) : Now);
        }));
    }

    private async Task TransferAsync(ModelRequest r, Transfer how, long amount, DateTimeOffset bookedAt)
    {
        var other = requests.Find(o => o != r)!;
        var body = BodyOf(r, amount, bookedAt, how switch
        {
            Transfer.CutReference => "CT " + r.Reference[..9],
            Transfer.TwoReferences => r.Reference + " " + other.Reference,
            _ => "nop phi " + r.Reference,
        }, how == Transfer.OtherAccount ? OtherAccount : Account, out var eventId);
        var expected = PaymentModel.Outcome(r, how, amount, bookedAt);
        lock (Story)
        {
            Note("transfer " + (expected is { } why ? Words.Of(why) : "settles"), $"{how} {amount} for {r.Reference}, {r.State}, {r.Remaining} due");
            told.Add(body);
        }

        (await fixture.NotifyAsync(body)).EnsureSuccessStatusCode();
        var decided = await fixture.DecidedAsync(eventId);

        Assert.Equal((expected is null ? NoticeState.Settled : NoticeState.Mismatched, expected), (decided.State, decided.Reason));
        if (expected is not { } reason)
        {
            r.State = PaymentState.Settled;
            return;
        }

        var opened = await fixture.QueryAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.NoticeId == decided.NoticeId, Ct));
        var kind = PaymentModel.KindOf(reason, amount, r);
        Assert.Equal(kind, opened.Kind);
        lock (Story)
            cases.Add(new ModelCase(opened.Id, kind, amount, how is Transfer.CutReference or Transfer.TwoReferences ? null : r, how == Transfer.OtherAccount));
    }

    /// <summary>The bank tells again what it told, or something else under the same number: neither is money.</summary>
    private async Task RepeatAsync()
    {
        if (told.Count == 0)
            return;
        var body = told[random.Next(told.Count)];
        var altered = random.Next(2) == 0;
        Note(altered ? "altered" : "repeated", body);
        (await fixture.NotifyAsync(altered ? body.Replace("\"amount\":", "\"amount\":1", StringComparison.Ordinal) : body)).EnsureSuccessStatusCode();
    }

    private async Task DecideAsync()
    {
        var of = Pick(cases, c => c.Decision is null);
        if (of is null)
            return;
        var decision = (CaseDecision)random.Next(5);
        var target = decision == CaseDecision.Assign ? requests[random.Next(requests.Count)] : of.Request;
        var expected = PaymentModel.Refusal(of, decision, target);
        Note($"{Words.Of(decision)} {Words.Of(of.Kind)} {expected}", $"{of.Amount} for {target?.Reference}, {target?.State}, {target?.Remaining} due");
        var before = Now;
        await ExpectAsync(expected, await desk.SendAsync(
            HttpMethod.Post, $"/api/v1/money-cases/{of.Id}/decision", new { decision = Words.Of(decision), paymentId = target?.Id, reason = "vì sao", evidence = "sổ phụ", payee = Desk.Payee },
            fixture.Official(Roles.Cashier)));
        if (expected is not null)
            return;
        var excess = PaymentModel.Decide(of, decision, target, before + Lifetime);
        if (decision == CaseDecision.AskRest)
            target!.Expires = (await fixture.QueryAsync(db => db.Payments.AsNoTracking().SingleAsync(p => p.Id == target.Id, Ct))).ExpiresAt;
        if (decision == CaseDecision.Refund || excess > 0)
        {
            var refund = await fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.CaseId == of.Id, Ct));
            refunds.Add(new ModelRefund(refund.Id, excess > 0 ? excess : of.Amount, target, of, excess > 0) { HasPayee = excess == 0 });
            Assert.Equal((refunds[^1].Amount, refunds[^1].Excess), (refund.Amount, refund.IsExcess));
        }
    }

    /// <summary>Time goes by and the sweep comes: what has lapsed expires, days are closed.</summary>
    private async Task TimeAsync()
    {
        var by = TimeSpan.FromHours(random.Next(1, 160));
        fixture.Time.Advance(by);
        if (random.Next(3) == 0)
        {
            Note("time without sweep", $"{by}");
            return;
        }

        Note("sweep", $"{by}");
        await fixture.Service.Services.GetRequiredService<PaymentSweep>().RunAsync(Ct);
        foreach (var r in requests.Where(r => r.State == PaymentState.Pending && r.Expires <= Now - Grace))
            await EndAsync(r, PaymentState.Expired);
    }

    private async Task WithdrawAsync()
    {
        var r = requests[random.Next(requests.Count)];
        Note("withdraw", $"{r.Reference} {r.State}");
        await fixture.Service.PublishAsync(new DossierWithdrawn(
            r.Dossier, "c", 2, TimeProvider.System.GetUtcNow(), "1.013978", PaymentFixture.Unit, Guid.Empty, "SUBMITTED", 0, FeeTreatments.None));
        await Eventually.Async(() => fixture.QueryAsync(db => db.ClosedDossiers.AnyAsync(c => c.DossierId == r.Dossier, Ct)), "the withdrawal is known");
        if (r.State == PaymentState.Pending)
            await EndAsync(r, PaymentState.Cancelled);
    }

    private async Task EndAsync(ModelRequest r, PaymentState state)
    {
        var held = PaymentModel.End(r, state);
        if (held == 0)
            return;
        var refund = await fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(x => x.PaymentId == r.Id && x.CaseId == null && x.IsExcess, Ct));
        Assert.Equal((held, "partial"), (refund.Amount, refund.Rule));
        refunds.Add(new ModelRefund(refund.Id, held, r, null, excess: true));
    }

    private async Task ProposeAsync()
    {
        var r = Pick(requests, r => r.Refundable > 0)!;
        var available = r.Refundable - refunds.Where(f => f.Request == r && f.ByRule && f.State is RefundState.Proposed or RefundState.Approved or RefundState.Sent).Sum(f => f.Amount);
        var amount = Math.Max(1, random.Next(3) == 0 ? available : random.NextInt64(1, r.Amount + 1));
        var seen = random.Next(5) == 0 ? available + 1 : available;
        var expected = PaymentModel.RefusalToPropose(r, amount, seen, available);
        Note($"propose {expected}", $"{amount} of {available} of {r.Reference} {r.State}");
        var answer = await desk.SendAsync(
            HttpMethod.Post, "/api/v1/refunds", new { paymentId = r.Id, amount, available = seen, rule = "byLaw", reason = "vì sao", payee = Desk.Payee }, fixture.Official(Roles.Cashier));
        await ExpectAsync(expected, answer);
        if (expected is null)
            refunds.Add(new ModelRefund((await answer.JsonAsync(201)).GetProperty("id").GetGuid(), amount, r, null, excess: false) { HasPayee = true });
    }

    /// <summary>Two persons; sometimes the account is named before, sometimes the proposer tries it himself.</summary>
    private async Task ReviewAsync()
    {
        if (Pick(refunds, r => r.State == RefundState.Proposed) is not { } refund)
            return;
        if (!refund.HasPayee && random.Next(3) > 0)
        {
            var late = refund.State == RefundState.Proposed ? null : "PAY-0302";
            Note($"payee {late}", $"{refund.Id}");
            await ExpectAsync(late, await desk.SendAsync(HttpMethod.Put, $"/api/v1/refunds/{refund.Id}/payee", Desk.Payee, fixture.Official(Roles.Cashier)));
            refund.HasPayee = true;
        }

        var agreed = random.Next(4) > 0;
        var proposer = await fixture.QueryAsync(db => db.Refunds.Where(r => r.Id == refund.Id).Select(r => r.ProposedBy).SingleAsync(Ct));
        var alone = random.Next(4) == 0 && proposer != Guid.Empty;
        var expected = PaymentModel.RefusalToReview(refund, agreed, alone);
        Note($"{(agreed ? "approve" : "reject")} {expected}", $"{refund.Amount} {refund.State} excess {refund.Excess}");
        await ExpectAsync(expected, await desk.SendAsync(
            HttpMethod.Post, $"/api/v1/refunds/{refund.Id}/{(agreed ? "approval" : "rejection")}", new { note = "xem xét" },
            alone ? fixture.Official(proposer, Roles.Cashier, Roles.Chief) : fixture.Official(Roles.Chief)));
        if (expected is not null)
            return;
        if (agreed)
            refund.State = RefundState.Approved;
        else if (refund.Excess)
            refund.HasPayee = false;
        else
            refund.State = RefundState.Rejected;
    }

    private async Task PayoutAsync()
    {
        var account = random.Next(5) == 0 ? OtherAccount : Account;
        var ready = refunds.Where(r => r.State == RefundState.Approved && r.Elsewhere == (account == OtherAccount)).ToList();
        Note($"payout {(ready.Count == 0 ? "PAY-0308" : "")}", $"{ready.Count}");
        var answer = await desk.SendAsync(HttpMethod.Post, "/api/v1/payouts", new { bin = "970436", account }, fixture.Official(Roles.Cashier));
        await ExpectAsync(ready.Count == 0 ? "PAY-0308" : null, answer);
        if (ready.Count == 0)
            return;
        var made = await answer.JsonAsync(201);
        Assert.Equal((ready.Count, ready.Sum(r => r.Amount)), (made.GetProperty("count").GetInt32(), made.GetProperty("total").GetInt64()));
        ready.ForEach(r => r.State = RefundState.Sent);
    }

    /// <summary>The bank paid, or could not.</summary>
    private async Task ConfirmAsync()
    {
        if (Pick(refunds, r => r.State is RefundState.Sent or RefundState.Approved) is not { } refund)
            return;
        var paid = random.Next(4) > 0;
        var expected = refund.State == RefundState.Sent || (paid && refund.State == RefundState.Approved) ? null : "PAY-0302";
        Note($"{(paid ? "paid" : "returned")} {expected}", $"{refund.Amount} {refund.State}");
        await ExpectAsync(expected, await desk.SendAsync(
            HttpMethod.Post, $"/api/v1/refunds/{refund.Id}/{(paid ? "payment" : "return")}", new { bankReference = "FT1", note = "tài khoản đã đóng" }, fixture.Official(Roles.Cashier)));
        if (expected is null && paid)
            PaymentModel.Pay(refund);
        else if (expected is null)
            refund.State = RefundState.Approved;
    }

    private static string BodyOf(ModelRequest r, long amount, DateTimeOffset bookedAt, string remittance, string account, out string eventId)
    {
        eventId = PaymentFixture.NewEventId();
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"eventId":"{{eventId}}","amount":{{amount}},"account":"{{account}}","bin":"970436","remittance":"{{remittance}}","bookedAt":"{{bookedAt:O}}"}""");
    }

    /// <summary>Mostly one of those where something can happen.</summary>
    private T? Pick<T>(List<T> all, Func<T, bool> lively)
        where T : class
    {
        var some = all.Where(lively).ToList();
        var from = some.Count > 0 && random.Next(6) > 0 ? some : all;
        return from.Count == 0 ? null : from[random.Next(from.Count)];
    }

    private void Note(string what, string detail)
    {
        Story.Add($"{what.Trim()}: {detail}");
        Happened[what.Trim()] = Happened.GetValueOrDefault(what.Trim()) + 1;
    }

    private static async Task ExpectAsync(string? code, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(code is null ? answer.IsSuccessStatusCode : body.Contains($"\"{code}\"", StringComparison.Ordinal), $"Expected {code ?? "success"} but got {(int)answer.StatusCode}: {body}");
    }
}
