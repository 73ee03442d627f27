using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>
/// A dossier and its lifecycle. One method per transition: it refuses with an error or changes the state, adds a step
/// to the timeline and, when the world should know, a fact with the next sequence number.
/// </summary>
internal sealed class Dossier
{
    private readonly List<object> facts = [];
    private readonly List<TimelineEntry> steps = [];

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

    /// <summary>True when the limit behind <see cref="DueAt"/> is assumed, not published.</summary>
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
    public int Steps { get; private set; }
    public uint Version { get; private set; }

    public long FeeTotal => Fees.Sum(fee => fee.Amount);
    public bool FeesPaid => FeeTotal == 0 || PaymentStatus == Domain.PaymentStatus.Settled;

    /// <summary>Whose move it is.</summary>
    public string? WaitingFor => Status switch
    {
        DossierStatus.Draft => "applicant",
        DossierStatus.Submitted => "reception",
        DossierStatus.Accepted => "officer",
        DossierStatus.Processing when ApprovedAt is not null => "signature",
        DossierStatus.Processing when !FeesPaid => "payment",
        DossierStatus.Processing => "approver",
        DossierStatus.Resolved => "handover",
        _ => null,
    };

    public static Dossier Open(Guid id, Procedure procedure, DossierUnit unit, Applicant applicant, string subject, string data,
        List<FeeItem> fees, DateTimeOffset now)
    {
        var dossier = new Dossier
        {
            Id = id,
            UnitCode = unit.Code,
            UnitNameVi = unit.NameVi,
            UnitNameEn = unit.NameEn,
            OwnerId = applicant.OwnerId,
            OwnerName = applicant.OwnerName,
            OwnerCheck = applicant.Check,
            ActorId = applicant.ActorId,
            Channel = applicant.Channel,
            Subject = subject,
            Data = data,
            Fees = fees,
            CreatedAt = now,
            UpdatedAt = now,
        };
        dossier.Bind(procedure);
        return dossier;
    }

    public Result Edit(string subject, string data, DateTimeOffset now)
    {
        if (Status != DossierStatus.Draft)
            return WrongState();
        Subject = subject;
        Data = data;
        UpdatedAt = now;
        return Result.Success;
    }

    /// <summary>Notes who works on it in the owner's name.</summary>
    public void WorkedOn(Hand hand)
    {
        (ActorId, DelegationId) = (hand.ActorId, hand.DelegationId);
        if (hand.AssistedSessionId is null)
            return;
        (AssistedSessionId, AssistedBy, AssistanceUnit, AssistancePlace, Channel) = (hand.AssistedSessionId, hand.ActorId, hand.Unit, hand.Place, "assisted");
        string?[] kinds = [hand.Kind, hand.Place == AssistanceKind.Home ? AssistanceKind.HomeVisit : null];
        // A new list and not a longer one: only then is it seen to have changed.
        AssistanceKinds = [.. AssistanceKinds.Union(kinds.OfType<string>())];
    }

    /// <summary>Everything that stands in the way of submission, at once.</summary>
    public Result CheckComplete(ProcedureContent procedure, IEnumerable<int?> filed)
    {
        if (Status != DossierStatus.Draft)
            return WrongState();
        var have = filed.ToHashSet();
        var missing = procedure.Components
            .Select((component, index) => (Component: component, Number: index + 1))
            .Where(c => c.Component.Required && !have.Contains(c.Number));
        Error? error = null;
        foreach (var (component, number) in missing)
            error = (error ?? DossierErrors.MissingComponents).WithField($"component{number}", component.NameVi, component.NameEn);
        return error is null ? Result.Success : error;
    }

    public Result Submit(string code, Procedure procedure, List<FeeItem> fees, Actor actor, DateTimeOffset now)
    {
        if (Status != DossierStatus.Draft)
            return WrongState();
        Bind(procedure);
        Code = code;
        Fees = fees;
        SubmittedAt = now;
        ActorId = actor.Id;
        Move("submit", DossierStatus.Submitted, actor, now, "Đã nộp hồ sơ", "Dossier filed");
        facts.Add(new DossierSubmitted(Id, code, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, actor.Id, Channel, [.. fees])
        {
            DelegationId = DelegationId,
            AssistedSessionId = AssistedSessionId,
            AssistedBy = AssistedBy,
            AssistanceUnit = AssistanceUnit,
            AssistancePlace = AssistancePlace,
        });
        return Result.Success;
    }

