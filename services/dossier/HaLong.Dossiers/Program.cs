using HaLong.Dossiers;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("dossier");
builder.AddDossiers();

var app = builder.Build();
app.MapServiceDefaults();
app.MapDossiers();
return await app.RunOrMigrateAsync<DossierDbContext>(args, async (services, ct) =>
{
    await services.GetRequiredService<CatalogueLoader>().LoadAsync(ct);
    await services.GetRequiredService<FormLoader>().LoadAsync(ct);
});
