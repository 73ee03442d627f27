using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// What all transitions have in common: the table decides, one row of the timeline says it.
internal sealed partial class Dossier
{
    private readonly List<object> records = [];

    /// <summary>Since when somebody waits as <see cref="Waits"/> says: the entry into the state, or a change of hands in it.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    /// <summary>Until when, where the dossier itself knows: the applicant's deadline, the first opinion due, the last day to pay.</summary>
    public DateTimeOffset? WaitUntil { get; private set; }

    /// <summary>How many forms were issued.</summary>
    public int FormsIssued { get; private set; }

    /// <summary>The rules under which it is handled, by its day of filing.</summary>
    public string LegalRegime => Regime ?? Domain.Regime.On(LocalTime.Date(SubmittedAt ?? CreatedAt));

    /// <summary>A decision or a correction waits for its signature.</summary>
    public bool IsSigning => SigningId is not null;

    /// <summary>Id of the paper that is to be signed.</summary>
    public Guid? SigningId => Status == DossierStatus.Processing && ApprovedAt is not null ? ResultDocumentId : CorrectionId;

    /// <summary>Forms, requests and notes since the last call, to be stored in the same transaction.</summary>
    public IReadOnlyList<object> TakeRecords()
    {
        var taken = records.ToArray();
        records.Clear();
        LastIssue = null;
        return taken;
    }

    /// <summary>The paper of the last form, if one was issued and is not stored yet.</summary>
    public (IssuedForm Form, FormPaper Paper)? LastIssue { get; private set; }

    /// <summary>What the last transition did to the clock, if it did anything and is not stored yet.</summary>
    public ClockEntry? LastTick => clock.LastOrDefault();

    /// <summary>Takes the dates that follow from the clock.</summary>
    public void Reckon(Deadline deadline) => (DueAt, DueAssumed) = (deadline.DueAt, deadline.Assumed);

    /// <summary>Why the table or its conditions do not let somebody do this; null when they do.</summary>
    private Error? Refusal(string action, Actor actor)
    {
        var row = Transitions.Find(action, Status);
        var who = (row ?? Transitions.Of(action).First()).Who;
        if (who is Party.Official or Party.Agency && IsParty(actor.Id))
            return DossierErrors.OwnDossier;
        if (!(row?.Roles ?? Transitions.Of(action).SelectMany(t => t.Roles)).Contains(actor.Role))
            return DossierErrors.WrongRole;
        if (row is null || (IsSigning && !row.WhileSigning && !(row.WhileUnsigned && AwaitsPerson)) || !row.Regimes.Contains(LegalRegime))
            return WrongState();
        if (row.ByCaseOfficer && actor.Role == Roles.Officer && !IsCaseOfficer(actor))
            return LifecycleErrors.NotCaseOfficer;
        return row.NotByCaseOfficer && IsCaseOfficer(actor) ? DossierErrors.SameOfficer : null;
    }

    private bool IsCaseOfficer(Actor actor) => OfficerId is { } officer && (actor.Id == officer || actor.StandsInFor == officer);

    // Does what the row of the table says to state and clock. Its conditions were checked before.
    private void Apply(string action, Actor actor, DateTimeOffset now, string vi, string en, bool stay = false, DateTimeOffset? until = null, DateTimeOffset? extendTo = null)
    {
        var row = Transitions.Find(action, Status) ?? throw new InvalidOperationException($"{action} is not possible in {Status}.");
        var (from, to) = (Status, stay ? Status : row.To ?? Status);
        if (actor.StandsInFor is not null && row.ByCaseOfficer)
            (vi, en) = ($"{vi} (người làm thay)", $"{en} (by a substitute)");
        Move(action, to, actor, now, vi, en);
        if (from != to)
            WaitUntil = until;
        if (!stay && AcceptedAt is not null)
            Clock(row.Clock, action, row.ClockReason?.Vi ?? vi, row.ClockReason?.En ?? en, now, extendTo);
    }

    private void Issue(string kind, Actor actor, DateTimeOffset now, Func<FormData, FormData> fill)
    {
        var contact = Contact.Of(Data);
        var data = fill(new FormData
        {
            Agency = UnitNameVi,
            UnitCode = UnitCode,
            Code = Code!,
            ProcedureCode = ProcedureCode,
            ProcedureName = ProcedureNameVi,
            Subject = Subject,
            Owner = OwnerName,
            Address = contact.Address,
            Phone = contact.Phone,
            Email = contact.Email,
            Channel = Channel,
            ReceivedAt = AcceptedAt ?? SubmittedAt,
            DueAt = DueAt,
            DueAssumed = DueAssumed,
            Officer = actor.Name,
            OfficerRole = actor.Role,
        });
        var form = new IssuedForm
        {
            Id = Guid.CreateVersion7(now),
            DossierId = Id,
            Serial = ++FormsIssued,
            Kind = kind,
            Number = PaperForm.Number(kind, LegalRegime),
            Regime = LegalRegime,
            Data = data.ToJson(),
            Step = Steps,
            CreatedBy = actor.Id,
            CreatedByName = actor.Name,
            CreatedAt = now,
        };
        records.Add(form);
        // The control slip is one paper for all its rows, made when the dossier is over.
        if (kind == PaperForm.Control)
            return;
        LastIssue = (form, FormPaper.Of(form, now));
        records.Add(LastIssue.Value.Paper);
    }

    private void IssueControl(Actor actor, DateTimeOffset now, string from, string to, string? result, string? note) =>
        Issue(PaperForm.Control, actor, now, form => form with { HandOver = new HandOverRow(from, to, now, result, note) });
}
