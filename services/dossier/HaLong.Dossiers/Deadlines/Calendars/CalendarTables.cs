using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>Tables of the calendar.</summary>
internal sealed class CalendarTables :
    IEntityTypeConfiguration<CalendarYear>, IEntityTypeConfiguration<CalendarDay>, IEntityTypeConfiguration<CalendarVersion>, IEntityTypeConfiguration<CalendarChange>
{
    public const int NameLength = 200, SourceLength = 300, ReasonLength = 500;

    public void Configure(EntityTypeBuilder<CalendarYear> builder)
    {
        builder.ToTable("calendar_year");
        builder.HasKey(y => y.Year);
        builder.Property(y => y.Year).ValueGeneratedNever();
        builder.Property(y => y.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<CalendarDay> builder)
    {
        builder.ToTable("calendar_day");
        builder.HasKey(d => d.Date);
        builder.Property(d => d.Date).ValueGeneratedNever();
        builder.Property(d => d.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(d => d.NameVi).HasMaxLength(NameLength);
        builder.Property(d => d.NameEn).HasMaxLength(NameLength);
        builder.Property(d => d.Source).HasMaxLength(SourceLength);
        builder.Ignore(d => d.Row).Ignore(d => d.Year);
    }

    public void Configure(EntityTypeBuilder<CalendarVersion> builder)
    {
        builder.ToTable("calendar_version");
        builder.Property(v => v.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<CalendarChange> builder)
    {
        builder.ToTable("calendar_change");
        builder.HasKey(c => c.Version);
        builder.Property(c => c.Version).ValueGeneratedNever();
        builder.Property(c => c.Action).HasMaxLength(16);
        builder.Property(c => c.ActorUnit).HasMaxLength(20);
        builder.Property(c => c.Reason).HasMaxLength(ReasonLength);
        builder.Property(c => c.Before).HasColumnType("jsonb");
        builder.Property(c => c.After).HasColumnType("jsonb");
        builder.HasIndex(c => new { c.Year, c.Version });
    }
}
