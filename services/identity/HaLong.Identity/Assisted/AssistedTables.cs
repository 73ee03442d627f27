using HaLong.Identity.Assisted;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<AssistedSession> AssistedSessions => Set<AssistedSession>();

    public DbSet<AssistedDeed> AssistedDeeds => Set<AssistedDeed>();

    public DbSet<PaperConsent> PaperConsents => Set<PaperConsent>();
}

internal sealed class AssistedSessionConfiguration :
    IEntityTypeConfiguration<AssistedSession>, IEntityTypeConfiguration<AssistedDeed>, IEntityTypeConfiguration<PaperConsent>
{
    public void Configure(EntityTypeBuilder<AssistedSession> builder)
    {
        builder.ToTable("assisted_session");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.HelperUnit).HasMaxLength(10);
        builder.Property(s => s.CitizenName).HasMaxLength(200);
        builder.Property(s => s.Purpose).HasMaxLength(200);
        builder.Property(s => s.PlaceKind).HasMaxLength(10);
        builder.Property(s => s.PlaceText).HasMaxLength(200);
        builder.Property(s => s.PlaceUnit).HasMaxLength(10);
        builder.Property(s => s.State).HasMaxLength(20);
        builder.Property(s => s.ConsentKind).HasMaxLength(10);
        builder.Property(s => s.Version).IsRowVersion();
        // One open session of a helper with a citizen: a second one would only hide what was agreed to in which.
        builder.HasIndex(s => new { s.HelperId, s.CitizenIndex }).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasIndex(s => new { s.HelperId, s.Id });
        builder.HasIndex(s => new { s.CitizenId, s.Id });
        builder.HasIndex(s => new { s.HelperUnit, s.OpenedAt });
        builder.HasIndex(s => s.ExpiresAt).HasFilter("ended_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<AssistedDeed> builder)
    {
        builder.ToTable("assisted_deed");
        builder.HasKey(d => new { d.SessionId, d.Act });
        builder.Property(d => d.Act).HasMaxLength(20);
        builder.HasOne<AssistedSession>().WithMany().HasForeignKey(d => d.SessionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PaperConsent> builder)
    {
        builder.ToTable("paper_consent");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.MediaType).HasMaxLength(20);
        builder.Property(p => p.Sha256).HasMaxLength(64);
        builder.HasOne<AssistedSession>().WithMany().HasForeignKey(p => p.Id).OnDelete(DeleteBehavior.Cascade);
    }
}
