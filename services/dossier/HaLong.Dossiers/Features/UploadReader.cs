using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Features;

/// <summary>What a request to attach something carried; its files are gone when this is disposed, unless the store kept them.</summary>
internal sealed class ReceivedForm : IDisposable
{
    public string? Component { get; set; }

    /// <summary>True to make a PDF also of a single photo.</summary>
    public bool Join { get; set; }

    /// <summary>Finished resumable uploads.</summary>
    public List<Guid> UploadIds { get; } = [];

    public List<(IncomingFile File, string? Name)> Files { get; } = [];

    public void Dispose() => Files.ForEach(f => f.File.Dispose());
}

/// <summary>
/// Reads multipart uploads part by part; files go to the store's waiting room while they arrive and are never in memory as a whole. JSON names
/// finished uploads instead.
/// </summary>
internal static class UploadReader
{
    /// <summary>Room for boundaries, headers and small fields.</summary>
    public const int Overhead = 64 * 1024;

    private const int MaxField = 40;
    private const int MaxParts = DocumentIntake.MaxPhotos + 8;

    private sealed record Body(int? Component, IReadOnlyList<Guid>? UploadIds, bool? Join);

    /// <summary>The boundary of a multipart/form-data request, or null.</summary>
    public static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 70 } boundary
            ? boundary
            : null;

    /// <summary>Reads a small JSON body: <c>{"component": 1, "uploadIds": ["…"], "join": false}</c>.</summary>
    public static async Task<ReceivedForm> ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            if (request.ContentLength > Overhead)
                throw new ErrorException(DossierErrors.BadUpload);
            var body = await request.ReadFromJsonAsync<Body>(ct);
            var form = new ReceivedForm { Component = body?.Component?.ToString(System.Globalization.CultureInfo.InvariantCulture), Join = body?.Join ?? false };
            form.UploadIds.AddRange((body?.UploadIds ?? []).Take(MaxParts));
            return form;
        }
        catch (JsonException e)
        {
            throw new ErrorException(DossierErrors.BadUpload, e);
        }
    }

    /// <summary>Reads the request; refuses with an <see cref="ErrorException"/> and leaves nothing behind.</summary>
    public static async Task<ReceivedForm> ReadAsync(Stream body, string boundary, FileStore store, FileOptions limits, CancellationToken ct)
    {
        var form = new ReceivedForm();
        try
        {
            var reader = new MultipartReader(boundary, body);
            var parts = 0;
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (++parts > MaxParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                    throw new ErrorException(DossierErrors.BadUpload);
                await ReadPartAsync(form, section, disposition, store, limits, ct);
            }
            return form;
        }
        catch (Exception e)
        {
            form.Dispose();
            throw e switch
            {
                BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                    new ErrorException(DossierErrors.FileTooLarge.Format(limits.MaxBytes / (1024 * 1024)), e),
                IOException => new ErrorException(DossierErrors.UploadInterrupted, e),
                InvalidDataException => new ErrorException(DossierErrors.BadUpload, e),
                _ => e,
            };
        }
    }

    private static async Task ReadPartAsync(
        ReceivedForm form, MultipartSection section, ContentDispositionHeaderValue disposition, FileStore store, FileOptions limits, CancellationToken ct)
    {
        switch (HeaderUtilities.RemoveQuotes(disposition.Name).Value)
        {
            case "component":
                form.Component = await ReadFieldAsync(section.Body, ct);
                break;
            case "join":
                form.Join = await ReadFieldAsync(section.Body, ct) == "true";
                break;
            case "uploadId" when Guid.TryParse(await ReadFieldAsync(section.Body, ct), out var id):
                form.UploadIds.Add(id);
                break;
            case "file":
                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                form.Files.Add((await store.ReceiveAsync(section.Body, limits.MaxBytes, ct), HeaderUtilities.RemoveQuotes(name).Value));
                if (form.Files.Count > 1 && form.Files.Sum(f => f.File.Size) > limits.MaxDossierBytes)
                    throw new ErrorException(DossierErrors.DossierFull);
                break;
            default:
                throw new ErrorException(DossierErrors.BadUpload);
        }
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[MaxField + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MaxField ? "" : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
