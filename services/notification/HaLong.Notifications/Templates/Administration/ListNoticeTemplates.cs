using System.Globalization;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>All kinds of notices, and the versions of one. Both are short lists: there are as many kinds as the program knows.</summary>
internal static class ListNoticeTemplates
{
    public static void MapListNoticeTemplates(this IEndpointRouteBuilder templates)
    {
        templates.MapGet("", KindsAsync)
            .WithName("listNoticeTemplates")
            .WithSummary("All kinds of notices with the version in force and the open draft")
            .Produces<IReadOnlyList<KindView>>();
        templates.MapGet("/{kind}", VersionsAsync)
            .WithName("listNoticeTemplateVersions")
            .WithSummary("The published versions of a kind, newest first")
            .WithDescription("In force is the highest published number whose date has come.")
            .Produces<Page<VersionLine>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> KindsAsync(NotificationDbContext db, TemplateCatalog catalog, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = (await db.Templates.AsNoTracking().Where(t => t.State != TemplateState.Retired)
            .Select(t => new { t.Id, t.Kind, t.Number, t.State, t.ValidFrom, t.ContentHash }).ToListAsync(ct)).ToLookup(t => t.Kind, StringComparer.Ordinal);
        IReadOnlyList<KindView> kinds = [.. catalog.All.OrderBy(t => t.Kind, StringComparer.Ordinal).Select(template =>
        {
            var kind = template.Kind;
            var published = rows[kind].Where(r => r.State == TemplateState.Published).ToList();
            var inForce = published.Where(r => r.ValidFrom <= now).MaxBy(r => r.Number);
            var next = published.Where(r => r.Number > (inForce?.Number ?? 0) && r.ValidFrom > now).MinBy(r => r.ValidFrom);
            var draft = rows[kind].FirstOrDefault(r => r.State is TemplateState.Draft or TemplateState.InReview);
            return new KindView(
                kind, Words.Of(NoticeKinds.ClassOf(kind)), [.. NoticeKinds.Variables[kind].Order(StringComparer.Ordinal)], NoticeKinds.IsToldByTelephone(kind),
                inForce?.Number,
                next?.Number, next?.ValidFrom, draft?.Id, draft is null ? null : Words.Of(draft.State),
                inForce is not null && inForce.ContentHash != TemplateContent.Write(TemplateContent.Of(template)).Hash);
        })];
        return TypedResults.Ok(kinds);
    }

    private static async Task<IResult> VersionsAsync(
        string kind, [AsParameters] PageRequest page, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!TemplateDesk.IsKind(kind))
            return TemplateErrors.KindNotFound.ToProblem();
        var after = page.Before();
        if (!after.IsSuccess)
            return after.Error.ToProblem();
        var (now, limit) = (clock.GetUtcNow(), page.Size);
        var versions = db.Templates.AsNoTracking().Where(t => t.Kind == kind && t.Number != null);
        var inForce = await versions.Where(t => t.State == TemplateState.Published && t.ValidFrom <= now).MaxAsync(t => t.Number, ct);
        var rows = await versions.Where(t => t.Number < after.Value).OrderByDescending(t => t.Number).Take(limit + 1).ToListAsync(ct);
        var lines = rows.Select(t => VersionLine.Of(t, inForce)).ToList();
        return TypedResults.Ok(Page.Of(lines, limit, line => [line.Version.ToString(CultureInfo.InvariantCulture)]));
    }
}

/// <summary>Where a page of versions begins and how long it is.</summary>
internal sealed record PageRequest
{
    public string? After { get; init; }

    public int? Limit { get; init; }

    public int Size => Math.Clamp(Limit ?? 50, 1, Cursor.MaxLimit);

    /// <summary>Versions below this number.</summary>
    public Result<int> Before()
    {
        var values = Cursor.Decode(After, 1);
        if (!values.IsSuccess)
            return values.Error;
        return values.Value is not [var number] ? int.MaxValue
            : int.TryParse(number, CultureInfo.InvariantCulture, out var below) ? below
            : CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.");
    }
}
