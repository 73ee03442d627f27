using System.Text;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;

namespace HaLong.Signatures.Features;

/// <summary><c>GET /pki/root.pem</c>, <c>/pki/issuing.pem</c>: what others need to check our signatures themselves.</summary>
internal static class GetAuthorityCertificate
{
    public static void MapGetAuthorityCertificate(this IEndpointRouteBuilder group) => group
        .MapGet("/{name}.pem", HandleAsync)
        .AllowAnonymous()
        .WithSummary("Certificate of the root or issuing authority")
        .WithDescription("name: root or issuing. PEM. Compare the fingerprint of the root by another way before trusting it.")
        .Produces<string>(StatusCodes.Status200OK, "application/x-pem-file")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HandleAsync(string name, Authorities authorities, HttpResponse response, CancellationToken ct)
    {
        if (name is not ("root" or "issuing"))
            return SignatureErrors.UnknownCertificate.ToProblem();
        var chain = await authorities.GetAsync(ct);
        response.Headers.CacheControl = "public, max-age=3600";
        var certificate = name == "root" ? chain.Root : chain.Issuing;
        return TypedResults.Bytes(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"), "application/x-pem-file");
    }
}
