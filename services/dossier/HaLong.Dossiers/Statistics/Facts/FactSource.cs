using System.Runtime.CompilerServices;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Statistics.Units;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>
/// Facts from the histories as they are now. A dossier that is a draft, was deleted or was destroyed has none: whoever keeps facts keeps those of destroyed
/// dossiers as they were. When a unit appears that statistics do not know and identity does not answer, the question fails and can be asked again.
/// </summary>
internal sealed class FactSource(HistoryReader histories, UnitLevels units, CalendarCache calendars, RuleBook rules, FactTelemetry telemetry)
{
    // So many chunks are read and made while another one is used: enough for two processors, one of them the database's.
    private const int Ahead = 3;

    private static readonly Guid Highest = Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>Dossiers read at a time.</summary>
    internal int Chunk { get; set; } = 2000;

    /// <summary>The facts of some dossiers, in the order of their ids; with the same few queries for one and for some hundred.</summary>
    public async Task<IReadOnlyList<DossierFact>> OfAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        using var activity = DossierTelemetry.Source.StartActivity("make facts");
        activity?.SetTag("dossiers", ids.Count);
        if (ids.Count == 0)
            return [];
        // A change of the calendar marks dossiers: who comes because of it must not count by an older one.
        var calendar = await calendars.FreshAsync(ct);
        return await MakeAsync(await histories.OfAsync(ids, ct), calendar, ct);
    }

    /// <summary>The facts of all dossiers in the order of their ids. What changes meanwhile may or may not be seen: it is marked as changed.</summary>
    public async IAsyncEnumerable<DossierFact> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var activity = DossierTelemetry.Source.StartActivity("make all facts");
        var calendar = await calendars.FreshAsync(ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = new Queue<Task<IReadOnlyList<DossierFact>>>();
        try
        {
            for (Guid? next = Guid.Empty; next is not null || reading.Count > 0;)
            {
                while (next is { } after && reading.Count < Ahead)
                {
                    next = await histories.NextAsync(after, Chunk, ct);
                    var upTo = next ?? Highest;
                    reading.Enqueue(Task.Run(async () => await MakeAsync(await histories.BetweenAsync(after, upTo, stop.Token), calendar, stop.Token),
                        stop.Token));
                }
                foreach (var fact in await reading.Dequeue())
                    yield return fact;
            }
        }
        finally
        {
            // Whoever stops listening stops the reading too.
            await stop.CancelAsync();
            await Task.WhenAll(reading).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<IReadOnlyList<DossierFact>> MakeAsync(List<DossierHistory> read, WorkCalendar calendar, CancellationToken ct)
    {
        await units.TellAsync(read, ct);
        var facts = read.ConvertAll(h => FactBuilder.Of(h, calendar, rules));
        telemetry.Made(facts.Count);
        return facts;
    }
}
