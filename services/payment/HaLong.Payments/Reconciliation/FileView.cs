namespace HaLong.Payments.Reconciliation;

/// <summary>A file that was taken over. Added are the entries that no earlier file had brought.</summary>
internal sealed record FileView(
    Guid Id, FileKind Kind, string Source, string Scope, string Format, string Hash, DateOnly From, DateOnly To, long? Opening, long? Closing, int Entries, int Added,
    Guid ImportedBy, DateTimeOffset ImportedAt)
{
    public static FileView Of(StatementFile f) => new(
        f.Id, f.Kind, f.Source, f.Scope, f.Format, f.Hash, f.From, f.To, f.Opening, f.Closing, f.Entries, f.Added, f.ImportedBy, f.ImportedAt);
}
