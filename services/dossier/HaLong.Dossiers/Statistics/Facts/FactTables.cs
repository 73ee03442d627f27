using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>The table of facts, in a schema of its own.</summary>
internal sealed class FactTables : IEntityTypeConfiguration<DossierFact>
{
    public const string Schema = "statistics";
    private const int Code = 20, Word = 16;

    public void Configure(EntityTypeBuilder<DossierFact> builder)
    {
        builder.ToTable("fact", Schema);
        builder.HasKey(f => f.DossierId);
        builder.Property(f => f.DossierId).ValueGeneratedNever();
        builder.Property(f => f.UnitCode).HasMaxLength(Code);
        builder.Property(f => f.UnitId).HasMaxLength(40);
        builder.Property(f => f.ReceivingUnitCode).HasMaxLength(Code);
        builder.Property(f => f.Level).HasMaxLength(Word);
        builder.Property(f => f.ProcedureCode).HasMaxLength(32);
        builder.Property(f => f.FieldCode).HasMaxLength(40);
        builder.Property(f => f.Source).HasMaxLength(Word);
        builder.Property(f => f.Hand).HasMaxLength(Word);
        builder.Property(f => f.HelperUnit).HasMaxLength(Code);
        builder.Property(f => f.Legal).HasMaxLength(Word);
        builder.Property(f => f.Statistical).HasMaxLength(Word);
        builder.Property(f => f.PaidBy).HasMaxLength(Word);
        // What figures open to: the dossiers of a unit by a day.
        builder.HasIndex(f => new { f.UnitCode, f.ReceivedDay });
        builder.HasIndex(f => new { f.UnitCode, f.ResolvedDay });
        // Of late opinions and justified complaints those that count in an evaluation, without a look at the facts themselves.
        builder.HasIndex(f => f.ResolvedDay).IncludeProperties(f => new { f.DossierId, f.UnitCode, f.OfficerId, f.Legal });
        // How long a procedure takes.
        builder.HasIndex(f => new { f.ProcedureCode, f.ResolvedDay });
    }
}
