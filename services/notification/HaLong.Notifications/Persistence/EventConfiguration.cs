using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class EventConfiguration : IEntityTypeConfiguration<PublicEvent>, IEntityTypeConfiguration<EventStream>
{
    public void Configure(EntityTypeBuilder<PublicEvent> log)
    {
        log.ToTable("public_event");
        log.HasKey(e => e.Id);
        log.Property(e => e.Id).ValueGeneratedNever();
        log.Property(e => e.Type).HasMaxLength(100);
        log.Property(e => e.TraceParent).HasMaxLength(55);
        log.HasIndex(e => new { e.DossierId, e.Sequence }).IsUnique();
        log.Property(e => e.ProcedureCode).HasMaxLength(50);
        log.Property(e => e.UnitCode).HasMaxLength(20);
        log.HasIndex(e => e.Position).IsUnique();
        log.HasIndex(e => e.ReleasedAt);
        log.HasIndex(e => e.ReceivedAt).HasFilter("position IS NULL").HasDatabaseName("ix_public_event_waiting");
    }

    public void Configure(EntityTypeBuilder<EventStream> stream)
    {
        stream.ToTable("event_stream");
        stream.HasKey(s => s.DossierId);
        stream.Property(s => s.DossierId).ValueGeneratedNever();
        stream.Property(s => s.NextSequence).HasDefaultValue(1L);
        // Rows from before these were kept have none until their next fact.
        stream.Property(s => s.Code).HasMaxLength(50).HasDefaultValue("");
        stream.Property(s => s.ProcedureCode).HasMaxLength(50).HasDefaultValue("");
        stream.Property(s => s.UnitCode).HasMaxLength(20).HasDefaultValue("");
        stream.Property(s => s.FieldCode).HasMaxLength(50);
    }
}
