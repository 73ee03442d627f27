namespace HaLong.Payments.Receipts;

/// <summary>The paper of a document: its bytes, and how far its seal is. The part of a receipt that changes.</summary>
internal sealed class ReceiptPaper
{
    public Guid ReceiptId { get; init; }

    /// <summary>Copied, so that lists by state need one index.</summary>
    public required string UnitCode { get; init; }
    public PaperState State { get; private set; }
    public ReceiptStanding Standing { get; private set; }

    /// <summary>What is to be sealed: kept until then, so that every attempt seals the same bytes.</summary>
    public byte[]? Unsigned { get; private set; }

    public byte[]? Sealed { get; private set; }

    /// <summary>SHA-256 of the sealed bytes, lower-case hexadecimal.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>Name in the certificate of the seal.</summary>
    public string? Signer { get; private set; }

    /// <summary>What the receipt says, sealed for programs (JWS); null before the seal, and for papers that were sealed before there was one.</summary>
    public string? Statement { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SealedAt { get; private set; }

    /// <summary>When somebody last worked on it.</summary>
    public DateTimeOffset TriedAt { get; private set; }
    public int Failures { get; private set; }

    public static ReceiptPaper Of(Receipt receipt) => new()
    {
        ReceiptId = receipt.Id,
        UnitCode = receipt.UnitCode,
        CreatedAt = receipt.IssuedAt,
        TriedAt = receipt.IssuedAt,
    };

    public void Write(byte[] pdf, DateTimeOffset now) => (Unsigned, TriedAt) = (pdf, now);

    public void Seal(byte[] pdf, string sha256, string signer, string statement, DateTimeOffset now) =>
        (Sealed, Unsigned, Sha256, Signer, Statement, State, SealedAt, TriedAt) = (pdf, null, sha256, signer, statement, PaperState.Sealed, now, now);

    public void Fail(DateTimeOffset now) => (Failures, TriedAt) = (Failures + 1, now);

    /// <summary>A part, or everything, was given back. What was cancelled stays so.</summary>
    public void Become(ReceiptStanding standing) => Standing = Standing == ReceiptStanding.Cancelled ? Standing : standing;
}
