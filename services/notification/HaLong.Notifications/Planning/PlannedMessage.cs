using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Planning;

/// <summary>One message that a notice gives rise to.</summary>
/// <param name="Channel">Through what.</param>
/// <param name="DueAt">Not before.</param>
/// <param name="Title">Headline or subject.</param>
/// <param name="Body">What it says.</param>
internal sealed record PlannedMessage(MessageChannel Channel, DateTimeOffset DueAt, string Title, string Body)
{
    /// <summary>HTML alternative.</summary>
    public string? Html { get; init; }

    /// <summary>What fills a provider's own template, as JSON.</summary>
    public string? Data { get; init; }

    /// <summary>Which of several devices.</summary>
    public string Target { get; init; } = "";

    /// <summary>Channels that take over, in this order, when this one fails.</summary>
    public IReadOnlyList<MessageChannel> Fallback { get; init; } = [];

    /// <summary>What those would say.</summary>
    public IReadOnlyDictionary<MessageChannel, ChannelText> Reserves { get; init; } = new Dictionary<MessageChannel, ChannelText>();

    /// <summary>Of no use after this.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Must still hold when it is sent.</summary>
    public string? Condition { get; init; }

    /// <summary>Gathered with others at this time; null: a message of its own.</summary>
    public DateTimeOffset? Slot { get; init; }
}
