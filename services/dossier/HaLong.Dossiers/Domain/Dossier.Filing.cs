using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// From the first word of a draft to its submission.
internal sealed partial class Dossier
{
    /// <summary>The rules it is handled under; null until it is filed.</summary>
    public string? Regime { get; private set; }

    /// <summary>Who filed it: the owner, or who acted for him.</summary>
    public Guid? SubmittedBy { get; private set; }

    /// <summary>In which role.</summary>
    public string? SubmittedAs { get; private set; }

    /// <summary>The reception officer who entered it for somebody at the counter.</summary>
    public Guid? CounterBy { get; private set; }

    /// <summary>Who brought the papers and which; null unless filed by reception.</summary>
    public CounterFiling? Counter { get; private set; }

    /// <summary>What it is about; equal for filings of the same matter. Null until it is filed.</summary>
    public string? MatterKey { get; private set; }

    /// <summary>The decision to file although the matter was filed before.</summary>
    public DuplicateDecision? Duplicates { get; private set; }

    /// <summary>Components that came from the owner's document store, as of the filing or of the last answer to a supplement request.</summary>
    public int ReusedComponents { get; private set; }

    /// <summary>Where it came from, where that was noted: one of <see cref="Statistics.Facts.IntakeSource"/>.</summary>
    public string? IntakeSource { get; private set; }

    /// <summary>How surely the owner was known when it was filed: 1 self-registered, 2 verified; null where that was not noted.</summary>
    public int? FiledAssurance { get; private set; }

    public static Dossier Open(Guid id, Procedure procedure, DossierUnit unit, Applicant applicant, string subject, string data,
        List<FeeItem> fees, DateTimeOffset now)
    {
        var dossier = new Dossier
        {
            Id = id,
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
        dossier.Settle(new Placement(unit, unit, null));
        dossier.Bind(procedure);
        return dossier;
    }

    /// <summary>Entered by reception, for whoever brought the papers.</summary>
    public void EnteredAtCounter(CounterFiling filing) => (Counter, CounterBy, SupportUnitCode) = (filing, filing.OfficerId, filing.UnitCode);

    /// <summary>Notes where it came from.</summary>
    public void CameFrom(string source) => IntakeSource = source;

    /// <summary>Notes how surely the owner is known.</summary>
    public void IdentifiedBy(int assurance) => FiledAssurance = assurance;

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
        SupportUnitCode = hand.Unit;
        string?[] kinds = [hand.Kind, hand.Place == AssistanceKind.Home ? AssistanceKind.HomeVisit : null];
        // A new list and not a longer one: only then is it seen to have changed.
        AssistanceKinds = [.. AssistanceKinds.Union(kinds.OfType<string>())];
    }

    /// <summary>Everything that stands in the way of submission, at once.</summary>
    public Result CheckComplete(ProcedureContent procedure, IEnumerable<int?> filed)
    {
        if (Status != DossierStatus.Draft)
            return WrongState();
        Error? error = null;
        foreach (var (component, number) in procedure.Missing(filed))
            error = (error ?? DossierErrors.MissingComponents).WithField($"component{number}", component.NameVi, component.NameEn);
        return error is null ? Result.Success : error;
    }

    /// <summary>Counts the components that were not handed in again.</summary>
    public void CountReused(IEnumerable<DossierDocument> documents) =>
        ReusedComponents = documents.Where(d => d.Origin == DocumentOrigin.FromStore).Select(d => d.Component).Distinct().Count();

    /// <summary>Remembers what it is about, and that others about it were known.</summary>
    public void AboutMatter(string key, DuplicateDecision? decision) => (MatterKey, Duplicates) = (key, decision);

    public Result Submit(string code, Procedure procedure, List<FeeItem> fees, Actor actor, DateTimeOffset now)
    {
        if (Status != DossierStatus.Draft)
            return WrongState();
        Bind(procedure);
        Code = code;
        Fees = fees;
        SubmittedAt = now;
        ActorId = actor.Id;
        (SubmittedBy, SubmittedAs, Regime) = (actor.Id, actor.Role, Domain.Regime.On(LocalTime.Date(now)));
        Move("submit", DossierStatus.Submitted, actor, now, "Đã nộp hồ sơ", "Dossier filed");
        facts.Add(new DossierSubmitted(Id, code, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, actor.Id, Channel, [.. fees])
        {
            DelegationId = DelegationId,
            AssistedSessionId = AssistedSessionId,
            AssistedBy = AssistedBy,
            AssistanceUnit = AssistanceUnit,
            AssistancePlace = AssistancePlace,
            ReceivingUnitCode = ReceivingUnitCode,
            SupportUnitCode = SupportUnitCode,
            Regime = Regime,
            FieldCode = procedure.Field,
            Basis = FeeBasis,
        });
        return Result.Success;
    }
}
