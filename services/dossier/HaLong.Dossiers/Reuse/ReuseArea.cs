namespace HaLong.Dossiers.Reuse;

/// <summary>The citizen's document store and what is used again from it.</summary>
internal static class ReuseArea
{
    public static IServiceCollection AddReuse(this IServiceCollection services) => services
        .AddSingleton<ReuseTelemetry>().AddScoped<DocumentStore>().AddScoped<ReuseOffers>()
        .AddScoped<ListMyDocuments>().AddScoped<ListReusable>().AddScoped<ReuseDocument>();

    public static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder dossiers)
    {
        ListMyDocuments.Map(app.MapGroup("/api/v1/me/documents").WithTags("My documents"));
        ListReusable.Map(dossiers);
        ReuseDocument.Map(dossiers);
    }
}
