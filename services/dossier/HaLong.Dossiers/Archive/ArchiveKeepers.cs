using HaLong.Dossiers.Catalogue.Administration;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Archive;

/// <summary>Administrators keep the archive of their own unit; those of the province that of every unit.</summary>
internal sealed class ArchiveKeepers(CatalogueKeepers keepers, Caller caller)
{
    /// <summary>Why the caller may not keep the archive of a unit; null when he may.</summary>
    public async Task<Error?> RefuseAsync(string unit, CancellationToken ct)
    {
        if (caller.Unit == unit)
            return null;
        return await keepers.RefuseAsync(ct) switch
        {
            null => null,
            { Kind: ErrorKind.Unavailable } down => down,
            _ => ArchiveErrors.NotYourUnit,
        };
    }
}
