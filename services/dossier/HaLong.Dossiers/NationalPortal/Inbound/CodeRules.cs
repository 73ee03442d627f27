using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>
/// Which codes of the portal can be codes of dossiers here: those that tracking can read, and that are not from the numbers that we give ourselves,
/// or else one of ours would one day be the same.
/// </summary>
internal sealed class CodeRules(DossierDbContext db, IOptions<DossierOptions> dossiers, IOptions<FilingOptions> filing)
{
    public static bool IsReadable(string? code) =>
        code is { Length: > 0 and <= DossierCode.MaxLength } && DossierCode.Parse(code) is { } parsed && parsed.Text == code;

    /// <summary>Nobody has it and nobody here will get it.</summary>
    public async Task<bool> IsFreeAsync(string code, CancellationToken ct)
    {
        if (DossierCode.Parse(code) is not { } parsed)
            return false;
        var ours = new[] { dossiers.Value.DefaultAgency }.Concat(dossiers.Value.Agencies.Values).Concat(filing.Value.AgencyCodes.Select(a => a.Code));
        if (ours.Select(DossierCode.CounterOf).Contains(DossierCode.CounterOf(parsed.Agency), StringComparer.Ordinal))
            return false;
        var spellings = DossierCode.Spellings(parsed);
        return !await db.Dossiers.AnyAsync(d => spellings.Contains(d.Code!), ct);
    }

    /// <summary>The unit behind what the portal calls the unit that decides: the code of its agency, or its own.</summary>
    public string UnitOf(string? name, DateOnly day)
    {
        var text = name?.Trim() ?? "";
        if (!DossierCode.IsAgency(text))
            return text;
        var counter = DossierCode.CounterOf(text);
        var dated = filing.Value.AgencyCodes.Where(a => a.Unit != DatedAgency.AllUnits && a.From <= day && DossierCode.CounterOf(a.Code) == counter)
            .OrderByDescending(a => a.From).Select(a => a.Unit);
        return dated.Concat(dossiers.Value.Agencies.Where(a => DossierCode.CounterOf(a.Value) == counter).Select(a => a.Key)).FirstOrDefault() ?? text;
    }
}
