using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Domain;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Queues;

public sealed class QueueGaugeTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_length_of_every_queue_and_what_is_overdue_are_measured_by_unit()
    {
        var unit = QueueKit.NewUnit();
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-2);
        await dossiers.PutAsync(unit, new { officer_id = Guid.CreateVersion7(), due_at = yesterday });
        await dossiers.PutAsync(unit, new { officer_id = Guid.CreateVersion7() });
        await dossiers.PutAsync(unit, new { status = DossierStatus.SupplementProcessing, due_at = yesterday });
        await dossiers.PutAsync(unit, new { status = DossierStatus.Returned, due_at = yesterday });
        var seen = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name is "dossier.queued" or "dossier.overdue")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Any(t => t.Key == "unit" && Equals(t.Value, unit)))
                seen[instrument.Name + ":" + string.Join(',', tags.ToArray().Where(t => t.Key != "unit").Select(t => t.Value))] = value;
        });
        listener.Start();

        await Eventually.Async(
            () =>
            {
                listener.RecordObservableInstruments();
                return Task.FromResult(seen.GetValueOrDefault("dossier.queued:officer") == 2 && seen.ContainsKey("dossier.queued:applicant") && seen.ContainsKey("dossier.overdue:"));
            },
            "the queues are counted");
        Assert.Equal((2, 1, 1), (seen["dossier.queued:officer"], seen["dossier.queued:applicant"], seen["dossier.overdue:"]));
    }
}
