using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Persistence;

namespace HaLong.Payments;

/// <summary>What operators see of payment.</summary>
internal sealed class PaymentInstruments : IDisposable
{
    public const string Name = "HaLong.Payment";

    public static readonly ActivitySource Source = new(Name);

    private readonly Meter meter;
    private readonly Counter<long> settled;
    private readonly Counter<long> mismatched;
    private readonly Counter<long> refusedNotices;
    private readonly Histogram<double> noticeToSettled;
    private readonly Counter<long> decided;
    private readonly Counter<long> paidBack;
    private readonly Counter<long> quoted;
    private readonly Counter<long> waived;
    private readonly Counter<long> replayed;
    private readonly Counter<long> queried;
    private long processing;
    private long unknown;
    private long oldestAttempt;
    private long openCases;
    private long oldestCase;
    private long openShifts;
    private long oldestShift;
    private long cashUnderWay;
    private long differences;
    private long oldestDifference;
    private long pending;
    private long undecided;

    public PaymentInstruments(IMeterFactory factory)
    {
        meter = factory.Create(Name);
        settled = meter.CreateCounter<long>("payment.settled", "{request}", "Payment requests settled.");
        mismatched = meter.CreateCounter<long>("payment.mismatched", "{notice}", "Bank notices that paid nothing, by reason.");
        refusedNotices = meter.CreateCounter<long>("payment.notices.refused", "{notice}", "Bank notices refused at the door, by code.");
        replayed = meter.CreateCounter<long>("payment.notices.replayed", "{request}", "Signed requests that came again word for word, by provider.");
        queried = meter.CreateCounter<long>("payment.attempts.queried", "{query}", "Questions to a provider about an attempt, by outcome.");
        noticeToSettled = meter.CreateHistogram<double>("payment.notice_to_settled", "s", "From the arrival of a notice to the settlement.");
        decided = meter.CreateCounter<long>("payment.cases.decided", "{case}", "Cases of money that did not fit, by kind and decision.");
        paidBack = meter.CreateCounter<long>("payment.refunds.paid", "{refund}", "Refunds that the bank paid.");
        quoted = meter.CreateCounter<long>("payment.fees.quoted", "{quote}", "Quotes made for others.");
        waived = meter.CreateCounter<long>("payment.fees.waived", "{dossier}", "Moments of charging at which nothing of what would be due is charged.");
        meter.CreateObservableGauge("payment.attempts.processing", () => Interlocked.Read(ref processing), "{attempt}", "Attempts whose outcome a provider will tell.");
        meter.CreateObservableGauge("payment.attempts.unknown", () => Interlocked.Read(ref unknown), "{attempt}", "Attempts of which no provider says what became of them.");
        meter.CreateObservableGauge("payment.attempts.oldest", () => Interlocked.Read(ref oldestAttempt), "s", "Age of the oldest of both.");
        meter.CreateObservableGauge("payment.cases.open", () => Interlocked.Read(ref openCases), "{case}", "Money that waits for a decision.");
        meter.CreateObservableGauge("payment.cases.oldest", () => Interlocked.Read(ref oldestCase), "s", "Age of the oldest case that waits.");
        meter.CreateObservableGauge("payment.shifts.open", () => Interlocked.Read(ref openShifts), "{shift}", "Shifts at tills that are not closed.");
        meter.CreateObservableGauge("payment.shifts.oldest", () => Interlocked.Read(ref oldestShift), "s", "Age of the oldest shift that is not closed.");
        meter.CreateObservableGauge("payment.cash.under_way", () => Interlocked.Read(ref cashUnderWay), "{VND}", "Cash of closed shifts that the bank does not have yet.");
        meter.CreateObservableGauge("payment.reconciliation.differences", () => Interlocked.Read(ref differences), "{line}", "Differences of reconciled days that nobody has resolved.");
        meter.CreateObservableGauge("payment.reconciliation.oldest", () => Interlocked.Read(ref oldestDifference), "s", "Age of the oldest of them.");
        meter.CreateObservableGauge("payment.pending", () => Interlocked.Read(ref pending), "{request}", "Open payment requests.");
        meter.CreateObservableGauge("payment.notices.undecided", () => Interlocked.Read(ref undecided), "{notice}", "Notices not yet looked at.");
    }

    public void Settled(TimeSpan sinceNotice)
    {
        settled.Add(1);
        noticeToSettled.Record(sinceNotice.TotalSeconds);
    }

    /// <summary>Settled at once, at the counter.</summary>
    public void CashTaken() => settled.Add(1);

    public void Mismatched(MismatchReason reason) => mismatched.Add(1, new KeyValuePair<string, object?>("reason", Words.Of(reason)));

    public void Refused(string code) => refusedNotices.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Replayed(string provider) => replayed.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Queried(PortalOutcome outcome) => queried.Add(1, new KeyValuePair<string, object?>("outcome", Words.Of(outcome)));

    /// <summary>Counted by the sweep of the attempts.</summary>
    public void ObserveAttempts(long open, long lost, TimeSpan oldest)
    {
        Interlocked.Exchange(ref processing, open);
        Interlocked.Exchange(ref unknown, lost);
        Interlocked.Exchange(ref oldestAttempt, (long)oldest.TotalSeconds);
    }

    /// <summary>Counted by the sweep: a gauge must not query the database whenever somebody scrapes.</summary>
    public void Observe(long pendingRequests, long undecidedNotices)
    {
        Interlocked.Exchange(ref pending, pendingRequests);
        Interlocked.Exchange(ref undecided, undecidedNotices);
    }

    public void Decided(CaseKind kind, CaseDecision decision) => decided.Add(
        1, new KeyValuePair<string, object?>("kind", Words.Of(kind)), new KeyValuePair<string, object?>("decision", Words.Of(decision)));

    public void PaidBack() => paidBack.Add(1);

    public void Quoted() => quoted.Add(1);

    public void Waived() => waived.Add(1);

    /// <summary>Counted by the sweep as well.</summary>
    public void ObserveCases(long open, TimeSpan oldest)
    {
        Interlocked.Exchange(ref openCases, open);
        Interlocked.Exchange(ref oldestCase, (long)oldest.TotalSeconds);
    }

    /// <summary>Counted by the sweep as well.</summary>
    public void ObserveTills(long open, TimeSpan oldest, long underWay)
    {
        Interlocked.Exchange(ref openShifts, open);
        Interlocked.Exchange(ref oldestShift, (long)oldest.TotalSeconds);
        Interlocked.Exchange(ref cashUnderWay, underWay);
    }

    /// <summary>Counted by the sweep as well.</summary>
    public void ObserveDifferences(long unresolved, TimeSpan oldest)
    {
        Interlocked.Exchange(ref differences, unresolved);
        Interlocked.Exchange(ref oldestDifference, (long)oldest.TotalSeconds);
    }

    public void Dispose() => meter.Dispose();
}
