namespace HaLong.Dossiers.Domain;

// What the database derives from the row for work queues (Persistence/Schema/QueueSql.cs); known here once it is saved.
internal sealed partial class Dossier
{
    /// <summary>Who has the next move, by the words of <see cref="Lifecycle.Waits"/>; null for drafts and what is over.</summary>
    public string? QueuedFor { get; private set; }

    /// <summary>When it is due while its clock runs; a day beyond all others while the clock stands, because nobody knows.</summary>
    public DateTimeOffset DueOrder { get; private set; }
}
