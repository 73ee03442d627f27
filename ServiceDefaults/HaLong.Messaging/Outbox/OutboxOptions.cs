using System.ComponentModel.DataAnnotations;

namespace HaLong.Messaging;

/// <summary>Settings of the outbox, section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Outbox";

    /// <summary>How often to look without being woken.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows taken at a time.</summary>
    [Range(1, 5000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>Longest time one publication may take.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>First back-off of a row that failed; doubles up to <see cref="MaxBackoff"/>.</summary>
    public TimeSpan Backoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest back-off.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long inbox rows and idempotency keys are kept: no delivery or retry may be older.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often old rows are removed.</summary>
    public TimeSpan CleanUpInterval { get; set; } = TimeSpan.FromMinutes(10);
}
