using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Papers;

/// <summary>How many papers of a kind wait, and since when the oldest.</summary>
internal sealed record PapersWaiting(string Kind, long Count, double OldestSeconds);

/// <summary>
/// Metrics of papers: <c>dossier.papers_signed</c> and <c>dossier.paper_failures</c> (by step, write or sign), <c>dossier.papers_waiting</c> and
/// <c>dossier.papers_oldest_age</c>, all by kind.
/// </summary>
internal sealed class PaperTelemetry
{
    private readonly Counter<long> signed, failures;
    private volatile IReadOnlyList<PapersWaiting> waiting = [];

    public PaperTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        signed = meter.CreateCounter<long>("dossier.papers_signed");
        failures = meter.CreateCounter<long>("dossier.paper_failures");
        meter.CreateObservableGauge("dossier.papers_waiting", () => waiting.Select(w => new Measurement<long>(w.Count, Kind(w.Kind))));
        meter.CreateObservableGauge("dossier.papers_oldest_age", () => waiting.Select(w => new Measurement<double>(w.OldestSeconds, Kind(w.Kind))), "s");
    }

    public void Signed(string kind) => signed.Add(1, Kind(kind));

    public void Failed(string step, string kind) => failures.Add(1, new KeyValuePair<string, object?>("step", step), Kind(kind));

    public void Show(IReadOnlyList<PapersWaiting> now) => waiting = now;

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);
}
