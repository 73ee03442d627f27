namespace HaLong.Identity.Keys;

/// <summary>
/// A column of boxes made by <see cref="FieldVault"/> with the row's id. Whoever adds one registers it, so that a rotation of the data key
/// reaches it: a key is destroyed only when no registered column names it any more.
/// </summary>
/// <param name="Table">Table whose primary key is one uuid.</param>
/// <param name="Column">bytea, may be null.</param>
/// <param name="Purpose">As given to the vault.</param>
/// <param name="Batch">Rows moved in one transaction; few where they are large.</param>
internal sealed record SealedField(string Table, string Column, string Purpose, int Batch = 200);
