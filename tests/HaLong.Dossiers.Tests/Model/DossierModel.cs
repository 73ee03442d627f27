using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>What one operation should leave behind: a fact and an entry of the clock, where there is one.</summary>
internal sealed record ModelEffect(string? Fact = null, string? Clock = null);

/// <summary>A dossier as the rules describe it, in the simplest words: it says beforehand what an operation does and by which code it is refused.</summary>
internal sealed class DossierModel(bool hasFees)
{
    private readonly Queue<DateTimeOffset> opinions = [];
    private Guid filer = Play.Owner;
    private Guid? officer;
    private string? decided, permit, payment;
    private bool told, correcting, divided, reviewed;
    private int extensions, atReception, atProcessing, demands;
    private DateTimeOffset? accepted, due, listDeadline, apologised;

    /// <summary>In the words of the status book.</summary>
    public string State { get; private set; } = "DRAFT";

    public Guid? Officer => officer;
    public DateTimeOffset? Due => due;
    public int OpenOpinions => opinions.Count;
    public int OpenDemands => demands;
    public bool IsSigning => decided is not null || correcting;

    /// <summary>The code of the refusal; null when it happens.</summary>
    public string? Code(string move, Actor actor, DateTimeOffset now) => move switch
    {
        "submit" => State == "DRAFT" ? null : "DOS-0008",
        "requestPayment" => Wrong(State == "DRAFT" || payment is not null),
        "pay" => Wrong(State == "DRAFT" || payment == "settled"),
        "lapsePayment" => Wrong(State == "DRAFT" || payment is "settled" or "lapsed" or "waived"),
        "waiveFee" => Wrong(State == "DRAFT" || payment is not null),
        "payDemand" => Wrong(demands == 0),
        "resolve" => Wrong(decided is null),
        "replaceResult" => Wrong(!correcting),
        "receive" => Wrong(StatusBook.Next(State, "handOver") is null),
        "apologise" => Wrong(State is not ("ACCEPTED" or "PROCESSING" or "WAIT_OPINION") || due >= now || apologised >= due),
        "moveDue" => Wrong(!ModelRule.Counted.Contains(State)),
        "transfer" or "changeReceivingUnit" or "awaitUnitChoice" => Wrong(!ModelRule.Filed.Contains(State)),
        "correct" when correcting && !IsParty(actor.Id) => "DOS-0045",
        _ => ByPeople(ModelRule.All[move], move, actor) ?? Condition(move, now),
    };

    /// <summary>It happened.</summary>
    public ModelEffect Do(string move, Actor actor, DateTimeOffset now)
    {
        var from = State;
        Follow(move);
        return move switch
        {
            "submit" => Then(() => filer = actor.Id, "DossierSubmitted"),
            "accept" => Then(() => (accepted, due) = (now, Play.DeadlineOf(now).DueAt), "DossierAccepted", "Start"),
            "reject" => new ModelEffect("DossierNotAccepted"),
            "requestSupplement" => Ask(from, now),
            "permitSupplement" => Then(() => permit = from),
            "supplement" => Completed(from, actor, now),
            "assign" => Taken(),
            "reassign" => Then(() => officer = Other),
            "release" => Then(() => officer = null),
            "requestOpinion" => Then(() => opinions.Enqueue(now.AddDays(5))),
            "answerOpinion" or "closeOpinion" => Then(() => opinions.Dequeue()),
            "requireFee" => Then(() => demands++, "DossierFeeDue", from == "PROCESSING" ? "Pause" : null),
            "payDemand" => Then(() => demands--, "DossierFeePaid", from != State ? "Resume" : null),
            "requestPayment" => Then(() => payment = "requested"),
            "waiveFee" => Then(() => payment = "waived"),
            "reviewClaim" => Then(() => reviewed = true),
            "lapsePayment" => Then(() => payment = "lapsed"),
            "pay" => Then(() => payment = "settled", "DossierFeePaid"),
            "extend" => Then(() => (extensions, due) = (extensions + 1, Play.DeadlineOf(due!.Value, 5).DueAt), "DossierDeadlineExtended", "Extend"),
            "apologise" => Late(now),
            "moveDue" => Then(() => Shift(now), "DossierDeadlineChanged"),
            "approve" => Then(() => decided = "approve", "DossierApproved"),
            "refuse" => Then(() => decided = "refuse", "DossierRefused"),
            "resolve" => Then(() => decided = null, "DossierResultReady", "Stop"),
            "stop" => new ModelEffect("DossierStopped", "Stop"),
            "withdraw" => Then(() => decided = null, "DossierWithdrawn", accepted is null ? null : "Stop"),
            "return" or "receive" => new ModelEffect("DossierReturned"),
            "correct" => Then(() => correcting = true),
            "replaceResult" => Then(() => correcting = false, "DossierResultCorrected"),
            "awaitUnitChoice" => Then(() => divided = true),
            "transfer" or "chooseUnit" => Then(() => divided = false),
            _ => new ModelEffect(),
        };
    }

