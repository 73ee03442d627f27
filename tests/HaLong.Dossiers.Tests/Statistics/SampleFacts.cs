using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Keeping;
using HaLong.Dossiers.Statistics.Units;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Facts as they could be, made by chance from a seed, and put into the database.</summary>
internal static class SampleFacts
{
    public static readonly DateOnly First = new(2026, 1, 1);

    /// <summary>Those who have facts by chance; one in five has nobody.</summary>
    public static readonly IReadOnlyList<Guid> Officers = [.. Enumerable.Range(1, 4).Select(n => new Guid($"0199aaaa-0000-7000-8000-{n:000000000000}"))];

    public static IEnumerable<DossierFact> Many(int count, int seed, params string[] units)
    {
        var random = new Random(seed);
        string[] among = units.Length > 0 ? units : ["06688", "06652"];
        for (var i = 0; i < count; i++)
            yield return One(random, among[random.Next(among.Length)]);
    }

    public static DossierFact One(Random random, string unit, Guid? id = null)
    {
        var received = First.AddDays(random.Next(180));
        var (days, kinds) = Life(random, received);
        DateOnly? On(params short[] of) => kinds.Select((k, i) => (k, i)).Where(s => of.Contains(s.k)).Select(s => (DateOnly?)days[s.i]).FirstOrDefault();
        // Handed over on the same day, that state is all that is left of the day.
        var resolved = On(StateKind.Resolved, StateKind.Returned);
        var accepted = On(StateKind.Accepted);
        DateOnly? due = accepted?.AddDays(random.Next(1, 30));
        var legal = resolved is not { } end ? null : end < due ? Punctuality.Early : end == due ? Punctuality.OnTime : Punctuality.Late;
        var supplements = kinds.Select((k, i) => (k, i)).Where(s => s.k == StateKind.Supplement).Select(s => days[s.i]).ToArray();
        var fees = random.Next(3) == 0;
        var rated = resolved is not null && random.Next(4) == 0;
        var told = random.Next(5) > 0;
        return new DossierFact
        {
            DossierId = id ?? Guid.CreateVersion7(),
            UnitCode = unit,
            UnitId = random.Next(6) switch { 0 => null, 1 => $"{unit}@2020-01-01", _ => $"{unit}@2025-07-01" },
            Level = unit == "22" ? "province" : "commune",
            ReceivingUnitCode = unit,
            OfficerId = random.Next(5) is > 0 and var desk ? Officers[desk - 1] : null,
            ProcedureCode = random.Next(2) == 0 ? "1.013978" : "1.013947",
            FieldCode = "LAND",
            Source = IntakeSource.All[random.Next(IntakeSource.All.Count)],
            Hand = FilingHand.All[random.Next(FilingHand.All.Count)],
            HelperUnit = random.Next(3) == 0 ? "06652" : null,
            ReceivedDay = received,
            AcceptedDay = accepted,
            ResolvedDay = resolved,
            ReturnedDay = On(StateKind.Returned),
            ClosedDay = On(StateKind.Returned, StateKind.Withdrawn, StateKind.Stopped, StateKind.NotAccepted),
            LegalDue = due,
            StatisticalDue = due?.AddDays(random.Next(3)),
            Legal = legal,
            Statistical = supplements.Length > 1 && legal is not null ? Punctuality.Late : legal,
            StateDays = days,
            StateKinds = kinds,
            StayKinds = resolved is null ? [StayKind.Check] : [StayKind.Check, StayKind.Processing, StayKind.Whole],
            StayEnds = resolved is { } r ? [accepted ?? received, r, r] : [received],
            StayMinutes = resolved is null ? [random.Next(480)] : [random.Next(480), random.Next(9600), random.Next(480, 19200)],
            HasComponents = random.Next(10) > 0,
            DigitisedAtReception = random.Next(10) > 0,
            Reused = (short)random.Next(3),
            ResultExpected = resolved is not null && random.Next(10) > 0,
            ResultElectronic = resolved is not null && random.Next(4) > 0,
            IdentityProved = random.Next(2) == 0,
            InLedger = told,
            ReceptionAcknowledged = told && random.Next(4) > 0,
            ResultAcknowledged = told && resolved is not null && random.Next(2) == 0,
            SupplementDays = supplements,
            ApologyDays = random.Next(10) == 0 && due is { } d ? [d] : [],
            Refused = resolved is not null && random.Next(20) == 0,
            HasFees = fees,
            FeesZero = fees && random.Next(5) == 0,
            PaidBy = fees ? new[] { null, PaidBy.Portal, PaidBy.Online, PaidBy.Cash }[random.Next(4)] : null,
            PaidAmount = fees ? random.Next(10) * 10_000L : 0,
            RatedDay = rated ? resolved : null,
            Rating = rated ? (short)random.Next(1, 6) : null,
        };
    }

