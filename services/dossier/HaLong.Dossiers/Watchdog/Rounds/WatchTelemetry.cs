using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>
/// Metrics: <c>dossier.watchdog_rounds</c>, <c>dossier.wait_warnings</c> by level, <c>dossier.overdue_apologies</c>; and, as of the last round,
/// <c>dossier.waits_late</c> and <c>dossier.oldest_late_wait</c> (seconds past the latest date) by reason.
/// </summary>
internal sealed class WatchTelemetry
{
    private readonly Counter<long> rounds, warnings, apologies;
    private volatile IReadOnlyList<LateWait> late = [];

    public WatchTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        rounds = meter.CreateCounter<long>("dossier.watchdog_rounds");
        warnings = meter.CreateCounter<long>("dossier.wait_warnings");
        apologies = meter.CreateCounter<long>("dossier.overdue_apologies");
        meter.CreateObservableGauge("dossier.waits_late", () => late.Select(l => new Measurement<long>(l.Count, Of(l.Reason))));
        meter.CreateObservableGauge("dossier.oldest_late_wait", () => late.Select(l => new Measurement<double>(l.OldestAge.TotalSeconds, Of(l.Reason))), "s");
    }

    public void RoundEnded(bool led) => rounds.Add(1, new KeyValuePair<string, object?>("led", led));

    public void Looked(Looked looked)
    {
        foreach (var level in looked.Levels)
            warnings.Add(1, new KeyValuePair<string, object?>("level", level));
        apologies.Add(looked.Apologies);
    }

    public void Late(IReadOnlyList<LateWait> counted) => late = counted;

    private static KeyValuePair<string, object?> Of(string reason) => new("reason", reason);
}
