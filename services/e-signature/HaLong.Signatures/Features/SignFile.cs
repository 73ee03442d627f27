using System.Security.Cryptography;
using System.Text.RegularExpressions;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cades;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Features;

/// <summary>Seals any file by its hash: the file itself stays where it is.</summary>
internal sealed partial class SignFile(SealOnce once, ValidationEvidence evidence, TimeStampClient stamps)
{
    private const int MaxName = 255;

    /// <returns>The signature, whose revision is the detached CMS.</returns>
    public async Task<Result<Signature>> HandleAsync(FileRequest request, CancellationToken ct)
    {
        using var activity = SignatureTelemetry.Source.StartActivity("sign file");
        activity?.SetTag("halong.document.id", request.DocumentId);
        return Validate(request) is { } error ? error : await once.RunAsync(request.Order, async (credential, key, now) =>
        {
            var algorithm = AlgorithmFor(key, request.HashAlgorithm);
            if (!algorithm.IsSuccess)
                return algorithm.Error;
            var signer = CadesSigner.Prepare(request.Content, key.Chain, algorithm.Value, now, request.MimeType);
            var signed = await signer.CompleteAsync(key.SignHash(signer.HashToSign, algorithm.Value), value => stamps.StampAsync(value, ct),
                await evidence.ForAsync(credential, ct));
            return new SealMade(signed.Der, Convert.ToHexStringLower(SHA256.HashData(signed.Der)), signed.Der.Length, signed.Level,
                SHA256.HashData(signed.Value));
        }, ct);
    }

    /// <returns>SIG-0556 when the key signs by other hashes only, as one on a token may.</returns>
    public static Result<SignatureAlgorithm> AlgorithmFor(SigningKey key, string hash) =>
        NameOf(hash) is { } name && SignatureAlgorithm.ByHash(key.Algorithm.IsRsa, name.Oid) is { } algorithm && key.Signs(algorithm)
            ? algorithm : FormatErrors.HashNotSupported;

    private static Error? Validate(FileRequest request)
    {
        var error = SealChecks.Of(request.DocumentId, request.SignerId, request.UnitCode);
        if (NameOf(request.HashAlgorithm) is not { } hash)
            error = error.WithField("hashAlgorithm", "Chỉ nhận SHA-256, SHA-384 hoặc SHA-512.", "SHA-256, SHA-384 or SHA-512.");
        else if (request.Content.Length != ContentDigests.LengthOf(hash.Name))
            error = error.WithField("hash", "Giá trị băm sai độ dài.", "The hash has not the length of its function.");
        if (request.Name.Length is 0 or > MaxName)
            error = error.WithField("name", "Từ 1 đến 255 ký tự.", "From 1 to 255 characters.");
        if (!MimeType().IsMatch(request.MimeType))
            error = error.WithField("mimeType", "Kiểu tệp không hợp lệ.", "Not a media type.");
        return error.Fields.Count > 0 ? error : null;
    }

    private static (HashAlgorithmName Name, string Oid)? NameOf(string word) => word switch
    {
        "SHA-256" => (HashAlgorithmName.SHA256, SignatureAlgorithm.EcdsaSha256.HashOid),
        "SHA-384" => (HashAlgorithmName.SHA384, SignatureAlgorithm.EcdsaSha384.HashOid),
        "SHA-512" => (HashAlgorithmName.SHA512, SignatureAlgorithm.EcdsaSha512.HashOid),
        _ => null,
    };

    [GeneratedRegex(@"^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MimeType();
}

/// <summary>What every order to seal must have.</summary>
internal static class SealChecks
{
    /// <returns>SIG-0001 with a message for each field that is wrong; without messages nothing is.</returns>
    public static Error Of(Guid documentId, Guid signerId, string unitCode)
    {
        var error = SignatureErrors.InvalidRequest;
        if (documentId == Guid.Empty)
            error = error.WithField("documentId", "Phải là một UUID.", "Must be a UUID.");
        if (signerId == Guid.Empty)
            error = error.WithField("signerId", "Phải là một UUID.", "Must be a UUID.");
        if (!SignPdf.IsUnitCode(unitCode))
            error = error.WithField("unitCode", "Mã đơn vị không hợp lệ.", "Not a unit code.");
        return error;
    }
}
