using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging;

/// <summary>evidence, evidence_head and evidence_anchor. Their triggers are in <see cref="EvidenceSql"/>.</summary>
internal static class EvidenceTables
{
    public static void AddTo(ModelBuilder model)
    {
        model.Entity<EvidenceRow>(e =>
        {
            e.ToTable("evidence");
            e.HasKey(r => r.Id);
            e.Property(r => r.Kind).HasMaxLength(EvidenceRow.MaxKind);
            e.Property(r => r.Subject).HasMaxLength(EvidenceRow.MaxName);
            e.Property(r => r.Actor).HasMaxLength(EvidenceRow.MaxName);
            // Nothing enters it before the chainer comes by: business transactions pay for one index less.
            e.HasIndex(r => new { r.Partition, r.Position }).IsUnique().HasFilter("position IS NOT NULL");
            e.HasIndex(r => r.Id).HasFilter("position IS NULL").HasDatabaseName("ix_evidence_waiting");
        });
        model.Entity<EvidenceHead>(e =>
        {
            e.ToTable("evidence_head");
            e.HasKey(h => h.Partition);
            e.Property(h => h.Partition).ValueGeneratedNever();
        });
        model.Entity<EvidenceAnchor>(e =>
        {
            e.ToTable("evidence_anchor");
            e.HasKey(a => a.Id);
            e.HasIndex(a => new { a.Partition, a.FromPosition }).IsUnique();
        });
    }
}
