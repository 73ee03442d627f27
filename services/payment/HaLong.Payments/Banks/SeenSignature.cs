namespace HaLong.Payments.Banks;

/// <summary>A signature that was taken: whoever sends the request again within its window is recognised. Deleted when the window is over.</summary>
internal sealed class SeenSignature
{
    public required string Provider { get; init; }

    /// <summary>SHA-256 of the signature as sent, lower-case hex.</summary>
    public required string Digest { get; init; }

    public DateTimeOffset SeenAt { get; init; }
}
