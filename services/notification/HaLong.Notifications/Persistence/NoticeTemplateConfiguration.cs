using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class NoticeTemplateConfiguration : IEntityTypeConfiguration<NoticeTemplate>
{
    public void Configure(EntityTypeBuilder<NoticeTemplate> template)
    {
        template.ToTable("notice_template");
        template.HasKey(t => t.Id);
        template.Property(t => t.Id).ValueGeneratedNever();
        template.Property(t => t.Kind).HasMaxLength(100);
        template.Property(t => t.Number).HasColumnName("version");
        template.Property(t => t.State).HasWords();
        // As it was written, so that it fits its hash.
        template.Property(t => t.Content).HasColumnType("json");
        template.Property(t => t.ContentHash).HasMaxLength(64);
        template.Property(t => t.Note).HasMaxLength(2000);
        template.Property(t => t.Reason).HasMaxLength(500);
        template.Property(t => t.Revision).IsRowVersion();
        template.HasIndex(t => new { t.Kind, t.Number }).IsUnique();
        // Of two who begin at the same moment one is let in.
        template.HasIndex(t => t.Kind).IsUnique().HasFilter("state IN ('draft', 'inReview')").HasDatabaseName("ix_notice_template_open");
    }
}
