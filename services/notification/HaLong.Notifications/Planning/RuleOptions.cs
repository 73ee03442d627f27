using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Planning;

/// <summary>How often people are told things, and when they are reminded.</summary>
internal sealed class RuleOptions
{
    public const string Section = "Rules";

    /// <summary>Notices that may ring one person's telephone within an hour; urgent ones are not counted.</summary>
    [Range(1, 1000)]
    public int TelephonePerHour { get; init; } = 6;

    /// <summary>The same within 24 hours.</summary>
    [Range(1, 10_000)]
    public int TelephonePerDay { get; init; } = 20;

    /// <summary>The same words to one person within 24 hours.</summary>
    [Range(1, 1000)]
    public int SameTextPerDay { get; init; } = 2;

    /// <summary>A carrier that reports deliveries has this long to report one; then the next channel takes over.</summary>
    public TimeSpan ReceiptWait { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often reminders, digests and overdue receipts are looked for.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Before the last day to pay.</summary>
    public TimeSpan PaymentReminder { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Before the last day to complete a dossier.</summary>
    public TimeSpan SupplementReminder { get; init; } = TimeSpan.FromDays(3);

    /// <summary>After the result was handed over.</summary>
    public TimeSpan RatingAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Streams that one person may hold open in one process: a browser opens one per tab.</summary>
    [Range(1, 100)]
    public int StreamsPerPerson { get; init; } = 6;

    /// <summary>A sign of life on a stream on which nothing happens: proxies close what is silent.</summary>
    public TimeSpan StreamHeartbeat { get; init; } = TimeSpan.FromSeconds(20);
}
