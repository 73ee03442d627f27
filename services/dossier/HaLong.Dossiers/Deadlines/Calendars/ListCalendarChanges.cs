using System.Globalization;
using System.Text.Json;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>Who changed the calendar, latest first.</summary>
internal static class ListCalendarChanges
{
    /// <param name="Version">Number of the calendar's state that it made.</param>
    /// <param name="Action">draft, change or confirm.</param>
    /// <param name="Before">Days that were replaced or removed.</param>
    /// <param name="After">Days that are there instead.</param>
    internal sealed record Item(
        long Version, int Year, string Action, Guid ActorId, string? ActorUnit, DateTimeOffset At, string Reason, JsonElement Before, JsonElement After);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/changes", HandleAsync)
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Changes of the calendar with who, when and why; of a year or of all")
        .Answers<Page<Item>>(200, 400);

    private static async Task<IResult> HandleAsync(int? year, string? after, int? limit, DossierDbContext db, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var changes = db.CalendarChanges.AsNoTracking();
        if (year is { } one)
            changes = changes.Where(c => c.Year == one);
        if (cursor.Value is [var text])
        {
            if (!long.TryParse(text, CultureInfo.InvariantCulture, out var last))
                return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            changes = changes.Where(c => c.Version < last);
        }
        var rows = await changes.OrderByDescending(c => c.Version).Take(size.Value + 1).ToListAsync(ct);
        var items = rows.ConvertAll(c => new Item(c.Version, c.Year, c.Action, c.ActorId, c.ActorUnit, c.At, c.Reason, JsonElement.Parse(c.Before), JsonElement.Parse(c.After)));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Version.ToString(CultureInfo.InvariantCulture)]));
    }
}
