using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>What became of a unit by a day.</summary>
internal static class MapUnit
{
    /// <param name="From">The unit asked about.</param>
    /// <param name="To">The day asked for.</param>
    /// <param name="Unit">The one unit it certainly is on that day; null when somebody has to choose.</param>
    /// <param name="NeedsChoice">True when it was divided, or nobody wrote down what became of it.</param>
    /// <param name="Choices">Where its parts went.</param>
    /// <param name="Confirmed">False when a step on the way is not in the sources outright.</param>
    /// <param name="Steps">Changes on the way, each with the unit it led to.</param>
    internal sealed record View(
        UnitName From, DateOnly To, UnitName? Unit, bool NeedsChoice, IReadOnlyList<UnitName> Choices, bool Confirmed, IReadOnlyList<Step> Steps);

    internal sealed record Step(
        string FromId, string ToId, string Kind, bool Part, bool Automatic, bool Confirmed, DateOnly Effective, string? LegalBasis, string? Note);

    public static async Task<IResult> HandleAsync(
        string id, IdentityDbContext db, UnitMapper mapper, TimeProvider time, HttpContext http, CancellationToken ct, string? to = null)
    {
        if (ListUnits.LocalDay(to, time) is not { } day)
            return IdentityErrors.InvalidDate.ToProblem();
        if (await db.Units.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct) is not { } unit)
            return IdentityErrors.UnitNotFound.ToProblem();
        if (day < unit.ValidFrom)
            return IdentityErrors.MappingBackwards.ToProblem();

        var mapped = (await mapper.MapAsync([id], day, ct))[0];
        http.Response.Headers.CacheControl = UnitEndpoints.Cached;
        return TypedResults.Ok(new View(
            UnitName.Of(unit), day, mapped.Target is null ? null : UnitName.Of(mapped.Target), mapped.NeedsChoice,
            [.. mapped.Choices.Select(UnitName.Of)], mapped.IsConfirmed,
            [.. mapped.Steps.Select(s => new Step(s.FromId, s.ToId, s.Kind, s.IsPart, s.IsAutomatic, s.IsConfirmed, s.Effective, s.LegalBasis, s.Note))]));
    }
}
