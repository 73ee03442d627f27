using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class RuleConfiguration
    : IEntityTypeConfiguration<ReserveText>, IEntityTypeConfiguration<ScheduledNotice>, IEntityTypeConfiguration<Demand>, IEntityTypeConfiguration<DigestItem>,
      IEntityTypeConfiguration<TelephoneSend>, IEntityTypeConfiguration<ContactProblem>, IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        // Whose receipt is overdue, and what ran out of time: another channel may take over.
        message.HasIndex(m => m.SentAt).HasFilter("state = 'sent' AND channel IN ('sms', 'zalo') AND cardinality(fallback) > 0").HasDatabaseName("ix_message_overdue_receipt");
        message.HasIndex(m => m.ExpiresAt).HasFilter("state = 'expired' AND cardinality(fallback) > 0").HasDatabaseName("ix_message_lapsed");
        message.HasIndex(m => new { m.RecipientId, m.Channel, m.DeliveredAt }).HasFilter("state = 'delivered' AND channel <> 'inApp'").HasDatabaseName("ix_message_arrived");
    }

    public void Configure(EntityTypeBuilder<ReserveText> reserve)
    {
        reserve.ToTable("reserve_text");
        reserve.HasKey(r => new { r.RecipientId, r.Kind, r.Trigger, r.Channel });
        reserve.Property(r => r.Channel).HasWords();
        reserve.Property(r => r.Kind).HasMaxLength(100);
        reserve.Property(r => r.Trigger).HasMaxLength(200);
        reserve.Property(r => r.Title).HasMaxLength(300);
        reserve.HasIndex(r => r.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<ScheduledNotice> notice)
    {
        notice.ToTable("scheduled_notice");
        notice.HasKey(n => n.Id);
        notice.Property(n => n.Id).ValueGeneratedNever();
        notice.Property(n => n.Kind).HasMaxLength(100);
        notice.Property(n => n.Trigger).HasMaxLength(200);
        notice.Property(n => n.Notice).HasColumnType("jsonb");
        notice.HasIndex(n => new { n.RecipientId, n.Kind, n.Trigger }).IsUnique();
        notice.HasIndex(n => n.DueAt);
    }

    public void Configure(EntityTypeBuilder<Demand> demand)
    {
        demand.ToTable("demand");
        demand.HasKey(d => d.Key);
        demand.Property(d => d.Key).HasMaxLength(200);
        demand.HasIndex(d => d.ClosedAt).HasFilter("key NOT LIKE 'dossier-open:%'").HasDatabaseName("ix_demand_closed");
    }

    public void Configure(EntityTypeBuilder<DigestItem> item)
    {
        item.ToTable("digest_item");
        item.HasKey(i => i.MessageId);
        item.Property(i => i.MessageId).ValueGeneratedNever();
        item.HasOne<Message>().WithOne().HasForeignKey<DigestItem>(i => i.MessageId).OnDelete(DeleteBehavior.Cascade);
        item.HasIndex(i => new { i.Slot, i.RecipientId });
    }

    public void Configure(EntityTypeBuilder<TelephoneSend> send)
    {
        send.ToTable("telephone_send");
        send.HasKey(s => new { s.RecipientId, s.NoticeHash });
        send.HasIndex(s => s.At);
    }

    public void Configure(EntityTypeBuilder<ContactProblem> problem)
    {
        problem.ToTable("contact_problem");
        problem.HasKey(p => p.Id);
        problem.Property(p => p.Id).ValueGeneratedNever();
        problem.Property(p => p.Channel).HasWords();
        problem.Property(p => p.Reason).HasMaxLength(200);
        problem.Property(p => p.Resolution).HasMaxLength(20);
        problem.Property(p => p.Version).IsRowVersion();
        problem.HasIndex(p => new { p.AccountId, p.Channel }).IsUnique().HasFilter("resolved_at IS NULL").HasDatabaseName("ix_contact_problem_open");
        problem.HasIndex(p => p.Since);
    }
}
