using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.Features;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HaLong.Signatures;

/// <summary>The service's table of contents.</summary>
internal static class SignatureService
{
    public static WebApplicationBuilder AddSignatures(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("e-signature");
        builder.AddOptions<PkiOptions>(PkiOptions.Section);
        builder.AddOptions<ValidationOptions>(ValidationOptions.Section);
        builder.AddDatabase<SignatureDbContext>("signature-db");
        builder.AddMessaging<SignatureDbContext>("e-signature", [typeof(DocumentSigned).Assembly], _ => { });

        builder.Services.AddSingleton<SignatureTelemetry>();
        builder.Services.AddSingleton<Authorities>();
        builder.Services.AddSingleton<OpenKeys>();
        builder.Services.AddSingleton<ValidationSlots>();
        builder.Services.AddScoped<Seals>();
        builder.Services.AddScoped<SignPdf>();
        builder.Services.AddScoped<ValidatePdf>();
        builder.Services.AddSingleton<PkiHealth>();
        builder.Services.AddHealthChecks().AddCheck<PkiHealth>("pki");
        SignaturePolicies.AddTo(builder.Services.AddAuthorizationBuilder());

        // Kestrel's own limit is below our largest document; what is above ours is refused with our code.
        builder.Services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestBodySize = GrpcClients.MaxMessageBytes + (1024 * 1024));
        return builder;
    }

    public static WebApplication MapSignatures(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapSignatureEndpoints();
        app.MapGrpcService<SigningGrpc>();
        return app;
    }
}
