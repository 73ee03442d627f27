using HaLong.Signatures.Csc;
using HaLong.Signatures.Features.Credentials;

namespace HaLong.Signatures.Features;

/// <summary>The public paths of the service.</summary>
internal static class SignatureEndpoints
{
    public static void MapSignatureEndpoints(this IEndpointRouteBuilder app)
    {
        var signatures = app.MapGroup("/api/v1").WithTags("Signatures");
        signatures.MapValidateDocument();
        PreservePdf.Map(signatures);
        var pki = app.MapGroup("/pki").WithTags("Certificates");
        pki.MapGetAuthorityCertificate();
        pki.MapStatus();
        app.MapTimeStamps();
        var seals = app.MapGroup("/api/v1/admin/seals").WithTags("Seals");
        ListSeals.Map(seals);
        ChangeSeal.Map(seals);
        app.MapPersonCredentials();
        app.MapCsc();
    }
}
