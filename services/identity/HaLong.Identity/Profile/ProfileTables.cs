using HaLong.Identity.Domain;
using HaLong.Identity.Profile.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<ContactChange> ContactChanges => Set<ContactChange>();

    /// <summary>Opens a transaction, unless there is one, in which nobody else changes this account; null when the caller's goes on.</summary>
    public async Task<IDbContextTransaction?> LockAccountAsync(Guid accountId, CancellationToken ct)
    {
        var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;
        await Database.ExecuteSqlAsync($"SELECT 1 FROM account WHERE id = {accountId} FOR UPDATE", ct);
        return transaction;
    }

    /// <summary>Profile, preferences and contact points are one aggregate with the account: whatever of it changes, its revision does.</summary>
    public void Touch(Account account) => Entry(account).Property(a => a.Language).IsModified = true;
}

internal sealed class ContactChangeConfiguration : IEntityTypeConfiguration<ContactChange>
{
    public void Configure(EntityTypeBuilder<ContactChange> builder)
    {
        builder.ToTable("contact_change");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Kind).HasMaxLength(5);
        // One at a time: a newer one takes the place of an older.
        builder.HasIndex(c => new { c.AccountId, c.Kind }).IsUnique();
        builder.HasIndex(c => c.ExpiresAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
