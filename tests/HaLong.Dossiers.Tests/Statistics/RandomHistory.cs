using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Statistics.Facts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>
/// A dossier that goes its way by chance: the real aggregate through what the table of transitions allows, at random times, from a seed. Its rows are
/// saved as the service saves them, but no message is told to anybody, so that nobody works on it.
/// </summary>
internal sealed class RandomHistory
{
    /// <summary>All are filed within the 200 days from here.</summary>
    public static readonly DateTimeOffset First = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    private static readonly string[] Codes = [DossierFixture.Land, DossierFixture.Free, "1.012812", "2.000815"];
    private static readonly string[] FilingRoles = [Roles.Citizen, Roles.Citizen, Roles.Organisation, "delegate", "representative", Roles.Helper,
        Roles.Helper, Roles.Reception];

    private readonly Random random;
    private readonly Guid owner = Guid.CreateVersion7(), officer = Guid.CreateVersion7();
    private readonly TimeLimit limit;
    private readonly ProcedureTraits traits;
    private readonly List<TimelineEntry> timeline = [];
    private readonly List<ClockEntry> clock = [];
    private readonly List<object> made = [], unsaved = [];

    private RandomHistory(Random random, IReadOnlyList<Procedure> procedures, IReadOnlyList<string> units)
    {
        this.random = random;
        var procedure = procedures[random.Next(procedures.Count)];
        traits = ProcedureTraits.Of(CatalogueLoader.Parse(procedure.Content));
        Now = First.AddMinutes(random.Next(200 * 24 * 60));
        limit = random.Next(5) switch
        {
            0 => new(LimitUnit.CalendarDay, 10),
            1 => new(LimitUnit.WorkingHour, 960),
            2 => new(LimitUnit.SameDay, 1),
            _ => TimeLimit.WorkingDays(random.Next(2, 12))
        };
        Dossier = Dossier.Open(Guid.CreateVersion7(Now), procedure, UnitOf(Any(units)), new Applicant(owner, "Dân", "1234", owner, "online"), "Cấp giấy",
            "{}", [], Now);
        unsaved.Add(Dossier);
        Files(random.Next(3));
        File(procedure);
    }

    public Dossier Dossier { get; }

    public DateTimeOffset Now { get; private set; }

    public Guid Id => Dossier.Id;

    /// <summary>Its fact as it lies in memory.</summary>
    public DossierFact Fact => FactBuilder.Of(Histories.Of(Dossier, timeline, clock, made, limit, traits), Play.Calendar, Play.Rules);

    /// <summary>So many new ones, each with up to 25 moves behind it; saved with <paramref name="db"/>, which follows them from now on.</summary>
    /// <param name="db">Stays theirs for as long as they go on.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed, the same histories; only ids differ.</param>
    /// <param name="units">Codes of units that decide; none: two communes.</param>
    public static async Task<List<RandomHistory>> SaveNewAsync(DossierDbContext db, int count, int seed, params string[] units)
    {
        var random = new Random(seed);
        var procedures = await db.Procedures.AsNoTracking().Where(p => Codes.Contains(p.Code) && p.ValidTo == null)
            .OrderBy(p => p.Code).ToListAsync(DossierFixture.Ct);
        var histories = Enumerable.Range(0, count).Select(_ => new RandomHistory(random, procedures, units.Length > 0 ? units : ["06688", "06652"])).ToList();
        foreach (var history in histories)
            history.Go(random.Next(26));
        await SaveAsync(db, histories);
        return histories;
    }

