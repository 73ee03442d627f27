using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Files;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>What one's own schedule would give now: to look at, or made and told at once. The next regular time stays as it is.</summary>
internal sealed class SendSchedule(DossierDbContext db, ScheduleDesk desk, StatisticsSight sight, ReportDelivery delivery, ScheduleTelemetry telemetry,
    TimeProvider time)
{
    /// <summary>The report as a table in the schedule's language.</summary>
    /// <param name="Heads">Of the columns.</param>
    /// <param name="Rows">As people read them.</param>
    /// <param name="Totals">Null when the report has none.</param>
    internal sealed record Preview(
        string Title, DateOnly From, DateOnly To, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, int RowsInAll,
            IReadOnlyList<string>? Totals,
        IReadOnlyList<string> Notes);

    private const int MostRows = 100;

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/{id:guid}/preview", (Guid id, SendSchedule handler, CancellationToken ct) => handler.ShowAsync(id, ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("What one's own schedule would give now: its first hundred rows; nothing is stored and nobody told")
            .Answers<Preview>(200, 400, 403, 404);
        group.MapPost("/{id:guid}/deliveries", (Guid id, SendSchedule handler, CancellationToken ct) => handler.SendAsync(id, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.Staff)
            .WithSummary("Make the report of one's own schedule now, and be told as usual; the next regular time stays as it is")
            .Answers<IReadOnlyList<ReportFileView>>(200, 400, 403, 404, 409, 422, 503);
    }

    private async Task<IResult> ShowAsync(Guid id, CancellationToken ct)
    {
        var found = await desk.FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var made = await desk.PreviewAsync(found.Value, ct);
        if (!made.IsSuccess)
            return made.Error.ToProblem();
        var (table, words) = (made.Value, ReportWords.In(found.Value.Language));
        return TypedResults.Ok(new Preview(
            words.Title(table), table.From, table.To, [.. table.Columns.Select(words.Head)], [.. table.Rows.Take(MostRows).Select(Shown)], table.Rows.Count,
            table.Totals is { } totals ? Shown(totals) : null, [.. table.Notes.Select(n => words.Say(n.Vi, n.En))]));

        IReadOnlyList<string> Shown(IReadOnlyList<object?> row) => [.. row.Zip(table.Columns, (value, column) => words.Show(value, column.Format))];
    }

    private async Task<IResult> SendAsync(Guid id, CancellationToken ct)
    {
        var found = await desk.FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var seen = await sight.UnitsAsync(found.Value.Unit, ct);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        var made = await delivery.MakeAsync(found.Value, LocalTime.Date(time.GetUtcNow()), seen.Value, ct);
        if (!made.IsSuccess)
            return made.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        telemetry.Made(found.Value.Kind);
        return TypedResults.Ok<IReadOnlyList<ReportFileView>>([.. made.Value.Select(ReportFileView.Of)]);
    }
}
