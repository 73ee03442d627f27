using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>Dossiers that wait for any reason, begun at a time of the test's choice. Their facts are told to nobody, so that nothing moves them.</summary>
internal sealed class Stuck(ServiceFactory<Program> factory)
{
    public static readonly Guid Officer = Guid.CreateVersion7(), Approver = Guid.CreateVersion7();

    private static readonly Grounds Grounds = new("Điều 19", "Không đủ điều kiện");
    private static readonly DossierUnit Asked = new("06652", "Phường Hà Tu", "Ha Tu Ward");

    /// <summary>Two weeks, for what the dossier itself gives a date to; an opinion gets one.</summary>
    public static DateTimeOffset Until(DateTimeOffset at, int days = 14) => LocalTime.Instant(LocalTime.Date(at).AddDays(days), new TimeOnly(17, 0));

    public Task<Guid> MakeAsync(string reason, string local = WatchFixture.Monday, Guid? owner = null, string unit = Unit) => reason switch
    {
        "DRAFT" => OpenAsync(local, owner, unit, (_, _) => { }, file: false),
        "CHECK" => OpenAsync(local, owner, unit, (_, _) => { }),
        "SUPPLEMENT" => OpenAsync(local, owner, unit, (d, at) => Must(d.RequestSupplement(As(Roles.Reception), new SupplementAsk([new SupplementItem(1, null, "Đơn", "Thiếu")], null, Until(at)), null, at))),
        _ => ReceivedAsync(reason, local, owner, unit),
    };

