using HaLong.Dossiers.Domain;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Caching.Hybrid;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>
/// The catalogue is one for all units, so only administrators of a province or city unit keep it. Which level a unit has is asked at identity
/// and remembered for an hour.
/// </summary>
internal sealed class CatalogueKeepers(Units.UnitsClient units, HybridCache cache, Caller caller)
{
    private static readonly HybridCacheEntryOptions Remembered = new() { Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromMinutes(10) };

    /// <summary>Why the caller may not keep the catalogue; null when he may.</summary>
    public async Task<Error?> RefuseAsync(CancellationToken ct)
    {
        if (caller.Unit is not { Length: > 0 and <= 20 } unit || !unit.All(char.IsAsciiLetterOrDigit))
            return CatalogueErrors.NotCatalogueKeeper;
        try
        {
            var level = await cache.GetOrCreateAsync($"dossier:unit-level:{unit}", async token => await AskAsync(unit, token), Remembered, cancellationToken: ct);
            return level is "province" or "district" ? null : CatalogueErrors.NotCatalogueKeeper;
        }
        catch (ErrorException e)
        {
            return e.Error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout ? DossierErrors.IdentityUnavailable : e.Error;
        }
        catch (HttpRequestException)
        {
            return DossierErrors.IdentityUnavailable;
        }
    }

    private async Task<string> AskAsync(string unit, CancellationToken ct)
    {
        var answer = await units.BatchGetUnitsAsync(new BatchGetUnitsRequest { Codes = { unit } }, cancellationToken: ct);
        // An exception and not a value: what does not exist today must not be remembered.
        return answer.Units.FirstOrDefault(u => u.Code == unit)?.Level ?? throw new ErrorException(CatalogueErrors.NotCatalogueKeeper);
    }
}
