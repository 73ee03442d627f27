namespace HaLong.Notifications.Webhooks;

/// <summary>How long a new connection took; nothing where an open one was used again.</summary>
internal sealed class ConnectTimings
{
    public static readonly HttpRequestOptionsKey<ConnectTimings> Key = new("halong.connect-timings");

    public TimeSpan? Dns { get; set; }

    public TimeSpan? Connect { get; set; }
}