    /// <summary>Does something to a stored dossier at a local time, as its users would.</summary>
    public async Task DoAsync(Guid id, string local, Action<Dossier, DateTimeOffset> work, ClockEffect clock = ClockEffect.None)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        var (db, deadlines) = (scope.ServiceProvider.GetRequiredService<DossierDbContext>(), scope.ServiceProvider.GetRequiredService<DeadlineDesk>());
        var (dossier, at) = (await db.Dossiers.SingleAsync(d => d.Id == id, Ct), ClockSamples.At(local).ToUniversalTime());
        work(dossier, at);
        if (clock != ClockEffect.None)
            dossier.Reckon(await deadlines.AfterAsync(dossier, clock, at, null, Ct));
        await SaveAsync(db, dossier);
    }

    public static Actor As(string role) => new(role switch { Roles.Officer => Officer, Roles.Approver => Approver, _ => Guid.CreateVersion7() }, role, Unit, "Cán bộ");

    public static void Must(Result done) => Assert.True(done.IsSuccess, done.IsSuccess ? "" : done.Error.Code);

    private async Task<Guid> ReceivedAsync(string reason, string local, Guid? owner, string unit)
    {
        var id = await OpenAsync(local, owner, unit, (_, _) => { }, fees: reason is "FEES" or "FEE_LAPSED");
        await AcceptAsync(id, local);
        switch (reason)
        {
            case "FORWARD":
                break;
            case "UNASSIGNED":
                await DoAsync(id, local, (d, at) => Must(d.Forward(As(Roles.Reception), null, at)));
                break;
            case "DUTY" or "DEMAND_LAPSED":
                await DoAsync(id, local, (d, at) => Demand(d, at, lapse: reason == "DEMAND_LAPSED"), ClockEffect.Pause);
                break;
            case "HAND_OVER":
                await DoAsync(id, local, (d, at) => Result(d, at), ClockEffect.Stop);
                break;
            default:
                await DoAsync(id, local, (d, at) => InHand(d, at, reason));
                break;
        }
        return id;
    }

    private static void InHand(Dossier d, DateTimeOffset at, string reason)
    {
        Must(d.Assign(As(Roles.Officer), Officer, at));
        switch (reason)
        {
            case "FEE_LAPSED":
                Assert.True(d.RecordLapse(Guid.CreateVersion7(), at));
                break;
            case "OPINION":
                Must(d.RequestOpinion(As(Roles.Officer), new OpinionAsk(Asked, "Có tranh chấp không?", Until(at, 7)), at));
                break;
            case "SIGNATURE":
                Must(d.Approve(As(Roles.Approver), "Đồng ý", Guid.CreateVersion7(), at));
                break;
            case "APPROVER_SIGNATURE":
                Must(d.Approve(As(Roles.Approver), "Đồng ý", Guid.CreateVersion7(), at, sign: true));
                Assert.True(d.SignatureAsked(Until(at, 7), at));
                break;
            case "SIGNATURE_MISSED":
                Must(d.Approve(As(Roles.Approver), "Đồng ý", Guid.CreateVersion7(), at, sign: true));
                Must(d.MissSignature(SignatureStage.Expired, null, at));
                break;
            case "CORRECTION":
                Must(d.Approve(As(Roles.Approver), "Đồng ý", Guid.CreateVersion7(), at));
                Must(d.Resolve("ab", at));
                Must(d.Return(As(Roles.Reception), new HandingOver(ReturnMethod.Counter, "Dân", null, null, null, true), at));
                Must(d.Correct(As(Roles.Approver), "Đồng ý, sửa tên", "Sai tên", Guid.CreateVersion7(), at));
                break;
        }
    }

    private static void Demand(Dossier d, DateTimeOffset at, bool lapse)
    {
        Must(d.Assign(As(Roles.Officer), Officer, at));
        var asked = d.RequireFee(As(Roles.Officer), new FeeAsk([new FeeItem("duty", "Thuế", 500_000, false)], "Thuế", null, Until(at)), at);
        Assert.True(asked.IsSuccess);
        if (lapse)
            Assert.True(d.RecordLapse(asked.Value, at));
    }

    private static void Result(Dossier d, DateTimeOffset at)
    {
        Must(d.Assign(As(Roles.Officer), Officer, at));
        Must(d.Refuse(As(Roles.Approver), Grounds, Guid.CreateVersion7(), at));
        Must(d.Resolve("ab", at));
    }

    private async Task<Guid> OpenAsync(string local, Guid? owner, string unit, Action<Dossier, DateTimeOffset> then, bool file = true, bool fees = false)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var procedure = await db.Procedures.AsNoTracking().SingleAsync(p => p.Code == Land && p.ValidTo == null, Ct);
        var (person, at) = (owner ?? Guid.CreateVersion7(), ClockSamples.At(local).ToUniversalTime());
        List<FeeItem> items = fees ? [new FeeItem("phi", "Phí", 150_000, true)] : [];
        var dossier = Dossier.Open(Guid.CreateVersion7(), procedure, new DossierUnit(unit, "Phường", "Ward"), new Applicant(person, "Dân", "1234", person, "online"), "Cấp giấy", "{}", items, at);
        if (file)
            Must(dossier.Submit($"000.00.01.H49-{dossier.Id:N}"[..46], procedure, items, new Actor(person, Roles.Citizen, null, "Dân"), at));
        then(dossier, at);
        db.Dossiers.Add(dossier);
        await SaveAsync(db, dossier);
        return dossier.Id;
    }

    private async Task AcceptAsync(Guid id, string local)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        var (db, deadlines) = (scope.ServiceProvider.GetRequiredService<DossierDbContext>(), scope.ServiceProvider.GetRequiredService<DeadlineDesk>());
        var (dossier, at) = (await db.Dossiers.SingleAsync(d => d.Id == id, Ct), ClockSamples.At(local).ToUniversalTime());
        var deadline = await deadlines.AfterAsync(dossier, ClockEffect.Start, at, null, Ct);
        Must(dossier.Accept(As(Roles.Reception), deadline.DueAt!.Value, deadline.Assumed, at));
        await SaveAsync(db, dossier);
    }

    private static async Task SaveAsync(DossierDbContext db, Dossier dossier)
    {
        var (_, steps, clock) = dossier.TakeChanges();
        db.Timeline.AddRange(steps);
        db.ClockEntries.AddRange(clock);
        db.AddRange(dossier.TakeRecords());
        await db.SaveChangesAsync(Ct);
    }
}
