using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Watchdog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of the watchdog: the counted wait of each open dossier, and the warnings given.</summary>
internal sealed class WatchdogConfiguration : IEntityTypeConfiguration<DossierWait>, IEntityTypeConfiguration<WaitWarning>
{
    private const int Code = 20, EpisodeLength = 80;

    public void Configure(EntityTypeBuilder<DossierWait> builder)
    {
        builder.ToTable("dossier_wait");
        builder.HasKey(w => w.DossierId);
        builder.Property(w => w.DossierId).ValueGeneratedNever();
        builder.Property(w => w.Assumed).HasDefaultValue(false);
        builder.Property(w => w.Who).HasMaxLength(Code);
        builder.Property(w => w.Reason).HasMaxLength(Code);
        builder.Property(w => w.UnitCode).HasMaxLength(Code);
        builder.HasOne<Dossier>().WithOne().HasForeignKey<DossierWait>(w => w.DossierId).OnDelete(DeleteBehavior.Cascade);
        // What the watchdog has to count, what it has to do, and what people look at.
        builder.HasIndex(w => new { w.CountedBy, w.DossierId });
        builder.HasIndex(w => w.NextAt).HasFilter("next_at IS NOT NULL");
        builder.HasIndex(w => new { w.LatestAt, w.DossierId });
        builder.HasIndex(w => new { w.UnitCode, w.LatestAt, w.DossierId });
    }

    public void Configure(EntityTypeBuilder<WaitWarning> builder)
    {
        builder.ToTable("wait_warning");
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Episode).HasMaxLength(EpisodeLength);
        builder.Property(w => w.Level).HasMaxLength(Code);
        builder.Property(w => w.Reason).HasMaxLength(Code);
        builder.Property(w => w.Who).HasMaxLength(Code);
        builder.HasOne<Dossier>().WithMany().HasForeignKey(w => w.DossierId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(w => new { w.DossierId, w.Episode, w.Level }).IsUnique();
    }
}
