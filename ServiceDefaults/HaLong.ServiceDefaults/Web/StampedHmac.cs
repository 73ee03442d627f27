using System.Security.Cryptography;
using System.Text;

namespace HaLong.ServiceDefaults;

/// <summary>What outside providers sign the posts to our hooks with.</summary>
public static class StampedHmac
{
    /// <summary>HMAC-SHA256 of the time stamp as it was sent, a dot and the raw body.</summary>
    public static byte[] Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
