using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;

namespace HaLong.Signatures.Pdf;

/// <summary>What is written beside the signature itself.</summary>
internal sealed record SignatureDetails(string Name, string Reason, string Location, DateTimeOffset ClaimedAt);

/// <summary>
/// A revision appended to a file, with room for a signature: prepare, sign the digest anywhere, embed.
/// The original bytes are never touched, so earlier signatures stay valid.
/// </summary>
internal sealed class SignatureRevision : IDisposable
{
    // A CMS with three certificates takes under 4 KiB; time-stamps of later levels fit too.
    private const int ContentsBytes = 16 * 1024;
    private const string RangePlaceholder = "[0 0000000000 0000000000 0000000000]";

    private readonly MemoryStream revision = new();
    private readonly SortedDictionary<int, (long Offset, int Generation)> written = [];
    private readonly PdfFile file;
    private int contentsStart;
    private int rangeStart;

    private SignatureRevision(PdfFile file) => this.file = file;

    /// <summary>Hash over all but the placeholder.</summary>
    public byte[] DigestBy(HashAlgorithmName name)
    {
        var buffer = revision.GetBuffer().AsSpan(0, (int)revision.Length);
        using var hash = IncrementalHash.CreateHash(name);
        hash.AppendData(file.Bytes.Span);
        hash.AppendData(buffer[..contentsStart]);
        hash.AppendData(buffer[ContentsEnd..]);
        return hash.GetHashAndReset();
    }

    private int ContentsEnd => contentsStart + (ContentsBytes * 2) + 2;

    /// <param name="file">The file to sign.</param>
    /// <param name="details">What stands beside the signature.</param>
    /// <param name="data">What is needed to check it later; written into the same revision, so that the signature covers it too.</param>
    public static SignatureRevision Prepare(PdfFile file, SignatureDetails details, ValidationData? data = null)
    {
        if (SignatureFields.PermittedChanges(file) == 1)
            throw new PdfException(PdfFault.Locked, "The certification signature allows no further changes.");
        var revision = new SignatureRevision(file);
        try
        {
            revision.WriteObjects(details, data ?? ValidationData.None);
            revision.WriteRange();
            return revision;
        }
        catch
        {
            revision.Dispose();
            throw;
        }
    }

    public static bool HasRoomFor(ReadOnlySpan<byte> cms) => cms.Length <= ContentsBytes;

