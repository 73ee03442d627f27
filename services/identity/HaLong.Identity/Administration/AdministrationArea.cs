namespace HaLong.Identity.Administration;

/// <summary>What administrators do: staff, clients, units, reorganisations.</summary>
internal static class AdministrationArea
{
    public static IHostApplicationBuilder AddAdministration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<AuditTrail>().AddScoped<RoleGrants>();
        return builder;
    }

    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        _ = app;
    }
}
