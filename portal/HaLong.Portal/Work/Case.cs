using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Filing;
using HaLong.Portal.Find;

namespace HaLong.Portal.Work;

/// <summary>A dossier as an official sees it.</summary>
public sealed record Case(
    Guid Id, string? Code, string Status, string StatusName, CaseWait? WaitingFor, string ProcedureCode, string ProcedureName, string UnitCode, string UnitName,
    string Subject, Guid OwnerId, string Channel, JsonObject? Data, IReadOnlyList<CasePaper>? Documents, IReadOnlyList<CaseFee>? Fees, long FeeTotal, CasePayment? Payment,
    Guid? OfficerId, CaseApproval? Approval, DateTimeOffset? DueAt, bool DueAssumed, DateTimeOffset? SubmittedAt, CaseFiling? Filing, CaseLife? Lifecycle,
    IReadOnlyList<FeeClaim>? FeeClaims)
{
    public IReadOnlyList<string> Possible => Lifecycle?.Possible ?? [];

    public IReadOnlyList<CasePaper> Papers => Documents ?? [];

    /// <summary>Its unit was divided, and a chief has to choose which one goes on.</summary>
    public bool AwaitsUnit => Filing?.UnitChoices is { Count: > 0 };

    /// <summary>A paper that was handed over at the counter is there, also without a scan.</summary>
    public bool IsOnPaper(int component) => Filing?.Counter?.Originals?.Any(o => o.Component == component) == true;
}

/// <summary>Whose move it is, why, and until when at the latest.</summary>
public sealed record CaseWait(string Who, string Reason, string Text, DateTimeOffset Latest, bool Assumed);

/// <summary>A file of a dossier.</summary>
/// <param name="Component">Which paper it is; null for what the platform made.</param>
/// <param name="Preflight">What a look at it found.</param>
public sealed record CasePaper(Guid Id, int? Component, string FileName, string MediaType, long Size, string Kind, Preflight? Preflight, Guid? ReplacedBy, string? Origin);

public sealed record CaseFee(string Kind, string NameVi, long Amount);

public sealed record CasePayment(Guid? Id, string Status, long Amount);

public sealed record CaseApproval(DateTimeOffset At, string Decision);

/// <summary>How it was filed.</summary>
public sealed record CaseFiling(CaseUnit? ReceivingUnit, string? SubmittedAs, CounterFiling? Counter, IReadOnlyList<string>? UnitChoices);

public sealed record CaseUnit(string Code, string Name);

/// <summary>Who brought the papers to the counter.</summary>
/// <param name="Originals">What was handed over, by component.</param>
public sealed record CounterFiling(string SubmitterName, string Relation, string? Evidence, IReadOnlyList<HandedIn>? Originals = null);

public sealed record HandedIn(int Component);

/// <summary>Where it stands beyond its state.</summary>
/// <param name="Possible">The moves that role and state leave open to the caller.</param>
public sealed record CaseLife(
    string? Outcome, string? LegalBasis, SupplementList? Supplement, bool AskedTwice, int Extensions, IReadOnlyList<Demand>? Demands, int OriginalsHeld, HandedOver? HandOver,
    CaseSignature? Signature, IReadOnlyList<string>? Possible);

/// <summary>What the applicant was asked to supplement.</summary>
public sealed record SupplementList(
    Guid Id, string Stage, int Number, string? LegalBasis, IReadOnlyList<SupplementItem> Items, DateTimeOffset RequestedAt, DateTimeOffset Deadline, DateTimeOffset? FulfilledAt, string? AnswerNote);

public sealed record SupplementItem(int? Component, string? Field, string Name, string Reason);

public sealed record Demand(int Number, long Amount, string Reason, DateTimeOffset Deadline, string State);

public sealed record HandedOver(string Method, string? ReceivedBy, string? TrackingNumber);

/// <summary>The approver's own signature on the result.</summary>
public sealed record CaseSignature(string State, DateTimeOffset? Deadline, string? Reason);

/// <summary>A category that the applicant says to belong to.</summary>
public sealed record FeeClaim(string Category, IReadOnlyList<Guid>? Documents, bool? Accepted);

public sealed record CaseStep(DateTimeOffset At, string Action, string Role, string? Unit, string Note);

/// <summary>The deadline, explained.</summary>
public sealed record CaseDeadline(
    string State, CaseLimit? Limit, DateTimeOffset? DueAt, DateTimeOffset? ProvisionalDueAt, DateTimeOffset? OriginalDueAt, CaseRemaining? Remaining, bool Assumed,
    IReadOnlyList<CaseClockStep>? Steps, IReadOnlyList<Words>? Outlook, IReadOnlyList<CaseAssumption>? Assumptions);

public sealed record CaseLimit(Words Words, bool Assumed);

public sealed record CaseRemaining(int WorkingDays);

public sealed record CaseClockStep(DateTimeOffset At, Words Words, DateTimeOffset? DueAt);

public sealed record CaseAssumption(Words Words);

public sealed record CaseNote(string Text, bool Visible, string Role, string? Author, DateTimeOffset CreatedAt);

/// <summary>A question to another unit and its answer.</summary>
public sealed record Opinion(
    Guid Id, string UnitName, string Question, DateTimeOffset Deadline, string? Answer, DateTimeOffset? AnsweredAt, DateTimeOffset? ClosedAt, string? CloseReason, bool Late)
{
    public bool IsOpen => AnsweredAt is null && ClosedAt is null;
}

public sealed record IssuedForm(int Serial, string Kind, string? Number, DateTimeOffset IssuedAt, IssuedPaper? Paper);

public sealed record IssuedPaper(string Status);

public sealed record SameMatter(Guid DossierId, string Code, DateTimeOffset SubmittedAt);

public sealed record Duplicates(IReadOnlyList<SameMatter>? Items, DuplicateReason? Decision);

public sealed record DuplicateReason(string Reason);

/// <summary>All that an official needs to decide. What could not be read is left out, and said so.</summary>
public sealed record CaseModel(Answer<Case> Answer)
{
    public Case Case => Answer.Value!;
    public IReadOnlyList<Component> Components { get; init; } = [];
    public FormDefinition? Form { get; init; }
    public IReadOnlyList<FieldNote> FormNotes { get; init; } = [];
    public IReadOnlyList<CaseStep> Steps { get; init; } = [];
    public CaseDeadline? Deadline { get; init; }
    public IReadOnlyList<CaseNote> Notes { get; init; } = [];
    public IReadOnlyList<Opinion> Opinions { get; init; } = [];
    public IReadOnlyList<SupplementList> Supplements { get; init; } = [];
    public IReadOnlyList<IssuedForm> Forms { get; init; } = [];
    public IReadOnlyList<SameMatter> SameMatter { get; init; } = [];
    public string? DuplicateReason { get; init; }
    public IReadOnlyList<UnitChoice> Units { get; init; } = [];

    /// <summary>True when a part could not be read.</summary>
    public bool IsPartial { get; init; }

    /// <summary>From which queue it was opened.</summary>
    public string Queue { get; init; } = "unit";

    /// <summary>The paper that is shown.</summary>
    public CasePaper? Shown { get; init; }

    /// <summary>The move that was just made.</summary>
    public string? Done { get; init; }

    /// <summary>The move that was refused, why, and what was typed.</summary>
    public string? Failed { get; init; }
    public Trouble? Trouble { get; init; }
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    public string Once { get; init; } = "";

    /// <summary>What was typed into a field of a move that was refused.</summary>
    public string? TypedIn(string move, string field) => Failed == move ? Typed.GetValueOrDefault(field) : null;
}
