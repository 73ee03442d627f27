using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>What histories would say, in memory: facts that tests change, and those that cannot be derived.</summary>
internal sealed class Histories
{
    public ConcurrentDictionary<Guid, DossierFact> Facts { get; } = new();

    public ConcurrentDictionary<Guid, bool> Broken { get; } = new();

    /// <summary>Comes before each fact of all, with its number.</summary>
    public Func<int, Task>? During { get; set; }

    /// <summary>Comes when facts are asked for and before they are told.</summary>
    public Func<Task>? Asked { get; set; }

    public async Task<IReadOnlyList<DossierFact>> OfAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var facts = ids.Where(Facts.ContainsKey).Select(id => Facts[id]).ToList();
        if (Asked is not null)
            await Asked();
        return ids.FirstOrDefault(Broken.ContainsKey) is var id && id != Guid.Empty ? throw new InvalidOperationException($"{id} cannot be derived") : facts;
    }

    public async IAsyncEnumerable<DossierFact> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var number = 0;
        foreach (var id in Facts.Keys.Order().ToList())
        {
            // The fact as it was when it was read; what happens after that is missed.
            var fact = Facts[id];
            if (During is not null)
                await During(number++);
            ct.ThrowIfCancellationRequested();
            yield return fact;
        }
    }
}
