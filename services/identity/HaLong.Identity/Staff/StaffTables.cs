using HaLong.Identity.Domain;
using HaLong.Identity.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<Assignment> Assignments => Set<Assignment>();

    public DbSet<StaffMember> StaffMembers => Set<StaffMember>();

    public DbSet<StaffDay> StaffDays => Set<StaffDay>();
}

internal sealed class AssignmentConfiguration : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.ToTable("staff_assignment");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Unit>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(a => a.UnitId).HasMaxLength(UnitConfiguration.LongestId);
        builder.Property(a => a.UnitCode).HasMaxLength(10);
        builder.Property(a => a.Title).HasMaxLength(200);
        builder.Property(a => a.DecisionNumber).HasMaxLength(100);
        builder.Property(a => a.LegalBasis).HasMaxLength(500);
        builder.Property(a => a.EndReason).HasMaxLength(20);
        builder.Property(a => a.EndDecision).HasMaxLength(100);
        builder.HasIndex(a => a.UnitCode);
        // What the turn of the day looks for.
        builder.HasIndex(a => a.ValidFrom);
        builder.HasIndex(a => a.ValidTo);
        builder.Property(a => a.Version).IsRowVersion();
    }
}

internal sealed class StaffMemberConfiguration : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> builder)
    {
        builder.ToTable("staff_member");
        builder.HasKey(m => m.AccountId);
        builder.Property(m => m.SearchText).HasMaxLength(310);
        builder.HasOne<Account>().WithOne().HasForeignKey<StaffMember>(m => m.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.SearchText, m.AccountId });
    }
}

internal sealed class StaffDayConfiguration : IEntityTypeConfiguration<StaffDay>
{
    public void Configure(EntityTypeBuilder<StaffDay> builder)
    {
        builder.ToTable("staff_day");
        builder.Property(d => d.Id).ValueGeneratedNever();
    }
}
