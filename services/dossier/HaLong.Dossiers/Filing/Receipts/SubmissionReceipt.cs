namespace HaLong.Dossiers.Filing.Receipts;

/// <summary>The signed receipt of a filing, made in the transaction of the filing and never again.</summary>
internal sealed class SubmissionReceipt
{
    public Guid DossierId { get; init; }

    /// <summary>The whole statement as compact JWS.</summary>
    public required string Jws { get; init; }

    /// <summary>The short statement for the QR code, as compact JWS: points to the whole one by its hash.</summary>
    public required string ShortJws { get; init; }

    public DateTimeOffset IssuedAt { get; init; }
}
