using System.Security.Cryptography;

namespace HaLong.Notifications.Sending.Push;

/// <summary>Keys of the curve P-256 as Web Push writes them: 65 bytes for a public one (uncompressed point), 32 for a private one.</summary>
internal static class P256
{
    public const int PointBytes = 65;
    public const int ScalarBytes = 32;
    private const byte Uncompressed = 4;

    /// <summary>A public key; throws <see cref="CryptographicException"/> when the point is not on the curve.</summary>
    public static ECParameters Public(ReadOnlySpan<byte> point) => point is [Uncompressed, ..] && point.Length == PointBytes
        ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() } }
        : throw new CryptographicException("This is not an uncompressed point of P-256.");

    public static ECParameters Private(byte[] scalar) => new() { Curve = ECCurve.NamedCurves.nistP256, D = scalar };

    public static byte[] PointOf(ECParameters key) => [Uncompressed, .. key.Q.X!, .. key.Q.Y!]; // exported keys hold their point

    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        try
        {
            using var key = ECDiffieHellman.Create(Public(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
