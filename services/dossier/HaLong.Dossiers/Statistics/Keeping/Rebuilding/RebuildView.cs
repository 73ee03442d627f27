namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>How far a rebuild is, or what came of the last one.</summary>
/// <param name="State">never, running, done, failed or interrupted.</param>
/// <param name="Kind">rebuild; check (made anew and only compared) or sample (some facts compared), both by night.</param>
/// <param name="Phase">prepare, facts, cells, compare or clean.</param>
/// <param name="Seconds">So far, or in all.</param>
/// <param name="Facts">Dossiers so far.</param>
/// <param name="Taken">Changes that had waited and are contained now; if there are any, differences have a good reason.</param>
/// <param name="DifferingFacts">Facts that were not what they should be; 0 is expected, null before the comparison.</param>
/// <param name="DifferingCells">Cells of the cubes that were not.</param>
/// <param name="Waiting">Changed dossiers that statistics do not contain yet.</param>
internal sealed record RebuildView(
    string State, string? Kind, string? Phase, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, double Seconds, long Facts, long Cells, long Taken,
    long? DifferingFacts, long? DifferingCells, long Waiting)
{
    public static RebuildView Of(Rebuild row, DateTimeOffset now, long waiting) => new(
        row.State, row.Kind, row.Phase, row.StartedAt, row.EndedAt, Math.Round(((row.EndedAt ?? now) - row.StartedAt).TotalSeconds, 1), row.Facts, row.Cells,
        row.Taken, row.DifferingFacts, row.DifferingCells, waiting);

    public static RebuildView Never(long waiting) => new("never", null, null, null, null, 0, 0, 0, 0, null, null, waiting);
}
