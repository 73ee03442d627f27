using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Amqp;

/// <summary>The public exchange and what partners may take of the broker.</summary>
internal sealed class AmqpOptions
{
    public const string Section = "Amqp";

    /// <summary>Where partners connect, e.g. <c>amqps://broker.halong.internal:5671</c>; told to them, used for nothing else.</summary>
    public string? Address { get; init; }

    /// <summary>How often released events are looked for without being woken.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait after a failure of the broker or the database.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a confirmation may take.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Events read and published between two steps of the cursor.</summary>
    [Range(1, 1000)]
    public int Batch { get; init; } = 100;

    /// <summary>How often the broker's users are compared with the accesses that there should be.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest queue of a partner; the oldest messages give way.</summary>
    [Range(1, 10_000_000)]
    public int QueueLength { get; init; } = 100_000;

    /// <summary>Largest queue of a partner in bytes; the oldest messages give way.</summary>
    [Range(1, long.MaxValue)]
    public long QueueBytes { get; init; } = 256L << 20;

    /// <summary>A message that nobody took is dropped after this.</summary>
    public TimeSpan MessageLife { get; init; } = TimeSpan.FromDays(3);

    /// <summary>A queue that nobody used is removed after this.</summary>
    public TimeSpan QueueLife { get; init; } = TimeSpan.FromDays(7);

    [Range(1, 1000)]
    public int MaxConnections { get; init; } = 5;

    [Range(1, 1000)]
    public int MaxChannels { get; init; } = 20;
}

/// <summary>The broker's management API, by which partners' users are made. Without an address there is no direct access.</summary>
internal sealed class BrokerManagementOptions
{
    public const string Section = "BrokerManagement";

    [RegularExpression("^$|^https?://.+")]
    public string? Url { get; init; }

    /// <summary>An administrator; null: the one of ConnectionStrings:broker.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
