namespace HaLong.Signatures.Pdf;

/// <summary>A filled signature field.</summary>
/// <param name="Name">Fully qualified name of the field.</param>
/// <param name="Signature">Its signature dictionary.</param>
internal sealed record SignatureField(string Name, PdfDictionary Signature)
{
    /// <summary>The four numbers of ByteRange, or null when they are not four whole numbers.</summary>
    public long[]? ByteRange => Signature["ByteRange"] is PdfArray { Items.Count: 4 } range
        && range.Items.All(i => i is PdfNumber { Integer: >= 0 })
        ? [.. range.Items.Select(i => ((PdfNumber)i).Integer.GetValueOrDefault())]
        : null;

    public PdfString? Contents => Signature["Contents"] as PdfString;

    /// <summary>Whether it is a time-stamp over the document (ETSI EN 319 142-1 §5.4.3), not somebody's signature.</summary>
    public bool IsTimeStamp => Signature.Name("SubFilter") == "ETSI.RFC3161";
}

/// <summary>Finds the signatures of a file through its form.</summary>
internal static class SignatureFields
{
    private const int MaxFields = 20_000;
    private const int MaxDepth = 32;

    public static List<SignatureField> Find(PdfFile file)
    {
        var found = new List<SignatureField>();
        var form = file.Dictionary(file.Catalog["AcroForm"]);
        var visited = new HashSet<int>();
        Walk(file, file.Array(form?["Fields"]), prefix: "", type: null, value: null, depth: 0, visited, found);
        return found;
    }

    /// <summary>Fields at the top of the form that wait for a signature.</summary>
    public static IEnumerable<PdfReference> Waiting(PdfFile file) => (file.Array(file.Dictionary(file.Catalog["AcroForm"])?["Fields"])?.Items ?? []).Take(MaxFields)
        .OfType<PdfReference>().Where(r => file.Dictionary(r) is { } field && field.Name("FT") == "Sig" && field["V"] is null && field["Kids"] is null);

    /// <summary>Whether the file holds a signature that its form does not lead to: somebody took it off, or broke the way to it.</summary>
    public static bool HasDetached(PdfFile file, IReadOnlyCollection<SignatureField> found)
    {
        // Looking through all objects is worth it only when there are more traces than signatures.
        if (CountTraces(file.Bytes.Span) <= found.Count)
            return false;
        var attached = found.Select(f => f.Contents?.Start).ToHashSet();
        return file.Places.Where(p => p.Value is { InUse: true, Container: 0 }).Any(p =>
            file.Get(p.Key) is PdfDictionary dictionary && dictionary["ByteRange"] is not null
            && dictionary["Contents"] is PdfString contents && !attached.Contains(contents.Start));
    }

    private static int CountTraces(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (int at; (at = bytes.IndexOf("/ByteRange"u8)) >= 0; count++)
            bytes = bytes[(at + 10)..];
        return count;
    }

    /// <summary>A field name nobody uses at the top of the form.</summary>
    public static string FreeName(PdfFile file, PdfArray? fields, string prefix = "Signature")
    {
        var taken = (fields?.Items ?? []).Select(f => TextOf(file.Dictionary(f)?["T"])).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(i => $"{prefix}{i}").First(name => !taken.Contains(name));
    }

    /// <summary>Which changes a certification signature allows: 1 none, 2 forms and signatures, 3 also annotations; null without
    /// one.</summary>
    public static long? PermittedChanges(PdfFile file)
    {
        var certification = file.Dictionary(file.Dictionary(file.Catalog["Perms"])?["DocMDP"]);
        if (certification is null)
            return null;
        foreach (var item in file.Array(certification["Reference"])?.Items ?? [])
            if (file.Dictionary(item) is { } reference && reference.Name("TransformMethod") == "DocMDP")
                return file.Dictionary(reference["TransformParams"])?.Integer("P") ?? 2;
        return 2;
    }

    public static string TextOf(PdfValue? value)
    {
        if (value is not PdfString text)
            return "";
        return text.Bytes is [0xFE, 0xFF, ..]
            ? System.Text.Encoding.BigEndianUnicode.GetString(text.Bytes.AsSpan(2))
            : System.Text.Encoding.Latin1.GetString(text.Bytes);
    }

    private static void Walk(PdfFile file, PdfArray? fields, string prefix, string? type, PdfValue? value, int depth, HashSet<int> visited,
        List<SignatureField> found)
    {
        if (depth > MaxDepth)
            throw PdfException.Malformed("The form is nested too deeply.");
        foreach (var item in fields?.Items ?? [])
        {
            if (item is PdfReference reference && !visited.Add(reference.Number))
                continue;
            if (visited.Count > MaxFields)
                throw PdfException.Malformed("The form has too many fields.");
            if (file.Dictionary(item) is not { } field)
                continue;
            var own = TextOf(file.Resolve(field["T"]));
            var name = prefix.Length == 0 ? own : own.Length == 0 ? prefix : $"{prefix}.{own}";
            // Type and value are inherited from the parent field.
            var (fieldType, fieldValue) = (field.Name("FT") ?? type, field["V"] ?? value);
            var kids = file.Array(field["Kids"]);
            if (kids is { Items.Count: > 0 })
                Walk(file, kids, name, fieldType, fieldValue, depth + 1, visited, found);
            else if (fieldType == "Sig" && file.Dictionary(fieldValue) is { } signature)
                found.Add(new SignatureField(name, signature));
        }
    }
}
