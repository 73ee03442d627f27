using HaLong.Signatures.Domain;
using HaLong.Signatures.Providers.Imported;
using HaLong.Signatures.Providers.Links;
using HaLong.Signatures.Providers.Orders;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Persistence;

/// <summary>Tables of what is signed elsewhere, and of lists that come from a root off line.</summary>
internal static class ProviderConfiguration
{
    public static void AddProviderTables(this ModelBuilder model)
    {
        model.Entity<ProviderOrder>(e =>
        {
            e.ToTable("provider_order");
            e.Property(o => o.Id).ValueGeneratedNever();
            e.Property(o => o.Provider).HasMaxLength(40);
            e.Property(o => o.CredentialId).HasMaxLength(200);
            e.Property(o => o.Algorithm).HasMaxLength(40);
            e.Property(o => o.TheirTransaction).HasMaxLength(100);
            e.Property(o => o.State).HasConversion<string>().HasMaxLength(20);
            e.Property(o => o.Code).HasMaxLength(60);
            e.Ignore(o => o.OurTransaction).Ignore(o => o.IsOver).Ignore(o => o.Signs).Ignore(o => o.Outcome);
            // Who is to be asked next.
            e.HasIndex(o => o.AskAt).HasFilter("ask_at IS NOT NULL");
        });
        model.Entity<ProviderLink>(e =>
        {
            e.ToTable("provider_link");
            e.HasKey(l => new { l.AccountId, l.Provider });
            e.Property(l => l.Provider).HasMaxLength(40);
            e.Property(l => l.KeyId).HasMaxLength(16);
            e.Property(l => l.Version).IsRowVersion();
        });
        AddImported(model);
        model.Entity<AuthorityList>(e =>
        {
            e.ToTable("authority_list");
            e.Property(l => l.Id).ValueGeneratedNever();
            e.HasIndex(l => l.Number).IsUnique();
        });
    }

    private static void AddImported(ModelBuilder model)
    {
        model.Entity<ImportedCertificate>(e =>
        {
            e.ToTable("imported_certificate");
            e.Property(c => c.Id).ValueGeneratedNever();
            e.Property(c => c.UnitCode).HasMaxLength(20);
            e.Property(c => c.SerialNumber).HasMaxLength(40);
            e.Property(c => c.Subject).HasMaxLength(500);
            e.Property(c => c.Issuer).HasMaxLength(500);
            e.Property(c => c.Fingerprint).HasMaxLength(64).IsFixedLength();
            e.Property(c => c.Version).IsRowVersion();
            // One person has it at a time, whatever two requests do at once.
            e.HasIndex(c => c.Fingerprint).IsUnique().HasFilter("removed_at IS NULL");
            e.HasIndex(c => new { c.AccountId, c.Id });
            e.HasIndex(c => new { c.UnitCode, c.Id });
        });
        model.Entity<ImportedChange>(e =>
        {
            e.ToTable("imported_certificate_change");
            e.Property(c => c.Id).ValueGeneratedNever();
            e.Property(c => c.Move).HasConversion<string>().HasMaxLength(20);
            e.HasIndex(c => new { c.CertificateId, c.Id });
            e.HasOne<ImportedCertificate>().WithMany().HasForeignKey(c => c.CertificateId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ImportChallenge>(e =>
        {
            e.ToTable("import_challenge");
            e.Property(c => c.Id).ValueGeneratedNever();
            // What the sweep forgets.
            e.HasIndex(c => c.ExpiresAt);
        });
    }
}
