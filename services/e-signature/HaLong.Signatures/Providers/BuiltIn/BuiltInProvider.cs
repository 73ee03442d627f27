using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Providers.BuiltIn;

/// <summary>
/// Our own credentials: PIN and one-time code, keys in the database. Works on connections of its own: neither a caller's transaction that is
/// rolled back takes a wrong PIN back, nor does it undo a signature that was given.
/// </summary>
internal sealed class BuiltInProvider(IServiceScopeFactory scopes, Authorities authorities, TimeProvider time) : ISigningProvider
{
    public const string Word = "built-in";

    public string Name => Word;

    public async Task<Result<IReadOnlyList<ProviderCredential>>> ListAsync(SignerIdentity signer, CancellationToken ct)
    {
        var (chain, now) = (await authorities.GetAsync(ct), time.GetUtcNow());
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().PersonCredentials.AsNoTracking()
            .Where(c => c.AccountId == signer.AccountId && c.State == CredentialState.Active && c.NotAfter > now).OrderByDescending(c => c.Id).ToListAsync(ct);
        return Result.Of<IReadOnlyList<ProviderCredential>>([.. rows.Where(c => c.WhyNotSign(now) is null).Select(c => new ProviderCredential(
            c.Id.ToString(), [X509CertificateLoader.LoadCertificate(c.Certificate!), chain.Issuing, chain.Root], SignatureAlgorithm.EcdsaSha256,
            HashList.Max, NeedsOf(c.HasPin)))]);
    }

    public async Task<Result<AuthorisationStep>> BeginAsync(HashOrder order, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var begun = await scope.ServiceProvider.GetRequiredService<OrderBook>()
            .BeginAsync(order.Id, order.Signer.AccountId, CredentialOf(order), order.Algorithm, order.Hashes, ct);
        if (!begun.IsSuccess)
            return begun.Error;
        var hasPin = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().PersonCredentials
            .Where(c => c.Id == begun.Value.CredentialId).Select(c => c.PinIterations > 0).SingleAsync(ct);
        return new AuthorisationStep(order.Id.ToString(), NeedsOf(hasPin), begun.Value.Until, begun.Value.CodeSentTo);
    }

    public async Task<Result<HashOutcome>> SignAsync(HashOrder order, SignerProof proof, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await FindAsync(scope.ServiceProvider, order, ct);
        if (!found.IsSuccess)
            return found.Error;
        if (OutcomeOf(found.Value) is { State: not HashState.Pending } known)
            return known;
        var sad = await scope.ServiceProvider.GetRequiredService<OrderAuthorisation>().AuthoriseAsync(found.Value, proof.Pin, proof.OneTimeCode, ct);
        if (!sad.IsSuccess)
            return await EndedAsync(scope.ServiceProvider, order, sad.Error, ct);
        await using var second = scopes.CreateAsyncScope();
        var signed = await second.ServiceProvider.GetRequiredService<OrderSigning>()
            .SignAsync(sad.Value, order.Signer.AccountId, found.Value.CredentialId, order.Algorithm, order.Hashes, ct);
        return signed.IsSuccess
            ? new HashOutcome(HashState.Signed, signed.Value)
            : await EndedAsync(second.ServiceProvider, order, signed.Error, ct);
    }

    public async Task<Result<HashOutcome>> AskAsync(HashOrder order, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await FindAsync(scope.ServiceProvider, order, ct);
        return found.IsSuccess ? OutcomeOf(found.Value) : found.Error;
    }

    private static SignerNeeds NeedsOf(bool hasPin) => hasPin ? SignerNeeds.Pin | SignerNeeds.OneTimeCode : SignerNeeds.OneTimeCode;

    private static Guid CredentialOf(HashOrder order) => Guid.TryParse(order.CredentialId, out var id) ? id : Guid.Empty;

    private static async Task<Result<SigningActivation>> FindAsync(IServiceProvider services, HashOrder order, CancellationToken ct) =>
        await services.GetRequiredService<OrderBook>().FindAsync(order.Id, ct) is not { Door: ActivationDoor.Platform } known ? ActivationErrors.OrderNotFound
        : OrderBook.Fits(known, order.Signer.AccountId, CredentialOf(order), order.Algorithm, HashList.Digest(order.Hashes, order.Algorithm)) ? known
        : ActivationErrors.OtherOrder;

    // A second request at the same moment took the order on meanwhile: what became of it is the answer to both.
    private static async Task<Result<HashOutcome>> EndedAsync(IServiceProvider services, HashOrder order, Error error, CancellationToken ct)
    {
        if (error != ActivationErrors.Expired && error != ActivationErrors.NotAuthorised)
            return error;
        var state = await services.GetRequiredService<SignatureDbContext>().SigningActivations.AsNoTracking().SingleAsync(a => a.Id == order.Id, ct);
        return state.State == ActivationState.Signed ? new HashOutcome(HashState.Signed, state.Signatures ?? [])
            : error == ActivationErrors.NotAuthorised && state.IsOpen ? HashOutcome.Pending
            : error == ActivationErrors.Expired ? new HashOutcome(HashState.Expired, [], error.Code) : error;
    }

    private HashOutcome OutcomeOf(SigningActivation order) => order switch
    {
        { State: ActivationState.Signed } => new HashOutcome(HashState.Signed, order.Signatures ?? []),
        { IsOpen: true } when order.Until > time.GetUtcNow() => HashOutcome.Pending,
        _ => new HashOutcome(HashState.Expired, [], ActivationErrors.Expired.Code),
    };
}
