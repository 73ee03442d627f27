using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Providers.Links;
using HaLong.Signatures.Providers.Orders;

namespace HaLong.Signatures.Providers.Csc;

/// <summary>
/// Remote signing by the CSC API v2: the person gives PIN and code here, they are exchanged for a SAD that covers just these hashes, and the SAD for signatures.
/// PIN, code and SAD live as long as the request and are written down nowhere. The request to sign goes out once; when its answer is lost, the order ends as
/// ANSWER_LOST and the person begins a new one.
/// </summary>
internal sealed class CscProvider(string name, CscOptions options, CscClient client, ProviderOrders orders, ProviderLinks links, TimeProvider time,
    ProviderTelemetry telemetry) : ISigningProvider
{
    public string Name => name;

    // When a process that waited for an answer must be dead: authorise and sign may each take two tries.
    private TimeSpan Patience => TimeSpan.FromSeconds(options.TimeoutSeconds * 5) + TimeSpan.FromSeconds(10);

    public async Task<Result<IReadOnlyList<ProviderCredential>>> ListAsync(SignerIdentity signer, CancellationToken ct)
    {
        if (await UserAsync(signer, ct) is not { } user)
            return Result.Of<IReadOnlyList<ProviderCredential>>([]);
        var found = await client.ListAsync(user, ct);
        return found.IsSuccess ? Result.Of<IReadOnlyList<ProviderCredential>>([.. found.Value.Select(c => c.Credential)]) : found.Error;
    }

    public async Task<Result<AuthorisationStep>> BeginAsync(HashOrder order, CancellationToken ct)
    {
        var credential = await OwnAsync(order, ct);
        if (!credential.IsSuccess)
            return credential.Error;
        var offered = credential.Value.Credential;
        if (order.Hashes.Count is 0 || order.Hashes.Count > offered.MaxHashes)
            return ProviderErrors.WrongCount;
        if (order.Algorithm.IsRsa != offered.Algorithm.IsRsa)
            return ProviderErrors.WrongAlgorithm;
        var opened = await orders.OpenAsync(name, order, offered.Chain[0].RawData, time.GetUtcNow().AddSeconds(options.LastsSeconds), ct);
        if (!opened.IsSuccess)
            return opened.Error;
        var step = new AuthorisationStep(opened.Value.Order.OurTransaction, offered.Needs, opened.Value.Order.Until);
        if (!opened.Value.IsNew || !offered.Needs.HasFlag(SignerNeeds.OneTimeCode))
            return step;
        var sent = await client.ChallengeAsync(order.CredentialId, ct);
        if (sent.IsSuccess)
            return step with { CodeSentTo = sent.Value };
        // Begun again it must send a code: nobody has got one.
        await orders.ForgetAsync(order.Id, CancellationToken.None);
        return sent.Error;
    }

    public async Task<Result<HashOutcome>> SignAsync(HashOrder order, SignerProof proof, CancellationToken ct)
    {
        var known = await orders.FindAsync(name, order, ct);
        if (!known.IsSuccess)
            return known.Error;
        if (known.Value.IsOver)
            return known.Value.Outcome;
        var credential = await client.CredentialAsync(order.CredentialId, ct);
        if (!credential.IsSuccess)
            return credential.Error;
        // A key behind which another certificate lies now would give signatures that nobody can use.
        if (!credential.Value.IsEnabled || !credential.Value.Credential.Chain[0].RawDataMemory.Span.SequenceEqual(known.Value.Certificate))
            return ProviderErrors.CredentialDisabled;
        var now = time.GetUtcNow();
        var taken = await orders.ChangeAsync(order.Id, o => o.IsOver ? Result.Success : o.Send(now + Patience, now), tell: false, ct);
        if (!taken.IsSuccess)
            return taken.Error;
        return taken.Value.IsOver ? taken.Value.Outcome : await AuthoriseAndSignAsync(taken.Value, credential.Value, proof);
    }

    /// <summary>As it is known here: an answer either came to whoever signed, or never will.</summary>
    public async Task<Result<HashOutcome>> AskAsync(HashOrder order, CancellationToken ct)
    {
        var known = await orders.FindAsync(name, order, ct);
        return known.IsSuccess ? known.Value.Outcome : known.Error;
    }

    // From here on it is finished whoever goes away.
    private async Task<Result<HashOutcome>> AuthoriseAndSignAsync(ProviderOrder order, CscCredential credential, SignerProof proof)
    {
        var hashes = order.Hashes.Select(Convert.ToBase64String).ToList();
        var data = new List<CscWire.AuthDatum>();
        if (credential.PinId.Length > 0)
            data.Add(new CscWire.AuthDatum(credential.PinId, proof.Pin));
        if (credential.CodeId.Length > 0)
            data.Add(new CscWire.AuthDatum(credential.CodeId, proof.OneTimeCode));
        var sad = await client.AuthorizeAsync(new CscWire.AuthorizeRequest(order.CredentialId, hashes.Count, hashes, order.Signs.HashOid, data, order.OurTransaction));
        if (!sad.IsSuccess)
        {
            // Not authorised, so not signed: the person may try again within the order's time.
            await orders.ChangeAsync(order.Id, Unsend, tell: false, CancellationToken.None);
            return sad.Error;
        }

        var answer = await client.SignAsync(new CscWire.SignHashRequest(order.CredentialId, sad.Value, hashes, order.Signs.HashOid, order.Signs.Oid, order.OurTransaction));
        if (answer.Reached == Reached.NotSent || (answer.Reached == Reached.Answered && CscFault.Of(answer) is { } && answer.Status is >= 400 and < 500))
        {
            await orders.ChangeAsync(order.Id, Unsend, tell: false, CancellationToken.None);
            return CscFault.Of(answer) ?? ProviderErrors.Unavailable;
        }

        var outcome = Judge(order, answer);
        var ended = await orders.EndAsync(order.Id, outcome, tell: false, CancellationToken.None);
        telemetry.Ended(name, ended, "answered");
        return ended;
    }

    private static HashOutcome Judge(ProviderOrder order, ProviderAnswer answer)
    {
        if (answer.Reached == Reached.Lost || answer.Status >= 500)
            return new HashOutcome(HashState.Failed, [], ProviderCodes.AnswerLost);
        if (answer.Body.Member("signatures") is not { ValueKind: JsonValueKind.Array })
            return new HashOutcome(HashState.Failed, [], ProviderCodes.Unreadable);
        return order.Judge([.. answer.Body.Items("signatures").Select(s => s.ValueKind == JsonValueKind.String ? JsonReading.Bytes(s.GetString()!) : null)]);
    }

    private static Result Unsend(ProviderOrder order)
    {
        order.Unsend();
        return Result.Success;
    }

    // Credential ids are the provider's, and anybody may type one: only what it lists for this person is his.
    private async Task<Result<CscCredential>> OwnAsync(HashOrder order, CancellationToken ct)
    {
        if (await UserAsync(order.Signer, ct) is not { } user)
            return ProviderErrors.NotLinked;
        var found = await client.ListAsync(user, ct);
        if (!found.IsSuccess)
            return found.Error;
        return found.Value.FirstOrDefault(c => c.Credential.Id == order.CredentialId) is { } own ? own : ProviderErrors.UnknownCredential;
    }

    private async Task<string?> UserAsync(SignerIdentity signer, CancellationToken ct) =>
        signer.ProviderUser.Length > 0 ? signer.ProviderUser : await links.UserAsync(signer.AccountId, name, ct);
}
