using System.Globalization;
using System.Text.Json;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>What differs between two versions, or between a version and the open draft.</summary>
internal static class CompareNoticeTemplates
{
    /// <param name="Path">Which text, e.g. vi.sms.</param>
    /// <param name="From">Null where it is new.</param>
    /// <param name="To">Null where it is gone.</param>
    internal sealed record Difference(string Path, string? From, string? To);

    internal sealed record Comparison(string Kind, string From, string To, IReadOnlyList<Difference> Differences);

    public static void MapCompareNoticeTemplates(this IEndpointRouteBuilder templates) => templates.MapGet("/{kind}/compare", HandleAsync)
        .WithName("compareNoticeTemplates")
        .WithSummary("What differs between two versions, or a version and the draft")
        .WithDescription("`from` and `to` are numbers of versions or `draft`.")
        .Produces<Comparison>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string kind, string? from, string? to, NotificationDbContext db, CancellationToken ct)
    {
        if (!TemplateDesk.IsKind(kind))
            return TemplateErrors.KindNotFound.ToProblem();
        if (from is null || to is null || !IsName(from) || !IsName(to))
            return TemplateErrors.InvalidComparison.ToProblem();
        if (await TextsAsync(db, kind, from, ct) is not { } before || await TextsAsync(db, kind, to, ct) is not { } after)
            return TemplateErrors.VersionNotFound.ToProblem();
        var differences = before.Keys.Union(after.Keys)
            .Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path))
            .Select(path => new Difference(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path)));
        return TypedResults.Ok(new Comparison(kind, from, to, [.. differences]));
    }

    private static bool IsName(string name) => name == "draft" || int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static async Task<Dictionary<string, string>?> TextsAsync(NotificationDbContext db, string kind, string name, CancellationToken ct)
    {
        int? number = name == "draft" ? null : int.Parse(name, CultureInfo.InvariantCulture);
        if (await db.Templates.Where(t => t.Kind == kind && t.Number == number).Select(t => t.Content).SingleOrDefaultAsync(ct) is not { } content)
            return null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Flatten("", TemplateDesk.Json(content), texts);
        return texts;
    }

    private static void Flatten(string path, JsonElement element, Dictionary<string, string> texts)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
                Flatten(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, texts);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (i, item) in element.EnumerateArray().Index())
                Flatten($"{path}[{i}]", item, texts);
        }
        else if (element.ValueKind != JsonValueKind.Null)
        {
            texts[path] = element.ToString();
        }
    }
}
