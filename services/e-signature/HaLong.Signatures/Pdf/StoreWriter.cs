namespace HaLong.Signatures.Pdf;

/// <summary>Writes the document security store (ETSI EN 319 142-1 §5.4.2): what was in it stays, what is new is added.</summary>
internal static class StoreWriter
{
    /// <param name="writer">The revision.</param>
    /// <param name="data">What is to be in the store.</param>
    /// <returns>The new store.</returns>
    public static PdfReference Write(RevisionWriter writer, ValidationData data)
    {
        var file = writer.File;
        var store = file.Dictionary(file.Catalog["DSS"]) ?? RevisionWriter.Dictionary(("Type", new PdfName("DSS")));
        foreach (var (key, items) in new[] { ("Certs", data.Certificates), ("OCSPs", data.Answers), ("CRLs", data.Lists) })
            store = store.With(key, new PdfArray([.. file.Array(store[key])?.Items ?? [], .. items.Select(item => writer.AddStream(item))]));
        return writer.Add(store);
    }
}
