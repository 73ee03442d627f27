namespace HaLong.Dossiers.Domain;

/// <summary>Who is competent for a procedure, by date. Pure: the place is worked out by whoever knows the units.</summary>
internal static class CatalogueRouting
{
    /// <summary>Level and kind of agency that decide on a day: the competence of 2023, or since 1 July 2025 that of the two-level government.</summary>
    public static Competence On(ProcedureContent procedure, DateOnly day) => new(procedure.Level.On(day), procedure.CompetentAgency.On(day));

    /// <summary>True when a dossier filed on one day is in other hands on another: it has to be handed over.</summary>
    public static bool Moves(ProcedureContent procedure, DateOnly filed, DateOnly day) => On(procedure, filed) != On(procedure, day);
}

/// <summary>Competence on a day.</summary>
/// <param name="Level">commune, district, province or school.</param>
/// <param name="Agency">Kind of agency, e.g. communePeoplesCommittee.</param>
internal sealed record Competence(string Level, string Agency);
