using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.Payments.Receipts;
using HaLong.Payments.Refunds;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Proof;

/// <summary>What must hold of all money of a database once everything has calmed down, whatever happened before.</summary>
internal sealed class Books
{
    public const string StateChanged = "halong.payment-state-changed.v1", Settled = "halong.payment-settled.v1", Opened = "halong.money-case-opened.v1";

    private readonly List<PaymentRequest> payments;
    private readonly List<BankNotice> notices;
    private readonly List<NoticeHandling> handlings;
    private readonly List<JournalEntry> entries;
    private readonly List<MoneyCase> cases;
    private readonly List<MoneyRefund> refunds;

    private Books(List<PaymentRequest> payments, List<BankNotice> notices, List<NoticeHandling> handlings, List<JournalEntry> entries, List<MoneyCase> cases, List<MoneyRefund> refunds) =>
        (this.payments, this.notices, this.handlings, this.entries, this.cases, this.refunds) = (payments, notices, handlings, entries, cases, refunds);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The exchanges that a probe must hear for <see cref="AssertBooksAsync"/>.</summary>
    public static string[] Facts => [StateChanged, Settled, Opened];

    /// <summary>Every notice is decided, nothing that has lapsed waits for the sweep, and every fact has left.</summary>
    public static Task CalmAsync(Func<Func<PaymentDbContext, Task<bool>>, Task<bool>> query, DateTimeOffset lapsed) => Eventually.Async(() => query(async db =>
        !await db.Handlings.AnyAsync(h => h.State == NoticeState.Received, Ct)
        && !await db.Payments.AnyAsync(p => p.State == PaymentState.Pending && p.ExpiresAt < lapsed, Ct)
        && await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM outbox_message").SingleAsync(Ct) == 0), "everything is decided and told", TimeSpan.FromSeconds(60));

    public static async Task AssertBooksAsync(Func<Func<PaymentDbContext, Task<bool>>, Task<bool>> query, EventProbe ear, TimeProvider time) => Assert.True(await query(async db =>
    {
        var books = new Books(
            await db.Payments.AsNoTracking().AsSplitQuery().ToListAsync(Ct), await db.Notices.AsNoTracking().ToListAsync(Ct), await db.Handlings.AsNoTracking().ToListAsync(Ct),
            await db.Journal.AsNoTracking().ToListAsync(Ct), await db.Cases.AsNoTracking().ToListAsync(Ct), await db.Refunds.AsNoTracking().ToListAsync(Ct));
        books.EveryNoticeIsDecidedOnce();
        books.EveryPaidRequestIsBookedOnce();
        books.BalancesAreWhatTheFactsSay();
        books.WhatIsSettledIsWhatWasAccepted();
        await books.EveryChangeIsToldAsync(ear);
        await books.EveryReceiptIsThereOnceAsync(db);
        Assert.Null(await new DayCloser(db, time).FirstFaultAsync(Ct));
        return true;
    }));

    /// <summary>One handling and one booking for each notice; altered repeats are kept and are no money.</summary>
    private void EveryNoticeIsDecidedOnce()
    {
        var handled = handlings.ToDictionary(h => h.NoticeId);
        var booked = entries.Where(e => e.Kind is EntryKind.Settlement or EntryKind.Unmatched).ToDictionary(e => e.SourceId);
        var open = cases.ToDictionary(c => c.NoticeId);
        Assert.Equal(notices.Count(n => n.Original), booked.Count);
        Assert.Equal(notices.Count(n => n.Original), notices.Where(n => n.Original).DistinctBy(n => (n.Provider, n.EventId)).Count());
        foreach (var notice in notices)
        {
            var handling = handled[notice.Id];
            Assert.NotEqual(NoticeState.Received, handling.State);
            Assert.Equal(notice.Original, handling.Reason != MismatchReason.AlteredNotice);
            Assert.Equal(notice.Original && handling.State == NoticeState.Mismatched, open.ContainsKey(notice.Id));
            if (!notice.Original)
                continue;
            var entry = booked[notice.Id];
            Assert.Equal(handling.State == NoticeState.Settled ? EntryKind.Settlement : EntryKind.Unmatched, entry.Kind);
            Assert.Equal(notice.Amount, entry.Lines.Single(l => l.Account == LedgerAccount.Bank(notice.Bin, notice.Account)).Amount);
        }
    }

    private void EveryPaidRequestIsBookedOnce()
    {
        var paying = entries.Where(e => e.Kind is EntryKind.Settlement or EntryKind.Acceptance).ToList();
        Assert.Equal(payments.Where(IsPaid).Select(p => p.Id).Order(), paying.Select(e => e.PaymentId!.Value).Order());
        Assert.All(payments.Where(IsPaid), p => Assert.Contains(paying, e => e.PaymentId == p.Id && e.SourceId == p.NoticeId));
        Assert.All(payments, p => Assert.Equal(p.Refunded, refunds.Where(r => r.PaymentId == p.Id && IsByRule(r) && r.State == RefundState.Paid).Sum(r => r.Amount)));
    }

    /// <summary>The balance of every kind of account follows from notices, cases, refunds and requests alone.</summary>
    private void BalancesAreWhatTheFactsSay()
    {
        Assert.All(entries, e => Assert.Equal(0, e.Lines.Sum(l => l.Amount)));
        var booked = entries.SelectMany(e => e.Lines).GroupBy(l => l.Account[..l.Account.IndexOf(':', StringComparison.Ordinal)]).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount));
        var original = notices.Where(n => n.Original).ToList();
        var waiting = cases.Where(c => c.Decision is null or CaseDecision.Dismiss || (c.Decision == CaseDecision.Refund
            && refunds.Single(r => r.CaseId == c.Id).State is RefundState.Proposed or RefundState.Rejected));
        var expected = new Dictionary<string, long>
        {
            ["bank"] = original.Sum(n => n.Amount) - refunds.Where(r => r.State == RefundState.Paid).Sum(r => r.Amount),
            ["suspense"] = -waiting.Sum(c => c.Amount),
            ["held"] = -payments.Where(p => p.State == PaymentState.Pending).Sum(p => p.Held),
            ["refund"] = -refunds.Where(r => r.State is RefundState.Approved or RefundState.Sent || (r.IsExcess && r.State == RefundState.Proposed)).Sum(r => r.Amount),
            ["due"] = -payments.Where(IsPaid).Sum(p => p.Amount)
                + refunds.Where(r => IsByRule(r) && r.State is RefundState.Approved or RefundState.Sent or RefundState.Paid).Sum(r => r.Amount),
        };
        Assert.All(expected, e => Assert.Equal((e.Key, e.Value), (e.Key, booked.GetValueOrDefault(e.Key))));
        Assert.Equal(0, booked.Values.Sum());
    }

