using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Portal.Api;
using HaLong.Portal.Filing;
using HaLong.Portal.Find;
using HaLong.Portal.Helping;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace HaLong.Portal.Offline;

/// <summary>A citizen who was visited, when the network is back.</summary>
/// <param name="Dossier">One that was opened for the citizen before, to go on with.</param>
/// <param name="Once">Of the draft: asked twice, the citizen gets one code.</param>
internal sealed record VisitedCitizen(string? Number, string? Name, string? Purpose, string? Address, Guid? Dossier, string? Once);

/// <summary>What the script of the visits asks: the same as the pages of helpers do, as JSON.</summary>
internal static partial class VisitsApi
{
    private const int Found = 10;

    public static void MapVisits(this IEndpointRouteBuilder app)
    {
        app.MapGet("/helping/visits", VisitsPage.Get).AllowAnonymous();
        var group = app.MapGroup("/helping/visits").RequireAuthorization(SessionSetup.SignedIn).AddEndpointFilter(OwnFormsAsync);
        group.MapGet("/token", (IAntiforgery antiforgery, HttpContext context) => TypedResults.Json(
            new { token = antiforgery.GetAndStoreTokens(context).RequestToken, owner = VisitsPage.OwnerOf(context) }));
        group.MapGet("/procedures", FindAsync);
        group.MapGet("/forms/{code}", FormAsync);
        group.MapPost("/session", AskAsync);
        group.MapGet("/session/{id:guid}", async (Guid id, ApiClient api, CancellationToken ct) => Said(await api.GetAsync<Assisted>($"assisted-sessions/{id}", ct)));
        group.MapPost("/session/{id:guid}/paper", (Guid id, IFormFile file, ApiClient api, CancellationToken ct) =>
            VisitedDraft.UploadAsync($"assisted-sessions/{id}/paper-consent", "scan", file, null, null, api, ct));
        group.MapPost("/session/{id:guid}/enter", EnterAsync);
        VisitedDraft.Map(group.MapGroup("/draft"));
    }

    /// <summary>An answer of the API as it is; of a changed draft also its version.</summary>
    public static IResult Said<T>(Answer<T> answer, string? version = null) => answer.IsSuccess
        ? TypedResults.Json(new { value = answer.Value, version = answer.Version }, statusCode: (int)answer.Status == StatusCodes.Status204NoContent ? 200 : (int)answer.Status)
        : TypedResults.Json(new { trouble = answer.Trouble, conflicts = answer.Trouble?.Conflicts, version = version ?? answer.Version }, statusCode: (int)answer.Status);

    /// <summary>A key of the device; null for what cannot be one.</summary>
    public static string? Key(string? once) => once is not null && KeyForm().IsMatch(once) ? once : null;

    // Scripts send the token of a form in a header.
    private static async ValueTask<object?> OwnFormsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return HttpMethods.IsGet(http.Request.Method) || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(context) : CommonErrors.Forbidden.ToProblem();
    }

    private static async Task<IResult> FindAsync(string? q, ApiClient api, CancellationToken ct)
    {
        var found = await api.GetAsync<Found>(new Search(q, null, null, null, null).ApiPath + "&online=true", ct);
        return found.Value is { } all ? TypedResults.Json(all.Items.Take(Found).Select(p => new { p.Code, p.Name })) : Said(found);
    }

    /// <summary>All that is needed to fill in a procedure without a network: nothing of it is about anybody.</summary>
    private static async Task<IResult> FormAsync(string code, ApiClient api, CancellationToken ct)
    {
        var path = "procedures/" + Uri.EscapeDataString(code);
        var procedure = await api.GetAsync<Procedure>(path, ct);
        if (procedure.Value is not { } found)
            return Said(procedure);
        var form = await api.GetAsync<JsonElement>(path + "/form", ct);
        if (!form.IsSuccess && form.Status != System.Net.HttpStatusCode.NotFound)
            return Said(form);
        return TypedResults.Json(new
        {
            value = new
            {
                id = "form-" + found.Code,
                found.Code,
                found.Name,
                components = found.Components.Select(c => new { c.Number, c.Name, c.Required }),
                form = form.IsSuccess && form.Value.TryGetProperty("definition", out var definition) ? (JsonElement?)definition : null,
                units = (await FilingPages.UnitsAsync(api, ct)).Select(u => new { u.Code, name = Text.Bilingual(u.NameVi, u.NameEn) }),
            },
        });
    }

    private static async Task<IResult> AskAsync(VisitedCitizen citizen, ApiClient api, CancellationToken ct) => Key(citizen.Once) is not { } key
        ? CommonErrors.BadRequest.ToProblem()
        : Said(await api.PostAsync<Assisted>("assisted-sessions", new
        {
            citizen = new { personalNumber = citizen.Number?.Replace(" ", "", StringComparison.Ordinal), name = citizen.Name },
            purpose = citizen.Purpose,
            place = new { kind = "home", text = citizen.Address },
            acts = HelpActs.Usual,
            dossierId = citizen.Dossier,
        }, key, null, ct));

    private static async Task<IResult> EnterAsync(Guid id, ApiClient api, ActingKeeper keeper, HttpContext context, CancellationToken ct)
    {
        var session = await api.GetAsync<Assisted>($"assisted-sessions/{id}", ct);
        if (session.Value is { IsActive: true } active)
            await keeper.SetAsync(context, new Acting(Acting.AssistedSession, id, active.CitizenName), ct);
        return Said(session);
    }

    [GeneratedRegex("^[A-Za-z0-9-]{8,100}$")]
    private static partial Regex KeyForm();
}
