using HaLong.Messaging;
using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Persistence;

internal sealed class NotificationDbContext(DbContextOptions<NotificationDbContext> options) : DbContext(options)
{
    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageAttempt> Attempts => Set<MessageAttempt>();

    public DbSet<NoticeTemplate> Templates => Set<NoticeTemplate>();

    public DbSet<DirectSend> DirectSends => Set<DirectSend>();

    public DbSet<StrayReceipt> StrayReceipts => Set<StrayReceipt>();

    public DbSet<ProviderState> Providers => Set<ProviderState>();

    public DbSet<PublicEvent> Events => Set<PublicEvent>();

    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    public DbSet<SubscriptionHealth> Health => Set<SubscriptionHealth>();

    public DbSet<SubscriptionChange> Changes => Set<SubscriptionChange>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NotificationDbContext).Assembly);
    }
}
