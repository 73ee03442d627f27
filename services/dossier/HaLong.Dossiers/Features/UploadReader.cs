using System.Text;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Features;

/// <summary>What a multipart upload carried; its file is gone when this is disposed, unless the store kept it.</summary>
internal sealed class Upload : IDisposable
{
    public string? Component { get; set; }
    public string? FileName { get; set; }
    public IncomingFile? File { get; set; }

    public void Dispose() => File?.Dispose();
}

/// <summary>Reads multipart uploads part by part; the file goes to the store while it arrives and is never in memory as a whole.</summary>
internal static class UploadReader
{
    /// <summary>Room for boundaries, headers and the small field.</summary>
    public const int Overhead = 64 * 1024;

    private const int MaxField = 16;
    private const int MaxParts = 8;

    /// <summary>The boundary of a multipart/form-data request, or null.</summary>
    public static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 70 } boundary
            ? boundary
            : null;

    /// <summary>Reads the request; refuses with an <see cref="ErrorException"/> and leaves nothing behind.</summary>
    public static async Task<Upload> ReadAsync(Stream body, string boundary, FileStore store, long maxBytes, CancellationToken ct)
    {
        var upload = new Upload();
        try
        {
            var reader = new MultipartReader(boundary, body);
            var parts = 0;
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (++parts > MaxParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                    throw new ErrorException(DossierErrors.BadUpload);
                switch (HeaderUtilities.RemoveQuotes(disposition.Name).Value)
                {
                    case "component":
                        upload.Component = await ReadFieldAsync(section.Body, ct);
                        break;
                    case "file" when upload.File is null:
                        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                        upload.FileName = HeaderUtilities.RemoveQuotes(name).Value;
                        upload.File = await store.ReceiveAsync(section.Body, maxBytes, ct);
                        break;
                    default:
                        throw new ErrorException(DossierErrors.BadUpload);
                }
            }
            return upload;
        }
        catch (Exception e)
        {
            upload.Dispose();
            throw e switch
            {
                BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                    new ErrorException(DossierErrors.FileTooLarge.Format(maxBytes / (1024 * 1024)), e),
                IOException => new ErrorException(DossierErrors.UploadInterrupted, e),
                InvalidDataException => new ErrorException(DossierErrors.BadUpload, e),
                _ => e,
            };
        }
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[MaxField + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MaxField ? "" : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
