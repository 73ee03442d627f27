using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OpenIddict.EntityFrameworkCore.Models;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : DbContext(options)
{
    /// <summary>Any number of our own; seeding and key rotation take turns on it.</summary>
    private const long SeedingLock = 0x48614C6F6E67;

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Unit> Units => Set<Unit>();

    public DbSet<ServerKey> ServerKeys => Set<ServerKey>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<SignInRecord> SignInRecords => Set<SignInRecord>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Revocation> Revocations => Set<Revocation>();

    /// <summary>Opens a transaction in which nobody else seeds or rotates keys.</summary>
    public async Task<IDbContextTransaction> LockSeedingAsync(CancellationToken ct)
    {
        var transaction = await Database.BeginTransactionAsync(ct);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SeedingLock})", ct);
        return transaction;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.UseOpenIddict<Guid>();
        // OpenIddict names its tables itself; ours are all snake case.
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("oidc_application");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().ToTable("oidc_authorization");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("oidc_scope");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().ToTable("oidc_token");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IdentityDbContext).Assembly);
    }
}
