using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Direct;

/// <summary>The records of direct texts: who may send one now, and what became of it. Each step is one statement, fenced by the number of the turn.</summary>
internal sealed class DirectSendLog(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>True for the first call with this id.</summary>
    public Task<bool> BeginAsync(string id, MessageChannel channel, string purpose, string provider) => RunAsync(async db =>
    {
        var (now, way) = (clock.GetUtcNow(), Words.Of(channel));
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO direct_send (id, channel, purpose, provider, state, attempts, created_at, started_at, may_be_twice)
            VALUES ({id}, {way}, {purpose}, {provider}, 'sending', 1, {now}, {now}, false) ON CONFLICT DO NOTHING
            """) == 1;
    });

    public Task<DirectSend?> FindAsync(string id) => RunAsync(db => db.DirectSends.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id));

    /// <summary>Takes the next turn at it; false when somebody else did.</summary>
    public Task<bool> TakeAsync(DirectSend known) => RunAsync(async db => await db.DirectSends.Where(d => d.Id == known.Id && d.Attempts == known.Attempts)
        .ExecuteUpdateAsync(u => u.SetProperty(d => d.Attempts, d => d.Attempts + 1).SetProperty(d => d.State, DirectState.Sending)
            .SetProperty(d => d.StartedAt, clock.GetUtcNow())) == 1);

    /// <summary>Another provider is about to be asked, or the same once more; false when the turn is lost.</summary>
    public Task<bool> TryAsync(string id, int turn, string provider, bool mayBeTwice) => RunAsync(async db => await Own(db, id, turn)
        .ExecuteUpdateAsync(u => u.SetProperty(d => d.Provider, provider).SetProperty(d => d.StartedAt, clock.GetUtcNow())
            .SetProperty(d => d.EndedAt, (DateTimeOffset?)null)
            .SetProperty(d => d.MayBeTwice, d => d.MayBeTwice || mayBeTwice)) == 1);

    public Task EndAsync(string id, int turn, DirectState state, string? outcome, string? reference, string? reason) => RunAsync(db => Own(db, id, turn)
        .ExecuteUpdateAsync(u => u.SetProperty(d => d.State, state).SetProperty(d => d.EndedAt, clock.GetUtcNow())
            .SetProperty(d => d.Outcome, d => outcome ?? d.Outcome)
            .SetProperty(d => d.Reference, d => reference ?? d.Reference).SetProperty(d => d.Reason, reason)));

    // A receipt may have come first: what it said stands.
    private static IQueryable<DirectSend> Own(NotificationDbContext db, string id, int turn) =>
        db.DirectSends.Where(d => d.Id == id && d.Attempts == turn && d.State == DirectState.Sending);

    // Not cancelled with the caller: what was sent is noted whether somebody still listens or not.
    private async Task<T> RunAsync<T>(Func<NotificationDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<NotificationDbContext>());
    }
}
