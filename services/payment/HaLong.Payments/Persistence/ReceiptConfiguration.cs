using HaLong.Payments.Receipts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class ReceiptConfiguration : IEntityTypeConfiguration<Receipt>, IEntityTypeConfiguration<ReceiptPaper>, IEntityTypeConfiguration<ReceiptSeries>
{
    public void Configure(EntityTypeBuilder<Receipt> builder)
    {
        builder.ToTable("receipt", t =>
        {
            t.HasCheckConstraint("ck_receipt_amount", "amount > 0");
            t.HasCheckConstraint("ck_receipt_number", "(kind = 'cancellation') = (number IS NULL) AND (number IS NULL) = (series_id IS NULL) AND (number IS NULL) = (lookup_code IS NULL)");
            t.HasCheckConstraint("ck_receipt_original", "(kind = 'receipt') = (original_id IS NULL) AND (original_id IS NULL) = (refund_id IS NULL)");
        });
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Kind).HasConversion<Words.Converter<ReceiptKind>>().HasMaxLength(16);
        builder.Property(r => r.Form).HasMaxLength(20);
        builder.Property(r => r.Symbol).HasMaxLength(20);
        builder.Property(r => r.Collector).HasMaxLength(200);
        builder.Property(r => r.TaxCode).HasMaxLength(14);
        builder.Property(r => r.Seal).HasMaxLength(32);
        builder.Property(r => r.UnitCode).HasMaxLength(32);
        builder.Property(r => r.DossierCode).HasMaxLength(64);
        builder.Property(r => r.ProcedureCode).HasMaxLength(32);
        builder.Property(r => r.Reference).HasMaxLength(12);
        builder.Property(r => r.LookupCode).HasMaxLength(ReceiptCode.Length);
        builder.OwnsMany(r => r.Items, items =>
        {
            items.ToTable("receipt_item", t => t.HasCheckConstraint("ck_receipt_item_amount", "amount > 0"));
            items.WithOwner().HasForeignKey("ReceiptId");
            items.HasKey("ReceiptId", nameof(ReceiptItem.Line));
            items.Property(i => i.Line).ValueGeneratedNever();
            items.Property(i => i.Kind).HasMaxLength(16);
            items.Property(i => i.NameVi).HasMaxLength(500);
        });
        builder.HasOne<ReceiptSeries>().WithMany().HasForeignKey(r => r.SeriesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Receipt>().WithMany().HasForeignKey(r => r.OriginalId).OnDelete(DeleteBehavior.Restrict);
        // A number is given once; a payment has one receipt, a refund one document, whatever is told how often.
        builder.HasIndex(r => new { r.SeriesId, r.Number }).IsUnique();
        builder.HasIndex(r => r.PaymentId).IsUnique().HasFilter("kind = 'receipt'").HasDatabaseName("ux_receipt_payment");
        builder.HasIndex(r => r.RefundId).IsUnique();
        builder.HasIndex(r => r.LookupCode).IsUnique();
        builder.HasIndex(r => new { r.PaymentId, r.Id });
        // Ids are time-ordered: the list of a unit, of a year or all, newest first, page by page.
        builder.HasIndex(r => new { r.UnitCode, r.Id }).IsDescending(false, true);
        builder.HasIndex(r => new { r.UnitCode, r.Year, r.Id }).IsDescending(false, false, true);
    }

    public void Configure(EntityTypeBuilder<ReceiptPaper> builder)
    {
        builder.ToTable("receipt_paper");
        builder.HasKey(p => p.ReceiptId);
        builder.Property(p => p.ReceiptId).ValueGeneratedNever();
        builder.Property(p => p.UnitCode).HasMaxLength(32);
        builder.Property(p => p.State).HasConversion<Words.Converter<PaperState>>().HasMaxLength(8);
        builder.Property(p => p.Standing).HasConversion<Words.Converter<ReceiptStanding>>().HasMaxLength(16);
        builder.Property(p => p.Sha256).HasMaxLength(64);
        builder.Property(p => p.Signer).HasMaxLength(500);
        builder.HasOne<Receipt>().WithOne().HasForeignKey<ReceiptPaper>(p => p.ReceiptId).OnDelete(DeleteBehavior.Restrict);
        // What is not as usual is rare: small indexes find it in a unit, and what waits for its seal.
        builder.HasIndex(p => new { p.UnitCode, p.ReceiptId }).HasFilter("state = 'issued'").HasDatabaseName("ix_receipt_paper_issued");
        builder.HasIndex(p => new { p.UnitCode, p.Standing, p.ReceiptId }).HasFilter("standing <> 'valid'").HasDatabaseName("ix_receipt_paper_amended");
        builder.HasIndex(p => p.TriedAt).HasFilter("state = 'issued'").HasDatabaseName("ix_receipt_paper_waiting");
    }

    public void Configure(EntityTypeBuilder<ReceiptSeries> builder)
    {
        builder.ToTable("receipt_series", t => t.HasCheckConstraint("ck_receipt_series_last_number", "last_number BETWEEN 1 AND 99999999"));
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.TaxCode).HasMaxLength(14);
        builder.Property(s => s.Form).HasMaxLength(20);
        builder.Property(s => s.Symbol).HasMaxLength(20);
        builder.Property(s => s.Collector).HasMaxLength(200);
        builder.HasIndex(s => new { s.TaxCode, s.Form, s.Symbol, s.Year }).IsUnique();
        builder.HasIndex(s => s.Year);
    }
}
