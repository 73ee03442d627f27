using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using Org.BouncyCastle.Asn1.Pkcs;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Validation;

/// <summary>
/// Which algorithms are secure enough, and until when: dated data (<c>Data/algorithm-rules.json</c>, each rule with its source). What no rule
/// names is not secure enough. The day that counts is that of the moment that matters, in local time.
/// </summary>
internal sealed class AlgorithmRules
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, string> DigestsBySignature = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.4.3.2"] = "SHA256",
        ["1.2.840.10045.4.3.3"] = "SHA384",
        ["1.2.840.10045.4.3.4"] = "SHA512",
        ["1.2.840.10045.4.1"] = "SHA1",
        ["1.2.840.113549.1.1.11"] = "SHA256",
        ["1.2.840.113549.1.1.12"] = "SHA384",
        ["1.2.840.113549.1.1.13"] = "SHA512",
        ["1.2.840.113549.1.1.5"] = "SHA1",
        ["1.2.840.113549.1.1.4"] = "MD5",
        ["2.16.840.1.101.3.4.2.1"] = "SHA256",
        ["2.16.840.1.101.3.4.2.2"] = "SHA384",
        ["2.16.840.1.101.3.4.2.3"] = "SHA512",
    };

    public static readonly AlgorithmRules Default = Parse(Read());

    private readonly Rules rules;

    private AlgorithmRules(Rules rules) => this.rules = rules;

    /// <summary>Every rule, for documentation and tests: name, least bits, last day, source.</summary>
    public IEnumerable<(string Name, int MinBits, DateOnly? Until, string Source)> All =>
        rules.Digests.Concat(rules.Keys).Concat(rules.Never).Select(r => (r.Name, r.MinBits, r.Until, r.Source));

    /// <param name="json">As in the file.</param>
    /// <exception cref="JsonException">Not such a file, or a rule contradicts itself.</exception>
    public static AlgorithmRules Parse(string json)
    {
        var rules = JsonSerializer.Deserialize<Rules>(json, Json) ?? throw new JsonException("No rules.");
        var all = rules.Digests.Concat(rules.Keys).ToList();
        if (all.Count == 0 || all.Concat(rules.Never).Any(r => r.Name.Length == 0 || r.Source.Length == 0)
            || rules.Never.Any(n => all.Any(r => r.Name == n.Name)) || rules.Keys.Any(k => k.MinBits <= 0))
            throw new JsonException("A rule lacks its name, size or source, or permits what another forbids.");
        return new AlgorithmRules(rules);
    }

    /// <summary>Whether a signature made so is secure enough at that moment.</summary>
    public bool Permit(AlgorithmsSeen seen, DateTimeOffset at) => PermitDigest(seen.Digest, at) && PermitKey(seen.Key, seen.Bits, at);

    /// <summary>Whether each certificate of a chain is: its key, and the digest by which it was signed. A root's own signature proves nothing.</summary>
    public bool Permit(IReadOnlyList<byte[]> chain, DateTimeOffset at)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(chain[i]);
            var (key, bits) = KeyOf(certificate);
            if (!PermitKey(key, bits, at) || (i < chain.Count - 1 && !PermitDigest(DigestOf(certificate), at)))
                return false;
        }

        return true;
    }

    /// <summary>Kind and size of a certificate's key.</summary>
    public static (string Key, int Bits) KeyOf(X509Certificate2 certificate)
    {
        using var elliptic = certificate.GetECDsaPublicKey();
        if (elliptic is not null)
            return ("EC", elliptic.KeySize);
        using var rsa = certificate.GetRSAPublicKey();
        return rsa is not null ? ("RSA", rsa.KeySize) : (certificate.GetKeyAlgorithm(), 0);
    }

    private static string DigestOf(X509Certificate2 certificate)
    {
        var oid = certificate.SignatureAlgorithm.Value ?? "";
        if (oid == PkcsObjectIdentifiers.IdRsassaPss.Id)
            oid = RsassaPssParameters.GetInstance(new BouncyCertificate(certificate.RawData).CertificateStructure.SignatureAlgorithm.Parameters)
                .HashAlgorithm.Algorithm.Id;
        return DigestsBySignature.GetValueOrDefault(oid, oid);
    }

    private bool PermitDigest(string name, DateTimeOffset at) => rules.Digests.Any(r => r.Name == name && r.Holds(at));

    private bool PermitKey(string name, int bits, DateTimeOffset at) => rules.Keys.Any(r => r.Name == name && bits >= r.MinBits && r.Holds(at));

    private static string Read()
    {
        using var stream = typeof(AlgorithmRules).Assembly.GetManifestResourceStream("algorithm-rules.json")!; // embedded by the project
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record Rule(string Name = "", int MinBits = 0, DateOnly? Until = null, string Source = "")
    {
        public bool Holds(DateTimeOffset at) => Until is not { } last || LocalTime.Date(at) <= last;
    }

    private sealed record Rules
    {
        public IReadOnlyList<Rule> Digests { get; init; } = [];

        public IReadOnlyList<Rule> Keys { get; init; } = [];

        public IReadOnlyList<Rule> Never { get; init; } = [];
    }
}
