using System.Text.Json.Serialization;

namespace HaLong.Signatures.Csc;

// Names, also with their capitals, are those of the Cloud Signature Consortium API v2.

/// <param name="UserId">Must be left out: the token says who it is.</param>
/// <param name="CredentialInfo">Whether details are wanted.</param>
/// <param name="Certificates">none, single or chain.</param>
/// <param name="CertInfo">Whether names and days of the certificate are wanted.</param>
/// <param name="AuthInfo">Whether it is wanted how to authorise.</param>
/// <param name="OnlyValid">Only those that can sign now.</param>
internal sealed record CscListRequest([property: JsonPropertyName("userID")] string? UserId, bool? CredentialInfo, string? Certificates, bool? CertInfo,
    bool? AuthInfo, bool? OnlyValid);

/// <param name="CredentialId">Which.</param>
/// <param name="Certificates">none, single or chain.</param>
/// <param name="CertInfo">Whether names and days of the certificate are wanted.</param>
/// <param name="AuthInfo">Whether it is wanted how to authorise.</param>
internal sealed record CscInfoRequest([property: JsonPropertyName("credentialID")] string? CredentialId, string? Certificates, bool? CertInfo, bool? AuthInfo);

/// <param name="CredentialId">Which.</param>
/// <param name="NumSignatures">How many documents: told in the text that comes to the telephone.</param>
internal sealed record CscChallengeRequest([property: JsonPropertyName("credentialID")] string? CredentialId, int? NumSignatures);

/// <param name="Id">PIN or OTP.</param>
/// <param name="Value">What the person gave.</param>
internal sealed record CscAuthData(string? Id, string? Value)
{
    /// <summary>Secrets do not show, whatever prints this.</summary>
    public override string ToString() => nameof(CscAuthData);
}

/// <param name="CredentialId">Which.</param>
/// <param name="NumSignatures">As many as hashes.</param>
/// <param name="Hashes">Base64: nothing else can be signed with the SAD.</param>
/// <param name="HashAlgorithmOid">By which they are.</param>
/// <param name="AuthData">PIN and OTP.</param>
internal sealed record CscAuthorizeRequest([property: JsonPropertyName("credentialID")] string? CredentialId, int? NumSignatures, IReadOnlyList<string>? Hashes,
    [property: JsonPropertyName("hashAlgorithmOID")] string? HashAlgorithmOid, IReadOnlyList<CscAuthData>? AuthData);

/// <param name="CredentialId">Which.</param>
/// <param name="Sad">Of credentials/authorize.</param>
/// <param name="Hashes">The same, in the same order.</param>
/// <param name="HashAlgorithmOid">The same.</param>
/// <param name="SignAlgo">OID of key and hash, or of the kind of key alone.</param>
internal sealed record CscSignRequest([property: JsonPropertyName("credentialID")] string? CredentialId, [property: JsonPropertyName("SAD")] string? Sad,
    IReadOnlyList<string>? Hashes, [property: JsonPropertyName("hashAlgorithmOID")] string? HashAlgorithmOid, string? SignAlgo)
{
    /// <summary>Secrets do not show, whatever prints this.</summary>
    public override string ToString() => nameof(CscSignRequest);
}

internal sealed record CscListAnswer([property: JsonPropertyName("credentialIDs")] IReadOnlyList<string> CredentialIds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CscCredential>? CredentialInfos);

internal sealed record CscCredential([property: JsonPropertyName("credentialID"),
    JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CredentialId,
    string Description, CscKey Key, CscCertificate Cert,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CscAuth? Auth,
    [property: JsonPropertyName("SCAL")] string Scal, int Multisign, string Lang);

/// <param name="Status">enabled or disabled.</param>
/// <param name="Algo">OIDs that may be asked for.</param>
/// <param name="Len">Bits.</param>
/// <param name="Curve">OID of the curve.</param>
internal sealed record CscKey(string Status, IReadOnlyList<string> Algo, int Len, string Curve);

/// <param name="Status">valid, expired, revoked or suspended.</param>
/// <param name="Certificates">Base64 of DER, signer first; left out when not asked for, like all that follows.</param>
/// <param name="IssuerDn">RFC 4514 name.</param>
/// <param name="SerialNumber">Hex.</param>
/// <param name="SubjectDn">RFC 4514 name.</param>
/// <param name="ValidFrom">GeneralizedTime.</param>
/// <param name="ValidTo">GeneralizedTime.</param>
internal sealed record CscCertificate(string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Certificates,
    [property: JsonPropertyName("issuerDN"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IssuerDn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SerialNumber,
    [property: JsonPropertyName("subjectDN"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SubjectDn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ValidFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ValidTo);

/// <param name="Mode">explicit: the person gives PIN and OTP to the software that signs.</param>
/// <param name="Expression">What of it is needed.</param>
/// <param name="Objects">What each is.</param>
internal sealed record CscAuth(string Mode, string Expression, IReadOnlyList<CscAuthObject> Objects);

internal sealed record CscAuthObject(string Type, string Id, string Format, string Label,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Generator);

/// <param name="Challenge">Where the code went, masked.</param>
internal sealed record CscChallengeAnswer(string Challenge);

internal sealed record CscAuthorizeAnswer([property: JsonPropertyName("SAD")] string Sad, int ExpiresIn);

internal sealed record CscSignAnswer(IReadOnlyList<string> Signatures);

/// <param name="Specs">Version of the standard.</param>
/// <param name="Name">Who offers this.</param>
/// <param name="Logo">Empty.</param>
/// <param name="Region">Country.</param>
/// <param name="Lang">Language of texts.</param>
/// <param name="Description">What it is.</param>
/// <param name="AuthType">oauth2code: tokens of our identity by the authorization code flow.</param>
/// <param name="Oauth2Issuer">Where its metadata are (RFC 8414).</param>
/// <param name="Oauth2Scopes">What the token needs.</param>
/// <param name="AsynchronousOperationMode">False: answers come at once.</param>
/// <param name="Methods">All there are.</param>
/// <param name="SignAlgorithms">OIDs.</param>
internal sealed record CscServiceInfo(string Specs, string Name, string Logo, string Region, string Lang, string Description, IReadOnlyList<string> AuthType,
    string Oauth2Issuer, IReadOnlyList<string> Oauth2Scopes, bool AsynchronousOperationMode, IReadOnlyList<string> Methods, CscAlgorithms SignAlgorithms);

internal sealed record CscAlgorithms(IReadOnlyList<string> Algos, IReadOnlyList<string> AlgoParams);
