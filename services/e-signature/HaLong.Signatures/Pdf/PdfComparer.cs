namespace HaLong.Signatures.Pdf;

/// <summary>Whether two objects mean the same. References are compared as references: what they lead to is compared where it
/// stands.</summary>
internal static class PdfComparer
{
    public static bool Same(PdfFile leftFile, PdfValue left, PdfFile rightFile, PdfValue right) => (left, right) switch
    {
        (PdfString a, PdfString b) => a.Bytes.AsSpan().SequenceEqual(b.Bytes),
        (PdfArray a, PdfArray b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p =>
            Same(leftFile, p.First, rightFile, p.Second)),
        (PdfDictionary a, PdfDictionary b) => a.Entries.Count == b.Entries.Count
            && a.Entries.All(e => b[e.Key] is { } other && Same(leftFile, e.Value, rightFile, other)),
        (PdfStream a, PdfStream b) => Same(leftFile, a.Dictionary, rightFile, b.Dictionary)
            && leftFile.Raw(a).Span.SequenceEqual(rightFile.Raw(b).Span),
        _ => Equals(left, right),
    };
}
