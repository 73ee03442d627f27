using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

/// <summary>A dossier in memory, the people around it, and each transition with something sensible to say.</summary>
internal sealed class Play
{
    public const string Unit = "06688";

    public static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    public static readonly Guid Owner = Guid.CreateVersion7(), Officer = Guid.CreateVersion7(), Colleague = Guid.CreateVersion7();
    public static readonly Grounds Grounds = new("Điều 19 Nghị định 61/2018/NĐ-CP", "Không đủ điều kiện");
    public static readonly string[] AllRoles = [Roles.Citizen, Roles.Organisation, "delegate", "representative", Roles.Helper, .. Roles.OfOfficials, "system"];
    public static readonly string[] AllMoves = [.. Transitions.All.Select(t => t.Action).Distinct()];
    public static readonly WorkCalendar Calendar = DeadlineData.Calendar();
    public static readonly RuleBook Rules = DeadlineData.Rules(null);

    private static readonly DossierUnit HaTu = new("06652", "Phường Hà Tu", "Ha Tu Ward");
    private static readonly Procedure Land = DossierTests.ProcedureOf("1.013978");
    private static readonly Guid Payment = Guid.CreateVersion7();
    private static readonly Dictionary<string, Guid> Ids = AllRoles.ToDictionary(r => r, _ => Guid.CreateVersion7());

    public Play(List<FeeItem>? fees = null, DateTimeOffset? at = null)
    {
        Now = at ?? Start;
        Dossier = Dossier.Open(
            Guid.CreateVersion7(), Land, new DossierUnit(Unit, "Phường Hạ Long", "Ha Long Ward"), new Applicant(Owner, "Nguyễn Văn Dân", "1234", Owner, "online"),
            "Cấp giấy", """{"phone":"0203 382 5300","address":"Tổ 3, phường Hạ Long"}""", fees ?? [], Now);
        // A claim that nothing proves: it can be refused, and stands in the way of nothing.
        Dossier.Claim([new FeeClaim("disabled", [])], Now);
    }

    public Dossier Dossier { get; }
    public DateTimeOffset Now { get; set; }
    /// <summary>The approver signs what he decides from now on.</summary>
    public bool Signs { get; set; }

    public List<object> Facts { get; } = [];
    public List<TimelineEntry> Steps { get; } = [];
    public List<ClockEntry> Clock { get; } = [];
    public List<object> Records { get; } = [];

    public SupplementRequest? Supplement => Records.OfType<SupplementRequest>().LastOrDefault(r => r.Id == Dossier.SupplementId);
    public OpinionRequest? Opinion => Records.OfType<OpinionRequest>().FirstOrDefault(o => o.IsOpen);
    public FeeDemand? Demand => Records.OfType<FeeDemand>().FirstOrDefault(d => d.State == FeeDemandState.Open);

    /// <summary>Whoever has the role; the officer is the case officer.</summary>
    public static Actor As(string role) =>
        role == "system" ? Actor.System : new Actor(role switch { Roles.Officer => Officer, Roles.Citizen => Owner, _ => Ids[role] }, role, Unit, "Người " + role);

    /// <summary>About the approver's own signature: possible only where one is wanted.</summary>
    public static bool IsAboutSignature(string move) => move is Moves.AskSignature or Moves.SignByApprover or Moves.MissSignature;

    public static Deadline DeadlineOf(DateTimeOffset from, int days = 10) => DeadlineEngine.Evaluate(TimeLimit.WorkingDays(days), from, Calendar, Rules.At(LocalTime.Date(from)));

    /// <summary>Does it, and keeps what came of it.</summary>
    public Result Do(string move, Actor actor)
    {
        var done = Try(move, actor);
        var (facts, steps, clock) = Dossier.TakeChanges();
        Facts.AddRange(facts);
        Steps.AddRange(steps);
        Clock.AddRange(clock);
        Records.AddRange(Dossier.TakeRecords());
        return done;
    }

    public Play Must(string move, string? role = null)
    {
        var row = Transitions.Find(move, Dossier.Status);
        Assert.True(row is not null, $"{move} in {Dossier.Status}");
        var done = Do(move, As(role ?? row.Roles[0]));
        Assert.True(done.IsSuccess, done.IsSuccess ? "" : $"{move}: {done.Error.Code}");
        return this;
    }

