using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.Portal.Work;

namespace HaLong.Portal.Counter;

/// <summary>Somebody who was found; masked as the API masks him.</summary>
/// <param name="Level">1 self-registered, 2 verified.</param>
public sealed record FoundPerson(Guid Id, string Kind, string Name, string? PersonalNumber, string? Phone, string? TaxCode, int Level, uint Version);

/// <param name="Kind">personalNumber, phone or taxCode.</param>
/// <param name="Found">Null before a search.</param>
public sealed record CounterModel(string Kind, string? What, string? Note, Answer<Listed<FoundPerson>>? Found);

/// <summary><c>/counter</c>: reception finds the person who stands there, files for him, scans, prints and hands over.</summary>
internal static class CounterPages
{
    private static readonly string[] Kinds = ["personalNumber", "phone", "taxCode"];

    public static void MapCounter(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/counter").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", () => Pages.Of<CounterPage>(new CounterModel(Kinds[0], null, null, null)));
        group.MapGet("/search", () => TypedResults.LocalRedirect("/counter"));
        group.MapPost("/search", SearchAsync);
        group.MapGet("/poster.pdf", PosterAsync);
        VerifyPages.Map(group);
        OpenPages.Map(group);
        ScanPages.Map(group);
        PrintPages.Map(group);
    }

    /// <summary>A POST that shows what it found: numbers do not belong into addresses.</summary>
    private static async Task<IResult> SearchAsync(IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (kind, what, note) = (Kinds.FirstOrDefault(k => k == sent["kind"]) ?? Kinds[0], sent["what"].ToString().Trim(), sent["note"].ToString().Trim());
        var body = new
        {
            personalNumber = kind == "personalNumber" ? what : null,
            phone = kind == "phone" ? what : null,
            taxCode = kind == "taxCode" ? what : null,
            purpose = kind == "taxCode" ? "organisation-verification" : "counter-verification",
            note,
        };
        var found = await api.SendAsync<Listed<FoundPerson>>(HttpMethod.Post, "admin/account-searches", body, null, null, ct);
        // All three are typed into one input.
        found = found with { Trouble = WorkPages.Led(found.Trouble, field => Kinds.Contains(field) ? "what" : field) };
        return WorkPages.Otherwise(found.Status, context, "/counter") ?? Pages.Of<CounterPage>(new CounterModel(kind, what, note, found), (int)found.Status);
    }

    private static async Task<IResult> PosterAsync(ApiClient api, Visitor visitor, HttpContext context, CancellationToken ct) => visitor.Unit is { } unit
        ? InlineFile.Of(await api.FileAsync($"beneficiaries/{Uri.EscapeDataString(unit)}/poster.pdf", ct), context)
        : Pages.Of<NotFound>((int)HttpStatusCode.NotFound);
}
