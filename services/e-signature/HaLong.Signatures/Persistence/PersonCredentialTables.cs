using HaLong.Signatures.Domain;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Persistence;

/// <summary>Credentials of persons, what became of them, and what they signed.</summary>
internal sealed partial class SignatureDbContext
{
    public DbSet<PersonCredential> PersonCredentials => Set<PersonCredential>();

    public DbSet<PersonCredentialChange> PersonCredentialChanges => Set<PersonCredentialChange>();

    public DbSet<PinGuard> PinGuards => Set<PinGuard>();

    public DbSet<SigningActivation> SigningActivations => Set<SigningActivation>();

    public DbSet<SigningRecord> SigningLog => Set<SigningRecord>();

    /// <summary>The credential as it is now, alone until the transaction ends: a signature comes wholly before or after a revocation.</summary>
    public async Task<PersonCredential?> LockCredentialAsync(Guid id, CancellationToken ct) =>
        (await PersonCredentials.FromSql($"SELECT *, xmin FROM person_credential WHERE id = {id} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();

    /// <summary>The order as it is now, alone until the transaction ends.</summary>
    public async Task<SigningActivation?> LockActivationAsync(Guid id, CancellationToken ct) =>
        (await SigningActivations.FromSql($"SELECT * FROM signing_activation WHERE id = {id} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();

    /// <summary>The counter of wrong PINs, made when it is not there yet, alone until the transaction ends.</summary>
    public async Task<PinGuard> LockPinGuardAsync(Guid credentialId, CancellationToken ct)
    {
        await Database.ExecuteSqlAsync($"INSERT INTO pin_guard (credential_id, failures) VALUES ({credentialId}, 0) ON CONFLICT DO NOTHING", ct);
        return (await PinGuards.FromSql($"SELECT * FROM pin_guard WHERE credential_id = {credentialId} FOR UPDATE").ToListAsync(ct)).Single();
    }

    private static void ConfigurePersonCredentials(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PersonCredential>(e =>
        {
            e.ToTable("person_credential");
            e.Property(c => c.Id).ValueGeneratedNever();
            e.Property(c => c.Kind).HasConversion<string>().HasMaxLength(10);
            e.Property(c => c.Term).HasConversion<string>().HasMaxLength(10);
            e.Property(c => c.State).HasConversion<string>().HasMaxLength(12);
            e.Property(c => c.Name).HasMaxLength(200);
            e.Property(c => c.UnitCode).HasMaxLength(20);
            e.Property(c => c.Role).HasMaxLength(20);
            e.Property(c => c.SerialNumber).HasMaxLength(40);
            e.Property(c => c.Subject).HasMaxLength(500);
            e.Property(c => c.RevocationReason).HasConversion<string>().HasMaxLength(30);
            e.Property(c => c.Version).IsRowVersion();
            e.Ignore(c => c.HasPin).Ignore(c => c.Envelope);
            e.HasIndex(c => c.SerialNumber).IsUnique();
            // One long credential of a kind and one request for another at a time, whatever two replicas do at once. A citizen's unit is null, and
            // two nulls are the same here.
            e.HasIndex(c => new { c.AccountId, c.Kind, c.UnitCode }, "ix_person_credential_current").IsUnique().AreNullsDistinct(false)
                .HasFilter("term = 'Long' AND state IN ('Active', 'Suspended')");
            e.HasIndex(c => new { c.AccountId, c.Kind, c.UnitCode }, "ix_person_credential_requested").IsUnique().AreNullsDistinct(false)
                .HasFilter("term = 'Long' AND state = 'Requested'");
            e.HasIndex(c => new { c.AccountId, c.Id });
            e.HasIndex(c => new { c.UnitCode, c.Id });
            e.HasIndex(c => c.RevokedAt).HasFilter("revoked_at IS NOT NULL");
            // What the sweep looks for.
            e.HasIndex(c => c.NotAfter).HasFilter("state IN ('Requested', 'Active', 'Suspended')").HasDatabaseName("ix_person_credential_ending");
            e.HasIndex(c => c.AssignedUntil).HasFilter("state IN ('Active', 'Suspended') AND assigned_until IS NOT NULL")
                .HasDatabaseName("ix_person_credential_leaving");
            e.HasOne<Authority>().WithMany().HasForeignKey(c => c.AuthorityId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<PersonCredentialChange>(e =>
        {
            e.ToTable("person_credential_change");
            e.Property(c => c.Id).ValueGeneratedNever();
            e.Property(c => c.Move).HasConversion<string>().HasMaxLength(12);
            e.Property(c => c.Reason).HasConversion<string>().HasMaxLength(30);
            e.Property(c => c.Note).HasMaxLength(500);
            e.HasIndex(c => new { c.CredentialId, c.Id });
            e.HasOne<PersonCredential>().WithMany().HasForeignKey(c => c.CredentialId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<PinGuard>(e =>
        {
            e.ToTable("pin_guard");
            e.HasKey(g => g.CredentialId);
            e.Ignore(g => g.IsLocked);
            e.HasOne<PersonCredential>().WithOne().HasForeignKey<PinGuard>(g => g.CredentialId).OnDelete(DeleteBehavior.Cascade);
        });
        ConfigureOrders(modelBuilder);
    }

    private static void ConfigureOrders(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SigningActivation>(e =>
        {
            e.ToTable("signing_activation");
            e.Property(a => a.Id).ValueGeneratedNever();
            e.Property(a => a.Door).HasConversion<string>().HasMaxLength(10);
            e.Property(a => a.State).HasConversion<string>().HasMaxLength(10);
            e.Property(a => a.Algorithm).HasMaxLength(40);
            e.Property(a => a.CodeSentTo).HasMaxLength(200);
            e.Property(a => a.HashesDigest).HasMaxLength(32);
            e.Property(a => a.SadHash).HasMaxLength(32);
            e.Ignore(a => a.IsOpen);
            e.HasIndex(a => a.SadHash).IsUnique();
            // A one-time credential has one order.
            e.HasIndex(a => a.CredentialId).IsUnique().HasFilter("is_only").HasDatabaseName("ix_signing_activation_only");
            e.HasIndex(a => new { a.CredentialId, a.Door, a.BegunAt });
            e.HasIndex(a => a.Until);
            e.HasOne<PersonCredential>().WithMany().HasForeignKey(a => a.CredentialId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SigningRecord>(e =>
        {
            e.ToTable("signing_record");
            e.Property(o => o.Id).ValueGeneratedNever();
            e.Property(o => o.Door).HasConversion<string>().HasMaxLength(10);
            e.Property(o => o.Outcome).HasConversion<string>().HasMaxLength(10);
            e.Property(o => o.Algorithm).HasMaxLength(40);
            e.Property(o => o.HashesDigest).HasMaxLength(32);
            e.HasIndex(o => new { o.AccountId, o.OccurredAt });
            e.HasIndex(o => new { o.CredentialId, o.OccurredAt });
            e.HasOne<PersonCredential>().WithMany().HasForeignKey(o => o.CredentialId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
