using HaLong.Dossiers.NationalPortal.Catalogue;
using HaLong.Dossiers.NationalPortal.Comparing;
using HaLong.Dossiers.NationalPortal.Payloads;
using HaLong.Dossiers.NationalPortal.Sending;
using HaLong.Dossiers.NationalPortal.Views;
using HaLong.Dossiers.NationalPortal.Inbound;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>What the National Public Service Portal hears of dossiers, and a ledger of what it knows.</summary>
internal static class PortalArea
{
    public static void AddNationalPortal(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<PortalOptions>(PortalOptions.Section)
            .Validate(o => o.IsValid, "NationalPortal: with a Url also ClientId and ClientSecret are needed; times are more than zero, "
                + "Sending:Lease more than four times Timeout.");
        var services = builder.Services;
        services.AddHttpClient(PortalToken.HttpClient, http => http.MaxResponseContentBufferSize = PortalClient.MaxAnswer).AddServiceDiscovery()
            // What people filed follows nobody's redirect.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5)
            });
        services.AddSingleton<PortalToken>().AddSingleton<PortalClient>().AddSingleton<PortalTelemetry>().AddSingleton<PortalCircuit>();
        services.AddPortalCatalogue();
        services.AddSingleton<PayloadMaker>().AddScoped<MessageClaim>().AddScoped<MessageRecord>().AddScoped<MessageSender>().AddScoped<ComparePage>();
        services.AddSingleton<PortalSender>().AddHostedService(s => s.GetRequiredService<PortalSender>());
        services.AddSingleton<PortalComparer>().AddHostedService(s => s.GetRequiredService<PortalComparer>());
        services.AddScoped<LedgerSight>().AddScoped<GetDossierPortal>().AddScoped<ListLedger>().AddScoped<GetOverview>().AddScoped<ResendDossier>();
        services.AddScoped<AskCompare>().AddScoped<GetPortalStatistics>().AddScoped<PunctualityReader>();
        builder.AddPortalInbound();
    }

    public static void MapNationalPortal(this IEndpointRouteBuilder app)
    {
        GetDossierPortal.Map(app.MapGroup("/api/v1/dossiers").WithTags("Dossiers"));
        var admin = app.MapGroup("/api/v1/admin/portal").WithTags("National portal");
        ListLedger.Map(admin);
        GetOverview.Map(admin);
        ResendDossier.Map(admin);
        AskCompare.Map(admin);
        PortalCatalogueArea.Map(admin);
        GetPortalStatistics.Map(app);
        InboundArea.Map(admin);
    }
}
