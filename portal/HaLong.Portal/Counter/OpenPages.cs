using System.Globalization;
using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Filing;
using HaLong.Portal.Find;
using HaLong.Portal.Session;
using HaLong.Portal.Work;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Counter;

/// <summary>What is filed for whom.</summary>
/// <param name="Found">Procedures that fit the words; null once one is chosen.</param>
/// <param name="Procedure">The chosen one.</param>
public sealed record OpenModel(
    Guid Person, string? Words, IReadOnlyList<FoundProcedure>? Found, Procedure? Procedure, IReadOnlyList<UnitChoice> Units, IReadOnlyDictionary<string, string> Typed, Trouble? Trouble, string Once)
{
    public string? Of(string field) => Typed.GetValueOrDefault(field);
}

/// <summary><c>/counter/people/{id}/filing</c>: reception opens a draft for who stands at the counter, or whose papers came by post, and notes which papers were handed over.</summary>
internal static class OpenPages
{
    private const int MostFound = 20, LongestSubject = 500;
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/people/{id:guid}/filing", ShowAsync);
        group.MapPost("/people/{id:guid}/filing", OpenAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, string? q, string? procedure, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(procedure))
            return await AskAsync(id, procedure, Nothing, null, StatusCodes.Status200OK, FormKey.New(), api, context, ct);
        var found = string.IsNullOrWhiteSpace(q) ? null : await api.GetAsync<Found>(QueryHelpers.AddQueryString($"procedures?limit={MostFound}", "q", q), ct);
        return Pages.Of<OpenFiling>(new OpenModel(id, q, found?.Value?.Items ?? [], null, [], Nothing, found?.Trouble, ""), (int)(found?.Status ?? HttpStatusCode.OK));
    }

    private static async Task<IResult> AskAsync(
        Guid id, string code, IReadOnlyDictionary<string, string> typed, Trouble? trouble, int status, string once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var procedure = await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(code), ct);
        if (WorkPages.Otherwise(procedure.Status, context) is { } otherwise)
            return otherwise;
        return procedure.Value is null
            ? Pages.Of<NotNow>(procedure.Trouble, (int)procedure.Status)
            : Pages.Of<OpenFiling>(new OpenModel(id, null, null, procedure.Value, await FilingPages.UnitsAsync(api, ct), typed, trouble, once), status);
    }

    private static async Task<IResult> OpenAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var typed = sent.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToString().Trim(), StringComparer.Ordinal);
        var once = FormKey.Of(sent["once"]);
        var (papers, lines) = Papers(typed);
        // A dossier has a subject; without words of the applicant it is what the procedure is called.
        var subject = Text("subject") ?? await NameAsync(Text("procedure") ?? "-", api, ct);
        var opened = await api.PostAsync<Case>("dossiers/counter", new
        {
            ownerId = id,
            ownerCheck = Text("ownerCheck"),
            procedureCode = Text("procedure"),
            place = Text("place") is { } unit ? new { unitCode = unit } : null,
            channel = Text("channel"),
            submitterName = Text("submitterName"),
            relation = Text("relation"),
            evidence = Text("evidence"),
            papers,
            subject,
        }, once, null, ct);
        return opened switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, $"/counter/people/{id}/filing"),
            { Value: { } draft } => Pages.Go($"/counter/filings/{draft.Id}"),
            _ => await AskAsync(id, Text("procedure") ?? "-", typed, WorkPages.Led(opened.Trouble, field => Led(field, lines)), (int)opened.Status,
                opened.Status == HttpStatusCode.ServiceUnavailable ? once : FormKey.New(), api, context, ct),
        };

        string? Text(string name) => typed.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
    }

    private static async Task<string> NameAsync(string code, ApiClient api, CancellationToken ct)
    {
        var name = (await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(code), ct)).Value is { } found ? found.NameVi ?? found.Name : code;
        return name[..Math.Min(name.Length, LongestSubject)];
    }

    /// <summary>What was handed over, by component; and which component each line is about.</summary>
    private static (List<object> Papers, List<string> Lines) Papers(Dictionary<string, string> typed)
    {
        var (papers, lines) = (new List<object>(), new List<string>());
        foreach (var number in typed.Keys.Where(k => k.StartsWith("paper-", StringComparison.Ordinal)).Select(k => k.Split('-')[1]).Distinct())
        {
            var counts = new[] { "originals", "certified", "copies" }.Select(c => typed.GetValueOrDefault($"paper-{number}-{c}") ?? "").ToList();
            if (counts.All(c => c.Length == 0) || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var component))
                continue;
            // What is no number is no number of papers either: the API says so.
            var read = counts.ConvertAll(c => c.Length == 0 ? 0 : int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : -1);
            papers.Add(new { component, originals = read[0], certifiedCopies = read[1], copies = read[2] });
            lines.Add(number);
        }

        return (papers, lines);
    }

    private static string Led(string field, List<string> lines) =>
        field.StartsWith("papers[", StringComparison.Ordinal) && int.TryParse(field[7..].TrimEnd(']'), out var at) && at < lines.Count ? $"paper-{lines[at]}-originals" : field;
}
