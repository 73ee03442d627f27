using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;

namespace HaLong.Notifications.Features.Sending;

/// <summary>A provider as an administrator sees it.</summary>
/// <param name="Name">In settings and metrics.</param>
/// <param name="Channel">email, sms, zalo or push.</param>
/// <param name="IsOn">It is set up.</param>
/// <param name="Mode">enabled, disabled or preferred.</param>
/// <param name="Reason">Why an administrator changed it.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="ConfiguredWeight">Its part by the settings.</param>
/// <param name="Weight">Its part now, as all replicas measured it.</param>
/// <param name="Attempts">Attempts within the window.</param>
/// <param name="Bad">Those that failed or were slow.</param>
/// <param name="MeasuredAt">When that was.</param>
/// <param name="CircuitOpen">It failed time after time: others go first. As the process that answers sees it.</param>
/// <param name="PerSecond">Messages a second at most, of all processes; null: no limit.</param>
internal sealed record ProviderView(
    string Name, string Channel, bool IsOn, string Mode, string? Reason, DateTimeOffset? ChangedAt, double ConfiguredWeight, double Weight, int Attempts,
    int Bad, DateTimeOffset? MeasuredAt, bool CircuitOpen, double? PerSecond)
{
    public static ProviderView Of(ProviderStanding standing, ProviderState? state) => new(
        standing.Provider.Name, Words.Of(standing.Provider.Channel), standing.Provider.IsOn, Words.Of(state?.Mode ?? ProviderMode.Enabled), state?.Reason,
        state?.ModeChangedAt, standing.ConfiguredWeight, standing.ConfiguredWeight * (state?.Share ?? ProviderState.Full), state?.Attempts ?? 0, state?.Bad ?? 0, state?.MeasuredAt,
        standing.Circuit.IsOpen, standing.PerSecond);
}
