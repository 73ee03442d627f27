using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Providers.Csc;

/// <summary>Speaks to one CSC server. A token that ran out is renewed and the request repeated: it was refused before anything happened.</summary>
internal sealed partial class CscClient(string provider, CscOptions options, ProviderChannel channel, CscTokens tokens, ILogger log)
{
    private TimeSpan Timeout => TimeSpan.FromSeconds(options.TimeoutSeconds);

    /// <summary>What the server is and can: asked to see whether it is there.</summary>
    public Task<Result<ProviderAnswer>> InfoAsync(CancellationToken ct) => AskAsync("info", new { lang = "vi-VN" }, ct);

    /// <summary>The credentials of a person.</summary>
    public async Task<Result<IReadOnlyList<CscCredential>>> ListAsync(string user, CancellationToken ct)
    {
        var answer = await AskAsync("credentials/list", new CscWire.ListRequest(user), ct);
        if (!answer.IsSuccess)
            return answer.Error;
        var described = answer.Value.Body.Items("credentialInfos").ToDictionary(i => ((JsonElement?)i).Text("credentialID"), i => i, StringComparer.Ordinal);
        var found = new List<CscCredential>();
        foreach (var id in answer.Value.Body.Items("credentialIDs").Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!).Take(20))
        {
            var credential = described.TryGetValue(id, out var item) ? CscCredentials.Read(item, id, options.MaxHashes) : (await CredentialAsync(id, ct)) is { IsSuccess: true } one ? one.Value : null;
            if (credential is { IsEnabled: true })
                found.Add(credential);
        }

        return Result.Of<IReadOnlyList<CscCredential>>(found);
    }

    /// <summary>One credential; SIG-0410 when there is none that can be used here.</summary>
    public async Task<Result<CscCredential>> CredentialAsync(string id, CancellationToken ct)
    {
        var answer = await AskAsync("credentials/info", new CscWire.InfoRequest(id), ct);
        if (!answer.IsSuccess)
            return answer.Error;
        return CscCredentials.Read(answer.Value.Body, id, options.MaxHashes) is { } credential ? credential : ProviderErrors.UnknownCredential;
    }

    /// <summary>Has a code sent to the person. Repeating it sends another one, so it is not repeated.</summary>
    /// <returns>Where it went, masked by the server; empty when it does not say.</returns>
    public async Task<Result<string>> ChallengeAsync(string id, CancellationToken ct)
    {
        var answer = await OrderAsync("credentials/getChallenge", new CscWire.ChallengeRequest(id), ct);
        // Version 1 calls it otherwise.
        if (answer is { IsSuccess: true, Value: { Reached: Reached.Answered, Status: 404 or 405 or 501 } })
            answer = await OrderAsync("credentials/sendOTP", new CscWire.ChallengeRequest(id), ct);
        if (!answer.IsSuccess)
            return answer.Error;
        var refusal = answer.Value is { Status: 204 } ? null : CscFault.Of(answer.Value);
        return refusal is null ? answer.Value.Body.Text("sentTo") : refusal;
    }

    /// <summary>The person's authorisation for just these hashes: the SAD.</summary>
    public async Task<Result<string>> AuthorizeAsync(CscWire.AuthorizeRequest request)
    {
        var answer = await OrderAsync("credentials/authorize", request, CancellationToken.None);
        if (!answer.IsSuccess)
            return answer.Error;
        if (CscFault.Of(answer.Value) is { } refusal)
        {
            Refused(log, provider, "authorize", answer.Value.Status, CscFault.Code(answer.Value.Body));
            return refusal;
        }

        return answer.Value.Body.Text("SAD") is { Length: > 0 } sad ? sad : ProviderErrors.Unreadable;
    }

    /// <summary>Signs. Sent once: whoever does not hear the answer does not know, and does not ask again.</summary>
    public async Task<ProviderAnswer> SignAsync(CscWire.SignHashRequest request)
    {
        var answer = await OrderAsync("signatures/signHash", request, CancellationToken.None);
        if (!answer.IsSuccess)
            return new ProviderAnswer(Reached.NotSent, 0, null);
        if (answer.Value is { Reached: Reached.Answered, IsOk: false } refused)
            Refused(log, provider, "signHash", refused.Status, CscFault.Code(refused.Body));
        return answer.Value;
    }

    private async Task<Result<ProviderAnswer>> AskAsync(string operation, object body, CancellationToken ct)
    {
        var answer = await WithTokenAsync(token => channel.AskAsync(provider, operation, Address(operation), body, token, Timeout, ct), ct);
        if (!answer.IsSuccess)
            return answer.Error;
        return CscFault.Of(answer.Value) is { } refusal ? refusal : answer.Value;
    }

    private Task<Result<ProviderAnswer>> OrderAsync(string operation, object body, CancellationToken ct) =>
        WithTokenAsync(token => channel.OrderAsync(provider, operation, Address(operation), body, token, Timeout, ct), ct);

    private async Task<Result<ProviderAnswer>> WithTokenAsync(Func<string, Task<ProviderAnswer>> send, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var token = await tokens.GetAsync(provider, options, ct);
            if (!token.IsSuccess)
            {
                if (token.Error.Code == ProviderErrors.NotAccepted.Code)
                    NotAccepted(log, provider);
                return token.Error;
            }

            var answer = await send(token.Value);
            if (answer.Status != 401)
                return answer;
            tokens.Forget(provider);
            if (attempt == 2 || options.ServiceToken.Length > 0)
            {
                NotAccepted(log, provider);
                return ProviderErrors.NotAccepted;
            }
        }
    }

    private Uri Address(string operation) => new(options.Url.TrimEnd('/') + "/csc/v2/" + operation);

    [LoggerMessage(5086, LogLevel.Error, "The signature provider {Provider} refuses this platform's own credentials (Providers:Csc)")]
    private static partial void NotAccepted(ILogger log, string provider);

    [LoggerMessage(5087, LogLevel.Warning, "The signature provider {Provider} refused {Operation}: {Status} {Code}")]
    private static partial void Refused(ILogger log, string provider, string operation, int status, string code);
}
