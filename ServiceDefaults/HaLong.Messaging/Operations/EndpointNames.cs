using System.Collections.Concurrent;

namespace HaLong.Messaging;

/// <summary>Queues of this service, noted while the bus is configured.</summary>
internal sealed class EndpointNames
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<string> All => [.. _names.Keys.Order(StringComparer.Ordinal)];

    public void Add(string name) => _names[name] = true;
}
