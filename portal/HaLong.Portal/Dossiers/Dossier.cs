using HaLong.Portal.Api;
using HaLong.Portal.Find;

namespace HaLong.Portal.Dossiers;

/// <summary>A dossier in the applicant's list.</summary>
/// <param name="WaitingFor">Whose move it is; null when it is over.</param>
public sealed record DossierLine(
    Guid Id, string? Code, string Status, string StatusName, string? WaitingFor, string ProcedureName, string Subject, DateTimeOffset? DueAt, DateTimeOffset CreatedAt)
{
    public bool NeedsMe => WaitingFor is "applicant" or "payment";
}

/// <summary>What the applicant sees of a dossier.</summary>
public sealed record Dossier(
    Guid Id, string? Code, string StatusName, string ProcedureCode, string ProcedureName, string UnitName, string Subject, DateTimeOffset? DueAt,
    DateTimeOffset? SubmittedAt, string Status, WaitingFor? WaitingFor, IReadOnlyList<Paper> Documents, Due? Payment, Lifecycle? Lifecycle, ExpectedWait? ExpectedWait)
{
    public bool IsDraft => Status == "DRAFT";

    /// <summary>The list of what is to be supplemented, while it is.</summary>
    public SupplementList? ToSupplement => Status is "SUPPLEMENT_RECEPTION" or "SUPPLEMENT_PROCESSING" ? Lifecycle?.Supplement : null;

    public bool CanBeWithdrawn => !IsDraft && Lifecycle?.Possible?.Contains("withdraw") == true;

    public bool CanBeRated => Status is "RESOLVED" or "RETURNED" or "NOT_ACCEPTED" or "STOPPED";
}

/// <summary>Whose move it is, why, and until when.</summary>
/// <param name="Who">applicant, reception, officer, agency, payment, signature or handover.</param>
/// <param name="Assumed">The latest date is no date of the law.</param>
public sealed record WaitingFor(string Who, string Reason, string Text, DateTimeOffset? Since, DateTimeOffset Latest, bool Assumed);

/// <param name="Outcome">APPROVED or REFUSED once it is decided.</param>
/// <param name="Possible">What the visitor could do now.</param>
public sealed record Lifecycle(
    string? Outcome, string? LegalBasis, SupplementList? Supplement, int OriginalsHeld, HandOver? HandOver, string? WithdrawalReason, IReadOnlyList<string>? Possible,
    IReadOnlyList<Demand>? Demands);

/// <summary>A fee or duty demanded on the way.</summary>
/// <param name="State">open, settled or lapsed.</param>
public sealed record Demand(int Number, long Amount, string Reason, string? LegalBasis, DateTimeOffset Deadline, string State, Guid? PaymentId);

public sealed record HandOver(string Method, string? ReceivedBy, string? Carrier, string? TrackingNumber);

/// <summary>A file of the dossier.</summary>
/// <param name="Kind">component, feeEvidence, receipt or result.</param>
/// <param name="ReplacedBy">The corrected result that took its place.</param>
public sealed record Paper(Guid Id, int? Component, string FileName, string Kind, long Size, DateTimeOffset CreatedAt, Guid? ReplacedBy, Filing.Preflight? Preflight);

/// <summary>What is to be paid, or was.</summary>
public sealed record Due(Guid? Id, string Status, long Amount);

public sealed record TimelineStep(int Step, DateTimeOffset At, string Note, string? Role = null);

public sealed record Deadline(IReadOnlyList<DeadlineStep> Steps, DateTimeOffset? OriginalDueAt, string? Punctuality, IReadOnlyList<Words>? Outlook);

public sealed record DeadlineStep(DateTimeOffset At, Words Words);

/// <summary>Warnings that the platform gave about waits.</summary>
public sealed record Waits(IReadOnlyList<Warning> Warnings);

/// <param name="Level">applicant, applicantLast, extension, officer, supervisor or citizen.</param>
public sealed record Warning(string Level, DateTimeOffset GivenAt, DateTimeOffset Latest);

/// <summary>A paper of the agency, as data and as PDF.</summary>
/// <param name="Kind">RECEIPT, SUPPLEMENT, REFUSAL, APOLOGY or STOP.</param>
public sealed record IssuedForm(int Serial, string Kind, DateTimeOffset IssuedAt, FormWords Data, FormPaper Paper);

public sealed record FormWords(string? Reason, string? LegalBasis, DateTimeOffset? NewDueAt);

/// <param name="Status">SIGNED, or PENDING while it is being sealed.</param>
public sealed record FormPaper(string Status, Guid? DocumentId);

/// <summary>What the applicant was told, and whether it arrived.</summary>
public sealed record Notice(
    Guid Id, string Title, string Channel, string State, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt, string? Failure);

/// <summary>A dossier with its steps and why it is due when it is due; what could not be read is left out.</summary>
public sealed record DossierModel(
    Answer<Dossier> Dossier, IReadOnlyList<TimelineStep> Timeline, Deadline? Deadline, IReadOnlyList<Warning> Warnings, IReadOnlyList<IssuedForm> Forms,
    IReadOnlyList<Notice> Notices);
