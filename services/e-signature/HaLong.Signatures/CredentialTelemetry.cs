using System.Diagnostics.Metrics;

namespace HaLong.Signatures;

/// <summary>What operators see of persons' credentials: numbers by kind, never whose.</summary>
internal sealed class CredentialTelemetry
{
    private readonly Counter<long> moves;
    private readonly Counter<long> orders;
    private readonly Counter<long> pins;

    public CredentialTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create(SignatureTelemetry.Name);
        moves = meter.CreateCounter<long>("halong.signature.credential_moves", description: "Steps in the life of persons' credentials, by move.");
        orders = meter.CreateCounter<long>("halong.signature.orders", description: "Orders to sign hashes, by outcome and door.");
        pins = meter.CreateCounter<long>("halong.signature.pins", description: "PINs looked at, by outcome.");
    }

    public void Moved(string move) => moves.Add(1, new KeyValuePair<string, object?>("move", move));

    /// <param name="outcome">signed, replayed, expired or an error code.</param>
    /// <param name="door">Platform or Csc.</param>
    public void Ordered(string outcome, string door) => orders.Add(1,
        new KeyValuePair<string, object?>("outcome", outcome), new KeyValuePair<string, object?>("door", door));

    /// <param name="outcome">right, wrong, too_soon or locked.</param>
    public void Pin(string outcome) => pins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
