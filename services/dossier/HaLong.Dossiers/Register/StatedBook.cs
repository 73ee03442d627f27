namespace HaLong.Dossiers.Register;

/// <summary>What a closed book says, as far as its QR code binds it: which numbers it has, and the dossier behind each.</summary>
internal sealed record StatedBook(string Book, string Unit, int Year, int First, int Last, string ClosedBy, IReadOnlyList<string> Codes)
{
    public static StatedBook Of(RegisterBook book, IEnumerable<RegisterRow> rows) =>
        new(book.Code, book.UnitCode, book.Year, book.First, book.Last, book.ClosedByName ?? "", [.. rows.Select(r => r.Code)]);
}
