using System.ComponentModel.DataAnnotations;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Sending;

internal sealed class SendingOptions : IValidatableObject
{
    public const string Section = "Sending";

    /// <summary>After this a running attempt counts as lost; longer than any provider's timeout.</summary>
    public TimeSpan ClaimFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often workers look without being woken.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Messages of one channel on their way at the same time, in one process: a slow mail server holds no telephone up.</summary>
    [Range(1, 1000)]
    public int MaxInFlight { get; init; } = 32;

    /// <summary>Share of a wait that is random, in both directions: what failed together does not come back together.</summary>
    [Range(0, 0.9)]
    public double Jitter { get; init; } = 0.2;

    /// <summary>After this a provider is asked what became of an attempt whose answer was lost, and again while it cannot be asked.</summary>
    public TimeSpan AskAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// For so long after the attempt nobody else gets the message while its provider cannot be asked. Then being told twice is the lesser harm than
    /// not being told: half an hour is what an outage of a carrier mostly takes, and no notice has a term that it would eat up.
    /// </summary>
    public TimeSpan AskFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The same for a code or a notice to an address: somebody waits for it, and two texts with the same code do no harm.</summary>
    public TimeSpan AskForDirect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this a direct text in another process counts as lost; longer than any provider's timeout.</summary>
    public TimeSpan DirectClaimFor { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a second call with the same id waits for the first.</summary>
    public TimeSpan DirectWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Processes that share the providers' rates.</summary>
    [Range(1, 1000)]
    public int Replicas { get; init; } = 1;

    /// <summary>Schedules by channel; a channel that is missing has its own defaults.</summary>
    public Dictionary<MessageChannel, ChannelSchedule> Channels { get; init; } = [];

    /// <summary>By the provider's name.</summary>
    public Dictionary<string, ProviderSettings> Providers { get; init; } = new(StringComparer.Ordinal);

    public HealthSettings Health { get; init; } = new();

    public RetentionSettings Retention { get; init; } = new();

    public ChannelSchedule ScheduleOf(MessageChannel channel) =>
        Channels.TryGetValue(channel, out var set) ? set.Over(ChannelSchedule.DefaultOf(channel)) : ChannelSchedule.DefaultOf(channel);

    public ProviderSettings SettingsOf(string provider) => Providers.GetValueOrDefault(provider) ?? ProviderSettings.Default;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (channel, schedule) in Channels)
        {
            if (schedule.Attempts is < 1 or > 100 || schedule.Delays is { } delays && (delays.Length == 0 || delays.Any(d => d <= TimeSpan.Zero)))
                yield return new ValidationResult($"Sending:Channels:{channel} needs 1 to 100 Attempts and Delays above zero.", [nameof(Channels)]);
        }

        foreach (var (name, provider) in Providers)
        {
            if (provider.Weight is < 0 or > 1000 || provider.PerSecond is <= 0 || provider.ReserveForCodes is < 0 or > 0.9)
                yield return new ValidationResult(
                    $"Sending:Providers:{name} needs a Weight of 0 to 1000, PerSecond above zero, ReserveForCodes of 0 to 0.9.", [nameof(Providers)]);
        }
    }
}

/// <summary>How one provider is used.</summary>
internal sealed class ProviderSettings
{
    public static readonly ProviderSettings Default = new();

    /// <summary>Its part of the channel's messages, beside those of the others; 0: only when no other works.</summary>
    public double Weight { get; init; } = 100;

    /// <summary>Messages a second that it takes of all processes together; null: as many as there are.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Share of them that only codes may use.</summary>
    public double ReserveForCodes { get; init; } = 0.2;
}

/// <summary>When a provider counts as failing or slow.</summary>
internal sealed class HealthSettings
{
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>An attempt that takes longer is slow.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Share of failed and slow attempts from which a provider gets less.</summary>
    public double BadShare { get; init; } = 0.15;

    /// <summary>Fewer attempts prove nothing.</summary>
    public int LeastAttempts { get; init; } = 10;

    /// <summary>What a bad turn leaves of its share.</summary>
    public double Cut { get; init; } = 0.5;

    /// <summary>What a good turn gives back of its configured balance.</summary>
    public double Drift { get; init; } = 0.1;

    /// <summary>Always left, so that it can prove itself.</summary>
    public double Floor { get; init; } = 0.05;

    /// <summary>Failures in a row after which others go first.</summary>
    public int OpensAfter { get; init; } = 5;

    /// <summary>Then one message tries it again after this, doubling up to ten times as long.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>What is kept how long; the message itself, without its text, stays as proof.</summary>
internal sealed class RetentionSettings
{
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Text of what left by e-mail, SMS, Zalo or push; the inbox keeps its own.</summary>
    public TimeSpan Texts { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan Attempts { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan DirectSends { get; init; } = TimeSpan.FromDays(30);

    public TimeSpan StrayReceipts { get; init; } = TimeSpan.FromDays(3);
}
