using System.Text.Json;
using HaLong.Payments.Fees;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class FeeConfiguration : IEntityTypeConfiguration<FeeWaiver>
{
    public void Configure(EntityTypeBuilder<FeeWaiver> builder)
    {
        builder.ToTable("fee_waiver", t => t.HasCheckConstraint("ck_fee_waiver_full_amount", "full_amount > 0"));
        // One for each moment of charging, as with requests.
        builder.HasKey(w => new { w.DossierId, w.Moment });
        builder.Property(w => w.Moment).HasMaxLength(16);
        builder.Property(w => w.UnitCode).HasMaxLength(32);
        builder.Property(w => w.Lines).HasColumnType("jsonb").HasConversion(
            lines => JsonSerializer.Serialize(lines, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<List<WaivedItem>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<List<WaivedItem>>((a, b) => a!.SequenceEqual(b!), lines => lines.Count, lines => lines.ToList()));
    }
}
