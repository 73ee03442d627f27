namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>The national catalogue, read and compared with ours.</summary>
internal static class PortalCatalogueArea
{
    public static void AddPortalCatalogue(this IServiceCollection services)
    {
        services.AddSingleton<CatalogueTelemetry>().AddSingleton<CatalogueSync>().AddHostedService(s => s.GetRequiredService<CatalogueSync>());
        services.AddScoped<AskCatalogueSync>().AddScoped<CompareCatalogue>();
    }

    public static void Map(IEndpointRouteBuilder admin)
    {
        AskCatalogueSync.Map(admin);
        CompareCatalogue.Map(admin);
    }
}
