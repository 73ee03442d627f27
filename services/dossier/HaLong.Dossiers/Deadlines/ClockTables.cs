using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Deadlines;

/// <summary>Tables of the clocks: the entries, and what each clock counts.</summary>
internal sealed class ClockTables : IEntityTypeConfiguration<ClockEntry>, IEntityTypeConfiguration<DossierClock>
{
    public void Configure(EntityTypeBuilder<ClockEntry> builder)
    {
        builder.ToTable("clock_entry");
        builder.HasKey(e => new { e.DossierId, e.Number });
        builder.Property(e => e.Number).ValueGeneratedNever();
        builder.Property(e => e.Effect).HasConversion<string>().HasMaxLength(16);
        builder.Property(e => e.Cause).HasMaxLength(40);
        builder.Property(e => e.ReasonVi).HasMaxLength(500);
        builder.Property(e => e.ReasonEn).HasMaxLength(500);
        builder.HasOne<Dossier>().WithMany().HasForeignKey(e => e.DossierId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DossierClock> builder)
    {
        builder.ToTable("dossier_clock");
        builder.HasKey(c => c.DossierId);
        builder.Property(c => c.DossierId).ValueGeneratedNever();
        builder.Property(c => c.Unit).HasConversion<string>().HasMaxLength(16);
        builder.Ignore(c => c.Limit);
        builder.HasOne<Dossier>().WithOne().HasForeignKey<DossierClock>(c => c.DossierId).OnDelete(DeleteBehavior.Cascade);
        // What a change of the calendar still has to look at.
        builder.HasIndex(c => new { c.CalendarVersion, c.DossierId }).HasFilter("calendar_version IS NOT NULL");
    }
}
