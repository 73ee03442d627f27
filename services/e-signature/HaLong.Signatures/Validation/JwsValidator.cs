using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Jades;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Validation;

/// <summary>Says whether a statement in compact form holds.</summary>
internal static class JwsValidator
{
    private static readonly SignatureFinding Blank = new() { Field = "", Indication = Indication.Unknown, Reasons = [], Format = SignatureFormats.Jws };

    /// <param name="jws">The statement; null when it cannot be read.</param>
    /// <param name="trust">Whom to trust.</param>
    /// <param name="now">The moment of validation.</param>
    public static ValidationReport Validate(JwsFile? jws, Trust trust, DateTimeOffset now) =>
        ValidationReport.Of([jws is null ? Blank.Concluding([Reasons.MalformedSignature]) : Inspect(jws, trust, now)], removed: false);

    private static SignatureFinding Inspect(JwsFile jws, Trust trust, DateTimeOffset now)
    {
        var finding = Blank with
        {
            // The baseline wants the certificate named and the time stated (ETSI TS 119 182-1 §6.3).
            Format = jws.Thumbprint is not null && jws.ClaimedAt is not null ? SignatureFormats.Jades : SignatureFormats.Jws,
            ClaimedAt = jws.ClaimedAt,
            CoversWholeFile = true,
        };
        if (!jws.IsUnderstood || JwsAlgorithm.ByName(jws.Algorithm) is not { } algorithm)
            return finding.Concluding([Reasons.UnsupportedFormat]);
        finding = finding with { DigestAlgorithm = algorithm.Hash.Name ?? "" };
        if (jws.Certificates.Count == 0)
            return finding.Concluding([Reasons.CertificateMissing]);
        try
        {
            using var signer = X509CertificateLoader.LoadCertificate(jws.Certificates[0]);
            var reasons = new List<string>();
            // Header and payload are what is signed: one altered letter is a signature that does not fit.
            if (!algorithm.Verifies(signer, jws.Signed, jws.Signature))
                reasons.Add(Reasons.SignatureMismatch);
            if (jws.Thumbprint is { } thumbprint && !thumbprint.AsSpan().SequenceEqual(SHA256.HashData(jws.Certificates[0])))
                reasons.Add(Reasons.SigningCertificateMismatch);
            var (key, bits) = AlgorithmRules.KeyOf(signer);
            var found = new CmsFinding(reasons, jws.Certificates[0], jws.Certificates, finding.DigestAlgorithm, jws.Signature)
            {
                Algorithms = new AlgorithmsSeen(finding.DigestAlgorithm, key, bits, algorithm.Pss ? "PSS" : algorithm.Curve == 0 ? "PKCS1" : "ECDSA"),
            };
            return new SignerInspector(trust, ValidationData.None, now).Inspect(finding, found, reasons).Concluding(reasons);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException)
        {
            return finding.Concluding([Reasons.MalformedSignature]);
        }
    }
}
