using System.Globalization;
using System.Text;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>The words of TUS 1.0.0 (https://tus.io/protocols/resumable-upload): headers, and how they are read.</summary>
internal static class Tus
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,creation-with-upload,expiration,termination,checksum";
    public const string PieceType = "application/offset+octet-stream";
    public const string Resumable = "Tus-Resumable";
    public const string UploadOffset = "Upload-Offset";
    public const string UploadLength = "Upload-Length";
    public const string UploadMetadata = "Upload-Metadata";
    public const string UploadExpires = "Upload-Expires";
    public const string UploadChecksum = "Upload-Checksum";
    public const int StatusWrongChecksum = 460;

    private const int MaxMetadata = 2000;
    private const int MaxFileName = 500;

    /// <summary>Refuses senders of another version, and says the version in every answer.</summary>
    public static RouteHandlerBuilder SpeaksTus(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        http.Response.Headers[Resumable] = Version;
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.Headers[Resumable] == Version)
            return await next(context);
        http.Response.Headers["Tus-Version"] = Version;
        return FileErrors.WrongProtocol.ToProblem();
    });

    /// <summary>A header that is a number from 0; null when it is not there or not that.</summary>
    public static long? Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static void SetExpiry(HttpResponse response, DateTimeOffset at) => response.Headers[UploadExpires] = at.ToString("R", CultureInfo.InvariantCulture);

    public static void SetNumber(HttpResponse response, string header, long number) => response.Headers[header] = number.ToString(CultureInfo.InvariantCulture);

    /// <summary>True for a body that is a piece.</summary>
    public static bool IsPiece(HttpRequest request) => string.Equals(request.ContentType, PieceType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The header Upload-Metadata: names with values in Base64; false when it is not that.</summary>
    public static bool TryReadMetadata(string? header, out string? fileName)
    {
        fileName = null;
        if (string.IsNullOrEmpty(header))
            return true;
        if (header.Length > MaxMetadata || header.Any(c => c is < ' ' or > '~'))
            return false;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ');
            var bytes = new byte[MaxMetadata];
            if (parts.Length > 2 || parts[0].Length == 0 || !keys.Add(parts[0]) || !Convert.TryFromBase64String(parts.ElementAtOrDefault(1) ?? "", bytes, out var length))
                return false;
            if (parts[0] == "filename")
                fileName = Encoding.UTF8.GetString(bytes, 0, length).Replace("\0", "", StringComparison.Ordinal);
        }
        fileName = fileName?.Length > MaxFileName ? fileName[^MaxFileName..] : fileName;
        return true;
    }
}
