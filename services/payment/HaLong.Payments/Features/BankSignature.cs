using System.Globalization;
using System.Security.Cryptography;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Features;

/// <summary>Signature of a notice: <c>v1=</c> and the hexadecimal HMAC-SHA256 of time stamp, a dot and the raw body.</summary>
internal static class BankSignature
{
    public const string TimestampHeader = "X-Bank-Timestamp";
    public const string SignatureHeader = "X-Bank-Signature";
    private const string Scheme = "v1=";

    // Stands in for the key of an unknown provider: that answer takes as long and says as much as a wrong signature.
    private static readonly string NobodysSecret = RandomNumberGenerator.GetHexString(64);

    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        Scheme + Convert.ToHexStringLower(StampedHmac.Of(secret, timestamp, body));

    /// <summary>Why the notice is not taken; nothing when it is. The signature comes first: only its owner learns about his clock.</summary>
    public static Error? Refusal(
        BankProvider? provider, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan window)
    {
        var expected = StampedHmac.Of(provider?.Secret ?? NobodysSecret, timestamp ?? "", body);
        var genuine = CryptographicOperations.FixedTimeEquals(expected, Parse(signature));
        if (provider is null || !genuine
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > int.MaxValue * 100L)
        {
            return PaymentErrors.BadSignature;
        }

        return (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > window ? PaymentErrors.StaleNotice : null;
    }

    private static byte[] Parse(string? signature)
    {
        if (signature is null || signature.Length != Scheme.Length + 64 || !signature.StartsWith(Scheme, StringComparison.Ordinal))
            return [];
        var hex = signature.AsSpan(Scheme.Length);
        foreach (var c in hex)
        {
            if (!char.IsAsciiHexDigit(c))
                return [];
        }

        return Convert.FromHexString(hex);
    }
}
