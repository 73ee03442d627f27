using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index.Views;

/// <summary>“What if” on the real counts of a unit: what changed counts would make of its index. Nothing is stored.</summary>
internal static class IndexWhatIf
{
    /// <param name="Unit">With all below it; null: all that the caller sees.</param>
    /// <param name="Period">Null: the present month.</param>
    /// <param name="Changes">Counts that would be different, by the names in the formulas.</param>
    internal sealed record Request(string? Unit, string? Period, Dictionary<string, decimal>? Changes);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/what-if", HandleAsync)
        .RequireAuthorization(Policies.Staff)
        .WithSummary("What changed counts would make of the index of a unit in a period")
        .WithDescription("The counts of a closed month are those it was closed with. "
            + "A count that is not known can be given among the changes. Rights as for the index itself.")
        .Answers<CalculateIndex.Answer>(200, 400, 403, 404);

    private static async Task<IResult> HandleAsync(Request request, IndexDesk desk, CancellationToken ct)
    {
        var asked = await desk.AskAsync(request.Unit, request.Period, ct);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        if (request.Changes is not { Count: > 0 } changes)
            return StatisticsErrors.CountsNotUsable.WithField("changes", "Cần ít nhất một thay đổi.", "At least one change is needed.").ToProblem();
        var closed = await desk.ClosedAsync(asked.Value, ct);
        var counts = closed?.ReadCounts() ?? await desk.CountAsync(asked.Value, ct);
        return CalculateIndex.Defects(asked.Value.Version, new CalculateIndex.Request(null, new(counts, StringComparer.Ordinal), changes)) is { } defects
            ? defects.ToProblem()
            : TypedResults.Ok(CalculateIndex.Compare(asked.Value.Version, counts, changes));
    }
}
