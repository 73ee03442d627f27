using HaLong.Portal.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Work;

/// <summary>A line of a queue.</summary>
/// <param name="WaitingFor">Whose move it is; null when it is over.</param>
/// <param name="DaysLeft">Until it is due, negative when late; null while the clock stands or has not begun.</param>
/// <param name="Flags">expiring, overdue, askedTwice, substitute, approverSigns, signatureMissed.</param>
public sealed record QueueLine(
    Guid Id, string? Code, string Status, string StatusName, string? WaitingFor, string ProcedureName, string? Subject, string? OwnerName, string? Channel,
    DateTimeOffset? DueAt, int? DaysLeft, IReadOnlyList<string>? Flags, uint Version, DateTimeOffset? SubmittedAt)
{
    public bool Has(string flag) => Flags?.Contains(flag) == true;
}

/// <summary>A dossier of a divided unit, for which a chief chooses the unit that goes on.</summary>
internal sealed record UnitChoiceLine(QueueLine Dossier);

/// <summary>How many stand in each queue.</summary>
public sealed record QueueCounts(
    int Unit, int Mine, int Unassigned, int Expiring, int Overdue, int Applicant, int Reception, int Officer, int Agency, int Payment, int Signature, int Handover,
    int Receiving, int Opinions)
{
    public int Of(string queue) => queue switch
    {
        "unit" => Unit,
        "mine" => Mine,
        "unassigned" => Unassigned,
        "expiring" => Expiring,
        "overdue" => Overdue,
        "applicant" => Applicant,
        "reception" => Reception,
        "officer" => Officer,
        "agency" => Agency,
        "payment" => Payment,
        "signature" => Signature,
        "handover" => Handover,
        "receiving" => Receiving,
        _ => Opinions,
    };
}

/// <summary>Which queue, and what narrows it.</summary>
public sealed record QueueQuery
{
    public string? Queue { get; init; }
    public string? Procedure { get; init; }
    public string? Status { get; init; }
    public string? Channel { get; init; }
    public string? FiledFrom { get; init; }
    public string? FiledTo { get; init; }
    public string? DueBefore { get; init; }
    public string? Sort { get; init; }
    public string? After { get; init; }

    /// <summary>Fields that were left empty are none.</summary>
    public IReadOnlyDictionary<string, string?> Filters => new[]
    {
        ("procedure", Procedure), ("status", Status), ("channel", Channel), ("filedFrom", FiledFrom), ("filedTo", FiledTo), ("dueBefore", DueBefore), ("sort", Sort),
    }.Where(f => !string.IsNullOrWhiteSpace(f.Item2)).ToDictionary(f => f.Item1, f => (string?)f.Item2!.Trim(), StringComparer.Ordinal);

    /// <summary>Where the API has it.</summary>
    public string Path(int limit)
    {
        var at = Queues.Of(Queue) switch
        {
            Queues.Receiving => "inbox/receiving",
            Queues.Choices => "inbox/unit-choices",
            var queue => QueryHelpers.AddQueryString(QueryHelpers.AddQueryString("inbox", "queue", queue), Filters),
        };
        at = QueryHelpers.AddQueryString(at, "limit", $"{limit}");
        return string.IsNullOrEmpty(After) ? at : QueryHelpers.AddQueryString(at, "after", After);
    }

    /// <summary>The page of the queue after this one.</summary>
    public string Next(string after) =>
        QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(QueryHelpers.AddQueryString("/work", "queue", Queues.Of(Queue)), Filters), "after", after);
}

/// <summary>A page of a queue, or what a search found.</summary>
/// <param name="Searched">What was searched for; null in a queue.</param>
public sealed record QueueModel(QueueQuery Query, string? Searched, bool OnlyOpen, Answer<Listed<QueueLine>> Page, QueueCounts? Counts, string Once)
{
    public string Queue => Queues.Of(Query.Queue);
}
