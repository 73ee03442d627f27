using HaLong.Payments.Banks;
using HaLong.Payments.NationalPortal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class ProviderConfiguration : IEntityTypeConfiguration<SeenSignature>, IEntityTypeConfiguration<PortalMessage>, IEntityTypeConfiguration<ProviderBill>
{
    public void Configure(EntityTypeBuilder<SeenSignature> builder)
    {
        builder.ToTable("bank_signature");
        builder.HasKey(s => new { s.Provider, s.Digest });
        builder.Property(s => s.Provider).HasMaxLength(50);
        builder.Property(s => s.Digest).HasMaxLength(64);
        // What the sweep forgets.
        builder.HasIndex(s => s.SeenAt);
    }

    public void Configure(EntityTypeBuilder<PortalMessage> builder)
    {
        builder.ToTable("portal_message");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Source).HasMaxLength(16);
        builder.Property(m => m.Code).HasMaxLength(16);
        builder.Property(m => m.Hash).HasMaxLength(64);
        // The same thing about an attempt once, whoever told it first.
        builder.HasIndex(m => new { m.AttemptId, m.Hash }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ProviderBill> builder)
    {
        builder.ToTable("provider_bill");
        builder.HasKey(b => b.AttemptId);
        builder.Property(b => b.AttemptId).ValueGeneratedNever();
        builder.Property(b => b.Sha256).HasMaxLength(64);
    }
}
