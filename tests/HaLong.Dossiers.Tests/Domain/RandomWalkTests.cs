using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain;

/// <summary>Whatever people and messages do, in whatever order: the dossier stays lawful and its timeline tells its state.</summary>
public sealed class RandomWalkTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] People = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];
    private static readonly Guid[] Payments = [Guid.CreateVersion7(), Guid.CreateVersion7()];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Ten_thousand_random_operations_never_make_an_illegal_dossier(int seed)
    {
        var random = new Random(seed);
        var reached = new HashSet<string>();
        for (var done = 0; done < 10_000;)
        {
            var walk = new Walk(random, withFees: random.Next(2) == 0);
            for (var i = 0; i < 60; i++, done++)
            {
                walk.Step();
                reached.Add(walk.Status);
            }
            walk.Check();
        }
        Assert.Equal(DossierStatus.Way.Order(), reached.Order());
    }

    private sealed class Walk(Random random, bool withFees)
    {
        private readonly Dossier dossier = Open(withFees);
        private readonly List<object> facts = [];
        private readonly List<TimelineEntry> steps = [];
        private DateTimeOffset now = Start;

        public string Status => dossier.Status;

        public void Step()
        {
            now = now.AddMinutes(random.Next(1, 600));
            var before = (dossier.Status, dossier.Steps, dossier.Sequence);
            var accepted = Act();
            var taken = dossier.TakeChanges();
            facts.AddRange(taken.Facts);
            steps.AddRange(taken.Steps);
            // What is refused changes nothing; what happens leaves exactly one step.
            if (!accepted)
                Assert.Equal(before, (dossier.Status, dossier.Steps, dossier.Sequence));
            Assert.Equal(dossier.Steps - before.Steps, taken.Steps.Count);
            Assert.Equal(dossier.Sequence - before.Sequence, taken.Facts.Count);
            Assert.True(taken.Steps.Count <= 1 && taken.Facts.Count <= 1);
        }

        public void Check()
        {
            Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(s => s.Step));
            Assert.Equal(steps.Select(s => s.At).Order(), steps.Select(s => s.At));
            Assert.Equal(dossier.Status, steps.Count == 0 ? DossierStatus.Draft : steps[^1].ToStatus);
            Assert.Equal(Enumerable.Range(1, facts.Count).Select(n => (long)n), facts.Select(f => (long)f.GetType().GetProperty("Sequence")!.GetValue(f)!));
            Assert.Equal(facts.Count, facts.Select(f => f.GetType()).Distinct().Count());
            Assert.Equal(dossier.Code is null, dossier.Status == DossierStatus.Draft);
            Assert.Equal(dossier.DueAt is null, dossier.Status is DossierStatus.Draft or DossierStatus.Submitted);
            if (facts.OfType<DossierApproved>().SingleOrDefault() is { } approved)
            {
                Assert.True(dossier.FeesPaid);
                Assert.NotEqual(dossier.OfficerId, approved.ApproverId);
                Assert.NotEqual(dossier.OwnerId, approved.ApproverId);
            }
            Assert.NotEqual(dossier.OwnerId, dossier.OfficerId ?? Guid.Empty);
            Assert.Equal(dossier.Status is DossierStatus.Resolved or DossierStatus.Returned, facts.OfType<DossierResultReady>().Any());
            Assert.Equal(dossier.Status == DossierStatus.Returned, dossier.WaitingFor is null);
        }

        private bool Act()
        {
            var actor = new Actor(People[random.Next(People.Length)], Roles.Officer, "06688", "A");
            return random.Next(10) switch
            {
                0 => dossier.Edit("x", "{}", now).IsSuccess,
                1 or 2 => dossier.Submit("A-1", Land, dossier.Fees, actor, now).IsSuccess,
                3 => dossier.Accept(actor, now.AddDays(5), false, now).IsSuccess,
                4 => dossier.Assign(actor, People[random.Next(People.Length)], now).IsSuccess,
                5 => dossier.Approve(actor, "Đồng ý", Guid.CreateVersion7(), now).IsSuccess,
                6 => dossier.Resolve("ab", now).IsSuccess,
                7 => dossier.Return(actor, now).IsSuccess,
                8 => dossier.RecordPaymentRequest(Payments[random.Next(2)], 1000, now),
                _ => dossier.RecordPayment(Payments[random.Next(2)], 1000, now),
            };
        }
    }

    private static readonly Procedure Land = DossierTests.ProcedureOf("1.013978");

    private static Dossier Open(bool withFees) => Dossier.Open(
        Guid.CreateVersion7(), Land, new DossierUnit("06688", "Phường", "Ward"), new Applicant(People[0], "Dân", null, People[0], "online"), "x", "{}",
        withFees ? [new FeeItem("phi", "Phí", 1000, true)] : [], Start);
}
