namespace HaLong.Notifications.Domain;

internal enum ProviderMode
{
    /// <summary>Takes its share.</summary>
    Enabled,

    /// <summary>Gets nothing new; is still asked about what it has.</summary>
    Disabled,

    /// <summary>Gets everything for as long as it works.</summary>
    Preferred,
}

/// <summary>How a provider does, as all replicas see it, and what an administrator decided about it.</summary>
internal sealed class ProviderState
{
    public const double Full = 1;

    public required string Name { get; init; }

    public required MessageChannel Channel { get; init; }

    public ProviderMode Mode { get; private set; }

    /// <summary>Of its configured balance: 1 when all is well, less while it fails or is slow.</summary>
    public double Share { get; private set; } = Full;

    /// <summary>Attempts within the window, of all replicas.</summary>
    public int Attempts { get; private set; }

    /// <summary>Those of them that failed or took long.</summary>
    public int Bad { get; private set; }

    public required DateTimeOffset MeasuredAt { get; init; }

    public DateTimeOffset? ModeChangedAt { get; private set; }

    /// <summary>Why an administrator changed the mode.</summary>
    public string? Reason { get; private set; }

    /// <summary>Grows with each change of the mode.</summary>
    public uint Revision { get; private set; }

    public void Become(ProviderMode mode, string reason, DateTimeOffset now)
    {
        (Mode, Reason, ModeChangedAt) = (mode, reason, now);
        Revision++;
    }
}
