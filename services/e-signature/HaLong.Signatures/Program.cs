using HaLong.Messaging;
using HaLong.Signatures;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Pki.Ceremony;

// The key ceremony needs neither database nor broker, and the root's machine has none.
if (args is ["pki", .. var command])
    return await PkiCommand.RunAsync(command, Console.In, Console.Out, Environment.GetEnvironmentVariable);

var builder = WebApplication.CreateBuilder(args);
builder.AddSignatures();

var app = builder.Build();
app.MapSignatures();

return await app.RunOrMigrateAsync<SignatureDbContext>(args, PrepareAuthorities.RunAsync);
