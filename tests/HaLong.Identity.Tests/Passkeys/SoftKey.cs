using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Identity.Tests.Passkeys;

/// <summary>
/// A passkey device made of software, for what a real one would never do: it answers what a browser would send, with anything in it
/// changed at will. WebAuthn level 3, key ES256, attestation "none".
/// </summary>
internal sealed class SoftKey : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, WithKey = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Id { get; set; } = RandomNumberGenerator.GetBytes(32);

    public uint Counter { get; set; }

    public string? UserHandle { get; set; }

    public string Origin { get; init; } = "http://localhost";

    public string RpId { get; init; } = "localhost";

    public string? Type { get; init; }

    public string? Challenge { get; init; }

    public bool CrossOrigin { get; init; }

    public byte Flags { get; init; } = Present | Verified;

    public bool SpoilSignature { get; init; }

    public static byte WithoutVerification => Present;

    public static byte WithoutPresence => Verified;

    /// <summary>The same device, misbehaving.</summary>
    public SoftKey With(string? origin = null, string? rpId = null, string? type = null, string? challenge = null, bool crossOrigin = false, byte? flags = null,
        bool spoil = false, uint? counter = null, string? userHandle = null, byte[]? id = null)
    {
        var copy = new SoftKey
        {
            Id = id ?? Id,
            Counter = counter ?? Counter,
            UserHandle = userHandle ?? UserHandle,
            Origin = origin ?? Origin,
            RpId = rpId ?? RpId,
            Type = type ?? Type,
            Challenge = challenge ?? Challenge,
            CrossOrigin = crossOrigin,
            Flags = flags ?? Flags,
            SpoilSignature = spoil,
        };
        copy.key.ImportParameters(key.ExportParameters(includePrivateParameters: true));
        return copy;
    }

    /// <summary>Answers creation options.</summary>
    public string Create(string optionsJson)
    {
        var options = JsonSerializer.Deserialize<JsonElement>(optionsJson);
        UserHandle ??= options.GetProperty("user").GetProperty("id").GetString();
        var clientData = ClientData("webauthn.create", options);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] authData = [.. AuthData(WithKey), .. new byte[16], (byte)(Id.Length >> 8), (byte)Id.Length, .. Id, .. cose];
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x59, (byte)(authData.Length >> 8), (byte)authData.Length, .. authData,
        ];
        return Credential(new { clientDataJSON = Text(clientData), attestationObject = Text(attestation), transports = new[] { "internal" } });
    }

    /// <summary>Answers request options.</summary>
    public string Get(string optionsJson)
    {
        var clientData = ClientData("webauthn.get", JsonSerializer.Deserialize<JsonElement>(optionsJson));
        Counter++;
        var authData = AuthData(0);
        var signature = key.SignData([.. authData, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (SpoilSignature)
            signature[^1] ^= 1;
        return Credential(new { clientDataJSON = Text(clientData), authenticatorData = Text(authData), signature = Text(signature), userHandle = UserHandle });
    }

    public void Dispose() => key.Dispose();

    private byte[] AuthData(byte more)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RpId)), (byte)(Flags | more), .. counter];
    }

    private byte[] ClientData(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = Type ?? type,
        challenge = Challenge ?? options.GetProperty("challenge").GetString(),
        origin = Origin,
        crossOrigin = CrossOrigin,
    });

    private string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Text(Id),
        rawId = Text(Id),
        type = "public-key",
        authenticatorAttachment = "platform",
        clientExtensionResults = new { },
        response,
    });

    private static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
