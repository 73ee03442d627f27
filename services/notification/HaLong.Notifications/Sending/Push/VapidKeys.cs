using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Notifications.Sending.Push;

/// <summary>The key pair by which push services know this platform (RFC 8292).</summary>
internal sealed record VapidKeys(byte[] Public, byte[] Private)
{
    /// <summary>As browsers take it: base64url without padding.</summary>
    public string PublicText => WebEncoders.Base64UrlEncode(Public);

    public string PrivateText => WebEncoders.Base64UrlEncode(Private);

    public static VapidKeys New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(key);
    }

    /// <summary>Null when the texts are no pair.</summary>
    public static VapidKeys? Parse(string publicText, string privateText)
    {
        try
        {
            var keys = FromScalar(WebEncoders.Base64UrlDecode(privateText));
            return keys.Public.AsSpan().SequenceEqual(WebEncoders.Base64UrlDecode(publicText)) ? keys : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>For development only: always the same from the same words, so that replicas and restarts agree without a setting.</summary>
    public static VapidKeys Derive(string words) =>
        FromScalar(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(words), P256.ScalarBytes, info: "halong.push.development"u8.ToArray()));

    private static VapidKeys FromScalar(byte[] scalar)
    {
        using var key = ECDsa.Create(P256.Private(scalar));
        return Of(key);
    }

    private static VapidKeys Of(ECDsa key)
    {
        var all = key.ExportParameters(includePrivateParameters: true);
        return new VapidKeys(P256.PointOf(all), all.D!); // exported with its private part
    }
}
