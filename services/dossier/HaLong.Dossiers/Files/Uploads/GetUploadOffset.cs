using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>How far an upload is: where the sender goes on after a break.</summary>
internal sealed class GetUploadOffset(UploadDesk desk)
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapMethods("/{id:guid}", [HttpMethods.Head], (Guid id, GetUploadOffset handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
            .SpeaksTus()
            .RequireAuthorization(Policies.Filing)
            .WithSummary("How many bytes of an upload have arrived (TUS 1.0)")
            .Answers(200, 403, 404, 412, 503);
        group.MapMethods("/", [HttpMethods.Options], (HttpContext http, IOptions<FileOptions> options) => Describe(http.Response, options.Value))
            .RequireAuthorization(Policies.Filing)
            .WithSummary("What this server knows of TUS: version, extensions, largest file")
            .Answers(204, 403);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.NoContent Describe(HttpResponse response, FileOptions options)
    {
        response.Headers[Tus.Resumable] = Tus.Version;
        response.Headers["Tus-Version"] = Tus.Version;
        response.Headers["Tus-Extension"] = Tus.Extensions;
        response.Headers["Tus-Checksum-Algorithm"] = Checksum.Algorithms;
        Tus.SetNumber(response, "Tus-Max-Size", options.MaxBytes);
        return TypedResults.NoContent();
    }

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var upload = taken.Value;
        Tus.SetNumber(http.Response, Tus.UploadOffset, upload.Received);
        Tus.SetNumber(http.Response, Tus.UploadLength, upload.Length);
        Tus.SetExpiry(http.Response, upload.ExpiresAt);
        if (upload.Metadata is not null)
            http.Response.Headers[Tus.UploadMetadata] = upload.Metadata;
        return TypedResults.Ok();
    }
}
