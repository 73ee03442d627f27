using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.NationalPortal;

/// <summary>
/// Plays the dossier side of the National Public Service Portal (Cổng Dịch vụ công quốc gia): tokens, messages about dossiers, files, what citizens filed
/// there, the national catalogue; and under /lab what tests see and do.
/// </summary>
internal static class NationalPortalEndpoints
{
    /// <param name="Status">The state that the portal shows from now on; null: it knows the dossier no longer.</param>
    internal sealed record StatusRequest(int? Status);

    public static void Map(IEndpointRouteBuilder app)
    {
        var root = app.MapGroup("/national-portal").AllowAnonymous();
        MapLab(root.MapGroup("/lab"));
        var portal = root.MapGroup("/api/v1").AddEndpointFilter(DownAsync);
        portal.MapPost("/token", TokenAsync).DisableAntiforgery();
        var inside = portal.MapGroup("").AddEndpointFilter(TokenNeededAsync);
        MessageEndpoints.Map(inside);
        inside.MapPost("/files", UploadAsync).DisableAntiforgery();
        inside.MapGet("/files/{id}", (string id, PortalShelf shelf, PortalFaults faults) => shelf.File(id) is not { } content
            ? Results.NotFound()
            : TypedResults.Bytes(faults.Strikes("national.brokenFile") ? content[..(content.Length / 2)] : content, "application/octet-stream"));
        inside.MapGet("/filings", (long? after, int? limit, PortalShelf shelf) =>
        {
            var items = shelf.FilingsAfter(after ?? 0, Math.Clamp(limit ?? 100, 1, 100));
            return Results.Json(new { items, next = items.Count == 0 ? after ?? 0 : (long)items[^1]["So"]! });
        });
        inside.MapPost("/filings/{code}/acknowledgement", (string code, JsonObject answer, PortalShelf shelf) => shelf.Answer(code, answer));
        inside.MapGet("/procedures", (string? after, int? limit, PortalShelf shelf) =>
        {
            var size = Math.Clamp(limit ?? 200, 1, 200);
            var items = shelf.ProceduresAfter(after ?? "", size);
            return Results.Json(new { items, next = items.Count < size ? null : (string?)items[^1]["MaTTHC"] });
        });
    }

    private static void MapLab(RouteGroupBuilder lab)
    {
        lab.MapGet("/dossiers/{code}/effects", (string code, PortalRegister register) => register.EffectsOf(code));
        lab.MapPut("/dossiers/{code}", (string code, StatusRequest request, PortalRegister register) => register.Set(code, request.Status));
        lab.MapGet("/count", (PortalRegister register) => new { dossiers = register.Count });
        lab.MapPost("/release", (PortalRegister register) => new { released = register.Release() });
        lab.MapPost("/expire", (PortalShelf shelf) => shelf.Expire());
        lab.MapPost("/filings", (JsonObject filing, PortalShelf shelf) => (string?)filing["MaHoSo"] is { Length: > 0 }
            ? Results.Json(new { number = shelf.File(filing) })
            : TypedResults.Problem("MaHoSo is missing.", statusCode: StatusCodes.Status400BadRequest));
        lab.MapGet("/filings/{code}/answer", (string code, PortalShelf shelf) => shelf.AnswerTo(code) is { } answer ? Results.Json(answer) : Results.NotFound());
        lab.MapPost("/files", async (HttpRequest http, PortalShelf shelf, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await http.Body.CopyToAsync(body, ct);
            return new { id = shelf.Keep(body.ToArray()) };
        });
        lab.MapPut("/procedures/{code}", (string code, JsonObject procedure, PortalShelf shelf) =>
        {
            procedure["MaTTHC"] = code;
            shelf.SetProcedure(code, procedure);
        });
        lab.MapDelete("", (PortalRegister register, PortalShelf shelf) =>
        {
            register.Clear();
            shelf.Clear();
        });
    }

    private static async ValueTask<object?> DownAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var dials = context.HttpContext.RequestServices.GetRequiredService<DialBoard>();
        if (dials.Take("national.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (dials.Take("national.tooMany") is not { } seconds)
            return await next(context);
        context.HttpContext.Response.Headers.RetryAfter = ((int)seconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem("Too many.", statusCode: StatusCodes.Status429TooManyRequests);
    }

    private static async ValueTask<object?> TokenNeededAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        if (services.GetRequiredService<DialBoard>().Take("national.expiredToken") is not null)
            services.GetRequiredService<PortalShelf>().Expire();
        var given = http.Request.Headers.Authorization.ToString();
        return given.StartsWith("Bearer ", StringComparison.Ordinal) && services.GetRequiredService<PortalShelf>().Knows(given["Bearer ".Length..])
            ? await next(context)
            : TypedResults.Unauthorized();
    }

    private static async Task<IResult> TokenAsync(HttpContext http, PortalShelf shelf, IOptions<NationalPortalOptions> options, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (form["grant_type"] != "client_credentials" || form["client_id"] != options.Value.ClientId
            || (options.Value.ClientSecret.Length > 0 && form["client_secret"] != options.Value.ClientSecret))
            return TypedResults.Unauthorized();
        var lifetime = options.Value.TokenLifetime;
        return TypedResults.Json(new Dictionary<string, object> { ["access_token"] = shelf.NewToken(lifetime), ["expires_in"] = (int)lifetime.TotalSeconds });
    }

    private static async Task<IResult> UploadAsync(HttpContext http, PortalShelf shelf, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (form.Files.Count != 1)
            return TypedResults.Problem("one file", statusCode: StatusCodes.Status400BadRequest);
        using var content = new MemoryStream();
        await form.Files[0].CopyToAsync(content, ct);
        var bytes = content.ToArray();
        return form["sha256"] == Convert.ToHexStringLower(SHA256.HashData(bytes))
            ? TypedResults.Json(new { id = shelf.Keep(bytes) })
            : TypedResults.Json(new Dictionary<string, string> { ["error_code"] = "4005", ["message"] = "sha256" });
    }
}
