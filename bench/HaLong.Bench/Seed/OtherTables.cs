using static HaLong.Bench.Seed.Columns;

namespace HaLong.Bench.Seed;

/// <summary>What hangs on a dossier: its timeline, its clock and its documents (rows; the bytes behind them are not made).</summary>
internal static class OtherTables
{
    public static readonly IReadOnlyList<Column<(SeedDossier Dossier, int Number)>> Timeline =
    [
        Uuid<(SeedDossier Dossier, int Number)>("dossier_id", r => r.Dossier.Id),
        Number<(SeedDossier Dossier, int Number)>("step", r => r.Number),
        At<(SeedDossier Dossier, int Number)>("at", r => Step(r).At),
        Text<(SeedDossier Dossier, int Number)>("action", r => Step(r).Action),
        Uuid<(SeedDossier Dossier, int Number)>("actor_id", r => Step(r).Actor),
        Text<(SeedDossier Dossier, int Number)>("actor_role", r => Step(r).Role),
        Text<(SeedDossier Dossier, int Number)>("unit", r => Step(r).Role is "citizen" or "system" ? null : r.Dossier.Unit.Code),
        Text<(SeedDossier Dossier, int Number)>("from_status", r => Step(r).From),
        Text<(SeedDossier Dossier, int Number)>("to_status", r => Step(r).To),
        Text<(SeedDossier Dossier, int Number)>("note_vi", _ => "Thành phố dựng để đo"),
        Text<(SeedDossier Dossier, int Number)>("note_en", _ => "City made to measure"),
    ];

    public static readonly IReadOnlyList<Column<(SeedDossier Dossier, int Number)>> ClockEntries =
    [
        Uuid<(SeedDossier Dossier, int Number)>("dossier_id", r => r.Dossier.Id),
        Number<(SeedDossier Dossier, int Number)>("number", r => r.Number),
        Text<(SeedDossier Dossier, int Number)>("effect", r => r.Dossier.Clock[r.Number - 1].Effect.ToString()),
        At<(SeedDossier Dossier, int Number)>("at", r => r.Dossier.Clock[r.Number - 1].At),
        Text<(SeedDossier Dossier, int Number)>("cause", r => r.Dossier.Clock[r.Number - 1].Cause),
        Text<(SeedDossier Dossier, int Number)>("reason_vi", _ => "Thành phố dựng để đo"),
        Text<(SeedDossier Dossier, int Number)>("reason_en", _ => "City made to measure"),
    ];

    public static readonly IReadOnlyList<Column<(SeedDossier Dossier, int Number)>> Documents =
    [
        Uuid<(SeedDossier Dossier, int Number)>("id", r => IsResult(r) ? r.Dossier.ResultId : r.Dossier.ComponentId),
        Uuid<(SeedDossier Dossier, int Number)>("dossier_id", r => r.Dossier.Id),
        Text<(SeedDossier Dossier, int Number)>("kind", r => IsResult(r) ? "result" : "component"),
        Number<(SeedDossier Dossier, int Number)>("component", r => IsResult(r) ? null : 1),
        Text<(SeedDossier Dossier, int Number)>("file_name", r => IsResult(r) ? "ket-qua.pdf" : "don.pdf"),
        Text<(SeedDossier Dossier, int Number)>("media_type", _ => "application/pdf"),
        Big<(SeedDossier Dossier, int Number)>("size", _ => 42_000L),
        Text<(SeedDossier Dossier, int Number)>("sha256", r => (IsResult(r) ? r.Dossier.ResultId!.Value : r.Dossier.ComponentId).ToString("N") + r.Dossier.Id.ToString("N")),
        Uuid<(SeedDossier Dossier, int Number)>("created_by", r => IsResult(r) ? r.Dossier.ApproverId : r.Dossier.OwnerId),
        At<(SeedDossier Dossier, int Number)>("created_at", r => r.Dossier.ResolvedAt is { } at && IsResult(r) ? at : r.Dossier.SubmittedAt),
    ];

    /// <param name="calendarVersion">By which state of the calendar the due dates were counted.</param>
    public static IReadOnlyList<Column<SeedDossier>> Clocks(long calendarVersion) =>
    [
        Uuid<SeedDossier>("dossier_id", d => d.Id),
        Text<SeedDossier>("unit", d => d.Procedure.Limit.Unit.ToString()),
        Number<SeedDossier>("count", d => d.Procedure.Limit.Count),
        Flag<SeedDossier>("limit_assumed", d => d.Procedure.LimitAssumed),
        Big<SeedDossier>("calendar_version", d => d.IsOver || d.ResolvedAt is not null ? null : calendarVersion),
    ];

    private static SeedStep Step((SeedDossier Dossier, int Number) row) => row.Dossier.Steps[row.Number - 1];

    private static bool IsResult((SeedDossier Dossier, int Number) row) => row.Number == 2;
}
