using System.Security.Cryptography;
using System.Text.Json;

namespace HaLong.EndToEnd.Tests;

/// <summary>The key by which the partner of this run can prove itself instead of by its secret.</summary>
internal static class PartnerKey
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What the platform is told: the public part, as a key set.</summary>
    public static string PublicSet => JsonSerializer.Serialize(new { keys = new[] { Jwk(isPrivate: false) } });

    public static Dictionary<string, string> Jwk(bool isPrivate)
    {
        var parameters = Key.ExportParameters(isPrivate);
        var jwk = new Dictionary<string, string> { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "partner-1", ["x"] = Encode(parameters.Q.X), ["y"] = Encode(parameters.Q.Y) };
        if (isPrivate)
        {
            jwk["d"] = Encode(parameters.D);
        }

        return jwk;
    }

    private static string Encode(byte[]? value) => Convert.ToBase64String(value!).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
