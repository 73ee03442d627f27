using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Verification;

/// <summary>Reads what is to be checked. Of a file only its hash is taken, while it streams by.</summary>
internal sealed class PaperReader(IOptions<FileOptions> options)
{
    private const int BufferBytes = 64 * 1024;

    private long MaxBytes => options.Value.MaxBytes;

    private Error TooLarge => DossierErrors.FileTooLarge.Format(MaxBytes / (1024 * 1024));

    public async Task<Result<CheckPaper.Request>> ReadAsync(HttpContext http, CancellationToken ct)
    {
        var request = http.Request;
        if (request.ContentLength > MaxBytes + UploadReader.Overhead)
            return TooLarge;
        // The server's own limit is for small bodies; here the limit is counted while streaming.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        try
        {
            if (UploadReader.BoundaryOf(request) is { } boundary)
                return await ReadFormAsync(new MultipartReader(boundary, request.Body), ct);
            if (request.HasJsonContentType())
                return await ReadJsonAsync(request, ct);
            return request.ContentType is null || IsFile(request.ContentType) ? await HashAsync(request.Body, ct) : CommonErrors.UnsupportedMedia;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return e is InvalidDataException ? DossierErrors.BadUpload : DossierErrors.UploadInterrupted;
        }
    }

    private static bool IsFile(string type) => MediaTypeHeaderValue.TryParse(type, out var parsed)
        && (parsed.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) || parsed.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase));

    private static async Task<Result<CheckPaper.Request>> ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        var buffer = new byte[UploadReader.Overhead + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (length == buffer.Length)
            return CommonErrors.TooLarge;
        try
        {
            return JsonSerializer.Deserialize<CheckPaper.Request>(buffer.AsSpan(0, length), DataFiles.Json) is { } read ? read : VerificationErrors.NothingToCheck;
        }
        catch (JsonException)
        {
            return CommonErrors.BadRequest;
        }
    }

    private async Task<Result<CheckPaper.Request>> ReadFormAsync(MultipartReader form, CancellationToken ct)
    {
        while (await form.ReadNextSectionAsync(ct) is { } part)
            if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var field) && HeaderUtilities.RemoveQuotes(field.Name) == "file")
                return await HashAsync(part.Body, ct);
        return VerificationErrors.NothingToCheck;
    }

    private async Task<Result<CheckPaper.Request>> HashAsync(Stream body, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var size = 0L;
            while (await body.ReadAsync(buffer, ct) is var read and > 0)
            {
                size += read;
                if (size > MaxBytes)
                    return TooLarge;
                hash.AppendData(buffer, 0, read);
            }
            return size == 0 ? VerificationErrors.NothingToCheck : new CheckPaper.Request(Convert.ToHexStringLower(hash.GetHashAndReset()), null, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
