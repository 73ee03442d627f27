using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.NationalPortal.Ledger;

/// <summary>A dossier that the portal lists and nobody knows here: for people to look at, it cannot be healed.</summary>
internal sealed class Stranger
{
    public required string Code { get; init; }
    public short TheirStatus { get; set; }
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset SeenAt { get; set; }
}

/// <summary>Its table.</summary>
internal sealed class StrangerTables : IEntityTypeConfiguration<Stranger>
{
    public void Configure(EntityTypeBuilder<Stranger> builder)
    {
        builder.ToTable("stranger", LedgerTables.Schema);
        builder.HasKey(s => s.Code);
        builder.Property(s => s.Code).HasMaxLength(64).UseCollation("C");
    }
}
