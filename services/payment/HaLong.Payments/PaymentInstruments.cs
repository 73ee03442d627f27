using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Payments.Domain;
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
    private long pending;
    private long undecided;

    public PaymentInstruments(IMeterFactory factory)
    {
        meter = factory.Create(Name);
        settled = meter.CreateCounter<long>("payment.settled", "{request}", "Payment requests settled.");
        mismatched = meter.CreateCounter<long>("payment.mismatched", "{notice}", "Bank notices that paid nothing, by reason.");
        refusedNotices = meter.CreateCounter<long>("payment.notices.refused", "{notice}", "Bank notices refused at the door, by code.");
        noticeToSettled = meter.CreateHistogram<double>("payment.notice_to_settled", "s", "From the arrival of a notice to the settlement.");
        meter.CreateObservableGauge("payment.pending", () => Interlocked.Read(ref pending), "{request}", "Open payment requests.");
        meter.CreateObservableGauge("payment.notices.undecided", () => Interlocked.Read(ref undecided), "{notice}", "Notices not yet looked at.");
    }

    public void Settled(TimeSpan sinceNotice)
    {
        settled.Add(1);
        noticeToSettled.Record(sinceNotice.TotalSeconds);
    }

    public void Mismatched(MismatchReason reason) => mismatched.Add(1, new KeyValuePair<string, object?>("reason", Words.Of(reason)));

    public void Refused(string code) => refusedNotices.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Counted by the sweep: a gauge must not query the database whenever somebody scrapes.</summary>
    public void Observe(long pendingRequests, long undecidedNotices)
    {
        Interlocked.Exchange(ref pending, pendingRequests);
        Interlocked.Exchange(ref undecided, undecidedNotices);
    }

    public void Dispose() => meter.Dispose();
}
