using HaLong.Payments.Cash;
using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class CashConfiguration : IEntityTypeConfiguration<TillShift>, IEntityTypeConfiguration<CashPayment>, IEntityTypeConfiguration<TillCount>
{
    public void Configure(EntityTypeBuilder<TillShift> builder)
    {
        builder.ToTable("till_shift", t => t.HasCheckConstraint("ck_till_shift_amounts", "opening >= 0 AND taken >= 0 AND to_deposit >= 0"));
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.UnitCode).HasMaxLength(32);
        builder.Property(s => s.Till).HasMaxLength(16);
        builder.Property(s => s.Bin).HasMaxLength(6);
        builder.Property(s => s.Account).HasMaxLength(19);
        builder.Property(s => s.Reference).HasMaxLength(PaymentReference.Length);
        builder.Property(s => s.State).HasConversion<Words.Converter<ShiftState>>().HasMaxLength(16);
        builder.Property(s => s.Reason).HasMaxLength(1000);
        builder.Property(s => s.ReviewNote).HasMaxLength(1000);
        builder.Property(s => s.Slip).HasMaxLength(64);
        builder.Property(s => s.Version).IsRowVersion();
        builder.Ignore(s => s.Expected).Ignore(s => s.Difference).Ignore(s => s.FloatReturned);
        // One shift for each cashier and each till at a time, whatever the program believes.
        builder.HasIndex(s => s.CashierId).IsUnique().HasFilter("state <> 'closed'").HasDatabaseName("ux_till_shift_cashier");
        builder.HasIndex(s => new { s.UnitCode, s.Till }).IsUnique().HasFilter("state <> 'closed'").HasDatabaseName("ux_till_shift_till");
        builder.HasIndex(s => s.Reference).IsUnique();
        builder.HasIndex(s => new { s.UnitCode, s.Id }).IsDescending(false, true);
        builder.HasIndex(s => s.DepositedOn).HasFilter("arrived_at IS NULL").HasDatabaseName("ix_till_shift_under_way");
    }

    public void Configure(EntityTypeBuilder<CashPayment> builder)
    {
        builder.ToTable("cash_payment", t => t.HasCheckConstraint("ck_cash_payment_amount", "amount > 0 AND handed >= amount"));
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Ignore(c => c.Change);
        builder.HasOne<TillShift>().WithMany().HasForeignKey(c => c.ShiftId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PaymentRequest>().WithMany().HasForeignKey(c => c.PaymentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => c.PaymentId).IsUnique();
        builder.HasIndex(c => new { c.ShiftId, c.Id });
    }

    public void Configure(EntityTypeBuilder<TillCount> builder)
    {
        builder.ToTable("till_count");
        builder.HasKey(c => new { c.ShiftId, c.Number });
        builder.Property(c => c.Denominations).HasColumnType("jsonb");
        builder.Property(c => c.Reason).HasMaxLength(1000);
        builder.HasOne<TillShift>().WithMany().HasForeignKey(c => c.ShiftId).OnDelete(DeleteBehavior.Restrict);
    }
}
