using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Jades;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Features;

/// <summary>Says whether the signature of an uploaded file holds, whatever its format: what it is, its content says. Keeps nothing.</summary>
internal sealed class ValidateFile(ValidatePdf pdf, ValidationRun run)
{
    /// <returns>SIG-0002 for what is neither a PDF nor a statement and has no signature beside it.</returns>
    public async Task<Result<ValidationReport>> HandleAsync(Upload upload, CancellationToken ct)
    {
        if (upload.Signature is { } beside)
        {
            var signature = beside.Kept.ToArray();
            return await run.RunAsync("validate file", upload.File.Length, () => SignatureParts.OfCms(CmsFile.Read(signature) is { } der ? [der] : []),
                (trust, now) => FileValidator.Validate(signature, upload.File.DigestBy, trust, now), ct);
        }

        if (upload.File.IsPdf || !(upload.IsCalledStatement || JwsFile.LooksLike(upload.File.Kept.Span)))
            return await pdf.HandleAsync(upload.File.Kept, ct);
        var jws = JwsFile.Read(upload.File.Kept.Span);
        return await run.RunAsync("validate statement", upload.File.Length, () => SignatureParts.OfCertificates(jws?.Certificates ?? []),
            (trust, now) => JwsValidator.Validate(jws, trust, now), ct);
    }
}
