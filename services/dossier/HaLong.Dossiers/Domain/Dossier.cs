using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>
/// A dossier and its lifecycle. One method per transition: it refuses with an error or changes the state, adds a step
/// to the timeline and, when the world should know, a fact with the next sequence number.
/// </summary>
internal sealed partial class Dossier
{
    private readonly List<object> facts = [];
    private readonly List<TimelineEntry> steps = [];
    private readonly List<ClockEntry> clock = [];

    private Dossier()
    {
    }

    public Guid Id { get; private set; }
    public string? Code { get; private set; }
    public string Status { get; private set; } = DossierStatus.Draft;
    public Guid ProcedureId { get; private set; }
    public string ProcedureCode { get; private set; } = "";
    public string ProcedureNameVi { get; private set; } = "";
    public string ProcedureNameEn { get; private set; } = "";
    public string UnitCode { get; private set; } = "";
    public string UnitNameVi { get; private set; } = "";
    public string UnitNameEn { get; private set; } = "";
    public string Subject { get; private set; } = "";
    public string Data { get; private set; } = "{}";
    public Guid OwnerId { get; private set; }
    public string OwnerName { get; private set; } = "";

    /// <summary>Last four digits of the owner's personal number, when the token told them.</summary>
    public string? OwnerCheck { get; private set; }

    /// <summary>Who worked on it last: the owner, or who acts for him.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>The delegation by which the actor worked on it.</summary>
    public Guid? DelegationId { get; private set; }

    public Guid? AssistedSessionId { get; private set; }

    /// <summary>The helper; stays when the owner goes on by himself.</summary>
    public Guid? AssistedBy { get; private set; }

    public string? AssistanceUnit { get; private set; }

    /// <summary>office or home.</summary>
    public string? AssistancePlace { get; private set; }

    /// <summary>What helpers did, each kind once.</summary>
    public List<string> AssistanceKinds { get; private set; } = [];

    public string Channel { get; private set; } = "";
    public List<FeeItem> Fees { get; private set; } = [];
    public Guid? PaymentId { get; private set; }
    public string? PaymentStatus { get; private set; }
    public long? PaymentAmount { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>True when the limit behind <see cref="DueAt"/>, or a day of the calendar it was counted by, is assumed.</summary>
    public bool DueAssumed { get; private set; }

    public Guid? OfficerId { get; private set; }
    public Guid? ApproverId { get; private set; }
    public string? ApproverName { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }
    public string? Decision { get; private set; }
    public int SigningAttempts { get; private set; }
    public Guid? ResultDocumentId { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public DateTimeOffset? ReturnedAt { get; private set; }
    public long Sequence { get; private set; }

    /// <summary>Number of the last revision of the draft; 0 for drafts older than revisions.</summary>
    public int DraftRevision { get; private set; }

    public int Steps { get; private set; }

    /// <summary>How many entries its clock has.</summary>
    public int ClockEntries { get; private set; }

    public uint Version { get; private set; }

    public long FeeTotal => Fees.Sum(fee => fee.Amount);
    public bool FeesPaid => FeeTotal == 0 || PaymentStatus == Domain.PaymentStatus.Settled;

    /// <summary>Whose move it is; see <see cref="Waits"/>.</summary>
    public string? WaitingFor => Waits.Of(this)?.Who;

    /// <summary>Facts, steps and clock entries since the last call, to be stored in the same transaction.</summary>
    public (IReadOnlyList<object> Facts, IReadOnlyList<TimelineEntry> Steps, IReadOnlyList<ClockEntry> Clock) TakeChanges()
    {
        var taken = (facts.ToArray(), steps.ToArray(), clock.ToArray());
        facts.Clear();
        steps.Clear();
        clock.Clear();
        return taken;
    }

    /// <summary>The number for one more revision of the draft.</summary>
    public int NextDraftRevision() => ++DraftRevision;

    public Error WrongState()
    {
        var (vi, en) = DossierStatus.Name(Status);
        return DossierErrors.WrongState.Format(vi, en);
    }

    // Who filed for the owner as delegate or representative speaks for him; a helper or reception at the one-stop unit does not.
    private bool IsParty(Guid account) => account == OwnerId || (account == ActorId && account != AssistedBy && account != CounterBy);

    /// <summary>What a transition does to the clock; the dates follow from the entries.</summary>
    /// <param name="cause">The transition, such as <c>accept</c>.</param>
    /// <param name="extendTo">The new appointment of an extension.</param>
    private void Clock(ClockEffect effect, string cause, string reasonVi, string reasonEn, DateTimeOffset at, DateTimeOffset? extendTo = null)
    {
        if (effect != ClockEffect.None)
            Tick(effect, cause, reasonVi, reasonEn, at, extendTo);
    }

    private void Tick(ClockEffect effect, string cause, string reasonVi, string reasonEn, DateTimeOffset at, DateTimeOffset? extendTo) =>
        clock.Add(new ClockEntry
        {
            DossierId = Id,
            Number = ++ClockEntries,
            Effect = effect,
            At = at,
            Cause = cause,
            ReasonVi = reasonVi,
            ReasonEn = reasonEn,
            ExtendTo = extendTo,
        });

    private void Bind(Procedure procedure)
    {
        ProcedureId = procedure.Id;
        ProcedureCode = procedure.Code;
        ProcedureNameVi = procedure.NameVi;
        ProcedureNameEn = procedure.NameEn;
    }

    private void Move(string action, string to, Actor actor, DateTimeOffset now, string noteVi, string noteEn)
    {
        if (Transitions.Find(action, Status)?.Leads(Status, to) != true)
            throw new InvalidOperationException($"The table does not lead from {Status} to {to} by {action}.");
        steps.Add(new TimelineEntry
        {
            DossierId = Id,
            Step = ++Steps,
            At = now,
            Action = action,
            ActorId = actor.Id,
            ActorRole = actor.Role,
            Unit = actor.Unit,
            FromStatus = Status,
            ToStatus = to,
            NoteVi = noteVi,
            NoteEn = noteEn,
        });
        if (Status != to)
            WaitingSince = now;
        if (DossierStatus.Over.Contains(to))
            ClosedAt ??= now;
        Status = to;
        UpdatedAt = now;
    }
}

/// <summary>Where a payment request stands, as this service knows it.</summary>
internal static class PaymentStatus
{
    public const string Requested = "requested";
    public const string Settled = "settled";

    /// <summary>Its time was over before the money came.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>Nothing is charged: everything is exempt or at a price of zero.</summary>
    public const string Waived = "waived";
}

/// <summary>Owner, the one who presses the button, and how.</summary>
internal sealed record Applicant(Guid OwnerId, string OwnerName, string? Check, Guid ActorId, string Channel);

/// <summary>The unit a dossier is for, with its names on the day of filing.</summary>
internal sealed record DossierUnit(string Code, string NameVi, string NameEn)
{
    /// <summary>Which version of the unit: code@validFrom.</summary>
    public string? Id { get; init; }

    /// <summary>province, district or commune.</summary>
    public string Level { get; init; } = "commune";

    /// <summary>Code of the unit above.</summary>
    public string ParentCode { get; init; } = "";
}
