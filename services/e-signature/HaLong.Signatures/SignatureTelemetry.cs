using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HaLong.Signatures;

/// <summary>What operators see of this service.</summary>
internal sealed class SignatureTelemetry : IDisposable
{
    public const string Name = "HaLong.Signature";

    public static readonly ActivitySource Source = new(Name);

    private readonly Meter meter;
    private readonly Counter<long> signed;
    private readonly Counter<long> refused;
    private readonly Counter<long> validated;
    private readonly Histogram<double> duration;
    private readonly Counter<long> timeStamps;
    private readonly Histogram<double> timeStampWait;
    private readonly Counter<long> statuses;
    private readonly Counter<long> sealChanges;
    private long waiting;
    private double waitingAge;

    public SignatureTelemetry(IMeterFactory factory)
    {
        meter = factory.Create(Name);
        signed = meter.CreateCounter<long>("halong.signature.signed", description: "Documents signed; replayed answers are counted apart.");
        refused = meter.CreateCounter<long>("halong.signature.refused", description: "Requests refused, by error code.");
        validated = meter.CreateCounter<long>("halong.signature.validated", description: "Documents validated, by result.");
        duration = meter.CreateHistogram<double>("halong.signature.duration", "s", "Time to sign, validate or preserve a document.");
        timeStamps = meter.CreateCounter<long>("halong.signature.time_stamps", description: "Time-stamp queries answered by the own authority, by outcome.");
        timeStampWait = meter.CreateHistogram<double>("halong.signature.time_stamp.wait", "s", "Time until an authority answered, by authority and outcome.");
        statuses = meter.CreateCounter<long>("halong.signature.statuses", description: "Questions about the status of certificates answered, by outcome.");
        sealChanges = meter.CreateCounter<long>("halong.signature.seal_changes", description: "Seals suspended, resumed or revoked.");
        meter.CreateObservableGauge("halong.signature.waiting", () => Interlocked.Read(ref waiting), description: "Signatures without a time-stamp.");
        meter.CreateObservableGauge("halong.signature.waiting_age", () => Volatile.Read(ref waitingAge), "s", "Age of the oldest signature without a time-stamp.");
    }

    public void TimeStampIssued() => timeStamps.Add(1, new KeyValuePair<string, object?>("outcome", "granted"));

    public void TimeStampRefused(string failure) => timeStamps.Add(1, new KeyValuePair<string, object?>("outcome", failure));

    public void TimeStampAsked(string authority, string outcome, TimeSpan elapsed) => timeStampWait.Record(elapsed.TotalSeconds,
        new KeyValuePair<string, object?>("authority", authority), new KeyValuePair<string, object?>("outcome", outcome));

    public void StatusAnswered(string outcome) => statuses.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void SealChanged(string move) => sealChanges.Add(1, new KeyValuePair<string, object?>("move", move));

    public void ObserveWaiting(long count, TimeSpan oldest)
    {
        Interlocked.Exchange(ref waiting, count);
        Volatile.Write(ref waitingAge, oldest.TotalSeconds);
    }

    public void Signed(bool replayed, TimeSpan elapsed)
    {
        signed.Add(1, new KeyValuePair<string, object?>("replayed", replayed));
        duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("operation", "sign"));
    }

    public void Refused(string code) => refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Validated(string indication, TimeSpan elapsed)
    {
        validated.Add(1, new KeyValuePair<string, object?>("indication", indication));
        duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("operation", "validate"));
    }

    public void Preserved(TimeSpan elapsed) => duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("operation", "preserve"));

    public void Dispose() => meter.Dispose();
}
