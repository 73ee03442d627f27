using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<PaymentRequest>
{
    public void Configure(EntityTypeBuilder<PaymentRequest> builder)
    {
        builder.ToTable("payment_request", t =>
        {
            t.HasCheckConstraint("ck_payment_request_amount", "amount > 0");
            t.HasCheckConstraint("ck_payment_request_held", "held >= 0 AND held < amount");
            t.HasCheckConstraint("ck_payment_request_refunded", "refunded >= 0 AND refunded <= amount");
        });
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.DossierCode).HasMaxLength(64);
        builder.Property(p => p.ProcedureCode).HasMaxLength(32);
        builder.Property(p => p.UnitCode).HasMaxLength(32);
        builder.Property(p => p.Channel).HasMaxLength(16);
        builder.Property(p => p.Moment).HasMaxLength(16);
        builder.Property(p => p.Reference).HasMaxLength(PaymentReference.Length);
        builder.Property(p => p.State).HasConversion<Words.Converter<PaymentState>>().HasMaxLength(32);
        builder.Property(p => p.CancelReason).HasMaxLength(32);
        builder.Property(p => p.Version).IsRowVersion();
        builder.ComplexProperty(p => p.Beneficiary, b =>
        {
            b.Property(x => x.Bin).HasMaxLength(6).HasColumnName("beneficiary_bin");
            b.Property(x => x.Account).HasMaxLength(19).HasColumnName("beneficiary_account");
            b.Property(x => x.Name).HasMaxLength(100).HasColumnName("beneficiary_name");
            b.Property(x => x.Assumed).HasColumnName("beneficiary_assumed");
        });
        builder.OwnsMany(p => p.Items, items =>
        {
            items.ToTable("payment_item");
            items.WithOwner().HasForeignKey("PaymentId");
            items.HasKey("PaymentId", nameof(PaymentItem.Line));
            items.Property(i => i.Line).ValueGeneratedNever();
            items.Property(i => i.Kind).HasMaxLength(16);
            items.Property(i => i.NameVi).HasMaxLength(500);
            items.Property(i => i.NameEn).HasMaxLength(500);
            items.Property(i => i.Rule).HasMaxLength(16);
            items.Property(i => i.ReductionRule).HasMaxLength(64);
            items.Property(i => i.OwedBin).HasMaxLength(6);
            items.Property(i => i.OwedAccount).HasMaxLength(19);
            items.Property(i => i.OwedName).HasMaxLength(100);
        });
        builder.OwnsMany(p => p.Attempts, attempts =>
        {
            attempts.ToTable("payment_attempt");
            attempts.WithOwner().HasForeignKey("PaymentId");
            attempts.HasKey(a => a.Id);
            attempts.Property(a => a.Id).ValueGeneratedNever();
            attempts.Property(a => a.Method).HasMaxLength(32);
            attempts.Property(a => a.State).HasConversion<Words.Converter<AttemptState>>().HasMaxLength(16).HasDefaultValue(AttemptState.Open);
            attempts.Property(a => a.ProviderReference).HasMaxLength(64);
            attempts.Property(a => a.OrderNumber).HasMaxLength(32);
            attempts.Property(a => a.RedirectUrl).HasMaxLength(2000);
            attempts.HasIndex(a => a.OrderNumber).IsUnique().HasFilter("order_number IS NOT NULL");
            attempts.HasIndex(a => a.QueryAt).HasFilter("query_at IS NOT NULL");
        });
        builder.Ignore(p => p.Remaining).Ignore(p => p.Refundable);
        builder.HasIndex(p => p.Reference).IsUnique();
        // One request for each moment of charging: two messages about one filing cannot ask twice.
        builder.HasIndex(p => new { p.DossierId, p.Moment }).IsUnique();
        // What the watch of receipts looks through.
        builder.HasIndex(p => p.SettledAt).HasFilter("settled_at IS NOT NULL");
        // What the sweep claims and the gauge counts.
        builder.HasIndex(p => p.ExpiresAt).HasFilter("state = 'pending'").HasDatabaseName("ix_payment_request_pending");
    }
}
