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

    [Range(1, 10_000)]
    public int MaxInFlight { get; init; } = 256;

    [Range(1, 1000)]
    public int MaxInFlightPerSubscription { get; init; } = 8;
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
