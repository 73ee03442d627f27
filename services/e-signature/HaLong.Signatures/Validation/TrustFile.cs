using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaLong.Signatures.Validation;

/// <summary>The list of trusted roots as it is written: JSON, each entry with dates and source. Strict, because a slip here decides trust.</summary>
internal static class TrustFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>The list that is shipped.</summary>
    public static byte[] Shipped()
    {
        using var stream = typeof(TrustFile).Assembly.GetManifestResourceStream("trusted-roots.json")!; // embedded by the project
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <param name="json">UTF-8.</param>
    /// <returns>All but the own root, which stands in the database.</returns>
    /// <exception cref="FormatException">What is wrong, and with which entry.</exception>
    public static IReadOnlyList<TrustAnchor> Read(ReadOnlySpan<byte> json)
    {
        Document? document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(json, Json);
        }
        catch (JsonException e)
        {
            throw new FormatException("not such a list: " + e.Message, e);
        }

        var anchors = new List<TrustAnchor>();
        foreach (var entry in document?.Entries ?? throw new FormatException("there are no entries"))
        {
            if (WhyNot(entry) is { } why)
                throw new FormatException($"entry '{entry.Name}': {why}");
            if (entry.Kind == TrustKind.Own)
                continue;
            var certificate = entry.Certificate is null ? null : Load(entry);
            anchors.Add(new TrustAnchor(entry.Name, entry.Kind!.Value, certificate is null ? entry.Sha256!.ToLowerInvariant()
                : Convert.ToHexStringLower(SHA256.HashData(certificate)), certificate, entry.TrustedFrom!.Value, entry.TrustedUntil, entry.Uses,
                    entry.Source));
        }

        return anchors;
    }

    private static string? WhyNot(Entry entry) =>
        entry.Name.Length == 0 ? "the name is missing"
        : entry.Kind is not { } kind ? "the kind is missing"
        : entry.Source.Length == 0 ? "the source is missing"
        : entry.Uses.Count == 0 ? "it is trusted for nothing"
        : kind == TrustKind.Own ? (entry.Certificate ?? entry.Sha256) is not null || entry.TrustedUntil is not null
            ? "the own root stands in the database and always counts" : null
        : entry.Certificate is null == entry.Sha256 is null ? "give either the certificate or its sha256"
        : entry.Sha256 is { } thumbprint && (thumbprint.Length != 64 || !thumbprint.All(char.IsAsciiHexDigit)) ? "the sha256 is not 64 hex digits"
        : entry.TrustedFrom is not { } from ? "trustedFrom is missing"
        : entry.TrustedUntil <= from ? "trustedUntil is not after trustedFrom" : null;

    private static byte[] Load(Entry entry)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(entry.Certificate);
            return certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(c => c.CertificateAuthority) ? certificate.RawData
                : throw new FormatException($"entry '{entry.Name}': the certificate is not that of an authority");
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"entry '{entry.Name}': the certificate cannot be read", e);
        }
    }

    private sealed record Document(IReadOnlyList<Entry>? Entries);

    private sealed record Entry
    {
        public string Name { get; init; } = "";

        public TrustKind? Kind { get; init; }

        public string? Certificate { get; init; }

        public string? Sha256 { get; init; }

        public DateOnly? TrustedFrom { get; init; }

        public DateOnly? TrustedUntil { get; init; }

        public IReadOnlyList<TrustUse> Uses { get; init; } = [];

        public string Source { get; init; } = "";
    }
}
