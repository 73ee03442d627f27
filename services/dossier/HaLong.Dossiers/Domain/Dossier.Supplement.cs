using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What an official asks the applicant for.</summary>
internal sealed record SupplementAsk(List<SupplementItem> Items, string? LegalBasis, DateTimeOffset Deadline);

// One complete list at each stage; another one only with a supervisor's permission (Decree 61/2018, articles 17 and 19.4).
internal sealed partial class Dossier
{
    public int SupplementsAtReception { get; private set; }
    public int SupplementsAtProcessing { get; private set; }

    /// <summary>The list that waits for its answer.</summary>
    public Guid? SupplementId { get; private set; }

    /// <summary>Components of that list: the only documents that can be added meanwhile.</summary>
    public List<int> AskedComponents { get; private set; } = [];

    /// <summary>A supervisor permitted one more request, or a late one, at this stage; used up by it.</summary>
    public string? SupplementPermit { get; private set; }

    public Guid? PermittedBy { get; private set; }
    public string? PermitReason { get; private set; }

    /// <summary>True when more was asked for than once at a stage: such a dossier counts as late (Decision 766/QĐ-TTg).</summary>
    public bool AskedTwice => SupplementsAtReception > 1 || SupplementsAtProcessing > 1;

    /// <summary>Whether the applicant can add a document to this component now.</summary>
    public Error? RefusalToAdd(int? component) => Status switch
    {
        DossierStatus.Draft => null,
        DossierStatus.SupplementReception or DossierStatus.SupplementProcessing => component is { } number && AskedComponents.Contains(number) ? null : LifecycleErrors.NotAskedFor,
        _ => WrongState(),
    };

    /// <summary>Something was put to it: a new revision, so that a submission or an answer that runs now loses instead of missing it.</summary>
    public void Touch(DateTimeOffset now) => UpdatedAt = now;

    /// <summary>Takes a document out again: of a draft, or what was added since <paramref name="askedAt"/> while the request waits for its answer.</summary>
    public Result TakeOut(DossierDocument document, DateTimeOffset? askedAt, DateTimeOffset now)
    {
        if (!DossierStatus.TakingDocuments.Contains(Status))
            return WrongState();
        // A new revision: a submission or an answer that runs now loses instead of missing a component.
        UpdatedAt = now;
        var isNew = document.Kind == DocumentKind.Component && document.CreatedAt > askedAt;
        return Status == DossierStatus.Draft || isNew ? Result.Success : ReuseErrors.FiledAlready;
    }

    /// <summary>A supervisor lets the officer ask again, or after the days that the law gives; counted and flagged.</summary>
    public Result PermitSupplement(Actor actor, string reason, DateTimeOffset now)
    {
        if (Refusal(Moves.PermitSupplement, actor) is { } refusal)
            return refusal;
        (SupplementPermit, PermittedBy, PermitReason) = (Stage, actor.Id, reason);
        Apply(Moves.PermitSupplement, actor, now, "Lãnh đạo cho phép yêu cầu bổ sung ngoài quy định một lần, đúng hạn", "A supervisor permitted a request beyond the one in time");
        return Result.Success;
    }

    /// <param name="actor">Who asks.</param>
    /// <param name="ask">The complete list.</param>
    /// <param name="lastDay">The last local day on which the law lets it be asked for during handling, and how many days that is; null: no limit.</param>
    /// <param name="now">The moment.</param>
    public Result RequestSupplement(Actor actor, SupplementAsk ask, (DateOnly Day, int Days)? lastDay, DateTimeOffset now)
    {
        if (Refusal(Moves.RequestSupplement, actor) is { } refusal)
            return refusal;
        var stage = Stage;
        var number = (stage == SupplementStage.Reception ? SupplementsAtReception : SupplementsAtProcessing) + 1;
        var late = stage == SupplementStage.Processing && lastDay is { } last && LocalTime.Date(now) > last.Day;
        var permitted = SupplementPermit == stage;
        if (!permitted && (number > 1 || late))
            return number > 1 ? LifecycleErrors.SecondSupplement : LifecycleErrors.SupplementLate.Format(lastDay!.Value.Days);
        var request = new SupplementRequest
        {
            Id = Guid.CreateVersion7(now),
            DossierId = Id,
            Stage = stage,
            Number = number,
            LegalBasis = ask.LegalBasis,
            Items = ask.Items,
            RequestedBy = actor.Id,
            RequestedAt = now,
            Deadline = ask.Deadline,
            Late = late,
            PermittedBy = permitted ? PermittedBy : null,
            PermissionReason = permitted ? PermitReason : null,
        };
        if (stage == SupplementStage.Reception)
            SupplementsAtReception++;
        else
            SupplementsAtProcessing++;
        (SupplementPermit, PermittedBy, PermitReason) = (null, null, null);
        (SupplementId, AskedComponents) = (request.Id, [.. ask.Items.Select(i => i.Component).OfType<int>().Distinct()]);
        Apply(Moves.RequestSupplement, actor, now, $"Yêu cầu bổ sung {ask.Items.Count} nội dung", $"Asked to complete {ask.Items.Count} thing(s)", until: ask.Deadline);
        records.Add(request);
        Issue(PaperForm.Supplement, actor, now, form => form with
        {
            Items = [.. ask.Items.Select((item, i) => new FormItem(i + 1, item.Name, item.Reason))],
            LegalBasis = ask.LegalBasis,
            Deadline = ask.Deadline,
        });
        facts.Add(new DossierSupplementRequested(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, stage, number, ask.Items.Count, ask.Deadline));
        return Result.Success;
    }

    /// <summary>The applicant gives everything that was asked for; during handling the limit then runs anew.</summary>
    /// <param name="request">The list, checked by <see cref="SupplementRequest.Missing"/>.</param>
    /// <param name="actor">Who answers.</param>
    /// <param name="data">The form with the fields given now.</param>
    /// <param name="note">What the applicant says about it.</param>
    /// <param name="deadline">The dates of the clock after it; null at reception.</param>
    /// <param name="now">The moment.</param>
    public Result Supplement(SupplementRequest request, Actor actor, string data, string? note, Deadline? deadline, DateTimeOffset now)
    {
        if (Refusal(Moves.Supplement, actor) is { } refusal)
            return refusal;
        if (request.Id != SupplementId)
            return WrongState();
        request.Fulfil(actor.Id, note, now);
        (Data, ActorId) = (data, actor.Id);
        EndSupplement();
        Apply(Moves.Supplement, actor, now, "Đã bổ sung đủ theo yêu cầu", "Everything asked for was added");
        if (deadline is { } dates)
            Reckon(dates);
        facts.Add(new DossierSupplemented(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, request.Stage, request.Number, DueAt));
        return Result.Success;
    }

    private string Stage => Status == DossierStatus.Submitted ? SupplementStage.Reception : SupplementStage.Processing;

    private void EndSupplement() => (SupplementId, AskedComponents) = (null, []);
}
