using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>Takes the next bytes of an upload. Repeating does no harm: bytes that are there already are refused by their offset.</summary>
internal sealed class PatchUpload(UploadDesk desk, UploadWriter writer, TerminateUpload termination)
{
    public static void Map(IEndpointRouteBuilder group)
    {
        Answers(group.MapPatch("/{id:guid}", (Guid id, PatchUpload handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
            .WithSummary("Send the next bytes of an upload (TUS 1.0)"));
        // For networks that let nothing through but GET and POST; TUS wants it so.
        Answers(group.MapPost("/{id:guid}", (Guid id, PatchUpload handler, HttpContext http, CancellationToken ct) => handler.OverrideAsync(id, http, ct))
            .WithSummary("The same with X-HTTP-Method-Override: PATCH or DELETE"));
    }

    /// <summary>A problem; for a wrong checksum with the status that TUS has made up for it.</summary>
    public static IResult Refuse(Error error) => error.Code != FileErrors.WrongChecksum.Code
        ? error.ToProblem()
        : TypedResults.Problem(
            title: error.Message, statusCode: Tus.StatusWrongChecksum, type: "/errors/" + error.Code, extensions: new Dictionary<string, object?> { ["code"] = error.Code });

    private static void Answers(RouteHandlerBuilder endpoint) => endpoint
        .SpeaksTus()
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .RequireAuthorization(Policies.Filing)
        .Answers(204, 400, 403, 404, 409, 412, 413, 415, Tus.StatusWrongChecksum, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var upload = taken.Value;
        if (!Tus.IsPiece(http.Request))
            return FileErrors.WrongPieceType.ToProblem();
        if (Tus.Number(http.Request, Tus.UploadOffset) is not { } offset)
            return FileErrors.BadHeaders.ToProblem();
        if (offset != upload.Received)
            return FileErrors.OffsetConflict.ToProblem();
        if (http.Request.ContentLength > upload.Length - offset)
            return FileErrors.MoreThanAnnounced.ToProblem();
        var checksum = Checksum.Of(http.Request);
        if (!checksum.IsSuccess)
            return checksum.Error.ToProblem();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        var written = await writer.WriteAsync(upload, http.Request.Body, checksum.Value, ct);
        if (!written.IsSuccess)
            return Refuse(written.Error);
        Tus.SetNumber(http.Response, Tus.UploadOffset, written.Value);
        Tus.SetExpiry(http.Response, (await desk.TakeAsync(id, ct) is { IsSuccess: true } now ? now.Value : upload).ExpiresAt);
        return TypedResults.NoContent();
    }

    private Task<IResult> OverrideAsync(Guid id, HttpContext http, CancellationToken ct) => http.Request.Headers["X-HTTP-Method-Override"].ToString() switch
    {
        "PATCH" => HandleAsync(id, http, ct),
        "DELETE" => termination.HandleAsync(id, ct),
        _ => Task.FromResult(FileErrors.BadHeaders.ToProblem()),
    };
}
