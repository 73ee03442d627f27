using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>When a version of a procedure is valid.</summary>
internal sealed record VersionSpan(Guid Id, DateOnly From, DateOnly? To);

/// <summary>What publishing a version does to the others.</summary>
/// <param name="Predecessor">The version before it; null for the first one.</param>
/// <param name="Ends">The version whose validity ends the day before; null when none reaches so far.</param>
/// <param name="Replaced">The version of the same day whose place it takes.</param>
/// <param name="To">Last day of the new one.</param>
internal sealed record ChainPlan(Guid? Predecessor, Guid? Ends, Guid? Replaced, DateOnly? To);

/// <summary>Versions of a procedure follow one another and never overlap. Pure.</summary>
internal static class VersionChain
{
    /// <summary>Where a version that begins on a day fits in.</summary>
    /// <param name="versions">Versions published so far, without those that were replaced.</param>
    /// <param name="from">First day; not before today, for dossiers were already judged by what was in force.</param>
    /// <param name="to">Last day; null for no end, or until the next version begins.</param>
    /// <param name="replaces">The version of the same day that it replaces.</param>
    /// <param name="today">Local day.</param>
    public static Result<ChainPlan> Publish(IReadOnlyList<VersionSpan> versions, DateOnly from, DateOnly? to, Guid? replaces, DateOnly today)
    {
        if (from < today)
            return CatalogueErrors.InThePast;
        if (to < from)
            return CatalogueErrors.InvalidPeriod;
        var same = versions.FirstOrDefault(v => v.From == from);
        if (replaces is not null && replaces != same?.Id)
            return CatalogueErrors.CannotReplace;
        if (same is not null && replaces is null)
            return Overlap(from);
        var next = versions.Where(v => v.From > from).MinBy(v => v.From);
        if (next is not null && to >= next.From)
            return Overlap(next.From);
        var before = versions.Where(v => v.From < from).MaxBy(v => v.From);
        var ends = before is not null && (before.To is null || before.To >= from) ? before.Id : (Guid?)null;
        return new ChainPlan(same?.Id ?? before?.Id, ends, same?.Id, to ?? next?.From.AddDays(-1));
    }

    /// <summary>The version that ends when the procedure is repealed (bãi bỏ) from a day on.</summary>
    public static Result<Guid> Repeal(IReadOnlyList<VersionSpan> versions, DateOnly from, DateOnly today)
    {
        if (from < today)
            return CatalogueErrors.InThePast;
        if (versions.Where(v => v.From > from).MinBy(v => v.From) is { } later)
            return Overlap(later.From);
        return versions.FirstOrDefault(v => v.From <= from && (v.To is null || v.To >= from)) is { } last ? last.Id : CatalogueErrors.NothingToRepeal;
    }

    private static Error Overlap(DateOnly with) => CatalogueErrors.Overlap.Format(
        with.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), with.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
