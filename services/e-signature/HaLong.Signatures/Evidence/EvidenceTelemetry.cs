using System.Diagnostics.Metrics;

namespace HaLong.Signatures.Evidence;

/// <summary>What operators see of the witness.</summary>
internal sealed class EvidenceTelemetry(IMeterFactory factory)
{
    private readonly Counter<long> anchors = factory.Create(SignatureTelemetry.Name)
        .CreateCounter<long>("halong.signature.anchors", description: "Anchors of evidence chains, by service and outcome: kept, or the code of the refusal.");

    public void Anchored(string service, string outcome) => anchors.Add(1,
        new KeyValuePair<string, object?>("service", service), new KeyValuePair<string, object?>("outcome", outcome));
}
