using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of a dossier, its documents and its timeline, with an index for every query.</summary>
internal sealed class DossierConfiguration :
    IEntityTypeConfiguration<Dossier>, IEntityTypeConfiguration<DossierDocument>, IEntityTypeConfiguration<TimelineEntry>
{
    private const string OpenStates =
        "status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED')";

    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.ToTable("dossier");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Version).IsRowVersion();
        builder.Property(d => d.Code).HasMaxLength(64);
        builder.Property(d => d.Status).HasMaxLength(32);
        builder.Property(d => d.ProcedureCode).HasMaxLength(32);
        builder.Property(d => d.UnitCode).HasMaxLength(20);
        builder.Property(d => d.Subject).HasMaxLength(500);
        builder.Property(d => d.OwnerCheck).HasMaxLength(4);
        builder.Property(d => d.Channel).HasMaxLength(16);
        builder.Property(d => d.AssistanceUnit).HasMaxLength(20);
        builder.Property(d => d.AssistancePlace).HasMaxLength(10);
        builder.Property(d => d.AssistanceKinds).HasDefaultValueSql("'{}'");
        builder.Property(d => d.PaymentStatus).HasMaxLength(16);
        builder.Property(d => d.Data).HasColumnType("jsonb");
        builder.Property(d => d.Fees).HasColumnType("jsonb").HasConversion(
            fees => JsonSerializer.Serialize(fees, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<List<FeeItem>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<List<FeeItem>>((a, b) => a!.SequenceEqual(b!), fees => fees.Count, fees => fees.ToList()));
        builder.Property(d => d.FeeClaims).HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            claims => JsonSerializer.Serialize(claims, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<List<FeeClaim>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<List<FeeClaim>>((a, b) => ReferenceEquals(a, b), claims => claims.Count, claims => claims));
        builder.Property(d => d.FeeBasis).HasColumnType("jsonb").HasConversion(
            basis => JsonSerializer.Serialize(basis, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<FeeBasis>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<FeeBasis>((a, b) => ReferenceEquals(a, b), basis => basis.Terms.Count, basis => basis));
        builder.HasOne<Procedure>().WithMany().HasForeignKey(d => d.ProcedureId).OnDelete(DeleteBehavior.Restrict);

        FilingConfiguration.Configure(builder);

        builder.HasIndex(d => d.Code).IsUnique();
        builder.HasIndex(d => new { d.OwnerId, d.Id });
        builder.HasIndex(d => d.Status).HasFilter(OpenStates).HasDatabaseName("ix_dossier_open_status");
    }

    public void Configure(EntityTypeBuilder<DossierDocument> builder)
    {
        builder.ToTable("dossier_document");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Kind).HasMaxLength(16);
        builder.Property(d => d.FileName).HasMaxLength(160);
        builder.Property(d => d.MediaType).HasMaxLength(32);
        builder.Property(d => d.Sha256).HasMaxLength(64);
        builder.Property(d => d.SignedBy).HasMaxLength(Verification.SignerName.MaxLength);
        builder.Property(d => d.PersonSignedBy).HasMaxLength(Verification.SignerName.MaxLength);
        builder.HasOne<Dossier>().WithMany().HasForeignKey(d => d.DossierId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => d.DossierId);
        builder.HasIndex(d => d.Sha256);
        builder.Property(d => d.Preflight).HasColumnType("jsonb").HasConversion(
            report => JsonSerializer.Serialize(report, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<PreflightReport>(text, JsonSerializerOptions.Web)!);
        builder.HasIndex(d => d.PreflightDueAt).HasFilter("preflight_due_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<TimelineEntry> builder)
    {
        builder.ToTable("timeline_entry");
        builder.HasKey(t => new { t.DossierId, t.Step });
        builder.Property(t => t.Step).ValueGeneratedNever();
        builder.Property(t => t.Action).HasMaxLength(32);
        builder.Property(t => t.ActorRole).HasMaxLength(32);
        builder.Property(t => t.Unit).HasMaxLength(20);
        builder.Property(t => t.FromStatus).HasMaxLength(32);
        builder.Property(t => t.ToStatus).HasMaxLength(32);
        builder.HasOne<Dossier>().WithMany().HasForeignKey(t => t.DossierId).OnDelete(DeleteBehavior.Cascade);
    }
}
