using HaLong.Dossiers;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines.Calendars;
using HaLong.Dossiers.Files.Sandbox;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

// The child process that opens files of strangers knows nothing of the rest.
if (args is [SandboxProgram.Argument])
    return SandboxProgram.Run(Console.In, Console.Out);

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("dossier");
builder.AddDossiers();

var app = builder.Build();
app.MapServiceDefaults();
app.MapDossiers();
if (args is ["rotate-keys"])
    return await app.RotateKeysAsync();
return await app.RunOrMigrateAsync<DossierDbContext>(args, async (services, ct) =>
{
    await services.GetRequiredService<CatalogueLoader>().LoadAsync(ct);
    await services.GetRequiredService<FormLoader>().LoadAsync(ct);
    await services.GetRequiredService<CalendarSeed>().LoadAsync(ct);
    await services.GetRequiredService<KeyKeeper>().KeepAsync(ct);
});
