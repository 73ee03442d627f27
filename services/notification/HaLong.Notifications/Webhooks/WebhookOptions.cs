using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Protects the subscriptions' secrets in the database.</summary>
    [Required, MinLength(16)]
    public string KeyPassword { get; init; } = "";

    /// <summary>Development only: also http and addresses that are not public.</summary>
    public bool AllowPrivateNetworks { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Waits between attempts, before jitter; after the last attempt the delivery is dead. Null = about a day and a half.</summary>
    public TimeSpan[]? RetryDelays { get; init; }

    /// <summary>Share of a wait that is random, in both directions.</summary>
    [Range(0, 0.9)]
    public double Jitter { get; init; } = 0.2;

    /// <summary>After this a running attempt counts as lost; longer than the timeout.</summary>
    public TimeSpan ClaimFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often workers look without being woken.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts that run at once in one process; at most half of them to receivers that fail or are slow.</summary>
    [Range(2, 10_000)]
    public int MaxInFlight { get; init; } = 1024;

    [Range(1, 1000)]
    public int MaxInFlightPerSubscription { get; init; } = 8;

    /// <summary>Ports that receivers may listen on. Null = 443 and 8443.</summary>
    public int[]? AllowedPorts { get; init; }

    /// <summary>A receiver answers slowly when its answers take longer than this on average.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that a receiver can ask for by Retry-After.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the proof of an address is awaited.</summary>
    public TimeSpan ProofFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>First wait between validation events of a proof; doubles up to <see cref="ProbeEvery"/>.</summary>
    public TimeSpan ProofDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the address of a failing subscription is tried.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Nothing got through for so long, in so many attempts: then the address is tried, and the subscription stops if that fails too.</summary>
    public TimeSpan PauseAfter { get; init; } = TimeSpan.FromMinutes(30);

    [Range(1, 1000)]
    public int PauseAfterFailures { get; init; } = 5;

    /// <summary>How long identity's word about a partner counts.</summary>
    public TimeSpan StandingFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most events of one replay.</summary>
    [Range(1, 1_000_000)]
    public int MaxReplay { get; init; } = 10_000;

    public TimeSpan KeepDeliveries { get; init; } = TimeSpan.FromDays(30);

    public TimeSpan KeepEvents { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromHours(1);
}

internal sealed class WebhookOptionsCheck(IHostEnvironment environment) : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options) =>
        options.ClaimFor <= options.Timeout
            ? ValidateOptionsResult.Fail("Webhooks:ClaimFor must be longer than Webhooks:Timeout, or two workers deliver the same event.")
            : options.AllowPrivateNetworks && environment.IsProduction()
                ? ValidateOptionsResult.Fail("Webhooks:AllowPrivateNetworks is for development: in production it would let partners reach our own network.")
                : ValidateOptionsResult.Success;
}
