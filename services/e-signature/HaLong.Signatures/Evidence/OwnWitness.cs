using System.Runtime.CompilerServices;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Evidence;

/// <summary>
/// For this service's own chain: the book lies in the same database, so what holds it is the time-stamp and whoever has read the public list.
/// </summary>
internal sealed class OwnWitness(IServiceScopeFactory scopes) : IWitness
{
    private const int PageSize = 200;

    public async Task<WitnessedAnchor> WitnessAsync(AnchorStatement statement, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var accepted = await scope.ServiceProvider.GetRequiredService<AnchorBook>().AcceptAsync(statement, ct);
        return accepted.IsSuccess ? accepted.Value : throw new ErrorException(accepted.Error);
    }

    public async IAsyncEnumerable<KeptAnchorEntry> ReadAsync(string service, int fromPartition, int toPartition, [EnumeratorCancellation] CancellationToken ct)
    {
        for (Guid? after = null; ;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var page = await scope.ServiceProvider.GetRequiredService<AnchorBook>().ListAsync(service, (fromPartition, toPartition), after, PageSize, ct);
            foreach (var entry in page)
                yield return entry;
            if (page.Count < PageSize)
                yield break;
            after = page[^1].Id;
        }
    }
}
