using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Waits;

/// <summary>A cell of the histogram of stays: its grain, its day or first day of the month, whose and what, the step and how long it took.</summary>
internal readonly record struct WaitKey(short Grain, DateOnly Period, string Unit, string Procedure, short Kind, int Bucket);

/// <summary>Which dimensions cells of stays keep apart; months have all grains, days only the finest.</summary>
internal sealed record WaitGrain(short Number, bool Units, bool Procedures)
{
    public static readonly WaitGrain Finest = new(4, true, true);

    /// <summary>The coarsest first.</summary>
    public static readonly IReadOnlyList<WaitGrain> All = [new(1, false, false), new(2, true, false), new(3, false, true), Finest];

    /// <summary>The coarsest that still tells these apart.</summary>
    public static WaitGrain For(bool units, bool procedures) => All.First(g => (g.Units || !units) && (g.Procedures || !procedures));

    public WaitKey Of(DossierFact f, int stay, DateOnly period) => new(
        Number, period, Units ? f.UnitCode : "", Procedures ? f.ProcedureCode : "", f.StayKinds[stay], WaitBuckets.Of(f.StayMinutes[stay]));
}
