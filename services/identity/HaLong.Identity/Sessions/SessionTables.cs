using HaLong.Identity.OpenId.Clients;
using HaLong.Identity.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence
{
    internal sealed partial class IdentityDbContext
    {
        public DbSet<SessionClient> SessionClients => Set<SessionClient>();

        public DbSet<UsedAssertion> UsedAssertions => Set<UsedAssertion>();
    }
}

namespace HaLong.Identity.Sessions
{
    internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("session");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Acr).HasMaxLength(40);
            builder.Property(s => s.Device).HasMaxLength(120);
            builder.Property(s => s.Address).HasMaxLength(45);
            builder.Property(s => s.EndReason).HasMaxLength(30);
            builder.HasIndex(s => s.AccountId).HasFilter("ended_at IS NULL");
            builder.HasIndex(s => s.LastSeenAt);
        }
    }

    internal sealed class SessionClientConfiguration : IEntityTypeConfiguration<SessionClient>
    {
        public void Configure(EntityTypeBuilder<SessionClient> builder)
        {
            builder.ToTable("session_client");
            builder.HasKey(c => new { c.SessionId, c.ClientId });
            builder.Property(c => c.ClientId).HasMaxLength(100);
            builder.HasOne<Session>().WithMany().HasForeignKey(c => c.SessionId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class RevocationConfiguration : IEntityTypeConfiguration<Revocation>
    {
        public void Configure(EntityTypeBuilder<Revocation> builder)
        {
            builder.ToTable("revocation");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Subject).HasMaxLength(100);
            builder.Property(r => r.TokenId).HasMaxLength(40);
            builder.HasIndex(r => r.At);
        }
    }

    internal sealed class UsedAssertionConfiguration : IEntityTypeConfiguration<UsedAssertion>
    {
        public void Configure(EntityTypeBuilder<UsedAssertion> builder)
        {
            builder.ToTable("used_assertion");
            builder.HasKey(a => new { a.ClientId, a.TokenId });
            builder.Property(a => a.ClientId).HasMaxLength(100);
            builder.Property(a => a.TokenId).HasMaxLength(UsedAssertion.LongestId);
            builder.HasIndex(a => a.ExpiresAt);
        }
    }
}
