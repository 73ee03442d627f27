using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Sending;

/// <summary>One provider as this process sees it: its balance and mode as all replicas measured them, its circuit and its rate as this one does.</summary>
internal sealed class ProviderStanding(IMessageProvider provider, SendingOptions options, TimeProvider clock)
{
    private readonly ProviderSettings settings = options.SettingsOf(provider.Name);
    private readonly TokenBucket? bucket = options.SettingsOf(provider.Name) is { PerSecond: { } rate } own
        ? new TokenBucket(rate / options.Replicas, own.ReserveForCodes, clock)
        : null;

    private double share = ProviderState.Full;
    private volatile ProviderMode mode;

    public IMessageProvider Provider => provider;

    public Circuit Circuit { get; } = new(options.Health, clock);

    public ProviderMode Mode => mode;

    public double ConfiguredWeight => settings.Weight;

    public double? PerSecond => settings.PerSecond;

    public double Weight => settings.Weight * Volatile.Read(ref share);

    /// <summary>May get something new.</summary>
    public bool IsUsable => provider.IsOn && mode != ProviderMode.Disabled;

    public int Room => bucket?.Room ?? int.MaxValue;

    public bool TryTake(bool code) => bucket?.TryTake(code) != false;

    public void Learn(ProviderMode newMode, double newShare)
    {
        mode = newMode;
        Volatile.Write(ref share, newShare);
    }
}
