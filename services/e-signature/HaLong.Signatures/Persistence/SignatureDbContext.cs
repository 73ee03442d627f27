using HaLong.Messaging;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Providers.Imported;
using HaLong.Signatures.Providers.Links;
using HaLong.Signatures.Providers.Orders;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Persistence;

/// <summary>Authorities, credentials and signatures.</summary>
internal sealed partial class SignatureDbContext(DbContextOptions<SignatureDbContext> options) : DbContext(options)
{
    public DbSet<Authority> Authorities => Set<Authority>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<CredentialChange> CredentialChanges => Set<CredentialChange>();

    public DbSet<Signature> Signatures => Set<Signature>();

    public DbSet<Anchor> Anchors => Set<Anchor>();

    public DbSet<ProviderOrder> ProviderOrders => Set<ProviderOrder>();

    public DbSet<ProviderLink> ProviderLinks => Set<ProviderLink>();

    public DbSet<ImportedCertificate> ImportedCertificates => Set<ImportedCertificate>();

    public DbSet<ImportedChange> ImportedChanges => Set<ImportedChange>();

    public DbSet<ImportChallenge> ImportChallenges => Set<ImportChallenge>();

    public DbSet<AuthorityList> AuthorityLists => Set<AuthorityList>();

    /// <summary>Signatures of a unit share this lock; who changes the status of its seal has it alone. Until the transaction ends.</summary>
    public Task ShareSealAsync(string unitCode, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({"seal-status:" + unitCode}, 0))", ct);

    /// <inheritdoc cref="ShareSealAsync"/>
    public Task LockSealAsync(string unitCode, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"seal-status:" + unitCode}, 0))", ct);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.ApplyConfiguration(new AnchorConfiguration());
        modelBuilder.AddProviderTables();
        ConfigurePersonCredentials(modelBuilder);
        modelBuilder.AddSessionTables();
        modelBuilder.Entity<Authority>(e =>
        {
            e.ToTable("authority");
            e.Property(a => a.Kind).HasConversion<string>().HasMaxLength(20);
            e.HasIndex(a => a.Kind).IsUnique().HasFilter("superseded_at IS NULL");
        });
        modelBuilder.Entity<Credential>(e =>
        {
            e.ToTable("credential");
            e.Property(c => c.UnitCode).HasMaxLength(20);
            e.Property(c => c.SerialNumber).HasMaxLength(40);
            e.Property(c => c.Subject).HasMaxLength(500);
            e.HasIndex(c => c.SerialNumber).IsUnique();
            // One current seal per unit, whatever two replicas do at once.
            e.HasIndex(c => c.UnitCode).IsUnique().HasFilter("superseded_at IS NULL");
            e.Property(c => c.RevocationReason).HasConversion<string>().HasMaxLength(30);
            e.Property(c => c.Version).IsRowVersion();
            e.Ignore(c => c.IsSuspended).Ignore(c => c.IsClosed);
            // What lists of revoked certificates are made of.
            e.HasIndex(c => c.RevokedAt).HasFilter("revoked_at IS NOT NULL");
            e.HasIndex(c => new { c.UnitCode, c.Id });
            e.HasOne<Authority>().WithMany().HasForeignKey(c => c.AuthorityId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<CredentialChange>(e =>
        {
            e.ToTable("credential_change");
            e.Property(c => c.UnitCode).HasMaxLength(20);
            e.Property(c => c.Move).HasConversion<string>().HasMaxLength(20);
            e.Property(c => c.Reason).HasConversion<string>().HasMaxLength(30);
            e.Property(c => c.Note).HasMaxLength(500);
            e.HasIndex(c => new { c.UnitCode, c.Id });
            e.HasOne<Credential>().WithMany().HasForeignKey(c => c.CredentialId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Signature>(e =>
        {
            e.ToTable("signature");
            e.Property(s => s.UnitCode).HasMaxLength(20);
            e.Property(s => s.RequestedBy).HasMaxLength(100);
            e.Property(s => s.SignerSubject).HasMaxLength(500);
            e.Property(s => s.Reason).HasMaxLength(500);
            e.Property(s => s.Location).HasMaxLength(500);
            e.Property(s => s.SignedSha256).HasMaxLength(64).IsFixedLength();
            e.Property(s => s.Format).HasConversion<string>().HasMaxLength(8).HasDefaultValue(SignatureFormat.Pades).HasSentinel(SignatureFormat.Pades);
            e.HasIndex(s => new { s.DocumentId, s.Format }).IsUnique();
            e.Property(s => s.Level).HasMaxLength(8).HasDefaultValue(Signature.BaselineB);
            e.HasIndex(s => s.SignedSha256);
            // By what a time-stamp vouches for, where the time-stamp is not in the file itself.
            e.HasIndex(s => s.Imprint).HasFilter("time_stamp IS NOT NULL");
            // What waits for a time-stamp; a statement has no place for one.
            e.HasIndex(s => s.Id).HasFilter("level = 'B-B' AND format <> 'Jades'").HasDatabaseName("ix_signature_waiting");
            e.HasOne<Credential>().WithMany().HasForeignKey(s => s.CredentialId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
