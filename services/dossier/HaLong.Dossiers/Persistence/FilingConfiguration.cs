using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Filing.Receipts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of filing, and the columns of a dossier that come with it.</summary>
internal sealed class FilingConfiguration :
    IEntityTypeConfiguration<CodeCounter>, IEntityTypeConfiguration<SigningKey>, IEntityTypeConfiguration<SubmissionReceipt>
{
    private const int UnitId = 31;

    public static void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.IntakeSource).HasMaxLength(16);
        builder.Property(d => d.PaidBy).HasMaxLength(16);
        builder.Property(d => d.Regime).HasMaxLength(16);
        builder.Property(d => d.SubmittedAs).HasMaxLength(32);
        builder.Property(d => d.MatterKey).HasMaxLength(64);
        builder.Property(d => d.UnitId).HasMaxLength(UnitId);
        builder.Property(d => d.ReceivingUnitCode).HasMaxLength(20);
        builder.Property(d => d.ReceivingUnitId).HasMaxLength(UnitId);
        builder.Property(d => d.SupportUnitCode).HasMaxLength(20);
        builder.Property(d => d.PlaceUnitId).HasMaxLength(UnitId);
        builder.Property(d => d.UnitChoices).HasDefaultValueSql("'{}'");
        // Written once and never changed in place, so they need no comparing by content.
        builder.Property(d => d.Counter).HasColumnType("jsonb").HasConversion(v => Write(v), t => Read<CounterFiling>(t));
        builder.Property(d => d.Duplicates).HasColumnType("jsonb").HasConversion(v => Write(v), t => Read<DuplicateDecision>(t));

        builder.HasIndex(d => new { d.OwnerId, d.MatterKey }).HasFilter("matter_key IS NOT NULL").HasDatabaseName("ix_dossier_matter");
        builder.HasIndex(d => new { d.ReceivingUnitCode, d.SubmittedAt, d.Id })
            .HasFilter("status IN ('SUBMITTED', 'RESOLVED')").HasDatabaseName("ix_dossier_receiving_queue");
        builder.HasIndex(d => d.Id).HasFilter("cardinality(unit_choices) > 0").HasDatabaseName("ix_dossier_unit_choice");
        builder.HasIndex(d => d.UnitId).HasFilter("status NOT IN ('DRAFT', 'RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED')").HasDatabaseName("ix_dossier_open_unit");
    }

    public void Configure(EntityTypeBuilder<CodeCounter> builder)
    {
        builder.ToTable("code_counter");
        builder.HasKey(c => new { c.Agency, c.Day });
        builder.Property(c => c.Agency).HasMaxLength(35);
    }

    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("signing_key");
        builder.Property(k => k.Id).HasMaxLength(43);
        builder.Property(k => k.X).HasMaxLength(43);
        builder.Property(k => k.Y).HasMaxLength(43);
    }

    public void Configure(EntityTypeBuilder<SubmissionReceipt> builder)
    {
        builder.ToTable("submission_receipt");
        builder.HasKey(r => r.DossierId);
        builder.Property(r => r.DossierId).ValueGeneratedNever();
        builder.HasOne<Dossier>().WithOne().HasForeignKey<SubmissionReceipt>(r => r.DossierId).OnDelete(DeleteBehavior.Cascade);
    }

    private static string? Write<T>(T? value)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static T? Read<T>(string? text)
        where T : class => text is null ? null : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);
}
