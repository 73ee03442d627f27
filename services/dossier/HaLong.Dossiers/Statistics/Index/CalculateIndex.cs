using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index;

/// <summary>“What if”: the index of given counts, what would raise it most, and what changed counts would make of it. Nothing is stored.</summary>
internal static class CalculateIndex
{
    private const decimal Most = 1_000_000_000_000m;

    /// <param name="On">The day whose definitions count; default: today.</param>
    /// <param name="Counts">By the names in the formulas; what is left out leaves its indicators out.</param>
    /// <param name="Changes">Counts that would be different; null: only the index as it is.</param>
    internal sealed record Request(DateOnly? On, Dictionary<string, decimal>? Counts, Dictionary<string, decimal>? Changes);

    /// <param name="Score">Of the counts.</param>
    /// <param name="Chances">What would raise it most, first.</param>
    /// <param name="Changed">Of the changed counts.</param>
    /// <param name="Gain">How many points the change brings.</param>
    internal sealed record Answer(IndexScore Score, IReadOnlyList<Chance> Chances, IndexScore? Changed, decimal? Gain);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/v1/statistics/index/calculations", Handle)
        .RequireAuthorization(Policies.Staff)
        .WithTags("Statistics")
        .WithSummary("Computes the index of given counts, names what would raise it most, and compares with changed counts")
        .WithDescription("For officials. Counts are those of the formulas in `GET …/definitions`. Nothing is stored.")
        .Answers<Answer>(200, 400, 404);

    private static IResult Handle(Request request, IndexBook book, TimeProvider time)
    {
        if (book.On(request.On ?? LocalTime.Date(time.GetUtcNow())) is not { } version)
            return StatisticsErrors.NoIndexThatDay.ToProblem();
        if (Defects(version, request) is { } refusal)
            return refusal.ToProblem();

        return TypedResults.Ok(Compare(version, request.Counts!, request.Changes)); // Defects says so when counts are missing
    }

    /// <summary>The index of counts, and what changes make of it.</summary>
    internal static Answer Compare(IndexVersion version, IReadOnlyDictionary<string, decimal> counts, Dictionary<string, decimal>? changes)
    {
        var score = IndexScore.Of(version, counts);
        IndexScore? changed = null;
        if (changes is not null)
        {
            var other = new Dictionary<string, decimal>(counts, StringComparer.Ordinal);
            foreach (var (name, value) in changes)
                other[name] = value;
            changed = IndexScore.Of(version, other);
        }

        return new Answer(score, IndexOutlook.Of(version, score), changed, changed?.Total - score.Total);
    }

    /// <summary>Everything that is wrong with counts and changes, at once.</summary>
    internal static Error? Defects(IndexVersion version, Request request)
    {
        Error? error = null;
        var known = version.Inputs.ToHashSet(StringComparer.Ordinal);
        if (request.Counts is not { Count: > 0 })
            error = StatisticsErrors.CountsNotUsable.WithField("counts", "Cần ít nhất một số liệu.", "At least one count is needed.");
        foreach (var (name, value) in (request.Counts ?? []).Concat(request.Changes ?? []))
        {
            if (!known.Contains(name))
                error = (error ?? StatisticsErrors.CountsNotUsable).WithField(name, "Không có trong công thức nào.", "No formula has it.");
            else if (value is < 0 or > Most)
                error = (error ?? StatisticsErrors.CountsNotUsable).WithField(name, "Phải từ 0 đến một nghìn tỷ.", "Between 0 and 10^12.");
        }

        return error;
    }
}
