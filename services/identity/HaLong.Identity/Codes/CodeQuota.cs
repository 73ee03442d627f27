using HaLong.Identity.Domain;
using HaLong.Identity.Limits;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Codes;

/// <summary>Bounds what codes cost: the city its SMS, and a stranger's telephone its peace.</summary>
internal sealed class CodeQuota(Limiter limiter, ClientAddress address, IOptions<CodeOptions> options)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Takes one code for the network address that asks; the refusal when there is none left.</summary>
    public async Task<Error?> TakeAddressAsync(CancellationToken ct) =>
        address.Current is { } from && await limiter.TakeAsync(LimitRule.Quota("code-address", options.Value.PerAddressAndHour, Hour), from, ct) is { } wait
            ? Refusal(wait)
            : null;

    /// <summary>Takes one code for the number or mailbox; the refusal when there is none left.</summary>
    /// <remarks>Who signs all day gets more codes than a telephone that anybody may type; both are counted apart.</remarks>
    public async Task<Error?> TakeTargetAsync(string? target, string purpose, CancellationToken ct) =>
        target is not null && await limiter.TakeAsync(RuleFor(purpose), target, ct) is { } wait
            ? Refusal(wait)
            : null;

    private LimitRule RuleFor(string purpose) => purpose == CodePurposes.Signing
        ? LimitRule.Quota("code-signing", options.Value.ToSignPerHour, Hour)
        : LimitRule.Quota("code-target", options.Value.PerTargetAndHour, Hour);

    private static Error Refusal(TimeSpan wait) => IdentityErrors.TooManyCodes with { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) };
}
