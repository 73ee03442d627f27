using HaLong.Payments.Reconciliation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class ReconciliationConfiguration
    : IEntityTypeConfiguration<StatementFile>, IEntityTypeConfiguration<StatementEntry>, IEntityTypeConfiguration<StatementNotice>, IEntityTypeConfiguration<ReconciliationRun>,
        IEntityTypeConfiguration<ReconciliationLine>, IEntityTypeConfiguration<ReconciliationExplanation>, IEntityTypeConfiguration<ReconciliationDay>
{
    private const int ScopeLength = 50;
    private const int KeyLength = 200;

    public void Configure(EntityTypeBuilder<StatementFile> builder)
    {
        builder.ToTable("statement_file");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Kind).HasConversion<Words.Converter<FileKind>>().HasMaxLength(16);
        builder.Property(f => f.Source).HasMaxLength(50);
        builder.Property(f => f.Scope).HasMaxLength(ScopeLength);
        builder.Property(f => f.Format).HasMaxLength(16);
        builder.Property(f => f.Hash).HasMaxLength(64);
        builder.Property(f => f.UnitCode).HasMaxLength(32);
        // The same file is the same import, whoever brings it how often.
        builder.HasIndex(f => new { f.Kind, f.Scope, f.Hash }).IsUnique();
        builder.HasIndex(f => new { f.To, f.From });
    }

    public void Configure(EntityTypeBuilder<StatementEntry> builder)
    {
        builder.ToTable("statement_entry", t => t.HasCheckConstraint("ck_statement_entry_amount", "amount <> 0"));
        builder.Property(e => e.Id).UseIdentityAlwaysColumn();
        builder.Property(e => e.Kind).HasConversion<Words.Converter<FileKind>>().HasMaxLength(16);
        builder.Property(e => e.Source).HasMaxLength(50);
        builder.Property(e => e.Scope).HasMaxLength(ScopeLength);
        builder.Property(e => e.BankReference).HasMaxLength(100);
        builder.Property(e => e.Text).HasMaxLength(500);
        builder.Property(e => e.MatchKey).HasMaxLength(KeyLength);
        builder.HasOne<StatementFile>().WithMany().HasForeignKey(e => e.FileId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(e => new { e.Kind, e.Scope, e.BankReference }).IsUnique();
        builder.HasIndex(e => e.BookedOn);
    }

    public void Configure(EntityTypeBuilder<StatementNotice> builder)
    {
        builder.ToTable("statement_notice");
        builder.HasKey(c => c.EntryId);
        builder.Property(c => c.EntryId).ValueGeneratedNever();
        builder.HasOne<StatementEntry>().WithOne().HasForeignKey<StatementNotice>(c => c.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => c.NoticeId).IsUnique();
        builder.HasIndex(c => c.CaseId);
    }

    public void Configure(EntityTypeBuilder<ReconciliationRun> builder)
    {
        builder.ToTable("reconciliation_run");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.InputHash).HasMaxLength(64);
        builder.Property(r => r.AnswerHash).HasMaxLength(64);
        builder.HasIndex(r => new { r.Day, r.Version }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ReconciliationLine> builder)
    {
        builder.ToTable("reconciliation_line");
        builder.HasKey(l => new { l.RunId, l.Number });
        builder.Property(l => l.Identity).HasMaxLength(40);
        builder.Property(l => l.Result).HasConversion<Words.Converter<ReconciliationResult>>().HasMaxLength(20);
        builder.Property(l => l.Kind).HasMaxLength(16);
        builder.Property(l => l.Scope).HasMaxLength(ScopeLength);
        builder.Property(l => l.UnitCode).HasMaxLength(32);
        builder.Property(l => l.MatchKey).HasMaxLength(KeyLength);
        builder.Property(l => l.BankReference).HasMaxLength(100);
        builder.HasOne<ReconciliationRun>().WithMany().HasForeignKey(l => l.RunId).OnDelete(DeleteBehavior.Restrict);
        // Differences are few among many lines that match: what the gauge counts and people page through.
        builder.HasIndex(l => new { l.RunId, l.Result, l.Number }).HasFilter("result <> 'matched'").HasDatabaseName("ix_reconciliation_line_differences");
    }

    public void Configure(EntityTypeBuilder<ReconciliationExplanation> builder)
    {
        builder.ToTable("reconciliation_explanation");
        builder.HasKey(e => new { e.Identity, e.Result });
        builder.Property(e => e.Identity).HasMaxLength(40);
        builder.Property(e => e.Result).HasConversion<Words.Converter<ReconciliationResult>>().HasMaxLength(20);
        builder.Property(e => e.Reason).HasMaxLength(1000);
        builder.Property(e => e.Evidence).HasMaxLength(1000);
    }

    public void Configure(EntityTypeBuilder<ReconciliationDay> builder)
    {
        builder.ToTable("reconciliation_day");
        builder.HasKey(d => d.Day);
    }
}
