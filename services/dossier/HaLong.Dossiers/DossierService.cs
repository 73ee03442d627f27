using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Features.Queues;
using HaLong.Dossiers.Features.Results;
using HaLong.Dossiers.Features.Signatures;
using HaLong.Dossiers.Fees;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Filing.Reform;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.NationalPortal;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Reuse;
using HaLong.Dossiers.Register;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Statistics;
using HaLong.Dossiers.Verification;
using HaLong.Dossiers.Watchdog;
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
            bus.AddConsumer<RecordLapse>();
            bus.AddConsumer<RecordWaiver>();
            bus.AddConsumer<RecordDownload>();
            bus.AddConsumer<WriteResult>();
            bus.AddConsumer<SignResult>();
            bus.AddConsumer<FollowUnit>();
            bus.AddConsumer<WriteBook>();
            bus.AddConsumer<SealBook>();
            PapersArea.AddConsumers(bus);
            SignaturesArea.AddConsumers(bus);
        });
        builder.AddGrpcClient<Units.UnitsClient>("identity");
        builder.AddGrpcClient<Accounts.AccountsClient>("identity");
        builder.AddGrpcClient<Authorisation.AuthorisationClient>("identity");
        builder.AddGrpcClient<Signing.SigningClient>("e-signature");

        builder.AddSignatures();

        builder.AddDeadlines();
        builder.AddStatistics();
        builder.AddNationalPortal();
        builder.AddSatisfaction();
        builder.AddWatchdog();
        builder.AddOptions<DossierOptions>(DossierOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.PublicUrl = configuration["PublicUrl"] ?? "")
            .Validate(o => DossierCode.IsAgency(o.DefaultAgency) && o.Agencies.Values.All(DossierCode.IsAgency),
                "Dossiers:DefaultAgency and Dossiers:Agencies must be agency codes such as 000.00.01.H49 or H49.01.");
        builder.AddOptions<FileOptions>(FileOptions.Section)
            .Validate(o => o.S3.IsComplete, "Files:S3: with a Bucket also AccessKey and SecretKey are needed, and PartBytes of at least 5 MB.");
        builder.AddFiling();
        builder.AddForms();
        builder.AddFees();
        builder.AddVerification();
        builder.AddRegister();
        builder.AddQueues();

        var services = builder.Services;
        services.AddSingleton<DossierTelemetry>();
        services.AddFiles();
        services.AddCatalogue().AddPapers();
        services.AddSingleton<Authoriser>().AddScoped<ActingRights>();
        services.AddScoped<ReadRecord>().AddScoped<DossierDesk>().AddScoped<IdentityDirectory>();
        services.AddScoped<OpenDossier>().AddScoped<GetDossier>().AddScoped<ListDossiers>().AddScoped<EditDossier>().AddScoped<DeleteDossier>();
        services.AddScoped<AttachDocument>().AddScoped<GetDocument>().AddScoped<RemoveDocument>();
        services.AddReuse();
        builder.AddArchive();
        services.AddScoped<SubmitDossier>().AddScoped<AcceptDossier>().AddScoped<AssignDossier>().AddScoped<ApproveDossier>().AddScoped<ReturnDossier>();
        services.AddLifecycle();
        services.AddScoped<GetTimeline>().AddScoped<GetReceipt>().AddScoped<TrackDossier>();
        services.AddHostedService<WaitingGauge>();
        return builder;
    }

    public static WebApplication MapDossiers(this WebApplication app)
    {
        DossierEndpoints.Map(app);
        app.MapDeadlines();
        app.MapStatistics();
        app.MapNationalPortal();
        app.MapSatisfaction();
        app.MapWatchdog();
        app.MapEvidence();
        return app;
    }
}
