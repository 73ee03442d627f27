using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Papers;

public sealed class PaperObservationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Waiting_failed_and_sealed_papers_are_counted_by_kind()
    {
        var counted = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            // Not those of other services in this process.
            if (instrument.Name.StartsWith("dossier.paper", StringComparison.Ordinal) && instrument.Meter.Scope == dossiers.Factory.Services.GetRequiredService<IMeterFactory>())
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.Start();
        var client = dossiers.Citizen();
        var watch = dossiers.Factory.Services.GetRequiredService<PaperWatch>();
        dossiers.Neighbours.SignatureDown = true;
        Guid id;
        try
        {
            id = await PaperFlow.RefusedAtReceptionAsync(dossiers, client);
            await Eventually.Async(() => Task.FromResult(counted.ContainsKey("dossier.paper_failures sign REFUSAL")), "failures are counted");
            await watch.LookAsync(Ct);
            listener.RecordObservableInstruments();
            Assert.Equal(1, counted["dossier.papers_waiting REFUSAL"]);
            Assert.Equal(0, counted["dossier.papers_waiting STOP"]);
            Assert.True(counted["dossier.papers_oldest_age REFUSAL"] > 0);
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
        await watch.LookAsync(Ct);
        listener.RecordObservableInstruments();
        Assert.Equal(0, counted["dossier.papers_waiting REFUSAL"]);
        Assert.Equal(1, counted["dossier.papers_signed REFUSAL"]);

        void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name;
            foreach (var tag in tags)
                name += " " + tag.Value;
            counted[name] = value;
        }
    }

    [Fact]
    public async Task Writing_and_sealing_a_form_are_steps_of_one_trace()
    {
        var seen = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "HaLong.Dossier" or "HaLong.Messaging" or "MassTransit" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var client = dossiers.Citizen();
        var id = await PaperFlow.RefusedAtReceptionAsync(dossiers, client);
        await Eventually.Async(() => Task.FromResult(Of("sign form") is not null && Of("write form") is not null), "both steps are traced");
        Assert.Equal(Of("write form")!.TraceId, Of("sign form")!.TraceId);
        Assert.Equal("REFUSAL", Of("sign form")!.GetTagItem("form.kind"));

        Activity? Of(string name) => seen.FirstOrDefault(a => a.OperationName == name && a.GetTagItem("dossier.id") is Guid found && found == id);
    }
}
