using HaLong.Messaging;
using HaLong.Signatures;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;

var builder = WebApplication.CreateBuilder(args);
builder.AddSignatures();

var app = builder.Build();
app.MapSignatures();

return await app.RunOrMigrateAsync<SignatureDbContext>(args, PrepareAuthorities.RunAsync);
