using HaLong.Dossiers.Catalogue.Administration;
using HaLong.Dossiers.Catalogue.Compare;
using HaLong.Dossiers.Catalogue.Search;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue;

/// <summary>The procedure catalogue: what anybody reads, and what its administrators do.</summary>
internal static class CatalogueArea
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services) => services
        .AddSingleton<ParsedProcedures>().AddSingleton<CatalogueSearch>()
        .AddScoped<CatalogueLoader>().AddScoped<ProcedureCatalogue>()
        .AddScoped<ListProcedures>().AddScoped<GetProcedure>().AddScoped<ListVersions>().AddScoped<ListLifeEvents>().AddScoped<CompareVersions>()
        .AddScoped<CatalogueKeepers>().AddScoped<CatalogueAudit>().AddScoped<DraftDesk>().AddScoped<Publisher>()
        .AddScoped<OpenDraft>().AddScoped<EditDraft>().AddScoped<MoveDraft>().AddScoped<PublishDraft>().AddScoped<ListDrafts>()
        .AddScoped<ImportCatalogue>().AddScoped<PublishImport>().AddScoped<ExportCatalogue>().AddScoped<ListCatalogueAudit>();

    public static void MapCatalogue(this IEndpointRouteBuilder app)
    {
        var procedures = app.MapGroup("/api/v1/procedures").WithTags("Procedures");
        ListProcedures.Map(procedures);
        ListLifeEvents.Map(procedures);
        GetProcedure.Map(procedures);
        ListVersions.Map(procedures);
        CompareVersions.Map(procedures);

        var admin = app.MapGroup("/api/v1/admin/procedures").WithTags("Procedure administration")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        admin.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            return await http.RequestServices.GetRequiredService<CatalogueKeepers>().RefuseAsync(http.RequestAborted) is { } error ? error.ToProblem() : await next(context);
        });
        OpenDraft.Map(admin);
        EditDraft.Map(admin);
        MoveDraft.Map(admin);
        PublishDraft.Map(admin);
        ListDrafts.Map(admin);
        ImportCatalogue.Map(admin);
        PublishImport.Map(admin);
        ExportCatalogue.Map(admin);
        ListCatalogueAudit.Map(admin);
    }
}
