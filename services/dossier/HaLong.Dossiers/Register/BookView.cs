namespace HaLong.Dossiers.Register;

/// <summary>A book of a register.</summary>
/// <param name="Code">Unit, year and number.</param>
/// <param name="Number">Which book of the year.</param>
/// <param name="First">First number in it.</param>
/// <param name="Last">Last number given; less than the first as long as it is empty.</param>
/// <param name="State">OPEN, SEALING (closed, waits for its seal) or CLOSED.</param>
/// <param name="SealingAttempts">Attempts to have it sealed that failed.</param>
/// <param name="Sha256">Of the sealed PDF.</param>
internal sealed record BookView(
    string Code, string UnitCode, int Year, int Number, int First, int Last, string State, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string? ClosedBy, int SealingAttempts,
    DateTimeOffset? SealedAt, string? SignedBy, string? Sha256, long? Size)
{
    public static BookView Of(RegisterBook book) => new(
        book.Code, book.UnitCode, book.Year, book.Number, book.First, book.Last, book.State, book.OpenedAt, book.ClosedAt, book.ClosedByName, book.SealingAttempts, book.SealedAt,
        book.SignedBy, book.Sha256, book.Size);
}