    /// <summary>The bytes to append to the original, with the signature in its place.</summary>
    public byte[] Embed(ReadOnlySpan<byte> cms)
    {
        if (cms.Length > ContentsBytes)
            throw new ArgumentException("The signature is larger than the room kept for it.", nameof(cms));
        var bytes = revision.ToArray();
        System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(cms)).CopyTo(bytes.AsSpan(contentsStart + 1));
        return bytes;
    }

    /// <summary>The CMS in a revision that was made here, without the room behind it.</summary>
    public static byte[] CmsOf(byte[] revision)
    {
        var (start, length) = Room(revision);
        var room = Convert.FromHexString(System.Text.Encoding.ASCII.GetString(revision, start, length));
        AsnDecoder.ReadEncodedValue(room, AsnEncodingRules.BER, out _, out _, out var used);
        return room[..used];
    }

    public void Dispose() => revision.Dispose();

    // The signature dictionary is the first object of a revision, and its texts are written in hex: this is the first such word.
    private static (int Start, int Length) Room(byte[] revision)
    {
        var start = revision.AsSpan().IndexOf("/Contents <"u8) + "/Contents <".Length;
        return (start, revision.AsSpan(start).IndexOf((byte)'>'));
    }

    private long Base => file.Bytes.Length;

    private void WriteObjects(SignatureDetails details, ValidationData data)
    {
        if (file.Bytes.Span[^1] is not (10 or 13))
            revision.WriteByte(10);
        var number = file.NextNumber;
        var (signature, field) = (new PdfReference(number, 0), new PdfReference(number + 1, 0));
        var (pageReference, page) = file.FirstPage();
        var form = file.Dictionary(file.Catalog["AcroForm"]);

        WriteSignature(signature, details);
        WriteObject(field, Dictionary(
            ("Type", new PdfName("Annot")),
            ("Subtype", new PdfName("Widget")),
            ("FT", new PdfName("Sig")),
            ("T", PdfWriter.Text(SignatureFields.FreeName(file, file.Array(form?["Fields"])))),
            ("V", signature),
            // Print and Locked; a rectangle without size is an invisible signature.
            ("F", PdfWriter.Number(132)),
            ("Rect", new PdfArray([.. Enumerable.Repeat(PdfWriter.Number(0), 4)])),
            ("P", pageReference)));
        Append(pageReference, page, "Annots", field);
        var catalog = WriteForm(form, field);
        var next = number + 2;
        if (data.Certificates.Count + data.Answers.Count + data.Lists.Count > 0)
            catalog = catalog.With("DSS", WriteStore(data, ref next));
        if (catalog != file.Catalog)
            WriteObject(file.Root, catalog);
        WriteCrossReferences(next);
    }

    /// <summary>The document security store: what was in it stays, what is new is added.</summary>
    private PdfReference WriteStore(ValidationData data, ref int next)
    {
        var store = file.Dictionary(file.Catalog["DSS"]) ?? Dictionary(("Type", new PdfName("DSS")));
        foreach (var (key, items) in new[] { ("Certs", data.Certificates), ("OCSPs", data.Answers), ("CRLs", data.Lists) })
        {
            var entries = new List<PdfValue>(file.Array(store[key])?.Items ?? []);
            foreach (var item in items)
            {
                entries.Add(new PdfReference(next, 0));
                WriteStream(new PdfReference(next++, 0), item);
            }

            store = store.With(key, new PdfArray(entries));
        }

        var id = new PdfReference(next++, 0);
        WriteObject(id, store);
        return id;
    }

    private void WriteStream(PdfReference id, byte[] content)
    {
        Begin(id);
        PdfWriter.WriteAscii(revision, string.Create(CultureInfo.InvariantCulture, $"<</Length {content.Length}>>\nstream\n"));
        revision.Write(content);
        PdfWriter.WriteAscii(revision, "\nendstream\nendobj\n");
    }

    private void WriteSignature(PdfReference id, SignatureDetails details)
    {
        Begin(id);
        PdfWriter.WriteAscii(revision, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached\n/ByteRange ");
        rangeStart = (int)revision.Position;
        PdfWriter.WriteAscii(revision, RangePlaceholder + "\n/Contents ");
        contentsStart = (int)revision.Position;
        PdfWriter.WriteAscii(revision, $"<{new string('0', ContentsBytes * 2)}>");
        foreach (var (key, text) in new[] { ("Name", details.Name), ("Reason", details.Reason), ("Location", details.Location) })
        {
            if (text.Length == 0)
                continue;
            PdfWriter.WriteAscii(revision, $"\n/{key} ");
            PdfWriter.Write(revision, PdfWriter.Text(text));
        }

        PdfWriter.WriteAscii(revision, "\n/M ");
        PdfWriter.Write(revision, PdfWriter.Date(details.ClaimedAt));
        PdfWriter.WriteAscii(revision, ">>\nendobj\n");
    }

    /// <returns>The catalog, changed when the form is part of it.</returns>
    private PdfDictionary WriteForm(PdfDictionary? form, PdfReference field)
    {
        var flags = ("SigFlags", (PdfValue)PdfWriter.Number((form?.Integer("SigFlags") ?? 0) | 3));
        if (form is null)
            return file.Catalog.With("AcroForm", Dictionary(("Fields", new PdfArray([field])), flags));

        // Fields may be an array of its own object: then only that object changes, unless the flags do too.
        if (form["Fields"] is PdfReference list)
            WriteObject(list, new PdfArray([.. file.Array(list)?.Items ?? [], field]));
        else
            form = form.With("Fields", new PdfArray([.. (form["Fields"] as PdfArray)?.Items ?? [], field]));
        form = form.With(flags.Item1, flags.Item2);
        if (file.Catalog["AcroForm"] is not PdfReference reference)
            return file.Catalog.With("AcroForm", form);
        WriteObject(reference, form);
        return file.Catalog;
    }

    private void Append(PdfReference owner, PdfDictionary dictionary, string key, PdfReference item)
    {
        var array = new PdfArray([.. file.Array(dictionary[key])?.Items ?? [], item]);
        if (dictionary[key] is PdfReference list && file.Array(list) is not null)
            WriteObject(list, array);
        else
            WriteObject(owner, dictionary.With(key, array));
    }

    private void WriteObject(PdfReference id, PdfValue value)
    {
        Begin(id);
        PdfWriter.Write(revision, value);
        PdfWriter.WriteAscii(revision, "\nendobj\n");
    }

    private void Begin(PdfReference id)
    {
        written[id.Number] = (Base + revision.Position, id.Generation);
        PdfWriter.WriteAscii(revision, string.Create(CultureInfo.InvariantCulture, $"{id.Number} {id.Generation} obj\n"));
    }

    private void WriteCrossReferences(int next)
    {
        var start = Base + revision.Position;
        var trailer = new Dictionary<string, PdfValue>(StringComparer.Ordinal)
        {
            ["Root"] = file.Root,
            ["ID"] = Identifier(),
            ["Prev"] = PdfWriter.Number(file.Start),
        };
        if (file.Trailer["Info"] is PdfReference info)
            trailer["Info"] = info;
        if (file.UsesStreams)
            CrossReferenceWriter.WriteStream(revision, written, trailer, next, start);
        else
            CrossReferenceWriter.WriteTable(revision, written, trailer, next);
        PdfWriter.WriteAscii(revision, string.Create(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n"));
    }

    /// <summary>The first half names the document and stays; the second names this revision.</summary>
    private PdfArray Identifier()
    {
        var fresh = new PdfString(SHA256.HashData(revision.ToArray())[..16], -1, -1, IsHex: true);
        return new PdfArray([file.Array(file.Trailer["ID"])?.Items is [PdfString first, ..] ? first : fresh, fresh]);
    }

    private void WriteRange()
    {
        var buffer = revision.GetBuffer().AsSpan(0, (int)revision.Length);
        var range = string.Create(CultureInfo.InvariantCulture,
            $"[0 {Base + contentsStart} {Base + ContentsEnd} {revision.Length - ContentsEnd}]").PadRight(RangePlaceholder.Length);
        System.Text.Encoding.ASCII.GetBytes(range).CopyTo(buffer[rangeStart..]);
    }

    private static PdfDictionary Dictionary(params ReadOnlySpan<(string Key, PdfValue Value)> entries)
    {
        var dictionary = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
            dictionary.Add(key, value);
        return new PdfDictionary(dictionary);
    }
}
