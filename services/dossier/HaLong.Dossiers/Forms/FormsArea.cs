using HaLong.Dossiers.Drafts;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>What forms and drafts consist of.</summary>
internal static class FormsArea
{
    public static void AddForms(this WebApplicationBuilder builder)
    {
        builder.AddOptions<DraftOptions>(DraftOptions.Section);
        var services = builder.Services;
        services.AddSingleton<CompiledForms>().AddScoped<FormLoader>().AddScoped<FormCatalogue>().AddScoped<FormCheck>();
        services.AddScoped<ProfileFacts>().AddScoped<EarlierFacts>().AddScoped<Prefill>().AddScoped<FormOpening>();
        services.AddScoped<DraftHistory>().AddScoped<DraftWriter>();
        services.AddScoped<GetForm>().AddScoped<GetDossierForm>().AddScoped<ListRevisions>().AddScoped<GetRevision>().AddScoped<RestoreRevision>();
    }

    public static void MapForms(RouteGroupBuilder procedures, RouteGroupBuilder dossiers)
    {
        GetForm.Map(procedures);
        GetDossierForm.Map(dossiers);
        ListRevisions.Map(dossiers);
        GetRevision.Map(dossiers);
        RestoreRevision.Map(dossiers);
    }
}
