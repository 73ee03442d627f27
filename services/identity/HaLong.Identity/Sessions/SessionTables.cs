using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Sessions;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Acr).HasMaxLength(40);
        builder.Property(s => s.Device).HasMaxLength(120);
        builder.Property(s => s.Address).HasMaxLength(45);
        builder.Property(s => s.EndReason).HasMaxLength(30);
        builder.HasIndex(s => s.AccountId).HasFilter("ended_at IS NULL");
        builder.HasIndex(s => s.LastSeenAt);
    }
}

internal sealed class RevocationConfiguration : IEntityTypeConfiguration<Revocation>
{
    public void Configure(EntityTypeBuilder<Revocation> builder)
    {
        builder.ToTable("revocation");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Subject).HasMaxLength(100);
        builder.HasIndex(r => r.At);
    }
}
