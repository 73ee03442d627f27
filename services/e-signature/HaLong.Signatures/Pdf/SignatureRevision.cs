namespace HaLong.Signatures.Pdf;

/// <summary>What is written beside the signature itself.</summary>
internal sealed record SignatureDetails(string Name, string Reason, string Location, DateTimeOffset ClaimedAt);

/// <summary>
/// Makes the revision that carries a signature, with room for it: prepare, sign the digest anywhere, embed.
/// The original bytes are never touched, so earlier signatures stay valid.
/// </summary>
internal static class SignatureRevision
{
    /// <param name="file">The file to sign.</param>
    /// <param name="details">What stands beside the signature.</param>
    /// <param name="appearance">How it shows on a page; null for a signature that does not.</param>
    /// <param name="data">What is needed to check it later; written into the same revision, so that the signature covers it too.</param>
    /// <exception cref="PdfException">The file must not be changed, is not whole, or has no place for the appearance.</exception>
    public static PreparedRevision Prepare(PdfFile file, SignatureDetails details, SignatureAppearance? appearance = null, ValidationData? data = null)
    {
        if (SignatureFields.PermittedChanges(file) == 1)
            throw new PdfException(PdfFault.Locked, "The certification signature allows no further changes.");
        using var writer = new RevisionWriter(file);
        var (signature, field) = (writer.Reserve(), writer.Reserve());
        (int, int) places = default;
        writer.Write(signature, target => places = WriteSignature(target, details));
        var shown = appearance is null ? null : Show(writer, details, appearance);
        var catalog = FieldWriter.Write(writer, signature, field, shown: shown);
        if (data is { IsEmpty: false })
            catalog = catalog.With("DSS", StoreWriter.Write(writer, data));
        if (catalog != file.Catalog)
            writer.Write(file.Root, catalog);
        return PreparedRevision.Of(writer.Finish(), places, file.Bytes.Length);
    }

    private static ShownSignature Show(RevisionWriter writer, SignatureDetails details, SignatureAppearance appearance)
    {
        var place = SignaturePlace.Find(writer.File, appearance);
        return new ShownSignature(place, AppearanceWriter.Write(writer, place, details, appearance.QrText),
            "Chữ ký số. " + string.Join(". ", AppearanceWriter.Lines(details)));
    }

    private static (int Range, int Gap) WriteSignature(Stream target, SignatureDetails details)
    {
        PdfWriter.WriteAscii(target, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached\n");
        var places = PreparedRevision.WriteRoom(target);
        foreach (var (key, text) in new[] { ("Name", details.Name), ("Reason", details.Reason), ("Location", details.Location) })
        {
            if (text.Length == 0)
                continue;
            PdfWriter.WriteAscii(target, $"\n/{key} ");
            PdfWriter.Write(target, PdfWriter.Text(text));
        }

        PdfWriter.WriteAscii(target, "\n/M ");
        PdfWriter.Write(target, PdfWriter.Date(details.ClaimedAt));
        PdfWriter.WriteAscii(target, ">>");
        return places;
    }
}
