using HaLong.Dossiers.Domain;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Codes;

/// <summary>Gives a dossier its code: the agency that the dated configuration names for the unit, the local day, the next number.</summary>
internal sealed class DossierCodes(CodeBlocks numbers, IOptions<FilingOptions> filing, IOptions<DossierOptions> dossiers)
{
    public async ValueTask<string> NextAsync(string unitCode, DateOnly day, CancellationToken ct)
    {
        var agency = filing.Value.AgencyOn(unitCode, day) ?? dossiers.Value.AgencyOf(unitCode);
        return DossierCode.Format(agency, day, await numbers.NextAsync(DossierCode.CounterOf(agency), day, ct));
    }
}