    private Guid Other => officer == Play.Colleague ? Play.Officer : Play.Colleague;

    private static string? Wrong(bool wrong) => wrong ? "DOS-0008" : null;

    private bool IsParty(Guid id) => id == Play.Owner || id == filer;

    private bool Has(Actor actor) => officer is { } mine && (mine == actor.Id || mine == actor.StandsInFor);

    // First who it is, then the role, then the state, then whose hands it is in.
    private string? ByPeople(ModelRule rule, string move, Actor actor)
    {
        var roles = (move, State) switch
        {
            ("requestSupplement", "SUBMITTED") => ["reception"],
            ("requestSupplement", "PROCESSING") => ["officer"],
            _ => rule.Roles,
        };
        var isMine = rule.Mine || (move, State) is ("requestSupplement", "PROCESSING");
        return !rule.OfApplicant && IsParty(actor.Id) ? "DOS-0017"
            : !roles.Contains(actor.Role) ? "DOS-0019"
            : !rule.In(State) || (IsSigning && !rule.Signing) ? "DOS-0008"
            : isMine && actor.Role == "officer" && !Has(actor) ? "DOS-0031"
            : rule.FourEyes && Has(actor) ? "DOS-0018" : null;
    }

    // What else the law or the house asks for.
    private string? Condition(string move, DateTimeOffset now) => move switch
    {
        "reject" when State == "SUPPLEMENT_RECEPTION" && now < listDeadline => "DOS-0042",
        "requestSupplement" when permit != State && (State == "SUBMITTED" ? atReception : atProcessing) > 0 => "DOS-0034",
        "requestSupplement" when permit != State && State == "PROCESSING" && LocalTime.Date(now) > LocalTime.Date(Play.DeadlineOf(accepted!.Value, 3).DueAt!.Value) => "DOS-0035",
        "assign" when IsParty(Play.Officer) => "DOS-0017",
        "assign" when officer is not null => "DOS-0032",
        "reassign" when IsParty(Other) => "DOS-0017",
        "reassign" or "release" or "approve" or "refuse" when officer is null => "DOS-0033",
        "reviewClaim" when reviewed => "DOS-0741",
        "approve" when hasFees && payment is not ("settled" or "waived") => "DOS-0016",
        "closeOpinion" when now <= opinions.Peek() => "DOS-0042",
        "extend" when extensions > 0 => "DOS-0106",
        "extend" when LocalTime.Date(now) >= LocalTime.Date(due!.Value) => "DOS-0107",
        "returnOriginals" => "DOS-0044",
        "chooseUnit" when !divided => "DOS-0513",
        _ => null,
    };

    // The next state by the book; several opinions or demands are waited for together, and a decision waits for its signature.
    private void Follow(string move)
    {
        var happening = move switch
        {
            "approve" or "refuse" => "",
            "resolve" => decided!,
            "submit" or "withdraw" => move,
            "receive" => "handOver",
            "payDemand" => demands == 1 ? "paid" : "",
            "answerOpinion" or "closeOpinion" when opinions.Count > 1 => "",
            _ => ModelRule.All.TryGetValue(move, out var rule) ? rule.Event : "",
        };
        if (move == "reject")
            State = "NOT_ACCEPTED";
        else if (move == "stop")
            State = "STOPPED";
        else
            State = StatusBook.Next(State, happening) ?? State;
    }

    private ModelEffect Ask(string from, DateTimeOffset now)
    {
        (permit, listDeadline) = (null, now.AddDays(20));
        if (from == "SUBMITTED")
            atReception++;
        else
            atProcessing++;
        return new ModelEffect("DossierSupplementRequested", from == "PROCESSING" ? "Pause" : null);
    }

    private ModelEffect Completed(string from, Actor actor, DateTimeOffset now)
    {
        filer = actor.Id;
        if (from == "SUPPLEMENT_RECEPTION")
            return new ModelEffect("DossierSupplemented");
        due = Play.DeadlineOf(now).DueAt;
        return new ModelEffect("DossierSupplemented", "Restart");
    }

    // One new appointment by law; without one left the letter names no date.
    private ModelEffect Late(DateTimeOffset now)
    {
        apologised = due;
        if (extensions > 0)
            return new ModelEffect("DossierOverdue", "None");
        (extensions, due) = (1, Play.DeadlineOf(now, 5).DueAt);
        return new ModelEffect("DossierOverdue", "Extend");
    }

    // What was late and is late by the new date too was apologised for.
    private void Shift(DateTimeOffset now)
    {
        var was = due;
        due = was!.Value.AddDays(1);
        if (apologised == was && due <= now)
            apologised = due;
    }

    private ModelEffect Taken()
    {
        var isFirst = !told;
        (officer, told) = (Play.Officer, true);
        return new ModelEffect(isFirst ? "DossierProcessingStarted" : null);
    }

    private static ModelEffect Then(Action change, string? fact = null, string? clock = null)
    {
        change();
        return new ModelEffect(fact, clock);
    }
}
