using System.Net;
using System.Net.Http.Headers;
using HaLong.Portal.Api;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaLong.Portal.Filing;

/// <summary>
/// <c>/filing/{id}/uploads</c>: resumable uploads (TUS) for the script of the papers' page. The browser has no token, so pieces pass through here, as they come
/// and without being kept; what the API says goes back, a refusal as its words.
/// </summary>
internal static class UploadPages
{
    private const string Version = "1.0.0", PieceType = "application/offset+octet-stream", Uploads = "uploads/";
    private static readonly string[] Sent = ["Upload-Length", "Upload-Metadata", "Upload-Offset", "Idempotency-Key"];
    private static readonly string[] Told = ["Upload-Offset", "Upload-Length", "Upload-Expires", "Retry-After"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{id:guid}/uploads", BeginAsync);
        group.MapMethods("/{id:guid}/uploads/{upload:guid}", [HttpMethods.Head, HttpMethods.Patch, HttpMethods.Delete], GoOnAsync);
        group.MapPost("/{id:guid}/papers/uploaded", AttachAsync);
    }

    private static async Task<IResult> BeginAsync(Guid id, ApiClient api, IAntiforgery antiforgery, HttpContext context, CancellationToken ct)
    {
        using var begun = await PassAsync(HttpMethod.Post, "uploads", api, antiforgery, context, ct);
        if (begun?.StatusCode != HttpStatusCode.Created || !Guid.TryParse(begun.Headers.Location?.OriginalString.Split('/')[^1], out var upload))
            return await RefusedAsync(begun?.IsSuccessStatusCode == true ? null : begun, context, ct);
        return TypedResults.Created($"/filing/{id}/uploads/{upload}", new { id = upload });
    }

    private static async Task<IResult> GoOnAsync(Guid upload, ApiClient api, IAntiforgery antiforgery, HttpContext context, CancellationToken ct)
    {
        using var answer = await PassAsync(new HttpMethod(context.Request.Method), Uploads + upload, api, antiforgery, context, ct);
        if (answer?.IsSuccessStatusCode != true)
            return await RefusedAsync(answer, context, ct);
        Tell(answer, context);
        return TypedResults.StatusCode((int)answer.StatusCode);
    }

    /// <summary>Finished uploads become a paper; photos one PDF, page by page.</summary>
    private static async Task<IResult> AttachAsync(Guid id, IFormCollection sent, ApiClient api, CancellationToken ct)
    {
        var body = new
        {
            component = int.TryParse(sent["component"], out var number) ? number : 0,
            uploadIds = sent["upload"].Select(u => Guid.TryParse(u, out var upload) ? upload : Guid.Empty),
            join = sent["join"] == "true",
        };
        var once = Guid.TryParse(sent["once"], out var key) ? key : Guid.CreateVersion7();
        var attached = await api.PostAsync<DraftDocument>($"dossiers/{id}/documents", body, once.ToString(), null, ct);
        return attached.Value is { } document
            ? TypedResults.Json(new { id = document.Id }, statusCode: StatusCodes.Status201Created)
            : TypedResults.Json(new Refusal(attached.Trouble?.Title), statusCode: (int)attached.Status);
    }

    private static async Task<HttpResponseMessage?> PassAsync(
        HttpMethod method, string path, ApiClient api, IAntiforgery antiforgery, HttpContext context, CancellationToken ct)
    {
        // Not a form: the token comes in a header.
        if (!await antiforgery.IsRequestValidAsync(context))
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Tus-Resumable", Version);
        foreach (var name in Sent.Where(n => context.Request.Headers.ContainsKey(n)))
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        if (method == HttpMethod.Patch)
        {
            request.Content = new StreamContent(context.Request.Body);
            (request.Content.Headers.ContentType, request.Content.Headers.ContentLength) = (new MediaTypeHeaderValue(PieceType), context.Request.ContentLength);
        }

        return await api.PassAsync(request, ct);
    }

    private static async Task<JsonHttpResult<Refusal>> RefusedAsync(HttpResponseMessage? answer, HttpContext context, CancellationToken ct)
    {
        if (answer is null)
            return TypedResults.Json(new Refusal(Trouble.Unreachable.Title), statusCode: StatusCodes.Status503ServiceUnavailable);
        Tell(answer, context);
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json" && answer.Content.Headers.ContentLength != 0;
        var words = isProblem ? (await answer.Content.ReadFromJsonAsync<Trouble>(ct))?.Title : null;
        return TypedResults.Json(
            new Refusal(words ?? Text.Bilingual("Chưa tải lên được. Hãy tải lại trang rồi thử lại.", "Not uploaded. Reload the page and try again.")), statusCode: (int)answer.StatusCode);
    }

    private static void Tell(HttpResponseMessage answer, HttpContext context)
    {
        foreach (var name in Told)
        {
            if (answer.Headers.TryGetValues(name, out var values))
                context.Response.Headers[name] = values.ToArray();
        }
    }

    private sealed record Refusal(string? Title);
}
