namespace HaLong.Messaging;

/// <summary>Something that is not as it was written.</summary>
/// <param name="Problem">Stable word, see docs/evidence.md.</param>
/// <param name="Partition">Month of the chain, yyyymm; 0 for what is not chained.</param>
/// <param name="Position">Place in the partition, the first one of a stretch; null where there is none.</param>
/// <param name="Id">The row or the anchor; null for what is not there any more.</param>
/// <param name="Detail">What is wrong, in words.</param>
internal sealed record Finding(string Problem, int Partition, long? Position, Guid? Id, string Detail);

/// <summary>The first thousand findings, and how many there are: memory does not grow with the damage.</summary>
internal sealed class FindingList
{
    public const int Kept = 1000;

    private readonly List<Finding> _kept = [];

    public IReadOnlyList<Finding> Items => _kept;

    public long Count { get; private set; }

    public void Add(string problem, int partition, long? position, Guid? id, string detail)
    {
        Count++;
        if (_kept.Count < Kept)
        {
            _kept.Add(new Finding(problem, partition, position, id, detail));
        }
    }
}

/// <summary>What was looked at and found.</summary>
/// <param name="Service">Whose chain.</param>
/// <param name="Rows">Rows of the chain.</param>
/// <param name="Waiting">Rows that are not chained yet: nothing but themselves vouches for them.</param>
/// <param name="Anchors">Anchors that were compared with the rows.</param>
/// <param name="Witnessed">False when the witness could not be asked: then the service's own copies had to do.</param>
/// <param name="Problems">How many findings there are.</param>
/// <param name="Findings">The first thousand.</param>
internal sealed record VerificationReport(
    string Service, long Rows, long Waiting, int Anchors, bool Witnessed, long Problems, IReadOnlyList<Finding> Findings);

/// <summary>Months to look at, as yyyymm, both included.</summary>
internal readonly record struct EvidenceMonths(int From, int To)
{
    public static EvidenceMonths All => new(0, 999_912);

    /// <summary>From yyyy-MM; null when one of them is none, or the first is after the last.</summary>
    public static EvidenceMonths? Parse(string? from, string? to)
    {
        var (first, last) = (Month(from, All.From), Month(to, All.To));
        return first is { } f && last is { } t && f <= t ? new EvidenceMonths(f, t) : null;
    }

    private static int? Month(string? text, int otherwise) => string.IsNullOrEmpty(text) ? otherwise
        : DateOnly.TryParseExact(text, "yyyy-MM", out var day) ? (day.Year * 100) + day.Month : null;
}
