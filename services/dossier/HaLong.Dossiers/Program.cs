using HaLong.Dossiers;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Files.Sandbox;
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
return await app.RunOrMigrateAsync<DossierDbContext>(args, (services, ct) => services.GetRequiredService<CatalogueLoader>().LoadAsync(ct));
