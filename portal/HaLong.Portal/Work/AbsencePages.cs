using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Work;

/// <summary>When an officer is away and who stands in.</summary>
public sealed record Absence(Guid Id, Guid OfficerId, Guid SubstituteId, DateOnly From, DateOnly To, uint Version);

/// <summary>What is typed about an absence.</summary>
public sealed record AbsenceInput(string? OfficerId, string? SubstituteId, string? From, string? To, string? Once);

public sealed record AbsencesModel(Answer<Listed<Absence>> Page, AbsenceInput Input, Trouble? Trouble);

/// <summary><c>/work/absences</c>: who is away and who may do meanwhile what the officer may.</summary>
internal static class AbsencePages
{
    private const string Here = "/work/absences";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/absences", (string? after, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(after, new AbsenceInput(null, null, null, null, FormKey.New()), null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/absences", RecordAsync);
        group.MapPost("/absences/{id:guid}/end", EndAsync);
    }

    private static async Task<IResult> ShowAsync(string? after, AbsenceInput input, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<Absence>>("absences?limit=50" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), ct);
        return WorkPages.Otherwise(page.Status, context, Here)
            ?? Pages.Of<AbsencesPage>(new AbsencesModel(page, input, trouble ?? page.Trouble), trouble is null ? (int)page.Status : status);
    }

    private static async Task<IResult> RecordAsync(IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var input = new AbsenceInput(sent["officerId"], sent["substituteId"], sent["from"], sent["to"], sent["once"]);
        // What cannot be an id is refused by the API with the words for it.
        var body = new { officerId = IdOf(input.OfficerId), substituteId = IdOf(input.SubstituteId), from = DayOf(input.From), to = DayOf(input.To) };
        var trouble = !string.IsNullOrWhiteSpace(input.OfficerId) && body.officerId is null ? Unknown("officerId") : null;
        var done = trouble is not null ? new Answer<object>(HttpStatusCode.BadRequest, null, trouble, null) : await api.PostAsync<object>("absences", body, FormKey.Of(input.Once), null, ct);
        return done switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, Here),
            { IsSuccess: true } => Pages.Go(Here),
            _ => await ShowAsync(null, input with { Once = FormKey.New() }, done.Trouble, (int)done.Status, api, context, ct),
        };
    }

    private static async Task<IResult> EndAsync(Guid id, [FromForm] string? version, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var ended = await api.SendAsync<object>(HttpMethod.Delete, $"absences/{id}", (HttpContent?)null, FormKey.Of(once), version, ct);
        return ended switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, Here),
            // Ended already, by a second click or another tab, is what was wanted.
            { IsSuccess: true } or { Status: HttpStatusCode.NotFound } => Pages.Go(Here),
            _ => await ShowAsync(null, new AbsenceInput(null, null, null, null, FormKey.New()), ended.Trouble, (int)ended.Status, api, context, ct),
        };
    }

    private static Guid? IdOf(string? text) => Guid.TryParse(text?.Trim(), out var id) ? id : null;

    private static string? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) ? text : null;

    private static Trouble Unknown(string field)
    {
        var words = ServiceDefaults.Text.Bilingual("Mã tài khoản không đúng dạng.", "This is no account id.");
        return new Trouble(words, null, null, new Dictionary<string, string[]> { [field] = [words] });
    }
}
