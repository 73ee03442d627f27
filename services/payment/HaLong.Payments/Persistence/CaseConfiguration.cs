using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.Refunds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class CaseConfiguration : IEntityTypeConfiguration<MoneyCase>, IEntityTypeConfiguration<MoneyRefund>, IEntityTypeConfiguration<Payout>
{
    public void Configure(EntityTypeBuilder<MoneyCase> builder)
    {
        builder.ToTable("money_case");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.UnitCode).HasMaxLength(32);
        builder.Property(c => c.Kind).HasConversion<Words.Converter<CaseKind>>().HasMaxLength(32);
        builder.Property(c => c.Proposal).HasConversion<Words.Converter<CaseDecision>>().HasMaxLength(16);
        builder.Property(c => c.Decision).HasConversion<Words.Converter<CaseDecision>>().HasMaxLength(16);
        builder.Property(c => c.Reason).HasMaxLength(1000);
        builder.Property(c => c.Evidence).HasMaxLength(1000);
        builder.Property(c => c.Version).IsRowVersion();
        builder.HasOne<BankNotice>().WithMany().HasForeignKey(c => c.NoticeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => c.NoticeId).IsUnique();
        builder.HasIndex(c => new { c.UnitCode, c.Id }).HasFilter("decision IS NULL").HasDatabaseName("ix_money_case_open");
        builder.HasIndex(c => new { c.UnitCode, c.Id }).HasFilter("decision IS NOT NULL").HasDatabaseName("ix_money_case_decided");
    }

    public void Configure(EntityTypeBuilder<MoneyRefund> builder)
    {
        builder.ToTable("money_refund", t => t.HasCheckConstraint("ck_money_refund_amount", "amount > 0"));
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.UnitCode).HasMaxLength(32);
        builder.Property(r => r.Rule).HasMaxLength(32);
        builder.Property(r => r.Reason).HasMaxLength(1000);
        builder.Property(r => r.Bin).HasMaxLength(6);
        builder.Property(r => r.Account).HasMaxLength(34);
        builder.Property(r => r.State).HasConversion<Words.Converter<RefundState>>().HasMaxLength(16);
        builder.Property(r => r.ReviewNote).HasMaxLength(1000);
        builder.Property(r => r.BankReference).HasMaxLength(64);
        builder.Property(r => r.Version).IsRowVersion();
        builder.OwnsOne(r => r.Payee, p =>
        {
            p.Property(x => x.Bin).HasMaxLength(6).HasColumnName("payee_bin");
            p.Property(x => x.Account).HasMaxLength(19).HasColumnName("payee_account");
            p.Property(x => x.Name).HasMaxLength(200).HasColumnName("payee_name");
        });
        builder.HasIndex(r => new { r.UnitCode, r.State, r.Id });
        builder.HasIndex(r => r.PaymentId);
        builder.HasIndex(r => r.PayoutId);
        builder.HasIndex(r => r.PaidAt).HasFilter("paid_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Payout> builder)
    {
        builder.ToTable("payout");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.UnitCode).HasMaxLength(32);
        builder.Property(p => p.Bin).HasMaxLength(6);
        builder.Property(p => p.Account).HasMaxLength(34);
    }
}