    /// <summary>A dossier in a state, brought there by what the table allows.</summary>
    public static Play In(string status, bool officer = true, bool signing = false, int originals = 0, bool signs = false)
    {
        var play = new Play { originals = originals };
        play.Go(status, officer);
        play.Signs = signs;
        if (signing)
            play.Must(status == DossierStatus.Returned ? Moves.Correct : Moves.Approve);
        return play;
    }

    private int originals;

    private void Go(string status, bool officer)
    {
        foreach (var move in WayTo(status))
            Must(move);
        if (officer && Dossier is { OfficerId: null, Status: DossierStatus.Processing })
            Must(Moves.Assign);
        if (!officer && Dossier.OfficerId is not null)
            Must(Moves.Release, Roles.Chief);
    }

    private static string[] WayTo(string status) => status switch
    {
        DossierStatus.Draft => [],
        DossierStatus.Submitted => [Moves.Submit],
        DossierStatus.SupplementReception => [Moves.Submit, Moves.RequestSupplement],
        DossierStatus.Accepted => [Moves.Submit, Moves.Accept],
        DossierStatus.NotAccepted => [Moves.Submit, Moves.Reject],
        DossierStatus.Processing => [Moves.Submit, Moves.Accept, Moves.Forward],
        DossierStatus.WaitOpinion => [Moves.Submit, Moves.Accept, Moves.Assign, Moves.RequestOpinion],
        DossierStatus.SupplementProcessing => [Moves.Submit, Moves.Accept, Moves.Assign, Moves.RequestSupplement],
        DossierStatus.WaitPayment => [Moves.Submit, Moves.Accept, Moves.Assign, Moves.RequireFee],
        DossierStatus.Stopped => [Moves.Submit, Moves.Accept, Moves.Assign, Moves.Stop],
        DossierStatus.Withdrawn => [Moves.Submit, Moves.Accept, Moves.Assign, Moves.Withdraw],
        DossierStatus.Resolved => [Moves.Submit, Moves.Accept, Moves.Assign, Moves.Approve, Moves.Resolve],
        _ => [Moves.Submit, Moves.Accept, Moves.Assign, Moves.Approve, Moves.Resolve, Moves.Return],
    };

