using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Satisfaction;

/// <summary>Tables of ratings and feedback.</summary>
internal sealed class SatisfactionTables : IEntityTypeConfiguration<DossierRating>, IEntityTypeConfiguration<Feedback>
{
    public void Configure(EntityTypeBuilder<DossierRating> builder)
    {
        builder.ToTable("dossier_rating");
        builder.HasKey(r => r.DossierId);
        builder.Property(r => r.DossierId).ValueGeneratedNever();
        builder.Property(r => r.Comment).HasMaxLength(1000);
        builder.Property(r => r.UnitCode).HasMaxLength(20);
        builder.Property(r => r.ProcedureCode).HasMaxLength(32);
        // Figures of a unit in a period, its comments newest first, and the mean of a procedure from the index alone.
        builder.HasIndex(r => new { r.UnitCode, r.RatedAt });
        builder.HasIndex(r => new { r.ProcedureCode, r.Stars });
        builder.HasOne<Dossier>().WithOne().HasForeignKey<DossierRating>(r => r.DossierId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Feedback> builder)
    {
        builder.ToTable("feedback");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Version).IsRowVersion();
        builder.Property(f => f.UnitCode).HasMaxLength(20);
        builder.Property(f => f.ProcedureCode).HasMaxLength(32);
        builder.Property(f => f.Kind).HasMaxLength(16);
        builder.Property(f => f.State).HasMaxLength(20);
        builder.Property(f => f.Text).HasMaxLength(4000);
        builder.Property(f => f.Answer).HasMaxLength(4000);
        builder.HasIndex(f => new { f.UnitCode, f.ReceivedAt });
        builder.HasIndex(f => new { f.AuthorId, f.ReceivedAt });
        builder.Property(f => f.RefusalReason).HasMaxLength(4000);
        builder.Property(f => f.SupplementQuestion).HasMaxLength(4000);
        builder.Property(f => f.Supplement).HasMaxLength(4000);
        builder.Property(f => f.PublicText).HasMaxLength(4000);
        builder.Property(f => f.PublicAnswer).HasMaxLength(4000);
        // One's own and the unit's newest first; what becomes late, what lapses, what anybody reads.
        builder.HasIndex(f => new { f.AuthorId, f.Id });
        builder.HasIndex(f => new { f.UnitCode, f.Id });
        builder.HasIndex(f => f.DueAt).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(f => f.SupplementUntil).HasFilter("supplement_until IS NOT NULL AND state = 'awaitingSupplement'");
        builder.HasIndex(f => new { f.PublishedAt, f.Id }).HasFilter("published_at IS NOT NULL");
        // What counts against the officers of a dossier.
        builder.HasIndex(f => f.DossierId).HasFilter("upheld").HasDatabaseName("ix_feedback_upheld");
    }
}