    public Result Accept(Actor actor, DateTimeOffset dueAt, bool dueAssumed, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Submitted) is { } refusal)
            return refusal;
        AcceptedAt = now;
        DueAt = dueAt;
        DueAssumed = dueAssumed;
        Move("accept", DossierStatus.Accepted, actor, now, "Đã tiếp nhận hồ sơ và hẹn ngày trả kết quả", "Dossier accepted, appointment given");
        facts.Add(new DossierAccepted(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, dueAt));
        return Result.Success;
    }

    public Result Assign(Actor actor, Guid officerId, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Accepted) is { } refusal)
            return refusal;
        if (IsParty(officerId))
            return DossierErrors.OwnDossier;
        OfficerId = officerId;
        Move("assign", DossierStatus.Processing, actor, now, "Cán bộ thụ lý bắt đầu giải quyết", "A case officer took the dossier up");
        facts.Add(new DossierProcessingStarted(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, officerId));
        return Result.Success;
    }

    public Result Approve(Actor actor, string decision, Guid resultDocumentId, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Processing) is { } refusal)
            return refusal;
        if (ApprovedAt is not null)
            return WrongState();
        if (actor.Id == OfficerId)
            return DossierErrors.SameOfficer;
        if (!FeesPaid)
            return DossierErrors.FeesUnpaid;
        ApproverId = actor.Id;
        ApproverName = actor.Name;
        ApprovedAt = now;
        Decision = decision;
        ResultDocumentId = resultDocumentId;
        Move("approve", Status, actor, now, "Đã phê duyệt kết quả, chờ ký số", "Result approved, waiting for its signature");
        facts.Add(new DossierApproved(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, actor.Id, resultDocumentId));
        return Result.Success;
    }

    /// <summary>The signing service was down: counted, so that the wait can be seen.</summary>
    public void SigningFailed(DateTimeOffset now)
    {
        SigningAttempts++;
        UpdatedAt = now;
    }

    public Result Resolve(string resultSha256, DateTimeOffset now)
    {
        if (Status != DossierStatus.Processing || ResultDocumentId is not { } documentId)
            return WrongState();
        ResolvedAt = now;
        Move("resolve", DossierStatus.Resolved, Actor.System, now, "Kết quả đã được ký số", "The result is signed");
        facts.Add(new DossierResultReady(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, documentId, resultSha256));
        return Result.Success;
    }

    public Result Return(Actor actor, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Resolved) is { } refusal)
            return refusal;
        ReturnedAt = now;
        Move("return", DossierStatus.Returned, actor, now, "Đã trả kết quả", "Result handed over");
        facts.Add(new DossierReturned(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, ResultDocumentId!.Value));
        return Result.Success;
    }

    /// <summary>A payment request was opened. Messages may come in any order: a settled payment stays settled.</summary>
    public bool RecordPaymentRequest(Guid paymentId, long amount, DateTimeOffset now)
    {
        if (Status == DossierStatus.Draft || PaymentId is not null)
            return false;
        (PaymentId, PaymentStatus, PaymentAmount) = (paymentId, Domain.PaymentStatus.Requested, amount);
        Move("requestPayment", Status, Actor.System, now, "Đã có yêu cầu nộp phí, lệ phí", "Payment of the fees requested");
        return true;
    }

    /// <summary>The fees arrived; false when that is already known or does not concern this dossier.</summary>
    public bool RecordPayment(Guid paymentId, long amount, DateTimeOffset now)
    {
        if (Status == DossierStatus.Draft || PaymentStatus == Domain.PaymentStatus.Settled || (PaymentId ?? paymentId) != paymentId)
            return false;
        (PaymentId, PaymentStatus, PaymentAmount) = (paymentId, Domain.PaymentStatus.Settled, amount);
        Move("pay", Status, Actor.System, now, "Đã nộp đủ phí, lệ phí", "Fees paid");
        facts.Add(new DossierFeePaid(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, paymentId, amount));
        return true;
    }

    /// <summary>Facts and steps since the last call, to be stored in the same transaction.</summary>
    public (IReadOnlyList<object> Facts, IReadOnlyList<TimelineEntry> Steps) TakeChanges()
    {
        var taken = (facts.ToArray(), steps.ToArray());
        facts.Clear();
        steps.Clear();
        return taken;
    }

    public Error WrongState()
    {
        var (vi, en) = DossierStatus.Name(Status);
        return DossierErrors.WrongState.Format(vi, en);
    }

    private Error? Refuse(Actor actor, string required)
    {
        if (IsParty(actor.Id))
            return DossierErrors.OwnDossier;
        return Status == required ? null : WrongState();
    }

    // Who filed for the owner as delegate or representative speaks for him; a helper at the one-stop unit does not.
    private bool IsParty(Guid account) => account == OwnerId || (account == ActorId && account != AssistedBy);

    private void Bind(Procedure procedure)
    {
        ProcedureId = procedure.Id;
        ProcedureCode = procedure.Code;
        ProcedureNameVi = procedure.NameVi;
        ProcedureNameEn = procedure.NameEn;
    }

    private void Move(string action, string to, Actor actor, DateTimeOffset now, string noteVi, string noteEn)
    {
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
        Status = to;
        UpdatedAt = now;
    }
}

/// <summary>Where a payment request stands, as this service knows it.</summary>
internal static class PaymentStatus
{
    public const string Requested = "requested";
    public const string Settled = "settled";
}

/// <summary>Owner, the one who presses the button, and how.</summary>
internal sealed record Applicant(Guid OwnerId, string OwnerName, string? Check, Guid ActorId, string Channel);

/// <summary>The unit a dossier is for, with its names on the day of filing.</summary>
internal sealed record DossierUnit(string Code, string NameVi, string NameEn);