    private Result Try(string move, Actor actor) => move switch
    {
        Moves.Submit => Dossier.Submit("A-1", Land, Dossier.Fees, actor, Now),
        Moves.Accept => Dossier.Accept(actor, DeadlineOf(Now).DueAt!.Value, false, Now, originals),
        Moves.Reject => Dossier.Reject(actor, Grounds, Now),
        Moves.RequestSupplement => Dossier.RequestSupplement(
            actor, new SupplementAsk([new SupplementItem(1, null, "Đơn", "Thiếu chữ ký"), new SupplementItem(null, "/phone", "Điện thoại", "Thiếu số")], null, Now.AddDays(20)),
            Dossier.AcceptedAt is { } received ? (LocalTime.Date(DeadlineOf(received, 3).DueAt!.Value), 3) : null, Now),
        Moves.PermitSupplement => Dossier.PermitSupplement(actor, "Phát sinh tình tiết mới", Now),
        Moves.Supplement => Dossier.Supplement(
            Supplement ?? Nothing, actor, Dossier.Data, null, Dossier.Status == DossierStatus.SupplementProcessing ? DeadlineOf(Now) : null, Now),
        Moves.Forward => Dossier.Forward(actor, null, Now),
        Moves.Assign => Dossier.Assign(actor, Officer, Now),
        Moves.Reassign => Dossier.Reassign(actor, Dossier.OfficerId == Colleague ? Officer : Colleague, "Điều chuyển công việc", Now),
        Moves.Release => Dossier.Release(actor, "Quá tải", Now),
        Moves.RequestOpinion => Dossier.RequestOpinion(actor, new OpinionAsk(HaTu, "Có tranh chấp không?", Now.AddDays(5)), Now),
        Moves.AnswerOpinion => Dossier.AnswerOpinion(Opinion ?? NoOpinion, NextOpinion, actor, "Không có tranh chấp.", Now),
        Moves.CloseOpinion => Dossier.CloseOpinion(Opinion ?? NoOpinion, NextOpinion, actor, "Hết hạn, tự xác minh", Now),
        Moves.RequireFee => Of(Dossier.RequireFee(actor, new FeeAsk([new FeeItem("duty", "Thuế", 500_000, false)], "Thuế trước bạ", null, Now.AddDays(15)), Now)),
        Moves.ReviewClaim => Dossier.ReviewClaim(actor, new ClaimReview("disabled", false, null), Now),
        Moves.WaiveFee => Of(Dossier.RecordWaiver(Now)),
        Moves.RequestPayment => Of(Dossier.RecordPaymentRequest(Payment, 150_000, Now)),
        Moves.Pay => Of(Dossier.RecordPayment(Dossier.PaymentId ?? Payment, 150_000, Now)),
        Moves.PayDemand => Of(Demand is { } demand && Dossier.RecordPayment(demand, Guid.CreateVersion7(), demand.Amount, Now)),
        Moves.LapsePayment => Of(Dossier.RecordLapse(Dossier.PaymentId ?? Payment, Now)),
        Moves.Extend => Dossier.Extend(actor, "Cần xác minh thêm", DeadlineOf(Dossier.DueAt ?? Now, 5), Rules.At(LocalTime.Date(Now)), Now),
        Moves.Apologise => Of(Dossier.Apologise(Dossier.Extensions == 0 ? DeadlineOf(Now, 5) : null, Now)),
        Moves.MoveDue => Of(Dossier.MoveDue((Dossier.DueAt ?? Now).AddDays(1), false, "Lịch thay đổi", "The calendar changed", Now)),
        Moves.Approve => Dossier.Approve(actor, "Đồng ý", Guid.CreateVersion7(), Now, Signs),
        Moves.Refuse => Dossier.Refuse(actor, Grounds, Guid.CreateVersion7(), Now, Signs),
        Moves.AskSignature => Dossier.AskSignature(actor, actor.Id, actor.Name, null, Now),
        Moves.SignByApprover => Dossier.SignedByPerson(Now),
        Moves.MissSignature => Dossier.MissSignature(SignatureStage.Refused, "Ghi sai số thửa", Now),
        Moves.Resolve => Dossier.Resolve("ab", Now),
        Moves.Stop => Dossier.Stop(actor, Grounds, Now),
        Moves.Withdraw => Dossier.Withdraw(actor, "Không còn nhu cầu", FeeTreatments.None, Now),
        Moves.Return => Dossier.Return(actor, new HandingOver(ReturnMethod.Counter, "Nguyễn Văn Dân", "CCCD", null, null, false), Now),
        Moves.Receive => Dossier.Receive("Nguyễn Văn Dân", Now),
        Moves.Correct => Dossier.Correct(actor, "Đồng ý, sửa tên", "Sai tên đệm", Guid.CreateVersion7(), Now, Signs),
        Moves.ReplaceResult => Dossier.ReplaceResult("cd", Now),
        Moves.ReturnOriginals => Dossier.ReturnOriginals(actor, Now),
        Moves.Note => Dossier.Note(actor, "Đã gọi điện", true, Now),
        Moves.Transfer => Of(Dossier.MoveTo(new Placement(HaTu, HaTu, null), Now)),
        Moves.ChangeReceivingUnit => Of(Dossier.ReceiveAt(HaTu, Now)),
        Moves.AwaitUnitChoice => Of(Dossier.AwaitUnitChoice([HaTu.Code, "06661"], Now)),
        Moves.ChooseUnit => Dossier.ChooseUnit(actor, new Placement(HaTu, HaTu, null), "Thửa đất thuộc phường Hà Tu", Now),
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "Not a move."),
    };

    private DateTimeOffset? NextOpinion => Records.OfType<OpinionRequest>().Where(o => o.IsOpen).Skip(1).Select(o => (DateTimeOffset?)o.Deadline).Min();

    private static SupplementRequest Nothing => new() { Stage = SupplementStage.Reception, Items = [] };

    private static OpinionRequest NoOpinion => new() { UnitCode = "x", UnitNameVi = "x", UnitNameEn = "x", Question = "x", Deadline = Start };

    private static Result Of(bool done) => done ? Result.Success : DossierErrors.WrongState;

    private static Result Of<T>(Result<T> done) => done.IsSuccess ? Result.Success : done.Error;
}
