using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files.Links;
using HaLong.Dossiers.Files.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of resumable uploads and of links to documents.</summary>
internal sealed class FilesConfiguration : IEntityTypeConfiguration<Upload>, IEntityTypeConfiguration<UploadPiece>, IEntityTypeConfiguration<DocumentLink>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("upload");
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.FileName).HasMaxLength(500);
        builder.Property(u => u.Metadata).HasMaxLength(2000);
        builder.Property(u => u.Sha256).HasMaxLength(64);
        builder.Property(u => u.MediaType).HasMaxLength(32);
        builder.HasIndex(u => new { u.ActorId, u.ExpiresAt });
        builder.HasIndex(u => u.ExpiresAt);
        builder.HasIndex(u => u.Sha256);
    }

    public void Configure(EntityTypeBuilder<UploadPiece> builder)
    {
        builder.ToTable("upload_piece");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasOne<Upload>().WithMany().HasForeignKey(p => p.UploadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(p => new { p.UploadId, p.Start }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DocumentLink> builder)
    {
        builder.ToTable("document_link");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Claims).HasColumnType("jsonb");
        builder.HasOne<DossierDocument>().WithMany().HasForeignKey(l => l.DocumentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => l.SecretHash).IsUnique();
        builder.HasIndex(l => l.DocumentId);
        builder.HasIndex(l => l.ExpiresAt);
    }
}
