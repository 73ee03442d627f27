using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;

namespace HaLong.Signatures.Validation;

/// <summary>What a validator may rely on.</summary>
/// <param name="Roots">Our own: where the chain of a signer may always end.</param>
internal sealed record Trust(X509Certificate2Collection Roots)
{
    private static readonly Dictionary<string, byte[]> None = [];

    /// <summary>Where the chain of a time-stamp may always end.</summary>
    public X509Certificate2Collection TimeStampRoots { get; init; } = Roots;

    /// <summary>Others that are trusted, each for its time and use.</summary>
    public IReadOnlyList<TrustAnchor> Anchors { get; init; } = [];

    /// <summary>Which algorithms are secure enough, and until when.</summary>
    public AlgorithmRules Rules { get; init; } = AlgorithmRules.Default;

    /// <summary>What the issuer says at this moment; null when it cannot be asked, and what the file holds must do.</summary>
    public Func<X509Certificate2, CertificateStatus?> Status { get; init; } = _ => null;

    /// <summary>Status answers and lists that were fetched from other issuers for this file.</summary>
    public ValidationData Fetched { get; init; } = ValidationData.None;

    /// <summary>Time-stamps that are not in the file, by the SHA-256 of the signature value (hex).</summary>
    public IReadOnlyDictionary<string, byte[]> TimeStamps { get; init; } = None;

    /// <summary>Where a chain may end.</summary>
    /// <param name="use">For what.</param>
    /// <param name="at">The moment that matters; null for whether it ever did.</param>
    /// <param name="enclosed">Certificates beside the signature, for anchors of which we have only the thumbprint.</param>
    public X509Certificate2Collection RootsAt(TrustUse use, DateTimeOffset? at, IEnumerable<byte[]> enclosed)
    {
        var roots = new X509Certificate2Collection(use == TrustUse.Signing ? Roots : TimeStampRoots);
        foreach (var anchor in Anchors.Where(a => a.Uses.Contains(use) && (at is not { } moment || a.CountsAt(moment))))
        {
            if (anchor.Find(enclosed) is { } certificate)
                roots.Add(X509CertificateLoader.LoadCertificate(certificate));
        }

        return roots;
    }

    /// <summary>A time-stamp authority that stands in the configuration and nowhere else: nobody knows the status of its certificates.</summary>
    public bool IsConfiguredStamper(byte[] root) => Has(TimeStampRoots, root) && !Has(Roots, root)
        && !Anchors.Any(a => a.Uses.Contains(TrustUse.TimeStamps) && a.Find([root]) is { } own && own.AsSpan().SequenceEqual(root));

    private static bool Has(X509Certificate2Collection roots, byte[] certificate) => roots.Any(r => r.RawDataMemory.Span.SequenceEqual(certificate));
}
