using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>What the lifecycle adds to the dossier, and its own tables.</summary>
internal sealed class LifecycleConfiguration :
    IEntityTypeConfiguration<Dossier>, IEntityTypeConfiguration<IssuedForm>, IEntityTypeConfiguration<SupplementRequest>, IEntityTypeConfiguration<OpinionRequest>,
    IEntityTypeConfiguration<FeeDemand>, IEntityTypeConfiguration<DossierNote>, IEntityTypeConfiguration<OfficerAbsence>
{
    private const int Code = 32, Unit = 20;

    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Ignore(d => d.LastTick);
        builder.Ignore(d => d.LastIssue);
        builder.Property(d => d.Outcome).HasMaxLength(Code);
        builder.Property(d => d.SupplementPermit).HasMaxLength(Code);
        builder.Property(d => d.ReturnMethod).HasMaxLength(Code);
        builder.Property(d => d.PersonSignature).HasMaxLength(Code);
        builder.Property(d => d.AskedComponents).HasDefaultValueSql("'{}'");
    }

    public void Configure(EntityTypeBuilder<IssuedForm> builder)
    {
        builder.ToTable("issued_form");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Kind).HasMaxLength(Code);
        builder.Property(f => f.Number).HasMaxLength(2);
        builder.Property(f => f.Regime).HasMaxLength(16);
        builder.Property(f => f.Data).HasColumnType("jsonb");
        builder.HasIndex(f => new { f.DossierId, f.Serial }).IsUnique();
        OfDossier(builder, f => f.DossierId);
    }

    public void Configure(EntityTypeBuilder<SupplementRequest> builder)
    {
        builder.ToTable("supplement_request");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Stage).HasMaxLength(16);
        Json(builder.Property(r => r.Items));
        builder.HasIndex(r => new { r.DossierId, r.Stage, r.Number }).IsUnique();
        OfDossier(builder, r => r.DossierId);
    }

    public void Configure(EntityTypeBuilder<OpinionRequest> builder)
    {
        builder.ToTable("opinion_request");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.UnitCode).HasMaxLength(Unit);
        builder.HasIndex(r => new { r.DossierId, r.Number }).IsUnique();
        // What a unit still has to answer.
        builder.HasIndex(r => new { r.UnitCode, r.Deadline, r.Id }).HasFilter("answered_at IS NULL AND closed_at IS NULL").HasDatabaseName("ix_opinion_request_open");
        builder.HasIndex(r => r.DossierId).HasFilter("late").HasDatabaseName("ix_opinion_request_late");
        OfDossier(builder, r => r.DossierId);
    }

    public void Configure(EntityTypeBuilder<FeeDemand> builder)
    {
        builder.ToTable("fee_demand", t => t.HasCheckConstraint("ck_fee_demand_amount", "amount > 0"));
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.State).HasMaxLength(16);
        Json(builder.Property(r => r.Fees));
        builder.HasIndex(r => new { r.DossierId, r.Number }).IsUnique();
        OfDossier(builder, r => r.DossierId);
    }

    public void Configure(EntityTypeBuilder<DossierNote> builder)
    {
        builder.ToTable("dossier_note");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.AuthorRole).HasMaxLength(Code);
        builder.HasIndex(n => new { n.DossierId, n.Id });
        OfDossier(builder, n => n.DossierId);
    }

    public void Configure(EntityTypeBuilder<OfficerAbsence> builder)
    {
        builder.ToTable("officer_absence");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.UnitCode).HasMaxLength(Unit);
        builder.Property(a => a.Version).IsRowVersion();
        builder.HasIndex(a => new { a.OfficerId, a.To });
        builder.HasIndex(a => new { a.SubstituteId, a.To });
        builder.HasIndex(a => new { a.UnitCode, a.Id });
    }

    private static void OfDossier<T>(EntityTypeBuilder<T> builder, System.Linq.Expressions.Expression<Func<T, object?>> key)
        where T : class => builder.HasOne<Dossier>().WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Cascade);

    private static void Json<T>(PropertyBuilder<List<T>> property) => property.HasColumnType("jsonb").HasConversion(
        items => JsonSerializer.Serialize(items, JsonSerializerOptions.Web),
        text => JsonSerializer.Deserialize<List<T>>(text, JsonSerializerOptions.Web)!,
        new ValueComparer<List<T>>((a, b) => a!.SequenceEqual(b!), items => items.Count, items => items.ToList()));
}
