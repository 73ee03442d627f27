using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class SendingConfiguration
    : IEntityTypeConfiguration<DirectSend>, IEntityTypeConfiguration<StrayReceipt>, IEntityTypeConfiguration<ProviderState>
{
    public void Configure(EntityTypeBuilder<DirectSend> direct)
    {
        direct.ToTable("direct_send");
        direct.HasKey(d => d.Id);
        direct.Property(d => d.Id).HasMaxLength(64);
        direct.Property(d => d.Channel).HasWords();
        direct.Property(d => d.Purpose).HasMaxLength(64);
        direct.Property(d => d.Provider).HasMaxLength(40);
        direct.Property(d => d.Reference).HasMaxLength(200);
        direct.Property(d => d.State).HasWords();
        direct.Property(d => d.Outcome).HasMaxLength(20);
        direct.Property(d => d.Reason).HasMaxLength(500);
        direct.Property(d => d.Attempts).IsConcurrencyToken();
        direct.HasIndex(d => new { d.Provider, d.Reference }).HasFilter("reference IS NOT NULL");
        direct.HasIndex(d => d.StartedAt);
        direct.HasIndex(d => d.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<StrayReceipt> stray)
    {
        stray.ToTable("stray_receipt");
        stray.HasKey(s => s.Id);
        stray.Property(s => s.Id).ValueGeneratedNever();
        stray.Property(s => s.Provider).HasMaxLength(40);
        stray.Property(s => s.Key).HasMaxLength(64);
        stray.Property(s => s.Reference).HasMaxLength(200);
        stray.Property(s => s.Status).HasMaxLength(20);
        stray.Property(s => s.Reason).HasMaxLength(500);
        // Told twice is kept once.
        stray.HasIndex(s => new { s.Provider, s.Reference, s.Key, s.Status }).IsUnique();
        stray.HasIndex(s => s.ReceivedAt);
    }

    public void Configure(EntityTypeBuilder<ProviderState> state)
    {
        state.ToTable("message_provider");
        state.HasKey(s => s.Name);
        state.Property(s => s.Name).HasMaxLength(40);
        state.Property(s => s.Channel).HasWords();
        state.Property(s => s.Mode).HasWords();
        state.Property(s => s.Reason).HasMaxLength(500);
        state.Property(s => s.Revision).IsConcurrencyToken();
    }
}
