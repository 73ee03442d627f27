using HaLong.Messaging;
using HaLong.Signatures.Domain;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Persistence;

/// <summary>Authorities, credentials and signatures.</summary>
internal sealed class SignatureDbContext(DbContextOptions<SignatureDbContext> options) : DbContext(options)
{
    public DbSet<Authority> Authorities => Set<Authority>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<Signature> Signatures => Set<Signature>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.Entity<Authority>(e =>
        {
            e.ToTable("authority");
            e.Property(a => a.Kind).HasConversion<string>().HasMaxLength(20);
            e.HasIndex(a => a.Kind).IsUnique();
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
            e.HasOne<Authority>().WithMany().HasForeignKey(c => c.AuthorityId).OnDelete(DeleteBehavior.Restrict);
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
            e.HasIndex(s => s.DocumentId).IsUnique();
            e.HasIndex(s => s.SignedSha256);
            e.HasOne<Credential>().WithMany().HasForeignKey(s => s.CredentialId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
