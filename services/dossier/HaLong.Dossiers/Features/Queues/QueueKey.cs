using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>Where a page of a queue ends: in which order, at which moment, at which dossier.</summary>
internal sealed record QueueKey(string Sort, DateTimeOffset At, Guid Id)
{
    private const int Parts = 3;

    private static readonly Error Bad = QueueErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.");

    /// <summary>Reads a cursor; one of another order would leave rows out, and is refused.</summary>
    public static Result<QueueKey?> Read(string? after, string sort)
    {
        var cursor = Cursor.Decode(after, Parts);
        if (!cursor.IsSuccess)
            return cursor.Error;
        if (cursor.Value is not [var order, var moment, var key])
            return (QueueKey?)null;
        return order == sort && DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && Guid.TryParse(key, out var id)
            ? new QueueKey(order, at.ToUniversalTime(), id)
            : Bad;
    }

    /// <summary>The cursor behind an item.</summary>
    public static string[] Of(string sort, QueueRow row) =>
        [sort, (sort == QueueSorts.Due ? row.DueOrder : row.SubmittedAt).ToString("O", CultureInfo.InvariantCulture), row.Id.ToString()];

    /// <summary>The rows behind the cursor, in order. Due dates and moments of filing may be equal, so the id decides.</summary>
    public static IQueryable<Dossier> Order(IQueryable<Dossier> rows, string sort, QueueKey? after)
    {
        var (at, id) = (after?.At ?? default, after?.Id ?? default);
        if (sort == QueueSorts.Due)
        {
            if (after is not null)
                rows = rows.Where(d => EF.Functions.GreaterThan(ValueTuple.Create(d.DueOrder, d.Id), ValueTuple.Create(at, id)));
            return rows.OrderBy(d => d.DueOrder).ThenBy(d => d.Id);
        }

        if (after is not null)
            rows = rows.Where(d => EF.Functions.GreaterThan(ValueTuple.Create(d.SubmittedAt!.Value, d.Id), ValueTuple.Create(at, id)));
        return rows.OrderBy(d => d.SubmittedAt).ThenBy(d => d.Id);
    }
}
