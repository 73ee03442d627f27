namespace HaLong.Signatures.Pdf;

/// <summary>What a signature shows on a page.</summary>
/// <param name="Place">Where.</param>
/// <param name="Form">The form XObject that draws it.</param>
/// <param name="Words">The same in words, for who hears the page read.</param>
internal sealed record ShownSignature(SignaturePlace Place, PdfReference Form, string Words);

/// <summary>Writes the field of a signature: its widget on a page and its place in the form.</summary>
internal static class FieldWriter
{
    /// <summary>Print and Locked.</summary>
    private const int Flags = 132;

    /// <param name="writer">The revision.</param>
    /// <param name="signature">What the field holds.</param>
    /// <param name="field">Reserved for the field.</param>
    /// <param name="prefix">Of the name of the field.</param>
    /// <param name="shown">What it shows; null for nothing.</param>
    /// <returns>The catalog, changed when the form is part of it.</returns>
    public static PdfDictionary Write(RevisionWriter writer, PdfReference signature, PdfReference field, string prefix = "Signature",
        ShownSignature? shown = null)
    {
        var file = writer.File;
        var (pageReference, page) = shown is null ? file.FirstPage() : (shown.Place.Page.Reference, shown.Place.Page.Dictionary);
        var form = file.Dictionary(file.Catalog["AcroForm"]);
        var widget = RevisionWriter.Dictionary(
            ("Type", new PdfName("Annot")),
            ("Subtype", new PdfName("Widget")),
            ("FT", new PdfName("Sig")),
            ("T", PdfWriter.Text(SignatureFields.FreeName(file, file.Array(form?["Fields"]), prefix))),
            ("V", signature),
            ("F", PdfWriter.Number(Flags)),
            ("P", pageReference),
            ("Rect", Rectangle(shown?.Place.Box)));
        if (shown is not null)
            widget = widget.With("AP", RevisionWriter.Dictionary(("N", shown.Form)))
                .With("TU", PdfWriter.Text(shown.Words)).With("Contents", PdfWriter.Text(shown.Words));
        writer.Write(field, widget);
        Append(writer, pageReference, page, "Annots", field);
        return WriteForm(writer, form, field);
    }

    // A rectangle without size is an invisible signature.
    private static PdfArray Rectangle(PdfBox? box) => new([.. new[] { box?.X1 ?? 0, box?.Y1 ?? 0, box?.X2 ?? 0, box?.Y2 ?? 0 }
        .Select(n => new PdfNumber(n.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)))]);

    private static PdfDictionary WriteForm(RevisionWriter writer, PdfDictionary? form, PdfReference field)
    {
        var file = writer.File;
        var flags = PdfWriter.Number((form?.Integer("SigFlags") ?? 0) | 3);
        if (form is null)
            return file.Catalog.With("AcroForm", RevisionWriter.Dictionary(("Fields", new PdfArray([field])), ("SigFlags", flags)));

        // Fields may be an array of its own object: then only that object changes, unless the flags do too.
        if (form["Fields"] is PdfReference list)
            writer.Write(list, new PdfArray([.. file.Array(list)?.Items ?? [], field]));
        else
            form = form.With("Fields", new PdfArray([.. (form["Fields"] as PdfArray)?.Items ?? [], field]));
        form = form.With("SigFlags", flags);
        if (file.Catalog["AcroForm"] is not PdfReference reference)
            return file.Catalog.With("AcroForm", form);
        writer.Write(reference, form);
        return file.Catalog;
    }

    private static void Append(RevisionWriter writer, PdfReference owner, PdfDictionary dictionary, string key, PdfReference item)
    {
        var file = writer.File;
        var array = new PdfArray([.. file.Array(dictionary[key])?.Items ?? [], item]);
        if (dictionary[key] is PdfReference list && file.Array(list) is not null)
            writer.Write(list, array);
        else
            writer.Write(owner, dictionary.With(key, array));
    }
}
