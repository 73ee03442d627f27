namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>What an official wrote down about a dossier. Rows are only ever added.</summary>
internal sealed class DossierNote
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }
    public required string Text { get; init; }

    /// <summary>False: for officials only.</summary>
    public bool Visible { get; init; }

    public Guid AuthorId { get; init; }
    public required string AuthorRole { get; init; }
    public required string AuthorName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
