using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging.CrashHost;

internal sealed class SampleDb(DbContextOptions<SampleDb> options) : DbContext(options)
{
    public DbSet<Work> Works => Set<Work>();

    public DbSet<Effect> Effects => Set<Effect>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.Entity<Work>().Property(w => w.Version).IsRowVersion();
    }
}

internal sealed class Work
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public uint Version { get; init; }
}

/// <summary>What a consumer did: one row each time, so doing it twice shows.</summary>
internal sealed class Effect
{
    public long Id { get; init; }

    public required Guid WorkId { get; init; }

    public required string Consumer { get; init; }

    public string? TraceId { get; init; }

    public required DateTimeOffset At { get; init; }
}
