using HaLong.Notifications.Sending.Push;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Notifications.Features.PushSubscriptions;

/// <summary>Everything that is wrong with a browser's subscription, at once.</summary>
internal static class PushRequestCheck
{
    // The end of the year 9999: beyond it there is no date.
    private const double LatestMilliseconds = 253402300799999;

    /// <summary>Null when nothing is wrong.</summary>
    public static Error? Defects(CreatePushSubscription.Request request, DateTimeOffset now, Error? endpoint)
    {
        var error = PushErrors.NotUsable;
        if (endpoint is not null)
        {
            var why = endpoint.FieldMessages is [var first, ..] ? first : new FieldMessage("", endpoint.Vi, endpoint.En);
            error = error.WithField("endpoint", why.Vi, why.En);
        }

        if (!P256.IsPoint(Decode(request.Keys?.P256dh)))
            error = error.WithField("keys.p256dh", "Cần khóa công khai P-256 (65 byte, base64url).", "A public key of P-256 is needed (65 bytes, base64url).");
        if (Decode(request.Keys?.Auth).Length != MessageEncryption.AuthBytes)
            error = error.WithField("keys.auth", "Cần bí mật 16 byte (base64url).", "A secret of 16 bytes is needed (base64url).");
        if (request.ExpirationTime is { } end && !(end > now.ToUnixTimeMilliseconds() && end <= LatestMilliseconds))
            error = error.WithField("expirationTime", "Đăng ký đã hết hạn.", "The subscription has expired.");
        return error.FieldMessages.Count > 0 ? error : null;
    }

    public static DateTimeOffset? ExpiryOf(CreatePushSubscription.Request request) =>
        request.ExpirationTime is { } end ? DateTimeOffset.FromUnixTimeMilliseconds((long)end) : null;

    private static byte[] Decode(string? text)
    {
        try
        {
            return text is { Length: < 200 } ? WebEncoders.Base64UrlDecode(text) : [];
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
