using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class ClosedDossierConfiguration : IEntityTypeConfiguration<ClosedDossier>
{
    public void Configure(EntityTypeBuilder<ClosedDossier> builder)
    {
        builder.ToTable("closed_dossier");
        builder.HasKey(d => d.DossierId);
        builder.Property(d => d.DossierId).ValueGeneratedNever();
        builder.Property(d => d.Reason).HasMaxLength(16);
    }
}
