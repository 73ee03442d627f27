using System.Security.Cryptography;

namespace HaLong.Signatures.Pdf;

/// <summary>
/// What is needed to check a signature years later without asking anybody (ETSI EN 319 142-1 §5.4): certificates, status answers, lists.
/// All DER.
/// </summary>
internal sealed record ValidationData(IReadOnlyList<byte[]> Certificates, IReadOnlyList<byte[]> Answers, IReadOnlyList<byte[]> Lists)
{
    private const int MaxItems = 200;

    public static readonly ValidationData None = new([], [], []);

    /// <summary>What belongs to single signatures.</summary>
    public IReadOnlyList<SignatureEvidence> Signatures { get; init; } = [];

    /// <summary>SHA-256 (hex) of the certificates of time-stamp authorities whose status is in here: a time-stamp of theirs gives level B-LT.</summary>
    public IReadOnlyList<string> Stampers { get; init; } = [];

    public bool IsEmpty => Certificates.Count + Answers.Count + Lists.Count + Signatures.Count == 0;

    /// <summary>Both together, each item once.</summary>
    public ValidationData And(ValidationData other) => new(Once(Certificates, other.Certificates), Once(Answers, other.Answers),
        Once(Lists, other.Lists))
    {
        Signatures = [.. Signatures, .. other.Signatures],
        Stampers = [.. Stampers, .. other.Stampers],
    };

    /// <summary>Reads the document security store of a file. What cannot be read is left out: it is help, not content.</summary>
    public static ValidationData Of(PdfFile file)
    {
        try
        {
            if (file.Dictionary(file.Catalog["DSS"]) is not { } store)
                return None;
            var signatures = (file.Dictionary(store["VRI"])?.Entries ?? new Dictionary<string, PdfValue>()).Take(MaxItems)
                .Select(e => (e.Key, Value: file.Dictionary(e.Value))).Where(e => e.Value is not null)
                .Select(e => new SignatureEvidence(e.Key, Read(file, e.Value!["Cert"]), Read(file, e.Value["OCSP"]), Read(file, e.Value["CRL"]))
                {
                    TimeStamp = file.Resolve(e.Value["TS"]) is PdfStream stamp ? file.Decode(stamp) : null,
                }).ToList();
            // The general lists hold all of it; what another program wrote for one signature only counts as well.
            return new ValidationData(
                Once(Read(file, store["Certs"]), [.. signatures.SelectMany(s => s.Certificates)]),
                Once(Read(file, store["OCSPs"]), [.. signatures.SelectMany(s => s.Answers)]),
                Once(Read(file, store["CRLs"]), [.. signatures.SelectMany(s => s.Lists)]))
            { Signatures = signatures };
        }
        catch (PdfException)
        {
            return None;
        }
    }

    private static List<byte[]> Read(PdfFile file, PdfValue? items) =>
        [.. (file.Array(items)?.Items ?? []).Take(MaxItems).Select(file.Resolve).OfType<PdfStream>().Select(file.Decode)];

    private static List<byte[]> Once(IReadOnlyList<byte[]> some, IReadOnlyList<byte[]> others) =>
        [.. some.Concat(others).DistinctBy(item => Convert.ToHexString(SHA256.HashData(item))).Take(MaxItems)];
}

/// <summary>What is needed to check one signature or time-stamp of the file (VRI, ETSI EN 319 142-1 §5.4.2.3).</summary>
/// <param name="Key">Whose: <see cref="KeyOf"/>.</param>
/// <param name="Certificates">DER.</param>
/// <param name="Answers">Status answers, DER.</param>
/// <param name="Lists">Lists of revoked certificates, DER.</param>
internal sealed record SignatureEvidence(string Key, IReadOnlyList<byte[]> Certificates, IReadOnlyList<byte[]> Answers, IReadOnlyList<byte[]> Lists)
{
    /// <summary>A time-stamp over the signature value that came after the file had been handed out; null without one.</summary>
    public byte[]? TimeStamp { get; init; }

    /// <summary>SHA-1 of the string that holds the signature, upper-case hex. A name, which nobody's security rests on.</summary>
#pragma warning disable CA5350 // The standard says SHA-1.
    public static string KeyOf(byte[] contents) => Convert.ToHexString(SHA1.HashData(contents));
#pragma warning restore CA5350
}
