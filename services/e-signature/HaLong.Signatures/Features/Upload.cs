using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Validation;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HaLong.Signatures.Features;

/// <summary>What is to be checked: a file that signs itself, or a file and the signature beside it.</summary>
/// <param name="File">The PDF or JWS; or what the signature is over.</param>
/// <param name="Signature">The detached signature; null for a file that signs itself.</param>
/// <param name="IsCalledStatement">Whether the sender calls it a JWS: then what is none is a broken one.</param>
internal sealed record Upload(UploadedFile File, UploadedFile? Signature, bool IsCalledStatement = false) : IDisposable
{
    private const int FormOverhead = 64 * 1024;

    /// <returns>415 for another content type, 413 for what is too large, 400 for a form that does not say what to check.</returns>
    public static async Task<Result<Upload>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return CommonErrors.UnsupportedMedia;
        var isForm = type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        // A form has a few hundred bytes around its files.
        if (request.ContentLength > SignPdf.MaxBytes + FormOverhead + (isForm ? CmsFile.MaxBytes : 0))
            return SignatureErrors.TooLarge;
        if (isForm)
            return await ReadFormAsync(request, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), ct);
        var isJose = type.MediaType.Equals("application/jose", StringComparison.OrdinalIgnoreCase);
        if (!isJose && !type.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase))
            return CommonErrors.UnsupportedMedia;
        var file = await UploadedFile.ReadAsync(request.Body, "", request.ContentLength, ct);
        return file.IsSuccess ? new Upload(file.Value, null, isJose) : file.Error;
    }

    public void Dispose()
    {
        File.Dispose();
        Signature?.Dispose();
    }

    private static async Task<Result<Upload>> ReadFormAsync(HttpRequest request, string boundary, CancellationToken ct)
    {
        if (boundary.Length is 0 or > 70)
            return CommonErrors.BadRequest;
        var files = new List<UploadedFile>();
        Result<Upload> result = CommonErrors.BadRequest;
        try
        {
            result = await ReadPartsAsync(new MultipartReader(boundary, request.Body), files, ct) is { } error ? error : Sort(files);
            return result;
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return CommonErrors.BadRequest;
        }
        finally
        {
            if (!result.IsSuccess)
                files.ForEach(f => f.Dispose());
        }
    }

    private static async Task<Error?> ReadPartsAsync(MultipartReader reader, List<UploadedFile> files, CancellationToken ct)
    {
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
                continue;
            if (files.Count == 2)
                return FormatErrors.TooManyFiles;
            var file = await UploadedFile.ReadAsync(section.Body, HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), length: null, ct);
            if (!file.IsSuccess)
                return file.Error;
            files.Add(file.Value);
        }

        return files.Count > 0 ? null : SignatureErrors.InvalidRequest.WithField("file", "Cần một tệp.", "A file is needed.");
    }

    // Content decides which is which; the name of the field only where content does not.
    private static Result<Upload> Sort(List<UploadedFile> files)
    {
        if (files is [var only])
            return CmsFile.Read(only.Kept.Span) is null ? new Upload(only, null) : FormatErrors.FileMissing;
        bool[] signs = [.. files.Select(f => CmsFile.Read(f.Kept.Span) is not null)];
        var index = signs[0] == signs[1] ? files.FindIndex(f => f.Field == "signature") : Array.IndexOf(signs, true);
        if (index < 0)
            return signs[0] ? new Upload(files[0], files[1]) : FormatErrors.NoSignatureBeside;
        return files[index].Length > CmsFile.MaxBytes ? FormatErrors.SignatureTooLarge : new Upload(files[1 - index], files[index]);
    }
}
