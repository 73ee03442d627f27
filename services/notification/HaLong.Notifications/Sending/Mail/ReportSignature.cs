using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>Signature of a posted report: <c>v1=</c> and the hexadecimal HMAC-SHA256 of time stamp, a dot and the raw body.</summary>
internal static class ReportSignature
{
    public const string TimestampHeader = "X-Mail-Timestamp";
    public const string SignatureHeader = "X-Mail-Signature";

    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        "v1=" + Convert.ToHexStringLower(StampedHmac.Of(secret, timestamp, body));

    /// <summary>Why the report is not taken; null when it is. The signature comes first: only who has the secret learns about his clock.</summary>
    public static Error? Refusal(MailReportOptions options, string timestamp, string signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var genuine = options.Secret.Length > 0
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(options.Secret, timestamp, body)), Encoding.UTF8.GetBytes(signature));
        if (!genuine || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > int.MaxValue)
            return MailErrors.BadSignature;
        return (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > options.Window ? MailErrors.StaleReport : null;
    }
}
