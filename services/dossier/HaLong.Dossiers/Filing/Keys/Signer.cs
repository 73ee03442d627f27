using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>
/// Signs statements of this service as compact JWS (RFC 7515, ES256) that anybody can check off line against the keys of
/// <c>/api/v1/verification-keys</c>. Needs nobody else: the e-signature service may be down.
/// </summary>
internal sealed class Signer(SigningKeys keys, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>The statement as JWS.</summary>
    /// <param name="type">Header <c>typ</c>: says what is stated, so that one kind of statement never passes for another.</param>
    /// <param name="statement">Becomes the JSON payload.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="ErrorException"><c>DOS-0515</c>: no key can be opened.</exception>
    public async Task<string> SignAsync<T>(string type, T statement, CancellationToken ct)
    {
        var key = (await keys.GetAsync(ct)).SignerAt(time.GetUtcNow()) ?? throw new ErrorException(SubmissionErrors.KeysClosed);
        var payload = JsonSerializer.Serialize(statement, DataFiles.Json);
        return Handler.CreateToken(
            payload, new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256), new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = type });
    }

    /// <summary>What a JWS of ours states; null when it is not ours, was changed, or states something else.</summary>
    public async Task<T?> ReadAsync<T>(string type, string jws, CancellationToken ct)
        where T : class
    {
        try
        {
            var token = Handler.ReadJsonWebToken(jws);
            var ring = await keys.GetAsync(ct);
            if (token.Typ != type || token.Alg != SecurityAlgorithms.EcdsaSha256 || ring.Published.FirstOrDefault(k => k.Kid == token.Kid) is not { } key)
                return null;
            var jwk = new JsonWebKey { Kty = key.Kty, Crv = key.Crv, X = key.X, Y = key.Y, KeyId = key.Kid };
            var checks = new TokenValidationParameters
            {
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateLifetime = false,
                IssuerSigningKey = jwk,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            };
            return (await Handler.ValidateTokenAsync(token, checks)).IsValid
                ? JsonSerializer.Deserialize<T>(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)), DataFiles.Json)
                : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            return null;
        }
    }
}
