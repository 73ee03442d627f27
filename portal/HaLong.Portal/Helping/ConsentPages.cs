using System.Net;
using System.Net.Http.Headers;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace HaLong.Portal.Helping;

/// <summary><c>/helping/{id}</c>: the citizen's consent by code or on paper, working in the citizen's name, and the end of it.</summary>
internal static class ConsentPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, null, 200, api, context, ct));
        group.MapPost("/{id:guid}/consent", ConsentAsync);
        group.MapPost("/{id:guid}/consent-code", ResendAsync);
        group.MapGet("/{id:guid}/paper", PrintAsync);
        group.MapPost("/{id:guid}/paper", PaperAsync);
        group.MapPost("/{id:guid}/start", StartAsync);
        group.MapPost("/{id:guid}/end", EndAsync);
        group.MapGet("/witness/{id:guid}", (Guid id) => Pages.Of<Witness>(new WitnessModel(id, FormKey.New(), null, false)));
        group.MapPost("/witness/{id:guid}", WitnessAsync);
    }

    private static string Page(Guid id) => $"/helping/{id}";

    private static string? Version(string? version) => string.IsNullOrEmpty(version) ? null : version;

    private static async Task<IResult> ShowAsync(Guid id, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var session = await api.GetAsync<Assisted>($"assisted-sessions/{id}", ct);
        if (session.Value is not { } found)
            return HelpingPages.Otherwise(session, context, Page(id));
        var link = new Uri(context.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value.Public, $"helping/witness/{id}").AbsoluteUri;
        var isMine = context.Features.Get<Acting>() is { Right: Acting.AssistedSession } acting && acting.Id == id;
        return Pages.Of<ShowSession>(new SessionModel(found, session.Version, trouble, FormKey.New(), link, isMine), status);
    }

    /// <summary>On with success; otherwise the session as it stands, with what was refused.</summary>
    private static Task<IResult> AfterAsync<T>(Guid id, Answer<T> answer, ApiClient api, HttpContext context, CancellationToken ct) => answer switch
    {
        { IsSuccess: true } => Task.FromResult(Pages.Go(Page(id))),
        { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => Task.FromResult(HelpingPages.Otherwise(answer, context, Page(id))),
        _ => ShowAsync(id, answer.Trouble, (int)answer.Status, api, context, ct),
    };

    private static async Task<IResult> ConsentAsync(
        Guid id, [FromForm] string? code, [FromForm] string? once, [FromForm] string? version, ApiClient api, ActingKeeper keeper, HttpContext context, CancellationToken ct)
    {
        var given = await api.PostAsync<Assisted>(
            $"assisted-sessions/{id}/consent", new { code = code?.Replace(" ", "", StringComparison.Ordinal) }, FormKey.Of(once), Version(version), ct);
        if (given.Value is { IsActive: true } session)
            await keeper.SetAsync(context, new Acting(Acting.AssistedSession, id, session.CitizenName), ct);
        return await AfterAsync(id, given, api, context, ct);
    }

    private static async Task<IResult> ResendAsync(Guid id, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct) =>
        await AfterAsync(id, await api.SendAsync<Assisted>(HttpMethod.Post, $"assisted-sessions/{id}/consent-code", null, null, Version(version), ct), api, context, ct);

    private static async Task<IResult> PrintAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var session = await api.GetAsync<Assisted>($"assisted-sessions/{id}", ct);
        return session.Value is { } found ? Pages.Of<ConsentPaper>(found) : HelpingPages.Otherwise(session, context);
    }

    private static async Task<IResult> PaperAsync(Guid id, IFormFile? scan, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        using var content = scan is null ? new StreamContent(Stream.Null) : new StreamContent(scan.OpenReadStream());
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(scan?.ContentType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { content, "scan", "scan" } };
        return await AfterAsync(
            id, await api.SendAsync<Assisted>(HttpMethod.Post, $"assisted-sessions/{id}/paper-consent", form, null, Version(version), ct), api, context, ct);
    }

    private static async Task<IResult> WitnessAsync(Guid id, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var seen = await api.PostAsync<object>($"assisted-sessions/{id}/witness", null, FormKey.Of(once), null, ct);
        return seen.Status == HttpStatusCode.Unauthorized
            ? SignInNeeded.From(context, $"/helping/witness/{id}")
            : Pages.Of<Witness>(new WitnessModel(id, FormKey.Of(once), seen.Trouble, seen.IsSuccess), (int)seen.Status);
    }

    // The form is asked for so that its token is looked at.
    private static async Task<IResult> StartAsync(Guid id, IFormCollection _, ApiClient api, ActingKeeper keeper, HttpContext context, CancellationToken ct)
    {
        var session = await api.GetAsync<Assisted>($"assisted-sessions/{id}", ct);
        if (session.Value is not { } found)
            return HelpingPages.Otherwise(session, context, Page(id));
        if (!found.IsActive)
            return Pages.Go(Page(id));
        await keeper.SetAsync(context, new Acting(Acting.AssistedSession, id, found.CitizenName), ct);
        return Pages.Go(found.DossierId is { } dossier ? $"/filing/{dossier}/form" : "/procedures");
    }

    private static async Task<IResult> EndAsync(Guid id, [FromForm] string? version, ApiClient api, ActingKeeper keeper, HttpContext context, CancellationToken ct)
    {
        var ended = await api.SendAsync<object>(HttpMethod.Delete, $"assisted-sessions/{id}", (HttpContent?)null, null, Version(version), ct);
        // Over already, by the citizen or in another tab, is what was wanted.
        var isOver = ended.IsSuccess || ended.Status is HttpStatusCode.NotFound || ended.Trouble?.Code == "IDN-0505";
        if (isOver && context.Features.Get<Acting>()?.Id == id)
            await keeper.SetAsync(context, null, ct);
        return isOver ? Pages.Go(Page(id)) : await AfterAsync(id, ended, api, context, ct);
    }
}
