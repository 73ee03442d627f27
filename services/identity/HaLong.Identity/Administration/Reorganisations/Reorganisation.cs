namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>A change of administrative units by decision: written up by one administrator, put into effect by another.</summary>
internal sealed class Reorganisation
{
    public const string Draft = "draft";
    public const string Applied = "applied";
    public const string Discarded = "discarded";

    private Reorganisation()
    {
    }

    public Guid Id { get; private set; }

    public string State { get; private set; } = Draft;

    /// <summary>First day of the new order.</summary>
    public DateOnly Effective { get; private set; }

    public string LegalBasis { get; private set; } = "";

    /// <summary>The document as submitted.</summary>
    public string Document { get; private set; } = "";

    /// <summary>What it would do, or did; for a draft as of its submission.</summary>
    public string Report { get; private set; } = "";

    public Guid SubmittedBy { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public uint Version { get; private set; }

    public static Reorganisation Submit(Guid id, DateOnly effective, string legalBasis, string document, string report, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        Effective = effective,
        LegalBasis = legalBasis,
        Document = document,
        Report = report,
        SubmittedBy = by,
        SubmittedAt = now,
    };

    public void Apply(string report, Guid by, DateTimeOffset now) => (State, Report, DecidedBy, DecidedAt) = (Applied, report, by, now);

    public void Discard(Guid by, DateTimeOffset now) => (State, DecidedBy, DecidedAt) = (Discarded, by, now);
}
