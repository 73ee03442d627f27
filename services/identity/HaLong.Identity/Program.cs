using HaLong.Identity;
using HaLong.Identity.Persistence;
using HaLong.Identity.Seeding;
using HaLong.Messaging;

var builder = WebApplication.CreateBuilder(args);
builder.AddIdentity();

var app = builder.Build();
app.MapIdentity();

return args is ["rotate-keys", ..]
    ? await app.RotateKeysAsync()
    : await app.RunOrMigrateAsync<IdentityDbContext>(args, Seed.RunAsync);
