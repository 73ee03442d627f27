using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>Who makes facts and cubes anew, one at a time, and how far it is.</summary>
internal sealed class RebuildBook(IServiceScopeFactory scopes, NpgsqlDataSource database, TimeProvider time)
{
    private const int MostAttempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The turn, to be given back with <see cref="EndAsync"/>; null while somebody has it.</summary>
    public async Task<RebuildTurn?> BeginAsync(string kind, Guid? requestedBy, CancellationToken ct)
    {
        var held = await database.OpenConnectionAsync(ct);
        for (var attempt = 1; !await KeepLocks.AskAsync(held, KeepLocks.TryRebuild, ct); attempt++)
        {
            // Whoever has ended his row is about to give the turn back.
            if (attempt == MostAttempts || await IsOpenAsync(ct))
            {
                await held.DisposeAsync();
                return null;
            }

            await Task.Delay(Pause, ct);
        }

        var row = new Rebuild { Id = Guid.CreateVersion7(time.GetUtcNow()), Kind = kind, RequestedBy = requestedBy, StartedAt = time.Now() };
        await InDbAsync(async db =>
        {
            // Whoever had the turn before and is not at it any more was interrupted.
            await db.Set<Rebuild>().Where(r => r.EndedAt == null).ExecuteUpdateAsync(
                s => s.SetProperty(r => r.EndedAt, row.StartedAt).SetProperty(r => r.State, RebuildState.Interrupted), ct);
            db.Add(row);
            await db.SaveChangesAsync(ct);
        });
        return new RebuildTurn(row, held);
    }

    public Task SaveAsync(Rebuild row, CancellationToken ct) => InDbAsync(db =>
    {
        db.Update(row);
        return db.SaveChangesAsync(ct);
    });

    public async Task EndAsync(RebuildTurn turn, string state, string? error)
    {
        (turn.Row.State, turn.Row.Error, turn.Row.EndedAt) = (state, error, time.Now());
        try
        {
            await SaveAsync(turn.Row, CancellationToken.None);
        }
        finally
        {
            await turn.DisposeAsync();
        }
    }

    private async Task<bool> IsOpenAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT EXISTS (SELECT FROM statistics.rebuild WHERE ended_at IS NULL)");
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private async Task InDbAsync(Func<DossierDbContext, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<DossierDbContext>());
    }
}

/// <summary>The right to make facts and cubes anew: a lock that lasts as long as its connection.</summary>
internal sealed record RebuildTurn(Rebuild Row, NpgsqlConnection Held) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        // The pool would keep the lock until somebody else uses the connection.
        if (Held.State == System.Data.ConnectionState.Open)
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", Held);
            await unlock.ExecuteNonQueryAsync();
        }

        await Held.DisposeAsync();
    }
}