    /// <summary>Saves what happened since the last time, in transactions of some hundred dossiers.</summary>
    public static async Task SaveAsync(DossierDbContext db, IEnumerable<RandomHistory> histories)
    {
        foreach (var some in histories.Where(h => h.unsaved.Count > 0).Chunk(250))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(DossierFixture.Ct);
            // All steps of a history are saved at once: papers of what is closed by then too.
            await db.Database.ExecuteSqlAsync($"SELECT set_config('halong.destroying', 'on', true)", DossierFixture.Ct);
            db.AddRange(some.SelectMany(h => h.unsaved).Where(row => db.Entry(row).State == EntityState.Detached));
            await db.SaveChangesAsync(DossierFixture.Ct);
            await transaction.CommitAsync(DossierFixture.Ct);
            foreach (var history in some)
                history.unsaved.Clear();
        }
    }

    /// <summary>Some more moves, as long as any is possible; returns itself.</summary>
    public RandomHistory Go(int moves)
    {
        for (; moves > 0; moves--)
        {
            var possible = Possible();
            Now = Now.AddMinutes(random.Next(12) == 0 ? random.Next(3_000, 15_000) : random.Next(2) == 0 ? random.Next(1, 200) : random.Next(200, 2_500));
            Do(Any(possible));
        }
        return this;
    }

    // Rare ones once, likely ones more often.
    private string[] Possible() => Dossier.Status switch
    {
        DossierStatus.Submitted => ["accept", "accept", "accept", "accept", "accept", "requestSupplement", "permitSupplement", "reject", "pay", "pay",
            "waiveFee", "file", Rare("withdraw")],
        DossierStatus.SupplementReception => ["file", "supplement", "supplement", "supplement", "reject", Rare("withdraw")],
        DossierStatus.Accepted => ["assign", "assign", "assign", "forward", "transfer", "apologise", "pay", Rare("withdraw")],
        DossierStatus.Processing when Dossier.IsSigning => ["resolve", "resolve", "resolve", "pay", "apologise", Rare("withdraw")],
        DossierStatus.Processing when Dossier.OfficerId is null => ["assign", "assign", "transfer"],
        DossierStatus.Processing =>
        [
            "approve", "approve", "approve", "refuse", "requestSupplement", "requestSupplement", "permitSupplement", "requestOpinion", "requireFee",
                "extend", "apologise",
            "release", "note", "pay", "waiveFee", "transfer", Rare("stop"), Rare("withdraw"),
        ],
        DossierStatus.WaitOpinion => ["answerOpinion", "answerOpinion", "answerOpinion", "requestOpinion", "extend", "apologise", Rare("stop")],
        DossierStatus.SupplementProcessing => ["file", "supplement", "supplement", "supplement", "release", Rare("stop"), Rare("withdraw")],
        DossierStatus.WaitPayment => ["payDemand", "payDemand", "payDemand", "waiveDemand", "lapseDemand", "requireFee", "assign", Rare("stop"),
            Rare("withdraw")],
        DossierStatus.Resolved => ["return", "return", "receive", "receive", "rate", "transfer", "pay", Rare("withdraw")],
        DossierStatus.Returned => ["rate", "correct", "replaceResult", "pay"],
        _ => ["pay", "payDemand", "rate"],
    };

    private void File(Procedure procedure)
    {
        var role = Any(FilingRoles);
        var actor = new Actor(role is Roles.Citizen or Roles.Organisation ? owner : Guid.CreateVersion7(), role, null, "Dân");
        if (role == Roles.Helper)
            Dossier.WorkedOn(new Hand(actor.Id, null, Guid.CreateVersion7(), Any("06652", "06688"), Any("office", "home"), AssistanceKind.FormFilling));
        if (role == "delegate")
            Dossier.WorkedOn(new Hand(actor.Id, Guid.CreateVersion7(), null, null, null, null));
        if (role == Roles.Reception)
            Dossier.EnteredAtCounter(new CounterFiling(actor.Id, Dossier.UnitCode, "Dân", SubmitterRelation.Owner, null,
                random.Next(2) == 0 ? [] : [new PaperOriginal(random.Next(1, 3), 1, 0, 0, null)]));
        // What was filed before it was noted has neither.
        if (random.Next(4) > 0)
            Dossier.CameFrom(role == Roles.Reception ? Any(IntakeSource.Counter, IntakeSource.Post) : Any([.. IntakeSource.All]));
        if (random.Next(4) > 0)
            Dossier.QuoteFrom(new FeeBasis(FeeMoment.Filing, LocalTime.Date(Now), random.Next(1, 3), [], []));
        Now = Now.AddMinutes(random.Next(1, 60));
        List<FeeItem> fees = random.Next(2) == 0 ? [] : [new FeeItem("phi", "Phí", 150_000, true)];
        Must(Dossier.Submit($"H49-{Id:N}", procedure, fees, actor, Now));
        Keep();
    }

    private void Do(string move)
    {
        switch (move)
        {
            case "accept":
                if (Dossier.Accept(As(Roles.Reception), After(ClockEffect.Start).DueAt!.Value, false, Now).IsSuccess)
                    unsaved.Add(new DossierClock { DossierId = Id, Unit = limit.Unit, Count = limit.Count });
                break;
            case "reject": Dossier.Reject(As(Roles.Reception), Play.Grounds, Now); break;
            case "forward": Dossier.Forward(As(Roles.Reception), null, Now); break;
            case "assign": Dossier.Assign(As(Roles.Officer), officer, Now); break;
            case "release": Dossier.Release(As(Roles.Officer), "Quá tải", Now); break;
            case "note": Dossier.Note(As(Roles.Officer), "Đã gọi điện", true, Now); break;
            case "permitSupplement": Dossier.PermitSupplement(As(Roles.Chief), "Tình tiết mới", Now); break;
            case "requestSupplement":
                var by = As(Dossier.Status == DossierStatus.Submitted ? Roles.Reception : Roles.Officer);
                Dossier.RequestSupplement(by, new SupplementAsk([new SupplementItem(1, null, "Đơn", "Thiếu")], null, Now.AddDays(20)), null, Now);
                break;
            case "supplement" when made.OfType<SupplementRequest>().LastOrDefault(r => r.Id == Dossier.SupplementId) is { } request:
                Dossier.Supplement(request, new Actor(owner, Roles.Citizen, null, "Dân"), "{}", null,
                    Dossier.AcceptedAt is null ? null : After(ClockEffect.Restart), Now);
                break;
            case "requestOpinion":
                Dossier.RequestOpinion(As(Roles.Officer), new OpinionAsk(UnitOf("06652"), "Có tranh chấp không?", Now.AddDays(3)), Now);
                break;
            case "answerOpinion" when made.OfType<OpinionRequest>().FirstOrDefault(o => o.IsOpen) is { } opinion:
                Dossier.AnswerOpinion(opinion, null, new Actor(Guid.CreateVersion7(), Roles.Officer, "06652", "A"), "Không", Now);
                break;
            case "extend": Dossier.Extend(As(Roles.Approver), "Cần xác minh", After(ClockEffect.Extend, 5), Play.Rules.At(LocalTime.Date(Now)), Now); break;
            case "apologise": Dossier.Apologise(Dossier.Extensions == 0 ? After(ClockEffect.Extend, 5) : null, Now); break;
            case "transfer": Dossier.MoveTo(new Placement(UnitOf("06652"), UnitOf(Any("06652", "06688")), null), Now); break;
            case "approve": Dossier.Approve(As(Roles.Approver), "Đồng ý", Guid.CreateVersion7(), Now); break;
            case "refuse": Dossier.Refuse(As(Roles.Approver), Play.Grounds, Guid.CreateVersion7(), Now); break;
            case "stop": Dossier.Stop(As(Roles.Approver), Play.Grounds, Now); break;
            case "withdraw": Dossier.Withdraw(new Actor(owner, Roles.Citizen, null, "Dân"), "Không còn nhu cầu", FeeTreatments.None, Now); break;
            case "resolve" when Dossier.Resolve("ab", Now).IsSuccess && random.Next(8) > 0: AddResult(Dossier.ResultDocumentId!.Value); break;
            case "return": Dossier.Return(As(Roles.Reception), new HandingOver(ReturnMethod.Counter, "Dân", "CCCD", null, null, true), Now); break;
            case "receive": Dossier.Receive("Dân", Now); break;
            case "correct": Dossier.Correct(As(Roles.Approver), "Đồng ý, sửa tên", "Sai tên", Guid.CreateVersion7(), Now); break;
            case "replaceResult" when Dossier.CorrectionId is { } corrected && Dossier.ReplaceResult("cd", Now).IsSuccess: AddResult(corrected); break;
            case "file" when DossierStatus.TakingDocuments.Contains(Dossier.Status) || Dossier.Status == DossierStatus.Submitted: Files(1); break;
            case "rate" when !made.OfType<DossierRating>().Any() && Dossier.Status is DossierStatus.Resolved or DossierStatus.Returned:
                Add(new DossierRating { DossierId = Id, Stars = (short)random.Next(1, 6), RatedBy = owner, RatedAt = Now, ChangedAt = Now });
                break;
            default: Pay(move); break;
        }
        Keep();
    }

    private void Pay(string move)
    {
        var (demands, how) = (made.OfType<FeeDemand>(), Any("lab", "portal", "cash"));
        switch (move)
        {
            case "pay" when Dossier.Fees.Count > 0: Dossier.RecordPayment(Dossier.PaymentId ?? Guid.CreateVersion7(), 150_000, Now, how); break;
            case "waiveFee": Dossier.RecordWaiver(Now); break;
            case "requireFee":
                Dossier.RequireFee(As(Roles.Officer), new FeeAsk([new FeeItem("duty", "Thuế", 500_000, false)], "Thuế", null, Now.AddDays(9)), Now);
                break;
            case "payDemand" when demands.FirstOrDefault(d => d.State is FeeDemandState.Open or FeeDemandState.Lapsed) is { } due:
                Dossier.RecordPayment(due, Guid.CreateVersion7(), due.Amount, Now, how);
                break;
            case "waiveDemand" when demands.FirstOrDefault(d => d.State == FeeDemandState.Open) is { } open: Dossier.RecordWaiver(open, Now); break;
            case "lapseDemand" when demands.FirstOrDefault(d => d.State == FeeDemandState.Open) is { } lapsed: Dossier.RecordLapse(lapsed, Now); break;
        }
    }

    // Takes what the move made: steps, clock, requests. Papers are not made and nobody is told.
    private void Keep()
    {
        if (Dossier.LastTick is { Effect: ClockEffect.Pause or ClockEffect.Resume or ClockEffect.Stop } tick)
            Dossier.Reckon(After(tick.Effect));
        var (_, steps, ticks) = Dossier.TakeChanges();
        clock.AddRange(ticks);
        timeline.AddRange(steps);
        unsaved.AddRange([.. steps, .. ticks]);
        foreach (var record in Dossier.TakeRecords().Where(r => r is IssuedForm or SupplementRequest or OpinionRequest or FeeDemand))
            Add(record);
        if (!unsaved.Contains(Dossier))
            unsaved.Add(Dossier);
    }

    private Deadline After(ClockEffect effect, int extendDays = 0)
    {
        DateTimeOffset? to = extendDays == 0 ? null : (Dossier.DueAt is { } due && due > Now ? due : Now).AddDays(extendDays);
        var next = new ClockEntry
        {
            DossierId = Id,
            Number = clock.Count + 1,
            Effect = effect,
            At = Now,
            Cause = "",
            ReasonVi = "",
            ReasonEn = "",
            ExtendTo = to
        };
        return DeadlineEngine.Evaluate(limit, [.. clock, next], Play.Calendar, Play.Rules.At(LocalTime.Date(clock.Count > 0 ? clock[0].At : Now)), Now);
    }

    private void Files(int count)
    {
        for (; count > 0; count--)
            Add(Document(DocumentKind.Component, random.Next(1, 3), random.Next(3) == 0 ? DocumentOrigin.FromStore : DocumentOrigin.Uploaded));
        Dossier.CountReused(made.OfType<DossierDocument>());
    }

    private void AddResult(Guid id) => Add(Document(DocumentKind.Result, null, DocumentOrigin.IssuedResult, id));

    private DossierDocument Document(string kind, int? component, string origin, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(Now),
        DossierId = Id,
        Kind = kind,
        Component = component,
        FileName = "don.pdf",
        MediaType = "application/pdf",
        Size = 10,
        Sha256 = new string('a', 64),
        Origin = origin,
        CreatedBy = owner,
        CreatedAt = Now,
    };

    private void Add(object row)
    {
        made.Add(row);
        unsaved.Add(row);
    }

    private Actor As(string role) => new(role == Roles.Officer ? officer : Guid.CreateVersion7(), role, Dossier.UnitCode, "Cán bộ");

    private string Rare(string move) => random.Next(5) == 0 ? move : "";

    private T Any<T>(params IReadOnlyList<T> among) => among[random.Next(among.Count)];

    private static DossierUnit UnitOf(string code) => new(code, "Phường " + code, "Ward " + code) { Id = code + "@2025-07-01" };

    private static void Must(Result done) => Assert.True(done.IsSuccess, done.IsSuccess ? "" : done.Error.Code);
}
