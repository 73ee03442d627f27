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

    public SignatureTelemetry(IMeterFactory factory)
    {
        meter = factory.Create(Name);
        signed = meter.CreateCounter<long>("halong.signature.signed", description: "Documents signed; replayed answers are counted apart.");
        refused = meter.CreateCounter<long>("halong.signature.refused", description: "Requests refused, by error code.");
        validated = meter.CreateCounter<long>("halong.signature.validated", description: "Documents validated, by result.");
        duration = meter.CreateHistogram<double>("halong.signature.duration", "s", "Time to sign or validate a document.");
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

    public void Dispose() => meter.Dispose();
}
