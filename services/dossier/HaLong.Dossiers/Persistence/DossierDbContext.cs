using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files.Links;
using HaLong.Dossiers.Files.Uploads;
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
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<UploadPiece> UploadPieces => Set<UploadPiece>();
    public DbSet<DocumentLink> DocumentLinks => Set<DocumentLink>();

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

    /// <summary>Until the transaction ends: whoever attaches this content shares the lock, whoever removes it as nobody's has it alone.</summary>
    public Task LockFileAsync(string sha256, bool shared, CancellationToken ct) => shared
        ? Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({sha256}, 42))", ct)
        : Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({sha256}, 42))", ct);

    /// <summary>
    /// The next number of the agency on the day: one row, incremented in the caller's transaction. A second caller waits until the first
    /// commits (and gets the next number) or rolls back (and gets this one).
    /// </summary>
    public async Task<long> NextNumberAsync(string agency, DateOnly day, CancellationToken ct)
    {
        var numbers = await Database.SqlQuery<long>($"""
            INSERT INTO code_counter AS c (agency, day, last) VALUES ({agency}, {day}, 1)
            ON CONFLICT (agency, day) DO UPDATE SET last = c.last + 1
            RETURNING last AS "Value"
            """).ToListAsync(ct);
        return numbers.Single();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DossierDbContext).Assembly);
    }
}
