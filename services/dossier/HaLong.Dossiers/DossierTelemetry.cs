using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HaLong.Dossiers;

/// <summary>
/// Traces and metrics: <c>dossier.transitions</c> by action, <c>dossier.uploads</c>, <c>dossier.upload_bytes</c>, <c>dossier.signing_failures</c>,
/// <c>dossier.person_signatures</c> by outcome, and <c>dossier.waiting</c> by state.
/// </summary>
internal sealed class DossierTelemetry
{
    private const string Name = "HaLong.Dossier";

    public static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> transitions, uploads, uploadBytes, signingFailures, personSignatures;
    private volatile KeyValuePair<string, long>[] waiting = [];

    public DossierTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        transitions = meter.CreateCounter<long>("dossier.transitions");
        uploads = meter.CreateCounter<long>("dossier.uploads");
        uploadBytes = meter.CreateCounter<long>("dossier.upload_bytes", "By");
        signingFailures = meter.CreateCounter<long>("dossier.signing_failures");
        personSignatures = meter.CreateCounter<long>("dossier.person_signatures");
        meter.CreateObservableGauge("dossier.waiting", () => waiting.Select(w => new Measurement<long>(w.Value, new KeyValuePair<string, object?>("state", w.Key))));
    }

    public void Moved(string action) => transitions.Add(1, new KeyValuePair<string, object?>("action", action));

    public void Uploaded(long bytes)
    {
        uploads.Add(1);
        uploadBytes.Add(bytes);
    }

    public void SigningFailed() => signingFailures.Add(1);

    /// <param name="outcome">One of <see cref="Domain.Lifecycle.SignatureStage"/>.</param>
    public void PersonSignature(string outcome) => personSignatures.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Waiting(IEnumerable<KeyValuePair<string, long>> byState) => waiting = [.. byState];
}
