using System.Text;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;

namespace HaLong.Signatures.Features;

/// <summary><c>GET /pki/root.pem</c>, <c>/pki/issuing.pem</c> and the same as <c>.der</c>: what others need to check our signatures themselves.</summary>
internal static class GetAuthorityCertificate
{
    private const string Pem = "application/x-pem-file";
    private const string Der = "application/pkix-cert";

    public static void MapGetAuthorityCertificate(this IEndpointRouteBuilder group)
    {
        Describe(group.MapGet("/{name}.pem", (string name, Authorities authorities, HttpResponse response, CancellationToken ct) =>
            HandleAsync(name, Pem, authorities, response, ct)), Pem);
        Describe(group.MapGet("/{name}.der", (string name, Authorities authorities, HttpResponse response, CancellationToken ct) =>
            HandleAsync(name, Der, authorities, response, ct)), Der);
    }

    private static void Describe(RouteHandlerBuilder route, string type) => route
        .AllowAnonymous()
        .WithSummary("Certificate of the root or issuing authority")
        .WithDescription("name: root or issuing. Compare the fingerprint of the root by another way before trusting it.")
        .Produces<string>(StatusCodes.Status200OK, type)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HandleAsync(string name, string type, Authorities authorities, HttpResponse response, CancellationToken ct)
    {
        if (name is not ("root" or "issuing"))
            return SignatureErrors.UnknownCertificate.ToProblem();
        var chain = await authorities.GetAsync(ct);
        response.Headers.CacheControl = "public, max-age=3600";
        var certificate = name == "root" ? chain.Root : chain.Issuing;
        return TypedResults.Bytes(type == Der ? certificate.RawData : Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"), type);
    }
}
