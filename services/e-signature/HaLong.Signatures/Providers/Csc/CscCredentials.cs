using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Providers.Csc;

/// <summary>A credential as a CSC server describes it.</summary>
/// <param name="Credential">For those who sign.</param>
/// <param name="IsEnabled">The key may be used and the certificate holds, says the server.</param>
/// <param name="PinId">Under which the PIN is sent.</param>
/// <param name="CodeId">Under which the one-time code is sent.</param>
internal sealed record CscCredential(ProviderCredential Credential, bool IsEnabled, string PinId, string CodeId);

/// <summary>Reads <c>credentials/info</c> and the items of <c>credentials/list</c> (CSC v2 §11.5).</summary>
internal static class CscCredentials
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EllipticKey = "1.2.840.10045.2.1";

    /// <summary>Null for one that cannot be used here: without a certificate, of another kind of key, or authorised in a browser.</summary>
    public static CscCredential? Read(JsonElement? item, string id, int most)
    {
        if (id.Length is 0 or > 200)
            return null;
        var chain = item.Member("cert").Items("certificates").Select(c => c.ValueKind == JsonValueKind.String ? Load(c.GetString()!) : null).ToList();
        if (chain.Count == 0 || chain.Contains(null) || Algorithm(item, chain[0]!) is not { } algorithm)
            return null;
        if (item.Member("auth") is not { } auth || Needs(auth) is not { } needs)
            return null;
        var enabled = item.Member("key").Text("status") is "" or "enabled" && item.Member("cert").Text("status") is "" or "valid";
        return new CscCredential(new ProviderCredential(id, [.. chain.OfType<X509Certificate2>()], algorithm, Math.Clamp(item.Number("multisign") ?? 1, 1, most),
            needs.Needs), enabled, needs.Pin, needs.Code);
    }

    // The usual algorithm of the key, if the server offers it; else the best that it offers. Without a word about the hash, any is allowed.
    private static SignatureAlgorithm? Algorithm(JsonElement? item, X509Certificate2 signer)
    {
        SignatureAlgorithm usual;
        try
        {
            usual = SignatureAlgorithm.Of(signer);
        }
        catch (ArgumentException)
        {
            return null;
        }

        var offered = item.Member("key").Items("algo").Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!).ToList();
        if (offered.Count == 0 || offered.Contains(usual.IsRsa ? RsaKey : EllipticKey) || offered.Contains(usual.Oid))
            return usual;
        return SignatureAlgorithm.All.FirstOrDefault(a => a.IsRsa == usual.IsRsa && offered.Contains(a.Oid));
    }

    // "explicit": what the person knows and receives is sent here. "implicit": the server asks the person itself. A browser is not opened for anybody.
    private static (SignerNeeds Needs, string Pin, string Code)? Needs(JsonElement? auth)
    {
        if (auth.Text("mode") == "implicit")
            return (SignerNeeds.None, "", "");
        if (auth.Text("mode") != "explicit")
            return null;
        var objects = auth.Items("objects").Select(o => (Type: ((JsonElement?)o).Text("type"), Id: ((JsonElement?)o).Text("id"))).ToList();
        var pin = objects.Find(o => o.Type == "Password").Id ?? "";
        var code = objects.Find(o => o.Type is "ChallengeResponse" or "OTP").Id ?? "";
        // One of both is enough where the expression says so; the PIN is the one that needs nobody else.
        if (pin.Length > 0 && code.Length > 0 && auth.Text("expression").Contains(" OR ", StringComparison.OrdinalIgnoreCase))
            code = "";
        return ((pin.Length > 0 ? SignerNeeds.Pin : 0) | (code.Length > 0 ? SignerNeeds.OneTimeCode : 0), pin, code);
    }

    private static X509Certificate2? Load(string base64)
    {
        try
        {
            return JsonReading.Bytes(base64) is { } der ? X509CertificateLoader.LoadCertificate(der) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
