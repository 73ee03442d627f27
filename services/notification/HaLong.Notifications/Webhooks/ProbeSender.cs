using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Sends validation events: the proof of an address, and the try whether a failing one answers again.</summary>
internal sealed class ProbeSender(WebhookSender sender, SecretVault vault, IOptions<PlatformOptions> platform, TimeProvider clock)
{
    public const string NotEchoed = "challengeNotEchoed";

    /// <summary>Null when it went well, else a word that says why not. A proof needs the challenge in the answer, a try any 2xx.</summary>
    public async Task<string?> ProbeAsync(ClaimedProbe probe, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var (subscription, url) = (probe.Target.SubscriptionId, probe.Target.Url);
        var isProof = probe.State == Domain.SubscriptionState.Pending;
        var challenge = vault.Challenge(subscription, url, probe.ProofStartedAt);
        var data = new Dictionary<string, string> { ["reason"] = isProof ? "proof" : "recovery" };
        if (isProof)
        {
            data["challenge"] = challenge;
            data["confirmUrl"] = $"{platform.Value.PublicUrl.TrimEnd('/')}/api/v1/subscription-confirmations/{subscription}?token={challenge}";
        }

        var envelope = PlatformEvent.Of(id, PlatformEvent.Validation, subscription, now, data);
        var result = await sender.PostAsync(probe.Target, id, envelope, readAnswer: isProof, ct);
        return !result.IsDelivered ? result.Error ?? $"status{result.Status}"
            : isProof && !PlatformEvent.Echoes(result.Answer, challenge) ? NotEchoed
            : null;
    }
}
