using System.Buffers.Text;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Providers.BuiltIn;

namespace HaLong.Signatures.Csc;

/// <summary>Code, authorisation and signatures in the shape of the Cloud Signature Consortium API.</summary>
internal sealed class CscSigning(CscCredentials credentials, OrderBook book, OrderAuthorisation authorisation, OrderSigning signing, Caller caller)
{
    /// <summary>Sends a code; how many documents it is for is told in its text and is a limit.</summary>
    public async Task<(SigningActivation? Order, IResult? Refusal)> ChallengeAsync(CscChallengeRequest request, HttpContext http)
    {
        if (string.IsNullOrEmpty(request.CredentialId))
            return (null, CscError.Missing("credentialID"));
        if (request.NumSignatures is < 1 or > HashList.Max)
            return (null, CscError.Invalid("numSignatures"));
        if (await credentials.FindAsync(request.CredentialId, http.RequestAborted) is not { } credential)
            return (null, CscError.Invalid("credentialID"));
        var asked = await book.ChallengeAsync(caller.AccountId, credential.Id, request.NumSignatures ?? 1, http.RequestAborted);
        return asked.IsSuccess ? (asked.Value, null) : (null, CscError.Of(asked.Error, http));
    }

    public async Task<IResult> AuthorizeAsync(CscAuthorizeRequest request, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (string.IsNullOrEmpty(request.CredentialId))
            return CscError.Missing("credentialID");
        if (await credentials.FindAsync(request.CredentialId, ct) is not { } credential)
            return CscError.Invalid("credentialID");
        if (request.NumSignatures is not { } count)
            return CscError.Of("invalid_request", "Missing (or invalid type) integer parameter numSignatures");
        if (HashesOf(request.Hashes) is not { } hashes)
            return CscError.Of("invalid_request", "Missing (or invalid type) parameter hashes");
        // SCAL2: without the hashes the SAD would be good for anything.
        if (CscCredentials.AlgorithmOf(request.HashAlgorithmOid, null) is not { } algorithm)
            return CscError.Invalid("hashAlgorithmOID");
        if (count != hashes.Count || !HashList.IsValid(hashes, algorithm))
            return CscError.Of("invalid_request", "Invalid digest value length, or numSignatures is not the number of hashes, or there are too many");
        if (await book.OpenChallengeAsync(credential.Id, ct) is not { } order)
            return CscError.Of(ActivationErrors.NoChallenge, http);
        if (count > order.HashCount)
            return CscError.Of("invalid_request", "numSignatures is higher than what the code was sent for");
        order.Bind(algorithm.Oid, HashList.Digest(hashes, algorithm), count);
        var sad = await authorisation.AuthoriseAsync(order, Given(request, "PIN"), Given(request, "OTP"), ct);
        return sad.IsSuccess
            ? CscError.Json(new CscAuthorizeAnswer(Base64Url.EncodeToString(sad.Value), (int)SigningActivation.SadLife.TotalSeconds))
            : CscError.Of(sad.Error, http);
    }

    public async Task<IResult> SignAsync(CscSignRequest request, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (string.IsNullOrEmpty(request.CredentialId))
            return CscError.Missing("credentialID");
        if (string.IsNullOrEmpty(request.Sad))
            return CscError.Missing("SAD");
        if (await credentials.FindAsync(request.CredentialId, ct) is not { } credential)
            return CscError.Invalid("credentialID");
        if (HashesOf(request.Hashes) is not { } hashes)
            return CscError.Of("invalid_request", "Invalid Base64 hashes string parameter");
        if (string.IsNullOrEmpty(request.SignAlgo))
            return CscError.Missing("signAlgo");
        if (CscCredentials.AlgorithmOf(request.HashAlgorithmOid, request.SignAlgo) is not { } algorithm)
            return CscError.Invalid("signAlgo");
        var signed = await signing.SignAsync(SadOf(request.Sad), caller.AccountId, credential.Id, algorithm, hashes, ct);
        return signed.IsSuccess
            ? CscError.Json(new CscSignAnswer([.. signed.Value.Select(Convert.ToBase64String)]))
            : CscError.Of(signed.Error, http);
    }

    private static string Given(CscAuthorizeRequest request, string id) => request.AuthData?.FirstOrDefault(a => a?.Id == id)?.Value ?? "";

    /// <summary>Null when one is missing or no Base64.</summary>
    private static List<byte[]>? HashesOf(IReadOnlyList<string>? texts)
    {
        if (texts is null or { Count: 0 or > HashList.Max })
            return null;
        var hashes = new List<byte[]>(texts.Count);
        foreach (var text in texts)
        {
            var buffer = new byte[96];
            if (text is null || !Convert.TryFromBase64String(text, buffer, out var length))
                return null;
            hashes.Add(buffer[..length]);
        }

        return hashes;
    }

    // What is no SAD of ours is one that nobody has: refused by the same words.
    private static byte[] SadOf(string text)
    {
        var buffer = new byte[64];
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, buffer, out var length) ? buffer[..length] : [];
    }
}