    /// <summary>Puts facts into the database as the keeper would, cubes and all.</summary>
    public static Task AddAsync(DossierFixture dossiers, IEnumerable<DossierFact> facts) => AddAsync(dossiers.Factory.Services, facts);

    /// <summary>The same, of a city of its own.</summary>
    public static Task AddAsync(IServiceProvider services, IEnumerable<DossierFact> facts) =>
        ApplyAsync(services, facts.ToDictionary(f => f.DossierId, f => (DossierFact?)f));

    /// <summary>The same; null takes a fact away.</summary>
    public static async Task ApplyAsync(IServiceProvider services, IReadOnlyDictionary<Guid, DossierFact?> facts)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(DossierFixture.Ct);
        await db.Database.ExecuteSqlRawAsync(KeepLocks.Keep, DossierFixture.Ct);
        await scope.ServiceProvider.GetRequiredService<CubeWriter>().ApplyAsync(facts, "", DossierFixture.Ct);
        await transaction.CommitAsync(DossierFixture.Ct);
    }

    /// <summary>The province and two communes right below it; others as asked.</summary>
    public static async Task UnitsAsync(DossierFixture dossiers, params (string Code, string Parent, string Level)[] units)
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        (string Code, string Parent, string Level)[] all = units.Length > 0 ? units : [("22", "", "province"), ("06688", "22", "commune"), ("06652", "22", "commune")];
        foreach (var (code, parent, level) in all)
        {
            if (!await db.Set<StatisticsUnit>().AnyAsync(u => u.Code == code, DossierFixture.Ct))
                db.Add(new StatisticsUnit { Id = $"{code}@2025-07-01", Code = code, NameVi = $"Đơn vị {code}", NameEn = $"Unit {code}", Level = level, ParentCode = parent });
        }

        await db.SaveChangesAsync(DossierFixture.Ct);
    }

    // A way through the states: a day may hold several moves, of which the last counts.
    private static (DateOnly[] Days, short[] Kinds) Life(Random random, DateOnly received)
    {
        List<(DateOnly Day, short Kind)> way = [(received, StateKind.New)];
        void Go(short kind, int days)
        {
            var day = way[^1].Day.AddDays(random.Next(days));
            if (day == way[^1].Day)
                way.RemoveAt(way.Count - 1);
            way.Add((day, kind));
        }

        if (random.Next(20) == 0)
            Go(random.Next(2) == 0 ? StateKind.NotAccepted : StateKind.Withdrawn, 4);
        else if (random.Next(20) > 0)
        {
            Go(StateKind.Accepted, 3);
            Go(StateKind.Processing, 4);
            for (var round = random.Next(3); round > 0; round--)
            {
                Go(random.Next(2) == 0 ? StateKind.Supplement : StateKind.Payment, 5);
                Go(StateKind.Processing, 10);
            }

            if (random.Next(5) > 0)
                Go(random.Next(15) == 0 ? StateKind.Stopped : StateKind.Resolved, 20);
            if (way[^1].Kind == StateKind.Resolved && random.Next(4) > 0)
                Go(StateKind.Returned, 6);
        }

        return ([.. way.Select(w => w.Day)], [.. way.Select(w => w.Kind)]);
    }
}
