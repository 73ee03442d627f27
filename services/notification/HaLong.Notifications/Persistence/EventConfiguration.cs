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
        log.HasIndex(e => e.Position).IsUnique();
        log.HasIndex(e => e.ReceivedAt).HasFilter("position IS NULL").HasDatabaseName("ix_public_event_waiting");
    }

    public void Configure(EntityTypeBuilder<EventStream> stream)
    {
        stream.ToTable("event_stream");
        stream.HasKey(s => s.DossierId);
        stream.Property(s => s.DossierId).ValueGeneratedNever();
        stream.Property(s => s.NextSequence).HasDefaultValue(1L);
    }
}
