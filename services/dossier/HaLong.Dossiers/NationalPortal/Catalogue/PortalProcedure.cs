using HaLong.Dossiers.NationalPortal.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>A procedure as the national catalogue tells it.</summary>
internal sealed class PortalProcedure
{
    /// <summary>National code (mã TTHC), e.g. 1.013978.</summary>
    public required string Code { get; init; }

    public required string NameVi { get; set; }
    public required string FieldCode { get; set; }
    public required string FieldNameVi { get; set; }

    /// <summary>Day of the decision that announces it (ngày quyết định công bố).</summary>
    public DateOnly? DecidedOn { get; set; }

    /// <summary>First day of the rule it follows from (ngày có hiệu lực).</summary>
    public DateOnly? EffectiveOn { get; set; }

    /// <summary>Day it was made public on the portal (ngày công khai).</summary>
    public DateOnly? PublishedOn { get; set; }

    /// <summary>Name, steps, manner, components, time limit, subjects and competent agency are all there.</summary>
    public bool FullContent { get; set; }

    /// <summary>False when it was abolished (bãi bỏ).</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Fees can be paid on the portal.</summary>
    public bool PaidOnline { get; set; }

    public DateTimeOffset SeenAt { get; set; }
}

/// <summary>Its table.</summary>
internal sealed class PortalProcedureTables : IEntityTypeConfiguration<PortalProcedure>
{
    public void Configure(EntityTypeBuilder<PortalProcedure> builder)
    {
        builder.ToTable("procedure", LedgerTables.Schema);
        builder.HasKey(p => p.Code);
        builder.Property(p => p.Code).HasMaxLength(32);
        builder.Property(p => p.FieldCode).HasMaxLength(40);
    }
}
