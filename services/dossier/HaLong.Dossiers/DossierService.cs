using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.V1;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;

namespace HaLong.Dossiers;

/// <summary>What the service consists of.</summary>
internal static class DossierService
{
    public static WebApplicationBuilder AddDossiers(this WebApplicationBuilder builder)
    {
        builder.AddDatabase<DossierDbContext>("dossier-db");
        builder.AddMessaging<DossierDbContext>("dossier", [typeof(DossierSubmitted).Assembly, typeof(PersonalDataRead).Assembly, typeof(DossierService).Assembly], bus =>
        {
            bus.AddConsumer<RecordPaymentRequest>();
            bus.AddConsumer<RecordPayment>();
            bus.AddConsumer<WriteResult>();
            bus.AddConsumer<SignResult>();
        });
        builder.AddGrpcClient<Units.UnitsClient>("identity");
        builder.AddGrpcClient<Accounts.AccountsClient>("identity");
        builder.AddGrpcClient<Authorisation.AuthorisationClient>("identity");
        builder.AddGrpcClient<Signing.SigningClient>("e-signature");

        builder.AddOptions<DossierOptions>(DossierOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.PublicUrl = configuration["PublicUrl"] ?? "")
            .Validate(o => DossierCode.IsAgency(o.DefaultAgency) && o.Agencies.Values.All(DossierCode.IsAgency),
                "Dossiers:DefaultAgency and Dossiers:Agencies must be agency codes such as 000.00.01.H49 or H49.01.");
        builder.AddOptions<FileOptions>(FileOptions.Section);

        var services = builder.Services;
        services.AddSingleton<DossierTelemetry>().AddSingleton<FileStore>().AddSingleton<FileSweep>();
        services.AddCatalogue().AddScoped<PaperWork>();
        services.AddSingleton<Authoriser>().AddScoped<ActingRights>();
        services.AddScoped<ReadRecord>().AddScoped<DossierDesk>().AddScoped<IdentityDirectory>();
        services.AddScoped<OpenDossier>().AddScoped<GetDossier>().AddScoped<ListDossiers>().AddScoped<EditDossier>().AddScoped<DeleteDossier>();
        services.AddScoped<AttachDocument>().AddScoped<GetDocument>().AddScoped<RemoveDocument>().AddScoped<ListMyDocuments>();
        services.AddScoped<SubmitDossier>().AddScoped<AcceptDossier>().AddScoped<AssignDossier>().AddScoped<ApproveDossier>().AddScoped<ReturnDossier>();
        services.AddScoped<GetTimeline>().AddScoped<GetReceipt>().AddScoped<ListInbox>().AddScoped<TrackDossier>();
        services.AddHostedService(s => s.GetRequiredService<FileSweep>()).AddHostedService<WaitingGauge>();
        return builder;
    }

    public static WebApplication MapDossiers(this WebApplication app)
    {
        DossierEndpoints.Map(app);
        return app;
    }
}
