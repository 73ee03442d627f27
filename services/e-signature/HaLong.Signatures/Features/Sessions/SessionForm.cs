using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Domain.Sessions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>A form with a few short fields and some files, read once and never beyond its limits.</summary>
internal sealed record SessionForm(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Files)
{
    private const int ChunkBytes = 64 * 1024;
    private const int MaxFieldBytes = 4 * 1024;
    private const int MaxFields = 10;

    /// <summary>Empty when it was left out.</summary>
    public string Field(string name) => Fields.TryGetValue(name, out var value) ? value.Trim() : "";

    public static async Task<Result<SessionForm>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return CommonErrors.UnsupportedMedia;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 70)
            return CommonErrors.BadRequest;
        try
        {
            return await ReadAsync(new MultipartReader(boundary, request.Body), ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return CommonErrors.BadRequest;
        }
    }

    private static async Task<Result<SessionForm>> ReadAsync(MultipartReader reader, CancellationToken ct)
    {
        var (fields, files) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<(string, ReadOnlyMemory<byte>)>());
        long left = CreateSession.MaxBytes;
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                return CommonErrors.BadRequest;
            var isFile = disposition.IsFileDisposition();
            if (await ReadAsync(section.Body, isFile ? left : MaxFieldBytes, ct) is not { } content)
                return isFile ? SignatureErrors.TooLarge : CommonErrors.TooLarge;
            if (isFile && files.Count < SessionPlan.MaxDocuments)
            {
                left -= content.Length;
                files.Add((NameOf(disposition), content.GetBuffer().AsMemory(0, (int)content.Length)));
            }
            else if (!isFile && fields.Count < MaxFields)
            {
                fields[HeaderUtilities.RemoveQuotes(disposition.Name).ToString()] = System.Text.Encoding.UTF8.GetString(content.GetBuffer(), 0,
                    (int)content.Length);
            }
            else
            {
                return SessionErrors.InvalidSession.WithField("documents", "Từ 1 đến 20 tài liệu.", "1 to 20 documents.");
            }
        }

        return new SessionForm(fields, files);
    }

    // A browser may send a path.
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    /// <returns>Null when there is more than the limit.</returns>
    private static async Task<MemoryStream?> ReadAsync(Stream body, long limit, CancellationToken ct)
    {
        var content = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int count; (count = await body.ReadAsync(chunk, ct)) > 0;)
        {
            if (content.Length + count > limit)
                return null;
            content.Write(chunk, 0, count);
        }

        return content;
    }
}
