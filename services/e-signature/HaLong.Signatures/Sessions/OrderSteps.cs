using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Sessions;

/// <summary>
/// Moves an order on: prepared → begun → answered → over. Each step first asks how the order stands, does its part, and stores it in one
/// transaction; so any of them can be done again, by the request that was there first or by the worker after a crash, and by both at once.
/// No provider is called while a lock is held.
/// </summary>
internal sealed partial class OrderSteps(SignatureDbContext db, SessionStore store, SigningProviders providers, OrderEmbedding embedding,
    IOptions<SessionOptions> options, TimeProvider time, SessionTelemetry telemetry, ILogger<OrderSteps> log)
{
    private const string LapsedCode = "EXPIRED";

    public Task<SigningOrder?> ReadAsync(Guid id, CancellationToken ct) =>
        db.Set<SigningOrder>().AsNoTracking().Include(o => o.Items.OrderBy(i => i.Number)).SingleOrDefaultAsync(o => o.Id == id, ct);

    /// <summary>Tells the provider, and stores its transaction before anything else is done. An order that the provider refuses is over.</summary>
    public async Task<Result> BeginAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is not { State: OrderState.Prepared } order)
            return Result.Success;
        using var activity = Start("begin signing order", order);
        var provider = providers.Find(order.Provider);
        var step = provider.IsSuccess ? await provider.Value.BeginAsync(HashesOf(order), ct) : provider.Error;
        if (!step.IsSuccess)
        {
            await embedding.EndAsync(id, OrderState.Failed, step.Error.Code, ct);
            return step.Error;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.ChangeTracker.Clear();
        var now = time.GetUtcNow();
        if (await store.LockOrderAsync(id, ct) is { } locked
            && locked.Begin(step.Value.Transaction, (int)step.Value.Needs, step.Value.Until, step.Value.CodeSentTo, now.AddSeconds(options.Value.AskSeconds)))
        {
            await LogAsync(locked, CeremonyStep.Began, now, ct);
            if (locked.CodeSentTo.Length > 0)
                await LogAsync(locked, CeremonyStep.CodeSent, now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            Begun(log, id, order.Provider, order.Items.Count);
        }

        return Result.Success;
    }

    /// <summary>The person gives what the provider needs.</summary>
    /// <returns>What the provider says of a wrong PIN or code; SIG-0314 when the order is over without success.</returns>
    public async Task<Result> AuthoriseAsync(Guid id, SignerProof proof, CancellationToken ct)
    {
        var begun = await BeginAsync(id, ct);
        if (!begun.IsSuccess)
            return begun.Error;
        if (await ReadAsync(id, ct) is not { } order)
            return SessionErrors.NothingBegun;
        using var activity = Start("authorise signing order", order);
        if (order.State == OrderState.Begun && time.GetUtcNow() < order.LatestAt)
        {
            var provider = providers.Find(order.Provider);
            var outcome = provider.IsSuccess ? await provider.Value.SignAsync(HashesOf(order), proof, ct) : provider.Error;
            if (!outcome.IsSuccess)
                return outcome.Error;
            await ApplyAsync(order, outcome.Value, ct);
        }
        else if (order.State == OrderState.Answered)
        {
            await embedding.RunAsync(id, ct);
        }

        return (await ReadAsync(id, ct))?.State is OrderState.Begun or OrderState.Answered or OrderState.Done ? Result.Success : SessionErrors.OrderEnded;
    }

    /// <summary>
    /// Does what is next, whatever that is: the worker's way, and the way of a provider's notice. Asking about an order that is over records
    /// an answer that came too late, once, and uses it for nothing.
    /// </summary>
    public async Task AdvanceAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is not { } order || order.State == OrderState.Done)
            return;
        using var activity = Start("advance signing order", order);
        var isLate = time.GetUtcNow() >= order.LatestAt;
        if (order.State == OrderState.Answered)
        {
            await embedding.RunAsync(id, ct);
        }
        else if (order.State == OrderState.Prepared && !isLate)
        {
            await BeginAsync(id, ct);
        }
        else
        {
            var outcome = await AskAsync(order, ct);
            if (order.IsOver)
                await RecordLateAsync(order, outcome, ct);
            else if (isLate && outcome.State == HashState.Pending)
                await embedding.EndAsync(id, OrderState.Expired, LapsedCode, ct);
            else
                await ApplyAsync(order, outcome, ct);
        }
    }

    private async Task<HashOutcome> AskAsync(SigningOrder order, CancellationToken ct)
    {
        var provider = providers.Find(order.Provider);
        // What the provider has never heard of it cannot be asked about.
        if (!provider.IsSuccess || order.Transaction.Length == 0)
            return HashOutcome.Pending;
        var outcome = await provider.Value.AskAsync(HashesOf(order), ct);
        if (outcome.IsSuccess)
            return outcome.Value;
        NoAnswer(log, order.Id, order.Provider, outcome.Error.Code);
        return HashOutcome.Pending;
    }

    private async Task ApplyAsync(SigningOrder order, HashOutcome outcome, CancellationToken ct)
    {
        switch (outcome.State)
        {
            case HashState.Signed:
                await StoreAsync(order.Id, o => o.Answer(outcome.Signatures, time.GetUtcNow().AddSeconds(options.Value.LeaseSeconds)), ct);
                if (await ReadAsync(order.Id, ct) is { IsOver: true, State: not OrderState.Done } over)
                    await RecordLateAsync(over, outcome, ct);
                else
                    await embedding.RunAsync(order.Id, ct);
                break;
            case HashState.Pending:
                await StoreAsync(order.Id, o =>
                {
                    o.PutOff(time.GetUtcNow().AddSeconds(options.Value.AskSeconds));
                    return true;
                }, ct);
                break;
            default:
                var (state, code) = outcome.State switch
                {
                    HashState.Declined => (OrderState.Declined, "DECLINED"),
                    HashState.Expired => (OrderState.Expired, LapsedCode),
                    _ => (OrderState.Failed, "FAILED"),
                };
                await embedding.EndAsync(order.Id, state, outcome.Code.Length > 0 ? outcome.Code : code, ct);
                break;
        }
    }

    private async Task RecordLateAsync(SigningOrder order, HashOutcome outcome, CancellationToken ct)
    {
        if (outcome.State != HashState.Signed || !await StoreAsync(order.Id, o => o.AnswerLate(time.GetUtcNow()), ct, CeremonyStep.AnsweredLate))
            return;
        telemetry.AnsweredLate(order.Provider);
        Late(log, order.Id, order.Provider);
    }

    private async Task<bool> StoreAsync(Guid id, Func<SigningOrder, bool> change, CancellationToken ct, CeremonyStep? step = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.ChangeTracker.Clear();
        if (await store.LockOrderAsync(id, ct) is not { } order || !change(order))
            return false;
        if (step is { } written)
            await LogAsync(order, written, time.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // Into the log of each session that the order is about; the sessions themselves do not move.
    private async Task LogAsync(SigningOrder order, CeremonyStep step, DateTimeOffset now, CancellationToken ct)
    {
        var signers = order.Items.Where(i => i.State != ItemState.Skipped).Select(i => (i.SessionId, i.SignerId)).Distinct().ToList();
        var ids = signers.Select(s => s.SessionId).ToList();
        var sessions = await db.Set<SigningSession>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        db.AddRange(signers.Select(s => SigningEvent.Of(sessions[s.SessionId], step, SigningEvent.System, now, s.SignerId, detail: order.Provider)));
    }

    private static HashOrder HashesOf(SigningOrder order)
    {
        var items = order.Items.Where(i => i.State != ItemState.Skipped).ToList();
        return new HashOrder(order.Id, new SignerIdentity(order.AccountId), order.CredentialId, SignatureAlgorithm.ByOid(order.Algorithm)!,
            [.. items.Select(i => i.Hash)], [.. items.Select(i => i.Title)], order.Transaction);
    }

    private static System.Diagnostics.Activity? Start(string name, SigningOrder order) => SignatureTelemetry.Source.StartActivity(name)
        ?.SetTag("halong.order.id", order.Id).SetTag("halong.provider", order.Provider).SetTag("halong.hashes", order.Items.Count);

    [LoggerMessage(5070, LogLevel.Information, "Order {OrderId} begun at {Provider} for {Count} documents")]
    private static partial void Begun(ILogger log, Guid orderId, string provider, int count);

    [LoggerMessage(5071, LogLevel.Warning, "Order {OrderId}: {Provider} could not say how it stands ({Code}); asked again later")]
    private static partial void NoAnswer(ILogger log, Guid orderId, string provider, string code);

    [LoggerMessage(5072, LogLevel.Warning, "Order {OrderId}: {Provider} answered when nobody waited any more; recorded, not used")]
    private static partial void Late(ILogger log, Guid orderId, string provider);
}
