using System.Collections.Concurrent;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Providers;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>
/// A provider with real keys in memory. Everybody has the same credentials, and each behaves as its name says: sign, pending, app (asks
/// the person
/// itself), decline, fail, partial (leaves the first one out), wrong (signs something else), refuse-begin, token (signatures come from
/// outside), code, small
/// (two hashes, PIN), single (one hash, code).
/// </summary>
internal sealed class ScriptedProvider : ISigningProvider
{
    public const string Pin = "314159";
    public const string Word = "scripted";

    public static readonly Error WrongPin = new(ErrorKind.Validation, "TST-0001", "Sai mã PIN.", "Wrong PIN.");
    public static readonly Error Suspended = new(ErrorKind.Conflict, "TST-0002", "Tạm dừng.", "Suspended.");

    private static readonly ConcurrentDictionary<Guid, SigningKey> Keys = new();
    private readonly ConcurrentDictionary<Guid, HashOutcome> answers = new();

    public string Name => Word;

    /// <summary>Orders that were begun, and how often.</summary>
    public ConcurrentDictionary<Guid, int> Begun { get; } = new();

    /// <summary>Orders that were signed, with their hashes; the same order is signed once.</summary>
    public ConcurrentDictionary<Guid, HashOrder> Signed { get; } = new();

    /// <summary>Begins, then fails as a connection does that breaks before the answer.</summary>
    public int BreakAfterBegin { get; set; }

    /// <summary>Signs, then fails as a connection does that breaks before the answer.</summary>
    public int BreakAfterSigning { get; set; }

    public static SigningKey KeyOf(Guid account) => Keys.GetOrAdd(account, a => TestPki.Default.NewSigner(a.ToString()[^5..]));

    /// <summary>Gives somebody a key under another authority.</summary>
    public static void Use(Guid account, SigningKey key) => Keys[account] = key;

    public Task<Result<IReadOnlyList<ProviderCredential>>> ListAsync(SignerIdentity signer, CancellationToken ct)
    {
        var key = KeyOf(signer.AccountId);
        ProviderCredential Credential(string id, SignerNeeds needs, int hashes = 200) => new(id, key.Chain, key.Algorithm, hashes, needs);
        return Task.FromResult(Result.Of<IReadOnlyList<ProviderCredential>>(
        [
            .. new[] { "sign", "pending", "decline", "fail", "partial", "wrong", "refuse-begin" }.Select(n => Credential(n,
                SignerNeeds.Pin)),
            Credential("app", SignerNeeds.None), Credential("token", SignerNeeds.Signatures), Credential("code",
                SignerNeeds.Pin | SignerNeeds.OneTimeCode),
            Credential("small", SignerNeeds.Pin, 2), Credential("single", SignerNeeds.OneTimeCode, 1),
        ]));
    }

    public Task<Result<AuthorisationStep>> BeginAsync(HashOrder order, CancellationToken ct)
    {
        Begun.AddOrUpdate(order.Id, 1, (_, n) => n + 1);
        if (BreakAfterBegin-- > 0)
            throw new HttpRequestException("The connection broke.");
        var needs = order.CredentialId switch
        {
            "app" => SignerNeeds.None,
            "token" => SignerNeeds.Signatures,
            "code" => SignerNeeds.Pin | SignerNeeds.OneTimeCode,
            "single" => SignerNeeds.OneTimeCode,
            _ => SignerNeeds.Pin,
        };
        return Task.FromResult<Result<AuthorisationStep>>(order.CredentialId == "refuse-begin" ? Suspended
            : new AuthorisationStep("tx-" + order.Id, needs, TimeProvider.System.GetUtcNow().AddHours(1),
                needs.HasFlag(SignerNeeds.OneTimeCode) ? "09xx xxx 789" : ""));
    }

    public Task<Result<HashOutcome>> SignAsync(HashOrder order, SignerProof proof, CancellationToken ct)
    {
        if (answers.TryGetValue(order.Id, out var known))
            return Task.FromResult<Result<HashOutcome>>(known);
        if (order.CredentialId == "token")
            return Task.FromResult<Result<HashOutcome>>(Keep(order, new HashOutcome(HashState.Signed, [.. proof.Signatures])));
        if (order.CredentialId is not ("app" or "single") && proof.Pin != Pin)
            return Task.FromResult<Result<HashOutcome>>(WrongPin);
        var outcome = order.CredentialId switch
        {
            "pending" or "app" => HashOutcome.Pending,
            "decline" => Keep(order, new HashOutcome(HashState.Declined, [])),
            "fail" => Keep(order, new HashOutcome(HashState.Failed, [], "4004")),
            _ => Sign(order),
        };
        return BreakAfterSigning-- > 0 ? throw new HttpRequestException("The connection broke.")
            : Task.FromResult<Result<HashOutcome>>(outcome);
    }

    public Task<Result<HashOutcome>> AskAsync(HashOrder order, CancellationToken ct) =>
        Task.FromResult<Result<HashOutcome>>(order.Transaction == "tx-" + order.Id ? answers.GetValueOrDefault(order.Id,
            HashOutcome.Pending) : Suspended);

    /// <summary>The person agrees at last, at the provider.</summary>
    public HashOutcome Sign(HashOrder order)
    {
        Signed.TryAdd(order.Id, order);
        var key = KeyOf(order.Signer.AccountId);
        return Keep(order, new HashOutcome(HashState.Signed, [.. order.Hashes.Select((h, i) => order.CredentialId switch
        {
            "partial" when i == 0 => null,
            "wrong" => key.SignHash(new byte[h.Length]),
            _ => key.SignHash(h),
        })]));
    }

    public void Answer(Guid order, HashOutcome outcome) => answers[order] = outcome;

    private HashOutcome Keep(HashOrder order, HashOutcome outcome) => answers.GetOrAdd(order.Id, outcome);
}
