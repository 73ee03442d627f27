using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Register;
using HaLong.Dossiers.Verification;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of the register.</summary>
internal sealed class RegisterConfiguration :
    IEntityTypeConfiguration<RegisterArrival>, IEntityTypeConfiguration<RegisterBook>, IEntityTypeConfiguration<RegisterEntry>
{
    private const int Unit = 20, Hash = 64;

    public void Configure(EntityTypeBuilder<RegisterArrival> builder)
    {
        builder.ToTable("register_arrival");
        builder.HasKey(a => a.DossierId);
        builder.Property(a => a.DossierId).ValueGeneratedNever();
        builder.Property(a => a.UnitCode).HasMaxLength(Unit);
        builder.HasIndex(a => new { a.UnitCode, a.AcceptedAt, a.DossierId });
        builder.HasOne<Dossier>().WithOne().HasForeignKey<RegisterArrival>(a => a.DossierId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RegisterBook> builder)
    {
        builder.ToTable("register_book");
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.UnitCode).HasMaxLength(Unit);
        builder.Property(b => b.State).HasMaxLength(16);
        builder.Property(b => b.UnsignedSha256).HasMaxLength(Hash);
        builder.Property(b => b.Sha256).HasMaxLength(Hash);
        builder.Property(b => b.SignedBy).HasMaxLength(SignerName.MaxLength);
        builder.Property(b => b.Version).IsRowVersion();
        builder.Ignore(b => b.Code);
        builder.HasIndex(b => new { b.UnitCode, b.Year, b.Number }).IsUnique();
        builder.HasIndex(b => b.Sha256);
        builder.HasIndex(b => b.UnsignedSha256);
        builder.HasIndex(b => b.ClosedAt).HasFilter("state = 'SEALING'").HasDatabaseName("ix_register_book_sealing");
        // One book at a time takes numbers.
        builder.HasIndex(b => new { b.UnitCode, b.Year }).IsUnique().HasFilter("state = 'OPEN'").HasDatabaseName("ix_register_book_open");
    }

    public void Configure(EntityTypeBuilder<RegisterEntry> builder)
    {
        builder.ToTable("register_entry", t => t.HasCheckConstraint("ck_register_entry_number", "number > 0"));
        builder.HasKey(e => new { e.UnitCode, e.Year, e.Number });
        builder.Property(e => e.UnitCode).HasMaxLength(Unit);
        builder.Property(e => e.Year).ValueGeneratedNever();
        builder.Property(e => e.Number).ValueGeneratedNever();
        builder.HasIndex(e => e.DossierId).IsUnique();
        builder.HasIndex(e => new { e.BookId, e.Number });
        builder.HasOne<Dossier>().WithMany().HasForeignKey(e => e.DossierId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<RegisterBook>().WithMany().HasForeignKey(e => e.BookId).OnDelete(DeleteBehavior.Restrict);
    }
}
