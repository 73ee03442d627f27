using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>
/// Whose personal number it is. Only identity knows, by a blind index; it is asked with the official's own token, limits how often, and lets the person read who
/// looked. The number goes no further: neither into a log nor into this service's database.
/// </summary>
internal sealed class NumberLookup(AccountSearch.AccountSearchClient search)
{
    public const string Purpose = "dossier-search";

    /// <summary>Accounts under the number: the person's and his household business's; none when identity knows none.</summary>
    public async Task<Result<List<Guid>>> FindAsync(string number, CancellationToken ct)
    {
        try
        {
            var answer = await search.FindByPersonalNumberAsync(new FindByPersonalNumberRequest { PersonalNumber = number, Purpose = Purpose }, cancellationToken: ct);
            return answer.AccountIds.Select(Guid.Parse).ToList();
        }
        catch (ErrorException e)
        {
            return e.Error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout ? QueueErrors.NumberUnavailable : e.Error;
        }
        catch (HttpRequestException)
        {
            return QueueErrors.NumberUnavailable;
        }
    }
}
