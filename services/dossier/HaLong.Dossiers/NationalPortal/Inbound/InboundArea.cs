using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>What was filed on the national portal becomes dossiers here.</summary>
internal static class InboundArea
{
    public static void AddPortalInbound(this IHostApplicationBuilder builder)
    {
        builder.AddGrpcClient<FilingOwners.FilingOwnersClient>("identity");
        var services = builder.Services;
        services.AddScoped<CodeRules>().AddScoped<InboundReader>().AddScoped<InboundOwners>().AddScoped<InboundFiles>().AddScoped<InboundFiler>()
            .AddScoped<InboundSubmission>().AddScoped<InboundWork>();
        services.AddSingleton<InboundTelemetry>().AddSingleton<InboundPoller>().AddHostedService(s => s.GetRequiredService<InboundPoller>());
        services.AddScoped<InboundDesk>().AddScoped<ListInbound>().AddScoped<GetInbound>().AddScoped<BindOwner>().AddScoped<RetryInbound>();
    }

    public static void Map(IEndpointRouteBuilder admin)
    {
        ListInbound.Map(admin);
        GetInbound.Map(admin);
        BindOwner.Map(admin);
        RetryInbound.Map(admin);
    }
}
