using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HaLong.Signatures.Features;

/// <summary>Reads one file from a request, raw or as the first file of a form, into memory once and never beyond the limit.</summary>
internal static class UploadedFile
{
    private const int ChunkBytes = 64 * 1024;

    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return CommonErrors.UnsupportedMedia;
        // A form has a few hundred bytes around the file.
        if (request.ContentLength > SignPdf.MaxBytes + ChunkBytes)
            return SignatureErrors.TooLarge;
        if (type.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase))
            return await ReadAsync(request.Body, request.ContentLength, ct);
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return CommonErrors.UnsupportedMedia;
        try
        {
            return await ReadFormAsync(request, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return CommonErrors.BadRequest;
        }
    }

    private static async Task<Result<ReadOnlyMemory<byte>>> ReadFormAsync(HttpRequest request, string boundary, CancellationToken ct)
    {
        if (boundary.Length is 0 or > 70)
            return CommonErrors.BadRequest;
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
                return await ReadAsync(section.Body, length: null, ct);
        }

        return SignatureErrors.InvalidRequest.WithField("file", "Cần một tệp PDF.", "A PDF file is needed.");
    }

    private static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(Stream body, long? length, CancellationToken ct)
    {
        // What a client says about the length is not believed beyond a first megabyte, and then no more than three times what has come.
        var content = new MemoryStream((int)Math.Min(length ?? ChunkBytes, 1024 * 1024));
        var chunk = new byte[ChunkBytes];
        for (int count; (count = await body.ReadAsync(chunk, ct)) > 0;)
        {
            if (content.Length + count > SignPdf.MaxBytes)
                return SignatureErrors.TooLarge;
            if (content.Length + count > content.Capacity && length > content.Capacity)
                content.Capacity = (int)Math.Min(length.Value, content.Capacity * 4L);
            content.Write(chunk, 0, count);
        }

        return (ReadOnlyMemory<byte>)content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
