using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>Metrics: <c>dossier.facts_made</c>, and <c>dossier.fact_units_unknown</c>, units of which identity knows nothing.</summary>
internal sealed class FactTelemetry
{
    private readonly Counter<long> made, unknown;

    public FactTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        made = meter.CreateCounter<long>("dossier.facts_made");
        unknown = meter.CreateCounter<long>("dossier.fact_units_unknown");
    }

    public void Made(int facts) => made.Add(facts);

    public void UnitUnknown() => unknown.Add(1);
}
