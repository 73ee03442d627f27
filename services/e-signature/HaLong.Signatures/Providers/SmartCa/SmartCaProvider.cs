using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Providers.Links;
using HaLong.Signatures.Providers.Orders;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Providers.SmartCa;

/// <summary>
/// VNPT SmartCA: the person is asked on the telephone, the answer comes minutes later, by a notice or when asked for. Our transaction id is written down before
/// the gateway hears of it, so a notice that overtakes the gateway's own answer finds its order.
/// </summary>
internal sealed class SmartCaProvider(SmartCaClient client, ProviderOrders orders, ProviderLinks links, IOptions<ProviderOptions> options, TimeProvider time,
    ProviderTelemetry telemetry) : ISigningProvider
{
    public const string Word = "smartca";

    // A person who confirms in the last second is still heard.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    public string Name => Word;

    public async Task<Result<IReadOnlyList<ProviderCredential>>> ListAsync(SignerIdentity signer, CancellationToken ct) =>
        await UserAsync(signer, ct) is { } user ? await client.CertificatesAsync(user, "", ct) : Result.Of<IReadOnlyList<ProviderCredential>>([]);

    public async Task<Result<AuthorisationStep>> BeginAsync(HashOrder order, CancellationToken ct)
    {
        if (WhyNot(order) is { } refusal)
            return refusal;
        var known = await orders.FindAsync(Word, order, ct);
        if (known.IsSuccess && known.Value.State != OrderState.Open)
            return Step(known.Value);
        if (!known.IsSuccess && known.Error.Code != ProviderErrors.UnknownOrder.Code)
            return known.Error;
        if (await UserAsync(order.Signer, ct) is not { } user)
            return ProviderErrors.NotLinked;
        var credentials = await client.CertificatesAsync(user, order.CredentialId, ct);
        if (!credentials.IsSuccess)
            return credentials.Error;
        if (credentials.Value.FirstOrDefault(c => string.Equals(c.Id, order.CredentialId, StringComparison.OrdinalIgnoreCase)) is not { } credential)
            return ProviderErrors.UnknownCredential;
        if (credential.Algorithm != order.Algorithm)
            return ProviderErrors.WrongAlgorithm;
        return await SendAsync(order, user, credential.Chain[0], ct);
    }

    /// <summary>Nothing is given here: the person answered on the telephone, or did not yet.</summary>
    public Task<Result<HashOutcome>> SignAsync(HashOrder order, SignerProof proof, CancellationToken ct) => AskAsync(order, ct);

    /// <summary>As it is known here: the gateway is asked in the background (<see cref="OrderSweep"/>).</summary>
    public async Task<Result<HashOutcome>> AskAsync(HashOrder order, CancellationToken ct)
    {
        var known = await orders.FindAsync(Word, order, ct);
        return known.IsSuccess ? known.Value.Outcome : known.Error;
    }

    /// <summary>Asks the gateway what became of an order.</summary>
    public async Task<HashOutcome> AskNowAsync(ProviderOrder order, CancellationToken ct)
    {
        var over = time.GetUtcNow() > order.Until + Grace;
        // The gateway's answer to the order never came, so there is no id to ask by; a notice may still come under ours.
        if (order.TheirTransaction.Length == 0)
            return over ? new HashOutcome(HashState.Failed, [], ProviderCodes.AnswerLost) : HashOutcome.Pending;
        var answer = await client.StatusAsync(order.TheirTransaction, ct);
        var told = SmartCaTold.Read(answer.Body);
        // What speaks of another order says nothing of this one.
        var isOther = (told.TransactionId.Length > 0 && told.TransactionId != order.OurTransaction) || (told.TranCode.Length > 0 && told.TranCode != order.TheirTransaction);
        var refusal = client.Refusal(answer);
        var outcome = refusal?.Code == ProviderErrors.CredentialDisabled.Code ? new HashOutcome(HashState.Failed, [], "CREDENTIAL_STATUS_INVALID")
            : refusal is not null || isOther ? HashOutcome.Pending
            : Judge(order, told);
        return outcome.State == HashState.Pending && over ? new HashOutcome(HashState.Expired, [], ProviderCodes.Expired) : outcome;
    }

    /// <summary>What was told is worth: signatures by document id, in the order's sequence, each checked.</summary>
    public static HashOutcome Judge(ProviderOrder order, SmartCaTold told) => told.State switch
    {
        null or HashState.Pending => HashOutcome.Pending,
        HashState.Signed when told.Signatures.Count != order.Hashes.Length => new HashOutcome(HashState.Failed, [], ProviderCodes.CountMismatch),
        HashState.Signed => order.Judge([.. order.Hashes.Select((_, i) => told.Signatures.GetValueOrDefault(SmartCaClient.DocId(order, i)))]),
        { } state => new HashOutcome(state, [], told.Code),
    };

    private async Task<Result<AuthorisationStep>> SendAsync(HashOrder order, string user, X509Certificate2 certificate, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var opened = await orders.OpenAsync(Word, order, certificate.RawData, now.AddSeconds(options.Value.SmartCa.LastsSeconds), ct);
        if (!opened.IsSuccess)
            return opened.Error;
        var sent = await orders.ChangeAsync(order.Id, o => o.Send(now + FirstWait, now), tell: false, ct);
        if (!sent.IsSuccess)
            // Somebody else began it at this moment.
            return sent.Error.Code == ProviderErrors.InProgress.Code ? Step((await orders.FindAsync(Word, order, ct)).Value) : sent.Error;
        // From here on it is finished whoever goes away: a person may be looking at the telephone already.
        var answer = await client.SignAsync(sent.Value, user, order.Titles, CancellationToken.None);
        return await HeardAsync(sent.Value, answer);
    }

    private async Task<Result<AuthorisationStep>> HeardAsync(ProviderOrder order, ProviderAnswer answer)
    {
        var told = SmartCaTold.Read(answer.Body);
        if (answer.Reached == Reached.NotSent || (answer.Reached == Reached.Answered && client.Refusal(answer) is { } && answer.Status is 401 or 403 or 429))
        {
            await orders.ChangeAsync(order.Id, Unsend, tell: false, CancellationToken.None);
            return client.Refusal(answer) ?? ProviderErrors.Unavailable;
        }

        // Refused in words: nobody was asked.
        if (answer.Reached == Reached.Answered && !answer.IsOk && answer.Status < 500)
        {
            var outcome = new HashOutcome(HashState.Failed, [], told.Code.Length > 0 ? told.Code : ProviderCodes.Unreadable);
            await orders.EndAsync(order.Id, outcome, tell: false, CancellationToken.None);
            telemetry.Ended(Word, outcome, "answered");
            return ProviderErrors.Unreadable;
        }

        // No answer, or one without an id: perhaps the person is asked. It is waited for, and nothing is sent twice.
        if (!answer.IsOk || told.TranCode.Length is 0 or > 100 || (told.TransactionId.Length > 0 && told.TransactionId != order.OurTransaction))
            return Step(order);
        var named = await orders.ChangeAsync(order.Id, o => o.Name(told.TranCode) ? Result.Success : ProviderErrors.OtherOrder, tell: false, CancellationToken.None);
        return named.IsSuccess ? Step(named.Value) : named.Error;
    }

    private static Result Unsend(ProviderOrder order)
    {
        order.Unsend();
        return Result.Success;
    }

    private static AuthorisationStep Step(ProviderOrder order) => new(order.TheirTransaction, SignerNeeds.None, order.Until);

    private Error? WhyNot(HashOrder order) =>
        order.Hashes.Count is 0 || order.Hashes.Count > options.Value.SmartCa.MaxHashes || order.Titles.Count != order.Hashes.Count ? ProviderErrors.WrongCount
        : order.Algorithm.HashOid != SignatureAlgorithm.EcdsaSha256.HashOid || order.Hashes.Any(h => h.Length != 32) ? ProviderErrors.WrongAlgorithm
        : null;

    private async Task<string?> UserAsync(SignerIdentity signer, CancellationToken ct) =>
        signer.ProviderUser.Length > 0 ? signer.ProviderUser : await links.UserAsync(signer.AccountId, Word, ct);
}
