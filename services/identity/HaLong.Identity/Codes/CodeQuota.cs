using HaLong.Identity.Domain;
using HaLong.Identity.Limits;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Codes;

/// <summary>Bounds what codes cost: the city its SMS, and a stranger's telephone its peace.</summary>
internal sealed class CodeQuota(Limiter limiter, ClientAddress address, IOptions<CodeOptions> options)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Takes one code for the number or mailbox and for the network address that asks; the refusal when there is none left.</summary>
    public async Task<Error?> TakeAsync(string? target, CancellationToken ct)
    {
        if (address.Current is { } from && await limiter.TakeAsync(LimitRule.Quota("code-address", options.Value.PerAddressAndHour, Hour), from, ct) is { } wait)
            return Refusal(wait);
        return target is not null && await limiter.TakeAsync(LimitRule.Quota("code-target", options.Value.PerTargetAndHour, Hour), target, ct) is { } pause
            ? Refusal(pause)
            : null;
    }

    private static Error Refusal(TimeSpan wait) => IdentityErrors.TooManyCodes with { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) };
}
