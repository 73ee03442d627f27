using System.Net;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features;

/// <summary>Lists and status of certificates, and time-stamps: protocols of others (RFC 5280, 6960, 3161), so bodies are DER.</summary>
internal static class StatusEndpoints
{
    private const string ListType = "application/pkix-crl";
    private const string RequestType = "application/ocsp-request";
    private const string ResponseType = "application/ocsp-response";
    private const string QueryType = "application/timestamp-query";
    private const string ReplyType = "application/timestamp-reply";

    public static void MapStatus(this IEndpointRouteBuilder pki)
    {
        pki.MapGet("/{name}.crl", ListAsync).AllowAnonymous()
            .WithSummary("List of revoked certificates")
            .WithDescription("name: root (about authorities) or issuing (about signers). DER (RFC 5280).")
            .Produces<string>(StatusCodes.Status200OK, ListType)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        pki.MapPost("/ocsp", PostAsync).AllowAnonymous()
            .WithSummary("Status of certificates")
            .WithDescription("OCSP (RFC 6960): application/ocsp-request, at most 4 KB and 10 certificates of the issuing authority.")
            .Produces<string>(StatusCodes.Status200OK, ResponseType)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        pki.MapGet("/ocsp/{**request}", GetAsync).AllowAnonymous()
            .WithSummary("Status of certificates, cacheable")
            .WithDescription("OCSP by GET (RFC 6960 appendix A): the request in Base64, percent-encoded.")
            .Produces<string>(StatusCodes.Status200OK, ResponseType);
    }

    public static void MapTimeStamps(this IEndpointRouteBuilder app) => app.MapPost("/tsa", StampAsync).AllowAnonymous()
        .WithTags("Certificates")
        .WithSummary("Time-stamp")
        .WithDescription("RFC 3161: application/timestamp-query, at most 8 KB. A refusal is an answer (200) with its reason.")
        .Produces<string>(StatusCodes.Status200OK, ReplyType)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static async Task<IResult> ListAsync(string name, RevocationLists lists, IOptions<PkiOptions> options, HttpResponse response,
        CancellationToken ct)
    {
        AuthorityKind? kind = name switch { "root" => AuthorityKind.Root, "issuing" => AuthorityKind.Issuing, _ => null };
        if (kind is not { } known)
            return SignatureErrors.UnknownCertificate.ToProblem();
        var list = await lists.GetAsync(known, ct);
        MayBeKept(response, options.Value);
        return TypedResults.Bytes(list, ListType);
    }

    private static async Task<IResult> PostAsync(HttpRequest request, StatusResponder responder, CancellationToken ct)
    {
        var body = await ReadAsync(request, RequestType, StatusResponder.MaxRequestBytes, ct);
        return body.IsSuccess
            ? TypedResults.Bytes((await responder.AnswerAsync(body.Value, ct)).Der, ResponseType)
            : body.Error.ToProblem();
    }

    private static async Task<IResult> GetAsync(string? request, StatusResponder responder, IOptions<PkiOptions> options, HttpResponse response,
        CancellationToken ct)
    {
        // Base64 has slashes: routing decodes all but those.
        var text = WebUtility.UrlDecode((request ?? "").Replace("+", "%2B", StringComparison.Ordinal));
        var buffer = new byte[StatusResponder.MaxRequestBytes];
        var asked = Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : [];
        var answer = await responder.AnswerAsync(asked, ct);
        if (answer.MayBeKept)
            MayBeKept(response, options.Value);
        return TypedResults.Bytes(answer.Der, ResponseType);
    }

    private static async Task<IResult> StampAsync(HttpRequest request, TimeStampAuthority authority, CancellationToken ct)
    {
        var body = await ReadAsync(request, QueryType, TimeStampAuthority.MaxQueryBytes, ct);
        return body.IsSuccess ? TypedResults.Bytes(await authority.AnswerAsync(body.Value, ct), ReplyType) : body.Error.ToProblem();
    }

    private static void MayBeKept(HttpResponse response, PkiOptions options) =>
        response.Headers.CacheControl = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"public, max-age={options.StatusSeconds}");

    private static async Task<Result<byte[]>> ReadAsync(HttpRequest request, string type, int limit, CancellationToken ct)
    {
        if (request.ContentType is not { } given || !given.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase))
            return CommonErrors.UnsupportedMedia;
        var buffer = new byte[limit + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > limit ? CommonErrors.TooLarge : buffer[..length];
    }
}
