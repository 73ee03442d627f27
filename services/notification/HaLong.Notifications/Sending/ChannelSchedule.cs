using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Sending;

/// <summary>When a message of one channel is tried again.</summary>
internal sealed class ChannelSchedule
{
    // An SMS gateway that fails fails for minutes. A mailbox can be full until the evening: about nine hours. Zalo and push have another channel behind them.
    private static readonly ChannelSchedule
        Sms = Of(8, 5 * 60, 10 * 60, 15 * 60, 30 * 60),
        Email = Of(18, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600),
        Zalo = Of(4, 30, 2 * 60, 5 * 60),
        Push = Of(4, 10, 60, 5 * 60);

    /// <summary>Waits after the first, second … attempt before jitter; the last one repeats. Null: the channel's own.</summary>
    public TimeSpan[]? Delays { get; init; }

    /// <summary>After so many it has failed for good. Null: the channel's own.</summary>
    public int? Attempts { get; init; }

    public static ChannelSchedule DefaultOf(MessageChannel channel) => channel switch
    {
        MessageChannel.Sms => Sms,
        MessageChannel.Zalo => Zalo,
        MessageChannel.Push => Push,
        _ => Email,
    };

    public ChannelSchedule Over(ChannelSchedule other) => new() { Delays = Delays ?? other.Delays, Attempts = Attempts ?? other.Attempts };

    public bool IsLast(int tries) => tries >= Attempts;

    /// <summary>The wait after the given try (from 1).</summary>
    /// <param name="tries">Tries so far.</param>
    /// <param name="jitter">Share that is random.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan After(int tries, double jitter, double random) =>
        Delays![Math.Clamp(tries - 1, 0, Delays.Length - 1)] * (1 + (jitter * ((2 * random) - 1)));

    private static ChannelSchedule Of(int attempts, params int[] seconds) =>
        new() { Attempts = attempts, Delays = [.. seconds.Select(s => TimeSpan.FromSeconds(s))] };
}
