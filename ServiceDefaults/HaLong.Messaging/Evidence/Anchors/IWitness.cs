namespace HaLong.Messaging;

/// <summary>Who keeps anchors outside of the database they speak about.</summary>
public interface IWitness
{
    /// <summary>Has the statement kept and time-stamped. Where an anchor from the same position is kept already, that one is the answer.</summary>
    /// <exception cref="ServiceDefaults.ErrorException">Not accepted, or not now: nothing was kept.</exception>
    Task<WitnessedAnchor> WitnessAsync(AnchorStatement statement, CancellationToken ct);

    /// <summary>What is kept about a service, in order.</summary>
    IAsyncEnumerable<KeptAnchorEntry> ReadAsync(string service, int fromPartition, int toPartition, CancellationToken ct);
}
