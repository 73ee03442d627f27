using HaLong.Notifications.Amqp;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class AmqpConfiguration : IEntityTypeConfiguration<AmqpAccess>, IEntityTypeConfiguration<AmqpCursor>
{
    public void Configure(EntityTypeBuilder<AmqpAccess> access)
    {
        access.ToTable("amqp_access");
        access.HasKey(a => a.Client);
        access.Property(a => a.Client).HasMaxLength(100);
        access.Property(a => a.RequestKey).HasMaxLength(200);
        access.Property(a => a.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<AmqpCursor> cursor)
    {
        cursor.ToTable("amqp_cursor");
        cursor.HasKey(c => c.Id);
        cursor.Property(c => c.Id).ValueGeneratedNever();
    }
}
