using HaLong.Messaging;
using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Persistence;

/// <summary>The database of payment.</summary>
internal sealed class PaymentDbContext(DbContextOptions<PaymentDbContext> options) : DbContext(options)
{
    public DbSet<PaymentRequest> Payments => Set<PaymentRequest>();

    public DbSet<BankNotice> Notices => Set<BankNotice>();

    public DbSet<NoticeHandling> Handlings => Set<NoticeHandling>();

    public DbSet<ClosedDossier> ClosedDossiers => Set<ClosedDossier>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PaymentDbContext).Assembly);
    }
}
