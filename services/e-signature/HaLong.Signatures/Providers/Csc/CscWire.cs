using System.Text.Json.Serialization;

namespace HaLong.Signatures.Providers.Csc;

/// <summary>Requests of the CSC API v2 (Architectures and protocols for remote signature applications, §11). Secrets do not show, whatever prints them.</summary>
internal static class CscWire
{
    internal sealed record ListRequest(
        [property: JsonPropertyName("userID")] string UserId,
        [property: JsonPropertyName("credentialInfo")] bool CredentialInfo = true,
        [property: JsonPropertyName("certificates")] string Certificates = "chain",
        [property: JsonPropertyName("certInfo")] bool CertInfo = true,
        [property: JsonPropertyName("authInfo")] bool AuthInfo = true)
    {
        public override string ToString() => nameof(ListRequest);
    }

    internal sealed record InfoRequest(
        [property: JsonPropertyName("credentialID")] string CredentialId,
        [property: JsonPropertyName("certificates")] string Certificates = "chain",
        [property: JsonPropertyName("certInfo")] bool CertInfo = true,
        [property: JsonPropertyName("authInfo")] bool AuthInfo = true);

    internal sealed record ChallengeRequest([property: JsonPropertyName("credentialID")] string CredentialId);

    internal sealed record AuthDatum([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("value")] string Value)
    {
        public override string ToString() => nameof(AuthDatum);
    }

    /// <summary>The hashes are part of it: the SAD that comes back is good for nothing else.</summary>
    internal sealed record AuthorizeRequest(
        [property: JsonPropertyName("credentialID")] string CredentialId,
        [property: JsonPropertyName("numSignatures")] int NumSignatures,
        [property: JsonPropertyName("hashes")] IReadOnlyList<string> Hashes,
        [property: JsonPropertyName("hashAlgorithmOID")] string HashAlgorithm,
        [property: JsonPropertyName("authData")] IReadOnlyList<AuthDatum> AuthData,
        [property: JsonPropertyName("clientData")] string ClientData)
    {
        public override string ToString() => nameof(AuthorizeRequest);
    }

    internal sealed record SignHashRequest(
        [property: JsonPropertyName("credentialID")] string CredentialId,
        [property: JsonPropertyName("SAD")] string Sad,
        [property: JsonPropertyName("hashes")] IReadOnlyList<string> Hashes,
        [property: JsonPropertyName("hashAlgorithmOID")] string HashAlgorithm,
        [property: JsonPropertyName("signAlgo")] string SignAlgorithm,
        [property: JsonPropertyName("clientData")] string ClientData)
    {
        public override string ToString() => nameof(SignHashRequest);
    }
}
