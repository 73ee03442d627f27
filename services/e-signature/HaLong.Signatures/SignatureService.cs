using System.Security.Cryptography;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Csc;
using HaLong.Signatures.Evidence;
using HaLong.Signatures.Features;
using HaLong.Signatures.Features.Credentials;
using HaLong.Signatures.Features.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Pki.Ceremony;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Sessions;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures;

/// <summary>The service's table of contents.</summary>
internal static class SignatureService
{
    public static WebApplicationBuilder AddSignatures(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("e-signature");
        builder.AddOptions<PkiOptions>(PkiOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
                options.PublicUrl = options.PublicUrl.Length > 0 ? options.PublicUrl : PkiOptions.ByHttp(configuration["PublicUrl"] ?? ""))
            .Validate(o => o.PublicUrl.Length == 0 || (Uri.TryCreate(o.PublicUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp),
                "Pki:PublicUrl must be an http address: who checks certificates does not ask by https.")
            .Validate(o => o.Token.IsWhole, "Pki:Token: Label or Pin is missing.");
        builder.AddOptions<TimeStampOptions>(TimeStampOptions.Section)
            .Validate(o => o.Authorities.All(a => a.Url == TimeStampOptions.Own || Uri.TryCreate(a.Url, UriKind.Absolute, out var url)
                && url.Scheme is "http" or "https"), "TimeStamps:Authorities: each Url must be 'own' or an http address.")
            .Validate(o => o.Authorities.All(a => a.Root.Length == 0 || PemEncoding.TryFind(a.Root, out _)),
                "TimeStamps:Authorities: each Root must be empty or a certificate in PEM.");
        builder.AddOptions<ValidationOptions>(ValidationOptions.Section)
            .Validate(o => TrustList.WhyNot(o.TrustListPath) is null, "Validation:TrustListPath: the list of trusted roots cannot be read.");
        builder.AddDatabase<SignatureDbContext>("signature-db");
        builder.AddWitness();
        builder.AddMessaging<SignatureDbContext>("e-signature", [typeof(DocumentSigned).Assembly, typeof(SignatureService).Assembly], bus =>
        {
            bus.AddCredentialConsumers();
            bus.AddConsumer<TakeProviderAnswer>();
        });

        builder.Services.AddSingleton<SignatureTelemetry>();
        builder.Services.AddSingleton<KeyStore>(s => new KeyStore(s.GetRequiredService<IOptions<PkiOptions>>()));
        builder.Services.AddSingleton<Authorities>();
        builder.Services.AddSingleton<OpenKeys>();
        builder.Services.AddSingleton<ValidationSlots>();
        builder.Services.AddSingleton<Responders>();
        builder.Services.AddSingleton<StatusResponder>();
        builder.Services.AddSingleton<RevocationLists>();
        builder.Services.AddSingleton<ValidationEvidence>();
        builder.Services.AddSingleton<StatusClient>();
        builder.Services.AddSingleton<StamperEvidence>();
        builder.Services.AddSingleton<ArchiveEvidence>();
        builder.Services.AddSingleton<TimeStampAuthority>();
        builder.Services.AddSingleton<TimeStampClient>();
        builder.Services.AddHttpClient(TimeStampClient.HttpClient).AddServiceDiscovery();
        builder.Services.AddSingleton<LateTimeStamps>().AddHostedService(s => s.GetRequiredService<LateTimeStamps>());
        builder.Services.AddSingleton<TrustList>();
        builder.Services.AddSingleton<StatusDoor>();
        builder.Services.AddSingleton<StatusFetcher>();
        builder.Services.AddScoped<CertificateRegister>();
        builder.Services.AddScoped<TrustSource>();
        builder.Services.AddScoped<SealDesk>();
        builder.Services.AddScoped<Seals>();
        builder.Services.AddScoped<SignPdf>();
        builder.Services.AddScoped<SealOnce>();
        builder.Services.AddScoped<SignFile>();
        builder.Services.AddScoped<SignStatement>();
        builder.Services.AddScoped<ValidationRun>();
        builder.Services.AddScoped<ValidatePdf>();
        builder.Services.AddScoped<PreservePdf>();
        builder.AddProviders();
        builder.Services.AddScoped<ValidateFile>();
        builder.Services.AddSingleton<PkiHealth>();
        builder.Services.AddHealthChecks().AddCheck<PkiHealth>("pki").AddCheck<TokenHealth>("token").AddCheck<RootListHealth>("root-list");
        builder.AddPersonCredentials();
        builder.Services.AddCsc();
        builder.AddSessions();
        SignaturePolicies.AddTo(builder.Services.AddAuthorizationBuilder());

        // Kestrel's own limit is below our largest document; what is above ours is refused with our code.
        builder.Services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestBodySize = GrpcClients.MaxMessageBytes + (1024 * 1024));
        return builder;
    }

    public static WebApplication MapSignatures(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapSignatureEndpoints();
        app.MapProviders();
        app.MapGrpcService<SigningGrpc>();
        app.MapWitness();
        app.MapSessions();
        return app;
    }
}
