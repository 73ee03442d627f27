using HaLong.Identity;
using HaLong.Identity.AccessLog;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Seeding;
using HaLong.Messaging;

var builder = WebApplication.CreateBuilder(args);
builder.AddIdentity();

var app = builder.Build();
app.MapIdentity();

return args switch
{
    ["rotate-keys", ..] => await app.RotateKeysAsync(),
    ["rotate-data-keys", ..] => await app.RotateDataKeysAsync(),
    ["rotate-index-key", ..] => await app.RotateIndexKeyAsync(),
    ["verify-access-log", .. var anchor] => await app.VerifyAccessLogAsync(anchor),
    _ => await app.RunOrMigrateAsync<IdentityDbContext>(args, Seed.RunAsync),
};
