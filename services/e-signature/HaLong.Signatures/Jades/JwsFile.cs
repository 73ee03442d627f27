using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace HaLong.Signatures.Jades;

/// <summary>A JWS in compact form, taken apart. What stands in it is anybody's work.</summary>
internal sealed record JwsFile
{
    /// <summary>Larger is no statement of ours nor of those we know.</summary>
    public const int MaxBytes = 128 * 1024;

    private const int MaxCertificates = 16;

    /// <summary>What critical names are understood: the claimed time of older editions.</summary>
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal) { "sigT" };

    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    public required string Algorithm { get; init; }

    /// <summary>What is signed: header and payload as they stand.</summary>
    public required byte[] Signed { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>DER, signer first; empty when none is enclosed.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    /// <summary>SHA-256 of the signer's certificate as the header names it.</summary>
    public byte[]? Thumbprint { get; init; }

    /// <summary>iat, or sigT of older editions.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>False when the header demands something that is not understood.</summary>
    public bool IsUnderstood { get; init; }

    /// <summary>By its look: three parts of base64url, the first an encoded "{". That decides nothing about what it says.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> file)
    {
        var text = file.Trim(" \t\r\n"u8);
        return file.Length <= MaxBytes && text.StartsWith("ey"u8) && text.Count((byte)'.') == 2
            && !text.ContainsAnyExcept(Letters);
    }

    /// <returns>Null when it is none.</returns>
    public static JwsFile? Read(ReadOnlySpan<byte> file)
    {
        if (!LooksLike(file))
            return null;
        var text = Encoding.ASCII.GetString(file).Trim();
        var parts = text.Split('.');
        try
        {
            // A name that stands twice means one thing to one reader and another to the next.
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), new JsonDocumentOptions { AllowDuplicateProperties = false });
            Base64Url.DecodeFromChars(parts[1]);
            return Of(header.RootElement, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    private static JwsFile Of(JsonElement header, byte[] signed, byte[] signature) => new()
    {
        Algorithm = header.GetProperty("alg").GetString() ?? "",
        Signed = signed,
        Signature = signature,
        Certificates = header.TryGetProperty("x5c", out var chain)
            ? [.. chain.EnumerateArray().Take(MaxCertificates).Select(c => c.GetBytesFromBase64())] : [],
        Thumbprint = header.TryGetProperty("x5t#S256", out var thumbprint) ? Base64Url.DecodeFromChars(thumbprint.GetString()) : null,
        ClaimedAt = header.TryGetProperty("iat", out var at) ? DateTimeOffset.FromUnixTimeSeconds(at.GetInt64())
            : header.TryGetProperty("sigT", out var older) ? older.GetDateTimeOffset() : null,
        IsUnderstood = !header.TryGetProperty("b64", out _)
            && (!header.TryGetProperty("crit", out var critical) || critical.EnumerateArray().All(c => Understood.Contains(c.GetString() ?? ""))),
    };
}
