using HaLong.Signatures.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Signatures.Persistence;

internal sealed class AnchorConfiguration : IEntityTypeConfiguration<Anchor>
{
    public void Configure(EntityTypeBuilder<Anchor> builder)
    {
        builder.ToTable("anchor");
        builder.Property(a => a.Service).HasMaxLength(Anchor.MaxService);
        // One anchor from each position: a second one would be a second history.
        builder.HasIndex(a => new { a.Service, a.Partition, a.FromPosition }).IsUnique();
        builder.HasIndex(a => new { a.Service, a.Id });
    }
}
