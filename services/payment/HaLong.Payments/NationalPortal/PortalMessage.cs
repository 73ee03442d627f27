namespace HaLong.Payments.NationalPortal;

/// <summary>What the platform told about an attempt, word for word, each once. Never changed and never deleted; a database trigger watches over that.</summary>
internal sealed class PortalMessage
{
    /// <summary>It told it by itself.</summary>
    public const string Confirm = "confirm";

    /// <summary>It was asked.</summary>
    public const string Query = "query";

    public Guid Id { get; init; }

    public Guid AttemptId { get; init; }

    /// <summary>confirm or query: which came first.</summary>
    public required string Source { get; init; }

    /// <summary>MaLoi.</summary>
    public required string Code { get; init; }

    /// <summary>SHA-256 over what counts, lower-case hex.</summary>
    public required string Hash { get; init; }

    public required string RawBody { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>The platform's receipt (biên lai) of a payment, kept as it came. Never changed and never deleted.</summary>
internal sealed class ProviderBill
{
    public Guid AttemptId { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The PDF.</summary>
    public required byte[] Content { get; init; }

    public DateTimeOffset FetchedAt { get; init; }
}
