namespace HaLong.Signatures.Features;

/// <summary>The public paths of the service.</summary>
internal static class SignatureEndpoints
{
    public static void MapSignatureEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapGroup("/api/v1").WithTags("Signatures").MapValidateDocument();
        app.MapGroup("/pki").WithTags("Certificates").MapGetAuthorityCertificate();
    }
}
