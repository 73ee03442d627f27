using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Filing.Placing;

/// <summary>At which level a procedure is decided on a day, and by which unit of a place.</summary>
internal static class CompetentLevel
{
    public const string Commune = "commune";
    public const string District = "district";
    public const string Province = "province";

    /// <summary>The level on a local day: competence of the districts passed to communes and the province on 1 July 2025.</summary>
    public static string On(ProcedureContent procedure, DateOnly day) => procedure.Level.On(day);

    /// <summary>
    /// How many steps above a place of some level the deciding unit is; null where the place does not lead to it (schools, ministries), so that the
    /// applicant has to name the unit.
    /// </summary>
    /// <param name="level">Level of the procedure.</param>
    /// <param name="place">Level of the place.</param>
    /// <param name="day">Local day: communes are below districts until the reform, below the province since.</param>
    public static int? StepsUp(string level, string place, DateOnly day) => (level, place) switch
    {
        (Commune, Commune) or (District, District) or (Province, Province) => 0,
        (District, Commune) when day < Regime.Reform => 1,
        (Province, Commune) => day < Regime.Reform ? 2 : 1,
        (Province, District) => 1,
        _ => null,
    };
}
