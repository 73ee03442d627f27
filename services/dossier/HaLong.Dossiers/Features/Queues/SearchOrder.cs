using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>
/// The order of what was found: by personal number what was filed last first, else the latest code first. Codes are dated, and the unit's index has them in order: so the first page of a
/// name that thousands have is as quick as that of a rare one.
/// </summary>
internal static class SearchOrder
{
    public const string ByCode = "code", ByName = "name", ByNearName = "near", ByNumber = "number";

    private static readonly Error Bad = QueueErrors.SearchInvalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.");

    public static string[] KeyOf(string kind, QueueRow row) =>
        [kind, kind != ByNumber ? row.Code! : row.SubmittedAt.ToString("O", CultureInfo.InvariantCulture), row.Id.ToString()];

    /// <param name="rows">What was found.</param>
    /// <param name="kind">How.</param>
    /// <param name="after">The key of the last row of the page before.</param>
    public static Result<IQueryable<Dossier>> Apply(IQueryable<Dossier> rows, string kind, string[]? after)
    {
        if (after is not null && after[0] != kind)
            return Bad;
        if (kind != ByNumber)
        {
            if (after is [_, var last, _])
                rows = rows.Where(d => EF.Functions.Collate(d.Code!, "C").CompareTo(last) < 0);
            return Result.Of<IQueryable<Dossier>>(rows.OrderByDescending(d => EF.Functions.Collate(d.Code!, "C")));
        }

        if (after is [_, var moment, var key])
        {
            if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) || !Guid.TryParse(key, out var id))
                return Bad;
            at = at.ToUniversalTime();
            rows = rows.Where(d => EF.Functions.LessThan(ValueTuple.Create(d.SubmittedAt!.Value, d.Id), ValueTuple.Create(at, id)));
        }

        return Result.Of<IQueryable<Dossier>>(rows.OrderByDescending(d => d.SubmittedAt).ThenByDescending(d => d.Id));
    }
}
