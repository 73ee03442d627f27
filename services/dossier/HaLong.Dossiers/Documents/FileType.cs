namespace HaLong.Dossiers.Documents;

/// <summary>What a file is, told by its content, never by its name.</summary>
/// <param name="MediaType">Content type.</param>
/// <param name="Extension">With its dot.</param>
internal sealed record FileType(string MediaType, string Extension)
{
    public static readonly FileType Pdf = new("application/pdf", ".pdf");
    public static readonly FileType Png = new("image/png", ".png");
    public static readonly FileType Jpeg = new("image/jpeg", ".jpg");

    /// <summary>As many first and last bytes as <see cref="Of"/> wants to see.</summary>
    public const int Edge = 1024;

    /// <summary>The type with this content type; null for any other.</summary>
    public static FileType? OfMedia(string? mediaType) => Array.Find([Pdf, Png, Jpeg], t => t.MediaType == mediaType);

    /// <summary>The type of a file by its first and last bytes; null for anything not accepted, or broken off.</summary>
    public static FileType? Of(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        if (head.StartsWith("%PDF-"u8))
            return tail.IndexOf("%%EOF"u8) >= 0 ? Pdf : null;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return tail.IndexOf("IEND"u8) >= 0 ? Png : null;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return tail.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0 ? Jpeg : null;
        return null;
    }
}
