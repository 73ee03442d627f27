namespace HaLong.Signatures.Pdf;

/// <summary>
/// What is needed to check a signature years later without asking anybody (ETSI EN 319 142-1 §5.4): certificates, status answers, lists.
/// All DER.
/// </summary>
internal sealed record ValidationData(IReadOnlyList<byte[]> Certificates, IReadOnlyList<byte[]> Answers, IReadOnlyList<byte[]> Lists)
{
    private const int MaxItems = 200;

    public static readonly ValidationData None = new([], [], []);

    public bool IsEmpty => Certificates.Count + Answers.Count + Lists.Count == 0;

    /// <summary>Reads the document security store of a file. What cannot be read is left out: it is help, not content.</summary>
    public static ValidationData Of(PdfFile file)
    {
        try
        {
            return file.Dictionary(file.Catalog["DSS"]) is { } store
                ? new ValidationData(Read(file, store["Certs"]), Read(file, store["OCSPs"]), Read(file, store["CRLs"]))
                : None;
        }
        catch (PdfException)
        {
            return None;
        }
    }

    private static List<byte[]> Read(PdfFile file, PdfValue? items) =>
        [.. (file.Array(items)?.Items ?? []).Take(MaxItems).Select(file.Resolve).OfType<PdfStream>().Select(file.Decode)];
}
