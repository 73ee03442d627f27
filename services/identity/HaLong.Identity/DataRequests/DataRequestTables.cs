using HaLong.Identity.DataRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<DataRequest> DataRequests => Set<DataRequest>();

    public DbSet<DataExport> DataExports => Set<DataExport>();
}

internal sealed class DataRequestConfiguration : IEntityTypeConfiguration<DataRequest>
{
    public void Configure(EntityTypeBuilder<DataRequest> builder)
    {
        builder.ToTable("data_request");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Kind).HasMaxLength(10);
        builder.Property(r => r.State).HasMaxLength(12);
        builder.Property(r => r.Unit).HasMaxLength(10);
        builder.Property(r => r.Regime).HasMaxLength(60);
        builder.Property(r => r.Reason).HasMaxLength(1000);
        builder.Property(r => r.LegalBasis).HasMaxLength(200);
        builder.Property(r => r.Outcome).HasColumnType("jsonb");
        builder.Property(r => r.Version).IsRowVersion();
        // One request of a kind at a time, whoever clicks twice.
        builder.HasIndex(r => new { r.AccountId, r.Kind }).IsUnique().HasFilter("state IN ('received', 'acknowledged', 'inProgress')");
        builder.HasIndex(r => new { r.State, r.CompleteBy });
    }
}

internal sealed class DataExportConfiguration : IEntityTypeConfiguration<DataExport>
{
    public void Configure(EntityTypeBuilder<DataExport> builder)
    {
        builder.ToTable("data_export");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasOne<DataRequest>().WithOne().HasForeignKey<DataExport>(e => e.Id).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(e => e.CreatedAt);
    }
}
