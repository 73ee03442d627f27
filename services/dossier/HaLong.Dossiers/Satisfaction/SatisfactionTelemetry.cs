using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Satisfaction;

/// <summary>
/// Metrics: <c>dossier.ratings</c> by stars, <c>dossier.feedback_steps</c> by step; and, as of the last round, <c>dossier.feedback_open</c>,
/// <c>dossier.feedback_late</c> and <c>dossier.oldest_late_feedback</c> (seconds past its latest date) of what the agency has to do.
/// </summary>
internal sealed class SatisfactionTelemetry
{
    private readonly Counter<long> ratings, steps;
    private volatile OpenFeedback open = new(0, 0, null);
    private double oldest;

    public SatisfactionTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        ratings = meter.CreateCounter<long>("dossier.ratings");
        steps = meter.CreateCounter<long>("dossier.feedback_steps");
        meter.CreateObservableGauge("dossier.feedback_open", () => open.Open);
        meter.CreateObservableGauge("dossier.feedback_late", () => open.Late);
        meter.CreateObservableGauge("dossier.oldest_late_feedback", () => Volatile.Read(ref oldest), "s");
    }

    public void Rated(int stars) => ratings.Add(1, new KeyValuePair<string, object?>("stars", stars));

    public void Step(string step, long count = 1) => steps.Add(count, new KeyValuePair<string, object?>("step", step));

    public void Counted(OpenFeedback counted, DateTimeOffset now)
    {
        open = counted;
        Volatile.Write(ref oldest, counted.FirstDue < now ? (now - counted.FirstDue.Value).TotalSeconds : 0);
    }
}

/// <summary>Feedback that waits for the agency.</summary>
/// <param name="Late">Of these, past its date.</param>
/// <param name="FirstDue">The earliest date.</param>
internal sealed record OpenFeedback(long Open, long Late, DateTimeOffset? FirstDue);
