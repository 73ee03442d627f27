using HaLong.Identity.AccessLog;
using HaLong.Identity.Administration;
using HaLong.Identity.Consents;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Units;

namespace HaLong.Identity.Seeding;

/// <summary>What <c>migrate</c> does after the migrations: all or nothing, one at a time, and again without harm.</summary>
internal static class Seed
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<IdentityDbContext>();
        await using var transaction = await db.LockSeedingAsync(ct);
        await services.GetRequiredService<PasswordChange>().RunAsync(ct);
        await services.GetRequiredService<KeyRotation>().EnsureKeysAsync(ct);
        await services.GetRequiredService<DataKeyRotation>().EnsureAsync(ct);
        await IndexRebuild.InstallGuardAsync(db, ct);
        await AppendOnly.InstallAsync(db, ct);
        await services.GetRequiredService<AccessLedger>().EnsureAsync(ct);
        await AuditTrail.InstallAsync(db, ct);
        await services.GetRequiredService<ConsentSeed>().RunAsync(ct);
        await services.GetRequiredService<RetentionSeed>().RunAsync(ct);
        await services.GetRequiredService<UnitSeed>().RunAsync(ct);
        await services.GetRequiredService<ClientSeed>().RunAsync(ct);
        await services.GetRequiredService<DemoSeed>().RunAsync(ct);
        await services.GetRequiredService<FirstAdministrators>().RunAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
