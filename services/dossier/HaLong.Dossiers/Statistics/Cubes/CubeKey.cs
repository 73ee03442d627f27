using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>
/// A cell of a cube: its grain, its day or first day of the month, and whose and what; empty where there is none, or the grain sums over it. An officer is
/// an account, and known to months only.
/// </summary>
internal readonly record struct CubeKey(
    short Grain, DateOnly Period, string Unit, string Level, string Procedure, string Field, string Source, string Hand, string HelperUnit, string Version,
    string Officer);

/// <summary>Which dimensions cells keep apart. Coarse grains answer what is asked most from a few rows; the finest answers everything but officers.</summary>
internal sealed record CubeGrain(
    short Number, bool Units = false, bool Fields = false, bool Procedures = false, bool Hands = false, bool Versions = false, bool Officers = false)
{
    /// <summary>Officers of units. Evaluations ask for it, of whole months; no <see cref="Dimension"/> does.</summary>
    public static readonly CubeGrain OfOfficers = new(7, Units: true, Officers: true);

    /// <summary>The coarsest first. Who tells procedures apart tells their fields too; versions of units only the first does.</summary>
    public static readonly IReadOnlyList<CubeGrain> All =
    [
        new(1, Units: true, Versions: true), new(2, Hands: true), new(3, Fields: true, Procedures: true), new(4, Units: true, Hands: true),
        new(5, Units: true, Fields: true), new(6, Units: true, Fields: true, Procedures: true, Hands: true), OfOfficers,
    ];

    /// <summary>Its days are kept, and not its months alone.</summary>
    public bool HasDays => !Officers;

    /// <summary>The coarsest that still tells these apart.</summary>
    public static CubeGrain For(IReadOnlySet<Dimension> needed) => All.First(g => g.HasDays && needed.All(g.Has));

    public CubeKey Of(DossierFact f, DateOnly period) => new(
        Number, period, Units ? f.UnitCode : "", Units ? f.Level : "", Procedures ? f.ProcedureCode : "", Fields ? f.FieldCode : "", Hands ? f.Source : "",
        Hands ? f.Hand : "", Hands ? f.HelperUnit ?? "" : "", Versions ? f.UnitId ?? "" : "", Officers ? f.OfficerId?.ToString() ?? "" : "");

    private bool Has(Dimension dimension) => dimension switch
    {
        Dimension.Unit or Dimension.Level => Units,
        Dimension.Version => Versions,
        Dimension.Field => Fields,
        Dimension.Procedure => Procedures,
        Dimension.Source or Dimension.Hand or Dimension.HelperUnit => Hands,
        _ => true,
    };
}
