using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace HaLong.Identity.Keys;

/// <summary>
/// Progress of a re-encryption: <c>halong.identity.reencryption.moved</c> and <c>.unreadable</c> count boxes by column, <c>.remaining</c> is what is left.
/// Unreadable boxes want a person: they were changed outside the service, and keep their old key from being destroyed.
/// </summary>
internal sealed class KeyInstruments
{
    private readonly ConcurrentDictionary<string, long> _remaining = [];
    private readonly Counter<long> _moved, _unreadable;

    public KeyInstruments(IMeterFactory factory)
    {
        var meter = factory.Create(IdentityInstruments.MeterName);
        _moved = meter.CreateCounter<long>("halong.identity.reencryption.moved", "{box}", "Boxes sealed anew under the data key in force.");
        _unreadable = meter.CreateCounter<long>("halong.identity.reencryption.unreadable", "{box}", "Boxes that no key opens.");
        meter.CreateObservableGauge("halong.identity.reencryption.remaining", () => _remaining.Select(r => new Measurement<long>(r.Value, Field(r.Key))),
            "{box}", "Boxes under a data key that is not in force.");
    }

    public void Moved(string field, int count) => _moved.Add(count, Field(field));

    public void Unreadable(string field) => _unreadable.Add(1, Field(field));

    public void Remaining(string field, long count) => _remaining[field] = count;

    private static KeyValuePair<string, object?> Field(string name) => new("field", name);
}
