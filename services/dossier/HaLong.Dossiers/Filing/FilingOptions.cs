using System.ComponentModel.DataAnnotations;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Filing;

/// <summary>Settings of filing, section <c>Filing</c>.</summary>
internal sealed class FilingOptions
{
    public const string Section = "Filing";

    /// <summary>
    /// Agency codes by day: the latest that has begun counts, one for the unit itself before one for all units. Their form decides the shape of
    /// dossier codes: 000.00.01.H49 that of 2018, H49.01 that of 2020. Empty: <c>Dossiers:Agencies</c> and <c>Dossiers:DefaultAgency</c>.
    /// </summary>
    public IReadOnlyList<DatedAgency> AgencyCodes { get; set; } = [];

    /// <summary>A finished dossier about the same matter is shown as a duplicate for so many days after its filing; an open one always is.</summary>
    [Range(0, 3650)]
    public int DuplicateDays { get; set; } = 90;

    /// <summary>How often open dossiers are looked through for units that are no longer in force; also right after local midnight.</summary>
    public TimeSpan UnitSweep { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The code of the agency behind a unit on a local day; null when none is named here.</summary>
    public string? AgencyOn(string unitCode, DateOnly day) => AgencyCodes
        .Where(a => a.From <= day && (a.Unit == unitCode || a.Unit == DatedAgency.AllUnits))
        .OrderByDescending(a => a.Unit == unitCode).ThenByDescending(a => a.From)
        .FirstOrDefault()?.Code;
}

/// <summary>An agency code and from when it holds.</summary>
internal sealed record DatedAgency
{
    public const string AllUnits = "*";

    /// <summary>Code of the administrative unit, or * for every unit.</summary>
    [Required]
    public string Unit { get; init; } = "";

    /// <summary>First local day.</summary>
    public DateOnly From { get; init; }

    /// <summary>Code of the agency.</summary>
    [Required]
    public string Code { get; init; } = "";

    public bool IsValid => Unit.Length > 0 && DossierCode.IsAgency(Code);
}
