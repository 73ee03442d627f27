using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Filing.Receipts;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaLong.Dossiers.Persistence;

/// <summary>The database of the service.</summary>
internal sealed class DossierDbContext(DbContextOptions<DossierDbContext> options) : DbContext(options)
{
    public DbSet<Dossier> Dossiers => Set<Dossier>();
    public DbSet<DossierDocument> Documents => Set<DossierDocument>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<Procedure> Procedures => Set<Procedure>();
    public DbSet<TariffItem> Tariff => Set<TariffItem>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<SubmissionReceipt> SubmissionReceipts => Set<SubmissionReceipt>();

    /// <summary>Puts the facts of a dossier into the outbox and its steps into the timeline, to be saved with it.</summary>
    public void Record(Dossier dossier)
    {
        var (facts, steps) = dossier.TakeChanges();
        Timeline.AddRange(steps);
        foreach (var fact in facts)
            this.Enqueue(fact);
    }

    /// <summary>A transaction of one's own, or null inside one that is open already and belongs to somebody else.</summary>
    public async Task<IDbContextTransaction?> BeginOwnTransactionAsync(CancellationToken ct) =>
        Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;

    /// <summary>Loads a dossier and keeps others from changing it until the transaction ends.</summary>
    public Task<Dossier?> LockAsync(Guid id, CancellationToken ct) =>
        Dossiers.FromSql($"SELECT *, xmin FROM dossier WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DossierDbContext).Assembly);
    }
}
