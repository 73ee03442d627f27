using HaLong.Signatures.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Signatures.Persistence;

/// <summary>Sessions with their documents, signers and signatures.</summary>
internal sealed class SessionConfiguration : IEntityTypeConfiguration<SigningSession>, IEntityTypeConfiguration<SessionDocument>,
    IEntityTypeConfiguration<SessionSigner>, IEntityTypeConfiguration<SessionSignature>, IEntityTypeConfiguration<ContentPart>
{
    public void Configure(EntityTypeBuilder<SigningSession> builder)
    {
        builder.ToTable("signing_session");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Purpose).HasMaxLength(200);
        builder.Property(s => s.Subject).HasMaxLength(100);
        builder.Property(s => s.CreatedBy).HasMaxLength(100);
        builder.Property(s => s.UnitCode).HasMaxLength(20);
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Version).IsRowVersion();
        builder.Ignore(s => s.Log);
        builder.HasMany(s => s.Documents).WithOne().HasForeignKey(d => d.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(s => s.Signers).WithOne().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(s => s.Signatures).WithOne().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => new { s.CreatorAccount, s.Id }).HasFilter("creator_account IS NOT NULL");
        // What the worker looks for: deadlines, reminders, contents to delete.
        builder.HasIndex(s => s.Deadline).HasFilter("state = 'Open'");
        builder.HasIndex(s => s.NextReminderAt).HasFilter("next_reminder_at IS NOT NULL");
        builder.HasIndex(s => s.ClosedAt).HasFilter("closed_at IS NOT NULL AND contents_deleted_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<SessionDocument> builder)
    {
        builder.ToTable("session_document");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Name).HasMaxLength(200);
        builder.Property(d => d.MediaType).HasMaxLength(100);
        builder.Property(d => d.OriginalSha256).HasMaxLength(64).IsFixedLength();
        builder.Property(d => d.Sha256).HasMaxLength(64).IsFixedLength();
        builder.HasIndex(d => new { d.SessionId, d.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SessionSigner> builder)
    {
        builder.ToTable("session_signer");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Role).HasMaxLength(100);
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Reason).HasMaxLength(500);
        builder.Property(s => s.Code).HasMaxLength(100);
        builder.OwnsOne(s => s.Place);
        builder.HasIndex(s => new { s.SessionId, s.AccountId }).IsUnique();
        // What a person has to sign, newest first.
        builder.HasIndex(s => new { s.AccountId, s.SessionId });
        builder.HasIndex(s => s.ChangedAt).HasFilter("state IN ('Waiting', 'Viewing', 'Signing', 'Failed')");
    }

    public void Configure(EntityTypeBuilder<SessionSignature> builder)
    {
        builder.ToTable("session_signature");
        // One for each signer and document, and one for each part: whatever the program believes.
        builder.HasKey(s => new { s.DocumentId, s.SignerId });
        builder.HasIndex(s => new { s.DocumentId, s.Part }).IsUnique();
        builder.HasIndex(s => s.SessionId);
        builder.Property(s => s.Sha256).HasMaxLength(64).IsFixedLength();
        builder.Property(s => s.Level).HasMaxLength(8);
    }

    public void Configure(EntityTypeBuilder<ContentPart> builder)
    {
        builder.ToTable("session_content");
        builder.HasKey(c => new { c.DocumentId, c.Part });
        builder.HasOne<SessionDocument>().WithMany().HasForeignKey(c => c.DocumentId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The tables of signing sessions.</summary>
internal static class SessionTables
{
    public static void AddSessionTables(this ModelBuilder model)
    {
        var sessions = new SessionConfiguration();
        model.ApplyConfiguration<SigningSession>(sessions).ApplyConfiguration<SessionDocument>(sessions).ApplyConfiguration<SessionSigner>(sessions)
            .ApplyConfiguration<SessionSignature>(sessions).ApplyConfiguration<ContentPart>(sessions);
        var ceremony = new CeremonyConfiguration();
        model.ApplyConfiguration<SigningOrder>(ceremony).ApplyConfiguration<SigningItem>(ceremony).ApplyConfiguration<SigningBatch>(ceremony)
            .ApplyConfiguration<SigningEvent>(ceremony);
    }
}
