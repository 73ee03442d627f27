using HaLong.Dossiers.Features;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>The public keys of this service as a JWK set (RFC 7517), for checks off line; keys of earlier years included.</summary>
internal sealed class GetVerificationKeys(SigningKeys keys)
{
    /// <param name="Keys">Newest first.</param>
    internal sealed record KeySet(IReadOnlyList<PublicKey> Keys);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/verification-keys", (GetVerificationKeys handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(http, ct))
        // Anybody may check what this service signed.
        .AllowAnonymous()
        .WithTags("Verification")
        .WithSummary("Public keys (JWK set) against which receipts and papers are verified off line")
        .Answers<KeySet>(200, 503);

    private async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        var set = new KeySet((await keys.GetAsync(ct)).Published);
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(set);
    }
}