    private void WhatIsSettledIsWhatWasAccepted()
    {
        var exact = handlings.Where(h => h.State == NoticeState.Settled).Select(h => h.NoticeId).ToHashSet();
        var accepted = notices.Where(n => exact.Contains(n.Id)).Sum(n => n.Amount)
            + cases.Where(c => c.Decision is CaseDecision.Accept or CaseDecision.Assign or CaseDecision.AskRest).Sum(c => c.Amount);
        var notForIt = refunds.Where(r => r.IsExcess).Sum(r => r.Amount) + payments.Where(p => p.State == PaymentState.Pending).Sum(p => p.Held);
        Assert.Equal(payments.Where(IsPaid).Sum(p => p.Amount), accepted - notForIt);
    }

    /// <summary>The changes of each request are told with numbers from 1 without gaps, each leading on from the one before; a settlement and a case are told once.</summary>
    private async Task EveryChangeIsToldAsync(EventProbe ear)
    {
        await Eventually.Async(
            () => Task.FromResult(ear.Facts(StateChanged).Count >= payments.Sum(p => p.Sequence) && ear.Facts(Settled).Count >= payments.Count(IsPaid) && ear.Facts(Opened).Count >= cases.Count),
            "every change is heard");
        var changes = ear.Facts(StateChanged).ToLookup(c => c.GetProperty("paymentId").GetGuid());
        foreach (var payment in payments)
        {
            var told = changes[payment.Id].OrderBy(c => c.GetProperty("sequence").GetInt32()).ToList();
            Assert.Equal(Enumerable.Range(1, payment.Sequence), told.Select(c => c.GetProperty("sequence").GetInt32()));
            Assert.Equal(
                told.Take(told.Count - 1).Select(c => c.GetProperty("to").GetString()).Prepend(null), told.Select(c => c.GetProperty("from").GetString()));
            Assert.Equal(Words.Of(payment.State), told[^1].GetProperty("to").GetString());
        }

        Assert.Equal(payments.Where(IsPaid).Select(p => p.Id).Order(), ear.Facts(Settled).Select(s => s.GetProperty("paymentId").GetGuid()).Order());
        Assert.Equal(cases.Select(c => c.Id).Order(), ear.Facts(Opened).Select(c => c.GetProperty("caseId").GetGuid()).Order());
    }

    /// <summary>Behind the settlements: one receipt for what was collected, one document for each refund by rule that was paid, all sealed, and no number left out.</summary>
    private async Task EveryReceiptIsThereOnceAsync(PaymentDbContext db)
    {
        var givenBack = refunds.Where(r => IsByRule(r) && r.State == RefundState.Paid).Select(r => r.Id).Order().ToList();
        await Eventually.Async(
            async () => await db.ReceiptPapers.CountAsync(p => p.SealedAt != null, Ct) >= payments.Count(IsPaid) + givenBack.Count, "every receipt is sealed", TimeSpan.FromSeconds(60));
        var receipts = await db.Receipts.AsNoTracking().ToListAsync(Ct);
        Assert.Equal(payments.Where(IsPaid).Select(p => p.Id).Order(), receipts.Where(r => r.Kind == ReceiptKind.Receipt).Select(r => r.PaymentId).Order());
        Assert.Equal(givenBack, receipts.Where(r => r.Kind != ReceiptKind.Receipt).Select(r => r.RefundId!.Value).Order());
        Assert.Equal(receipts.Count(r => r.Number is not null), receipts.Where(r => r.Number is not null).DistinctBy(r => (r.SeriesId, r.Number)).Count());
        foreach (var year in receipts.Select(r => r.Year).Distinct())
            Assert.All(await NumberCheck.ReadAsync(db, year, null, Ct), s => Assert.True(s.Holds, $"{s}"));
    }

    private static bool IsPaid(PaymentRequest p) => p.State is PaymentState.Settled or PaymentState.PartiallyRefunded or PaymentState.Refunded;

    /// <summary>It gives back what was rightly paid.</summary>
    private static bool IsByRule(MoneyRefund r) => r is { CaseId: null, IsExcess: false };
}
