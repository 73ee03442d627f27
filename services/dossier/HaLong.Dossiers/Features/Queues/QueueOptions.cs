using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>Settings of work queues, section <c>Dossiers:Queues</c>.</summary>
internal sealed class QueueOptions
{
    public const string Section = "Dossiers:Queues";

    /// <summary>What is due within so many hours is about to expire. Assumed: the law knows no such notion, reports of the country count 24 hours.</summary>
    [Range(1, 240)]
    public int ExpiringHours { get; set; } = 24;

    /// <summary>How often the lengths of the queues are counted for the metric.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan GaugeInterval { get; set; } = TimeSpan.FromSeconds(30);
}
