using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Tables of schedules and of what they have made.</summary>
internal sealed class ScheduleTables : IEntityTypeConfiguration<ReportSchedule>, IEntityTypeConfiguration<ReportFileEntry>
{
    private const int Word = 16, Name = 60, Code = 20, Hash = 64;

    public void Configure(EntityTypeBuilder<ReportSchedule> builder)
    {
        builder.ToTable("report_schedule", FactTables.Schema);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Report).HasMaxLength(Name);
        builder.Property(s => s.Unit).HasMaxLength(Code);
        builder.Property(s => s.By).HasMaxLength(Name);
        builder.Property(s => s.Kind).HasMaxLength(Word);
        builder.Property(s => s.Language).HasMaxLength(2);
        builder.Property(s => s.PausedFor).HasMaxLength(Name);
        builder.Property(s => s.Version).IsRowVersion();
        builder.Ignore(s => s.Rhythm);
        // One's own, and what is due.
        builder.HasIndex(s => new { s.AccountId, s.Id });
        builder.HasIndex(s => s.DueAt).HasFilter("due_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ReportFileEntry> builder)
    {
        builder.ToTable("report_file", FactTables.Schema);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Report).HasMaxLength(Name);
        builder.Property(f => f.From).HasColumnName("first_day");
        builder.Property(f => f.To).HasColumnName("last_day");
        builder.Property(f => f.Format).HasMaxLength(4);
        builder.Property(f => f.Name).HasMaxLength(200);
        builder.Property(f => f.Sha256).HasMaxLength(Hash);
        builder.HasOne<ReportSchedule>().WithMany().HasForeignKey(f => f.ScheduleId).OnDelete(DeleteBehavior.SetNull);
        // One's own, those that a stored file is kept for, and those that nobody asks for any more.
        builder.HasIndex(f => new { f.AccountId, f.Id });
        builder.HasIndex(f => f.Sha256);
        builder.HasIndex(f => f.ExpiresAt);
    }
}
