using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Sessions;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>
/// Begins to sign what remains of a session: prepares the revisions and stores them with their hashes, then tells the provider. Begun again with
/// the same credential, it is the same order; with another, the order before is given up.
/// </summary>
internal sealed class BeginSigning(SignatureDbContext db, SessionStore store, OrderMaking making, OrderSteps steps, SigningProviders providers,
    SessionTrust trusts, Caller caller,
    SessionDesk desk, TimeProvider time)
{
    public const string GivenUp = "GIVEN_UP";

    public async Task<Result<SigningOrder>> HandleAsync(Guid id, string? provider, string? credentialId, string? consent, CancellationToken ct)
    {
        var session = await desk.ReadAsync(id, ct);
        if (!session.IsSuccess)
            return session.Error;
        if (session.Value.SignerOf(caller.AccountId) is null)
            return SessionErrors.NotSigner;
        if (consent != ConsentText.Version)
            return SessionErrors.ConsentMissing.WithField("consent", "Phiên bản hiện hành: " + ConsentText.Version,
                "The current version: " + ConsentText.Version);
        var credential = await providers.CredentialAsync(provider, caller.AccountId, credentialId, ct);
        if (!credential.IsSuccess)
            return credential.Error;
        var evidence = await trusts.EvidenceAsync(credential.Value.Chain, ct);
        var order = await PrepareAsync(id, new OrderTarget(provider!, caller.AccountId, credential.Value, evidence), ct);
        if (!order.IsSuccess)
            return order.Error;
        var begun = await steps.BeginAsync(order.Value, ct);
        return begun.IsSuccess ? (await steps.ReadAsync(order.Value, ct))! : begun.Error;
    }

    private async Task<Result<Guid>> PrepareAsync(Guid id, OrderTarget target, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await store.LockAsync(id, ct) is not { } session)
            return SessionErrors.NotFound;
        var (signer, now) = (session.SignerOf(caller.AccountId)!, time.GetUtcNow());
        if (await UnderWayAsync(session, signer, target, ct) is { } earlier)
            return earlier;
        var order = Guid.CreateVersion7(now);
        var documents = session.Remaining(signer).Take(target.Credential.MaxHashes).ToList();
        if (documents.Count == 0)
            return session.State == SessionState.Open ? SessionErrors.AlreadySigned : SessionErrors.Closed;
        var shown = (await making.ShownAsync([signer.Id], ct))[signer.Id].ToHashSet(StringComparer.Ordinal);
        if (documents.Select(d => session.WhyNotSign(signer, d, shown, order, now)).FirstOrDefault(e => e is not null) is { } error)
            return error;
        var picks = documents.ConvertAll(d => new Pick(session, signer, d));
        var prepared = await making.PrepareAsync(picks, target, ct);
        if (prepared.Values.FirstOrDefault(p => !p.IsSuccess) is { IsSuccess: false } unfit)
            return unfit.Error;
        making.Add(order, target, picks, prepared, desk.Actor);
        await store.SaveAsync([session], ct);
        await transaction.CommitAsync(ct);
        return order;
    }

    /// <summary>The order that is under way, when it is to be gone on with or waited for; null when there is none any more.</summary>
    private async Task<Result<Guid>?> UnderWayAsync(SigningSession session, SessionSigner signer, OrderTarget target, CancellationToken ct)
    {
        if (signer is not { State: SignerState.Signing, OrderId: { } id } || await store.LockOrderAsync(id, ct) is not { } order)
            return null;
        if (order.BatchId is not null || order.State == OrderState.Answered)
            return SessionErrors.BeingSigned;
        var now = time.GetUtcNow();
        if (!order.IsOver && now < order.LatestAt && order.Provider == target.Provider && order.CredentialId == target.Credential.Id)
            return order.Id;
        order.End(OrderState.Expired, GivenUp, now);
        session.Settle(signer, order.Id, GivenUp, now);
        return null;
    }
}
