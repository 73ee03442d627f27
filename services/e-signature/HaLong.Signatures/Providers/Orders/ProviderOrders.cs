using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Providers.Orders;

/// <summary>
/// The book of orders at outside providers. Every entry is a transaction of its own, committed before the provider is asked and after it answered, whatever
/// the caller's transaction does: what happened outside cannot be rolled back.
/// </summary>
internal sealed class ProviderOrders(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Writes the order down, or finds it written.</summary>
    /// <param name="provider">Word of the provider.</param>
    /// <param name="order">What is to be signed.</param>
    /// <param name="certificate">Of the credential, DER.</param>
    /// <param name="until">When the authorisation lapses.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The row, and whether this call wrote it; SIG-0415 when the id stands for another order.</returns>
    public async Task<Result<(ProviderOrder Order, bool IsNew)>> OpenAsync(string provider, HashOrder order, byte[] certificate, DateTimeOffset until,
        CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever begins the same order at the same moment waits here, then finds it.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"provider-order:" + order.Id.ToString("N")}, 0))", ct);
        if (await db.ProviderOrders.SingleOrDefaultAsync(o => o.Id == order.Id, ct) is { } known)
        {
            var match = known.Match(provider, order);
            return match.IsSuccess ? (known, false) : match.Error;
        }

        var opened = ProviderOrder.Open(provider, order, certificate, until, time.GetUtcNow());
        db.Add(opened);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (opened, true);
    }

    /// <summary>The order as it stands; SIG-0418 without one, SIG-0415 when the id stands for another.</summary>
    public async Task<Result<ProviderOrder>> FindAsync(string provider, HashOrder order, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().ProviderOrders.AsNoTracking()
            .SingleOrDefaultAsync(o => o.Id == order.Id, ct);
        if (found is null)
            return ProviderErrors.UnknownOrder;
        var match = found.Match(provider, order);
        return match.IsSuccess ? found : match.Error;
    }

    /// <summary>Changes the order under a lock. When it ends by that, and somebody waits for it, they are told.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change">The change; a refusal undoes it.</param>
    /// <param name="tell">True when the caller of the provider is not waiting for this answer: <see cref="ProviderAnswered"/> goes out with it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<ProviderOrder>> ChangeAsync(Guid id, Func<ProviderOrder, Result> change, bool tell, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var order = await db.ProviderOrders.FromSql($"SELECT * FROM provider_order WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (order is null)
            return ProviderErrors.UnknownOrder;
        var wasOver = order.IsOver;
        var changed = change(order);
        if (!changed.IsSuccess)
            return changed.Error;
        if (tell && order.IsOver && !wasOver)
            db.Enqueue(new ProviderAnswered(order.Id, order.Provider));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return order;
    }

    /// <summary>Takes an order back that the provider never heard of.</summary>
    public async Task ForgetAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().ProviderOrders.Where(o => o.Id == id && o.State == OrderState.Open).ExecuteDeleteAsync(ct);
    }

    /// <summary>The order's end, for whoever waits for it at this moment.</summary>
    public async Task<HashOutcome> EndAsync(Guid id, HashOutcome outcome, bool tell, CancellationToken ct)
    {
        var ended = await ChangeAsync(id, o => Ended(o, outcome), tell, ct);
        return ended.IsSuccess ? ended.Value.Outcome : outcome;
    }

    private Result Ended(ProviderOrder order, HashOutcome outcome)
    {
        order.End(outcome, time.GetUtcNow());
        return Result.Success;
    }
}
