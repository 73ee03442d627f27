using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers.Orders;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Providers.Imported;

/// <summary>
/// An officer signs with a token in his own hand: the hashes go to him, signature values come back, and each is checked before it is believed. The key never
/// comes near this service.
/// </summary>
internal sealed class ImportedProvider(IServiceScopeFactory scopes, ProviderOrders orders, ImportTrust trust, TimeProvider time,
    ProviderTelemetry telemetry) : ISigningProvider
{
    public const string Word = "imported";
    private const int MaxHashes = 200;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    public string Name => Word;

    public async Task<Result<IReadOnlyList<ProviderCredential>>> ListAsync(SignerIdentity signer, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        var rows = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().ImportedCertificates.AsNoTracking()
            .Where(c => c.AccountId == signer.AccountId && c.RemovedAt == null && c.NotBefore <= now && c.NotAfter > now).OrderBy(c => c.Id).ToListAsync(ct);
        return Result.Of<IReadOnlyList<ProviderCredential>>(rows.ConvertAll(Credential));
    }

    public async Task<Result<AuthorisationStep>> BeginAsync(HashOrder order, CancellationToken ct)
    {
        var own = await OwnAsync(order, ct);
        if (!own.IsSuccess)
            return own.Error;
        using var certificate = X509CertificateLoader.LoadCertificate(own.Value.Certificate);
        if (order.Hashes.Count is 0 or > MaxHashes)
            return ProviderErrors.WrongCount;
        if (order.Algorithm.IsRsa != SignatureAlgorithm.Of(certificate).IsRsa)
            return ProviderErrors.WrongAlgorithm;
        var opened = await orders.OpenAsync(Word, order, own.Value.Certificate, time.GetUtcNow() + Lasts, ct);
        if (!opened.IsSuccess)
            return opened.Error;
        var row = opened.Value.Order;
        return new AuthorisationStep(row.OurTransaction, SignerNeeds.Signatures, row.Until) { HashesToSign = row.Hashes };
    }

    public async Task<Result<HashOutcome>> SignAsync(HashOrder order, SignerProof proof, CancellationToken ct)
    {
        var known = await orders.FindAsync(Word, order, ct);
        if (!known.IsSuccess)
            return known.Error;
        if (known.Value.IsOver)
            return known.Value.Outcome;
        var own = await OwnAsync(order, ct);
        if (!own.IsSuccess)
            return own.Error;
        var now = time.GetUtcNow();
        if (now >= known.Value.Until)
            return await orders.EndAsync(order.Id, new HashOutcome(HashState.Expired, [], ProviderCodes.Expired), tell: false, ct);
        if (await trust.IsRevokedAsync(own.Value.Chain, ct) == true)
            return ProviderErrors.CredentialDisabled;
        if (proof.Signatures.Count != known.Value.Hashes.Length)
            return ImportErrors.WrongCount;
        // A signature that does not hold is refused, not the end: the officer may have mixed up two of them.
        var outcome = known.Value.Judge([.. proof.Signatures]);
        if (outcome.State != HashState.Signed)
            return ImportErrors.WrongSignature;
        var ended = await orders.EndAsync(order.Id, outcome, tell: false, ct);
        telemetry.Ended(Word, ended, "answered");
        return ended;
    }

    /// <summary>As it is known here: nobody outside is to be asked.</summary>
    public async Task<Result<HashOutcome>> AskAsync(HashOrder order, CancellationToken ct)
    {
        var known = await orders.FindAsync(Word, order, ct);
        if (!known.IsSuccess)
            return known.Error;
        return !known.Value.IsOver && time.GetUtcNow() >= known.Value.Until
            ? await orders.EndAsync(order.Id, new HashOutcome(HashState.Expired, [], ProviderCodes.Expired), tell: false, ct)
            : known.Value.Outcome;
    }

    private async Task<Result<ImportedCertificate>> OwnAsync(HashOrder order, CancellationToken ct)
    {
        if (!Guid.TryParse(order.CredentialId, out var id))
            return ProviderErrors.UnknownCredential;
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().ImportedCertificates.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == id && c.AccountId == order.Signer.AccountId, ct);
        if (found is null)
            return ProviderErrors.UnknownCredential;
        return found.IsUsable(time.GetUtcNow()) ? found : ProviderErrors.CredentialDisabled;
    }

    private static ProviderCredential Credential(ImportedCertificate row)
    {
        var chain = row.Chain.Select(X509CertificateLoader.LoadCertificate).ToList();
        return new ProviderCredential(row.Id.ToString(), chain, SignatureAlgorithm.Of(chain[0]), MaxHashes, SignerNeeds.Signatures);
    }
}
