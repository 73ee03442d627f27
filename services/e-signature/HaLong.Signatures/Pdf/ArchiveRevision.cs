namespace HaLong.Signatures.Pdf;

/// <summary>
/// Makes the revision that keeps a file checkable for long: what is needed to check every earlier signature, and over all of it room for a
/// document time-stamp (ETSI EN 319 142-1 §5.4.3). Allowed in a file whose certification allows no change (ISO 32000-2 §12.8.2.2).
/// </summary>
internal static class ArchiveRevision
{
    /// <param name="file">The signed file.</param>
    /// <param name="data">What is needed to check what is in it, and the time-stamp that comes.</param>
    public static PreparedRevision Prepare(PdfFile file, ValidationData data)
    {
        using var writer = new RevisionWriter(file);
        var (stamp, field) = (writer.Reserve(), writer.Reserve());
        (int, int) places = default;
        writer.Write(stamp, target =>
        {
            PdfWriter.WriteAscii(target, "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/V 0\n");
            places = PreparedRevision.WriteRoom(target);
            PdfWriter.WriteAscii(target, ">>");
        });
        var catalog = FieldWriter.Write(writer, stamp, field, "TimeStamp");
        if (!data.IsEmpty)
            catalog = catalog.With("DSS", StoreWriter.Write(writer, data));
        if (catalog != file.Catalog)
            writer.Write(file.Root, catalog);
        return PreparedRevision.Of(writer.Finish(), places, file.Bytes.Length);
    }
}
