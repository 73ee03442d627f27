using System.Diagnostics.Metrics;
using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Sessions;

/// <summary>What operators see of sessions.</summary>
internal sealed class SessionTelemetry
{
    private readonly Counter<long> closed;
    private readonly Counter<long> orders;
    private readonly Counter<long> late;
    private readonly Counter<long> documents;
    private readonly Histogram<double> duration;
    private long open;
    private long waits;
    private double oldest;

    public SessionTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create(SignatureTelemetry.Name);
        closed = meter.CreateCounter<long>("halong.signature.sessions.closed", description: "Signing sessions that ended, by state.");
        orders = meter.CreateCounter<long>("halong.signature.session_orders", description: "Orders at providers that ended, by provider and outcome.");
        late = meter.CreateCounter<long>("halong.signature.orders.late", description: "Answers that came when they could no longer be used, by provider.");
        documents = meter.CreateCounter<long>("halong.signature.session_documents", description: "Documents of orders, by outcome: signed or an error code.");
        duration = meter.CreateHistogram<double>("halong.signature.order.duration", "s", "From the beginning of an order to its end, by provider.");
        meter.CreateObservableGauge("halong.signature.sessions.open", () => Interlocked.Read(ref open), description: "Open signing sessions.");
        meter.CreateObservableGauge("halong.signature.session_waits", () => Interlocked.Read(ref waits), description: "Signers that open sessions wait for.");
        meter.CreateObservableGauge("halong.signature.session_waits.oldest_age", () => Volatile.Read(ref oldest), "s",
            "How long the longest waited-for signer has not moved.");
    }

    public void Closed(SessionState state) => closed.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));

    public void Ended(SigningOrder order, DateTimeOffset now)
    {
        orders.Add(1, new KeyValuePair<string, object?>("provider", order.Provider), new KeyValuePair<string, object?>("outcome", order.State.ToString()));
        duration.Record((now - order.CreatedAt).TotalSeconds, new KeyValuePair<string, object?>("provider", order.Provider));
    }

    public void AnsweredLate(string provider) => late.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Document(string outcome) => documents.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Observe(long openSessions, long openWaits, TimeSpan oldestWait)
    {
        Interlocked.Exchange(ref open, openSessions);
        Interlocked.Exchange(ref waits, openWaits);
        Volatile.Write(ref oldest, oldestWait.TotalSeconds);
    }
}
