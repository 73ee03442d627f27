using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Index.Closing;

/// <summary>How often a month was closed, by whom and why; and closing it once more.</summary>
internal static class Closings
{
    /// <param name="Month">yyyy-MM.</param>
    /// <param name="Reason">Why it is closed again, 10 to 500 characters.</param>
    internal sealed record Request(string? Month, string? Reason);

    /// <param name="By">rule or administrator.</param>
    internal sealed record Closing(string Month, string Unit, int Revision, string Version, decimal Total, DateTimeOffset ClosedAt, string By, Guid? ClosedBy,
        string? Reason)
    {
        public static Closing Of(IndexMonth m) =>
            new(m.Month, m.UnitCode, m.Revision, m.Definition, m.Total, m.ClosedAt, m.ClosedBy is null ? "rule" : "administrator", m.ClosedBy, m.Reason);
    }

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/closings", ListAsync)
            .RequireAuthorization(Policies.Staff)
            .WithSummary("Every closing of a month for a unit with all below it (without a unit: all units together), the first one first")
            .WithDescription("Leaders, chiefs and approvers see their own unit and those below; auditors and administrators all. "
                + "A month has few closings: there are no pages.")
            .Answers<IReadOnlyList<Closing>>(200, 400, 403);
        group.MapPost("/closings", CloseAsync)
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("Closes a month once more, for a reason: a further revision, nothing is overwritten")
            .Answers<Closing>(201, 400, 403, 409, 422);
    }

    private static async Task<IResult> ListAsync(string? unit, string? month, StatisticsSight sight, DossierDbContext db, TimeProvider time,
        CancellationToken ct)
    {
        if (Month(month, time) is { IsSuccess: false } bad)
            return bad.Error.ToProblem();
        var seen = await sight.UnitsAsync(unit, ct);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        // Who sees only a part sees his own unit where he names none.
        var code = unit ?? (seen.Value is null ? IndexMonth.AllUnits : sight.OwnUnit);
        var rows = await db.Set<IndexMonth>().AsNoTracking().Where(m => m.Month == month && m.UnitCode == code).OrderBy(m => m.Revision).ToListAsync(ct);
        return TypedResults.Ok<IReadOnlyList<Closing>>(rows.ConvertAll(Closing.Of));
    }

    private static async Task<IResult> CloseAsync(Request request, MonthCloser closer, Caller caller, TimeProvider time, CancellationToken ct)
    {
        if (Month(request.Month, time) is { IsSuccess: false } bad)
            return bad.Error.ToProblem();
        if (request.Reason?.Trim() is not { Length: >= 10 and <= 500 } reason)
            return IndexErrors.NoReason.WithField("reason", "Từ 10 đến 500 ký tự.", "10 to 500 characters.").ToProblem();
        var closed = await closer.CloseAgainAsync(request.Month!, caller.AccountId, reason, ct);
        return closed.Match(row => TypedResults.Created($"/api/v1/index766/closings?month={row.Month}", Closing.Of(row)));
    }

    private static Result<IndexPeriod> Month(string? month, TimeProvider time)
    {
        var period = IndexPeriod.Parse(month, LocalTime.Date(time.GetUtcNow()));
        return string.IsNullOrEmpty(month) || period is { IsSuccess: true, Value.IsMonth: false } ? IndexErrors.BadPeriod : period;
    }
}
