using System.Security.Cryptography;

namespace HaLong.Signatures.Pdf;

/// <summary>Writes the document security store (ETSI EN 319 142-1 §5.4.2): what was in it stays, what is new is added, nothing is there twice.</summary>
internal sealed class StoreWriter
{
    private readonly RevisionWriter writer;
    private readonly Dictionary<string, PdfReference> items = new(StringComparer.Ordinal);

    private StoreWriter(RevisionWriter writer) => this.writer = writer;

    /// <param name="writer">The revision.</param>
    /// <param name="data">What is to be in the store.</param>
    /// <returns>The new store.</returns>
    public static PdfReference Write(RevisionWriter writer, ValidationData data) => new StoreWriter(writer).Write(data);

    private PdfReference Write(ValidationData data)
    {
        var file = writer.File;
        var store = file.Dictionary(file.Catalog["DSS"]) ?? RevisionWriter.Dictionary(("Type", new PdfName("DSS")));
        foreach (var (key, added) in new[] { ("Certs", data.Certificates), ("OCSPs", data.Answers), ("CRLs", data.Lists) })
        {
            var present = file.Array(store[key])?.Items ?? [];
            foreach (var reference in present.OfType<PdfReference>())
                if (file.Resolve(reference) is PdfStream stream)
                    items.TryAdd(Name(file.Decode(stream)), reference);
            store = store.With(key, new PdfArray([.. present, .. added.Select(Item).Except(present).Distinct()]));
        }

        if (data.Signatures.Count > 0)
            store = store.With("VRI", Signatures(file.Dictionary(store["VRI"]), data.Signatures));
        return writer.Add(store);
    }

    private PdfDictionary Signatures(PdfDictionary? present, IReadOnlyList<SignatureEvidence> signatures)
    {
        var entries = new Dictionary<string, PdfValue>(present?.Entries ?? new Dictionary<string, PdfValue>(), StringComparer.Ordinal);
        foreach (var signature in signatures)
        {
            var own = writer.File.Dictionary(entries.GetValueOrDefault(signature.Key)) ?? RevisionWriter.Dictionary();
            foreach (var (key, added) in new[] { ("Cert", signature.Certificates), ("OCSP", signature.Answers), ("CRL", signature.Lists) })
            {
                var before = writer.File.Array(own[key])?.Items ?? [];
                if (before.Count + added.Count > 0)
                    own = own.With(key, new PdfArray([.. before, .. added.Select(Item).Except(before).Distinct()]));
            }

            if (signature.TimeStamp is { } stamp && own["TS"] is null)
                own = own.With("TS", Item(stamp));
            entries[signature.Key] = own;
        }

        return new PdfDictionary(entries);
    }

    private PdfValue Item(byte[] content)
    {
        var name = Name(content);
        if (!items.TryGetValue(name, out var reference))
            items[name] = reference = writer.AddStream(content);
        return reference;
    }

    private static string Name(byte[] content) => Convert.ToHexString(SHA256.HashData(content));
}
