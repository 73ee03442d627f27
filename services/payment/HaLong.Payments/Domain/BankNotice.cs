using System.Security.Cryptography;

namespace HaLong.Payments.Domain;

/// <summary>What a bank told us, word for word. Never changed and never deleted; a database trigger watches over that.</summary>
internal sealed class BankNotice
{
    public required Guid Id { get; init; }

    /// <summary>Who told us, e.g. lab.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's own id of the event.</summary>
    public required string EventId { get; init; }

    /// <summary>SHA-256 of the raw body, lower-case hex: tells a repeated notice from an altered one.</summary>
    public required string PayloadHash { get; init; }

    public required string RawBody { get; init; }

    /// <summary>False for a later notice with the same event id and other contents.</summary>
    public required bool Original { get; init; }

    public required long Amount { get; init; }

    public required string Account { get; init; }

    public required string Bin { get; init; }

    public required string Remittance { get; init; }

    public required DateTimeOffset BookedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
