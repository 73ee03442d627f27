using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.OpenId.Clients;

/// <summary>The public keys a client registers to prove itself by signatures instead of a secret.</summary>
internal static class ClientKeys
{
    private const int SmallestRsa = 2048;

    /// <summary>The key set of a JSON Web Key Set text; null when it is none, or holds anything but public RSA and P-256 keys.</summary>
    public static JsonWebKeySet? TryRead(string text)
    {
        try
        {
            var set = new JsonWebKeySet(text);
            return set.Keys.Count is > 0 and <= 10 && set.Keys.All(IsPublic) ? set : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }
    }

    // A private part registered by mistake must not lie in the database; a symmetric key would be a secret in clear.
    private static bool IsPublic(JsonWebKey key) => !key.HasPrivateKey && string.IsNullOrEmpty(key.K) && key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.RSA => key.KeySize >= SmallestRsa,
        JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv == JsonWebKeyECTypes.P256,
        _ => false,
    };
}
