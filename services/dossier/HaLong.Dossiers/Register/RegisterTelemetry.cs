using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Register;

/// <summary>
/// Metrics: <c>dossier.register_entries</c> given, <c>dossier.register_waiting</c> dossiers without a number and the age of the oldest,
/// <c>dossier.register_wait</c> in seconds, and <c>dossier.register_sealing</c> books that wait for their seal.
/// </summary>
internal sealed class RegisterTelemetry
{
    private readonly Counter<long> entries;
    private long waiting, sealing;
    private double oldest;

    public RegisterTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        entries = meter.CreateCounter<long>("dossier.register_entries");
        meter.CreateObservableGauge("dossier.register_waiting", () => Interlocked.Read(ref waiting));
        meter.CreateObservableGauge("dossier.register_wait", () => Volatile.Read(ref oldest), "s");
        meter.CreateObservableGauge("dossier.register_sealing", () => Interlocked.Read(ref sealing));
    }

    public void Entered(int count) => entries.Add(count);

    public void Waiting(long dossiers, TimeSpan age, long books)
    {
        Interlocked.Exchange(ref waiting, dossiers);
        Volatile.Write(ref oldest, age.TotalSeconds);
        Interlocked.Exchange(ref sealing, books);
    }
}
