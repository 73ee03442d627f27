using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Domain;

/// <summary>Whatever people and messages do, in whatever order: the dossier stays lawful and its timeline tells its state.</summary>
public sealed class RandomWalkTests
{
    private static readonly Guid[] People = [Play.Owner, Play.Officer, Play.Colleague, Guid.CreateVersion7(), Guid.CreateVersion7()];

    // After the end only this can still happen.
    private static readonly string[] AfterTheEnd =
        [Moves.Pay, Moves.PayDemand, Moves.RequestPayment, Moves.WaiveFee, Moves.LapsePayment, Moves.ReturnOriginals, Moves.Correct, Moves.ReplaceResult,
        Moves.AskSignature, Moves.SignByApprover, Moves.MissSignature];

    [Fact]
    public void Forty_thousand_random_operations_never_make_an_illegal_dossier()
    {
        var random = new Random(20261123);
        var (reached, happened) = (new HashSet<string>(), new HashSet<string>());
        for (var done = 0; done < 40_000;)
        {
            var walk = new Walk(random, withFees: random.Next(2) == 0);
            for (var i = 0; i < 60; i++, done++)
            {
                walk.Step();
                reached.Add(walk.Status);
            }
            walk.Check();
            happened.UnionWith(walk.Happened);
        }
        Assert.Equal(DossierStatus.All.Order(), reached.Order());
        Assert.Equal(Play.AllMoves.Except([Moves.ReturnOriginals]).Order(), happened.Except([Moves.ReturnOriginals]).Order());
    }

    private sealed class Walk(Random random, bool withFees)
    {
        private readonly Play play = new(withFees ? [new FeeItem("phi", "Phí", 1000, true)] : []) { Signs = random.Next(2) == 0 };

        public string Status => play.Dossier.Status;

        public IEnumerable<string> Happened => play.Steps.Select(s => s.Action);

        public void Step()
        {
            play.Now = play.Now.AddMinutes(random.Next(10) == 0 ? 15_000 : random.Next(1, 1500));
            var dossier = play.Dossier;
            var before = (dossier.Status, dossier.Steps, dossier.Sequence, dossier.FormsIssued, play.Clock.Count, play.Records.Count);
            var (move, actor) = Choose();
            var done = play.Do(move, actor);
            // What is refused changes nothing; what happens leaves one step, and at most one fact and one entry of the clock.
            if (!done.IsSuccess)
                Assert.Equal(before, (dossier.Status, dossier.Steps, dossier.Sequence, dossier.FormsIssued, play.Clock.Count, play.Records.Count));
            else
                Assert.Equal((before.Steps + 1, move == Moves.PayDemand || play.Steps[^1].Action == move), (dossier.Steps, true));
            Assert.InRange(dossier.Sequence - before.Sequence, 0, 1);
            Assert.InRange(play.Clock.Count - before.Item5, 0, 1);
            if (done.IsSuccess && DossierStatus.Over.Contains(before.Status))
                Assert.Contains(move, AfterTheEnd);
        }

        public void Check()
        {
            var d = play.Dossier;
            Assert.Equal(Enumerable.Range(1, play.Steps.Count), play.Steps.Select(s => s.Step));
            Assert.Equal(play.Steps.Select(s => s.At).Order(), play.Steps.Select(s => s.At));
            Assert.All(play.Steps.Zip(play.Steps.Skip(1)), pair => Assert.Equal(pair.First.ToStatus, pair.Second.FromStatus));
            Assert.All(play.Steps, s => Assert.True(Transitions.Find(s.Action, s.FromStatus)!.Leads(s.FromStatus, s.ToStatus), $"{s.FromStatus} {s.Action} {s.ToStatus}"));
            Assert.Equal(d.Status, play.Steps.Count == 0 ? DossierStatus.Draft : play.Steps[^1].ToStatus);
            Assert.Equal(Enumerable.Range(1, play.Facts.Count).Select(n => (long)n), play.Facts.Select(f => (long)f.GetType().GetProperty("Sequence")!.GetValue(f)!));
            Assert.Equal(Enumerable.Range(1, play.Clock.Count), play.Clock.Select(c => c.Number));
            Assert.Equal(Enumerable.Range(1, d.FormsIssued), play.Records.OfType<IssuedForm>().Select(f => f.Serial));
            Assert.Equal(d.Code is null, d.Status == DossierStatus.Draft);
            Assert.Equal(d.AcceptedAt is null, !play.Steps.Exists(s => s.Action == Moves.Accept));
            CheckPeople(d);
            CheckWaits(d);
            CheckClock();
        }

        private void CheckPeople(Dossier d)
        {
            Assert.NotEqual(d.OwnerId, d.OfficerId ?? Guid.Empty);
            Assert.All(play.Facts.OfType<DossierApproved>(), a => Assert.NotEqual(d.OwnerId, a.ApproverId));
            var official = play.Steps.Where(s => Transitions.Find(s.Action, s.FromStatus)!.Who is Party.Official or Party.Agency);
            Assert.All(official, s => Assert.NotEqual(d.OwnerId, s.ActorId));
            Assert.True(play.Facts.OfType<DossierProcessingStarted>().Count() <= 1 && play.Facts.OfType<DossierAccepted>().Count() <= 1);
            var overdue = play.Facts.OfType<DossierOverdue>().ToList();
            Assert.True(play.Facts.OfType<DossierDeadlineExtended>().Count() + overdue.Count(o => o.DueAt is not null) <= 1, "one new appointment by law");
            Assert.Equal(overdue.Count, overdue.Select(o => o.PreviousDueAt).Distinct().Count());
            Assert.True(!d.AwaitsPerson || d.IsSigning);
            Assert.Equal(d.MissesPerson, d.AwaitsPerson && SignatureStage.Missed.Contains(d.PersonSignature!));
            if (d.ResolvedAt is not null)
                Assert.True(d.Outcome == Outcome.Refused || d.FeesPaid);
        }

        private void CheckWaits(Dossier d)
        {
            Assert.Equal(d.OpenOpinions, play.Records.OfType<OpinionRequest>().Count(o => o.IsOpen));
            Assert.True(d.OpenOpinions == 0 || d.Status is DossierStatus.WaitOpinion or DossierStatus.Stopped or DossierStatus.Withdrawn);
            Assert.Equal(d.OpenDemands, play.Records.OfType<FeeDemand>().Count(f => f.State == FeeDemandState.Open));
            Assert.Equal(d.SupplementId is not null, d.Status is DossierStatus.SupplementReception or DossierStatus.SupplementProcessing);
            Assert.All(play.Records.OfType<SupplementRequest>().Where(r => r.Flagged), r => Assert.NotNull(r.PermittedBy));
            Assert.Equal(DossierStatus.Over.Contains(d.Status) && !d.IsSigning, d.WaitingFor is null);
        }

        // Started once, paused only while running, resumed or started anew only while paused.
        private void CheckClock()
        {
            var state = ClockState.NotStarted;
            foreach (var entry in play.Clock)
            {
                var (from, to) = entry.Effect switch
                {
                    ClockEffect.Start => (ClockState.NotStarted, ClockState.Running),
                    ClockEffect.Pause => (ClockState.Running, ClockState.Paused),
                    ClockEffect.Resume or ClockEffect.Restart => (ClockState.Paused, ClockState.Running),
                    ClockEffect.Extend or ClockEffect.None => (ClockState.Running, ClockState.Running),
                    _ => (state, ClockState.Stopped),
                };
                Assert.Equal(from, state);
                state = to;
            }
        }

        private (string Move, Actor Actor) Choose()
        {
            // Mostly what makes sense, so that the walk goes far; otherwise anything by anybody.
            var possible = Transitions.All.Where(t => t.From.Contains(Status)).ToList();
            if (possible.Count > 0 && random.Next(10) < 8)
            {
                var row = possible[random.Next(possible.Count)];
                // Ends come rarely, else everything is over at once.
                if (row.To is not null && DossierStatus.Over.Contains(row.To) && random.Next(4) != 0)
                    row = possible[random.Next(possible.Count)];
                return (row.Action, Play.As(row.Roles[random.Next(row.Roles.Count)]));
            }
            var role = Play.AllRoles[random.Next(Play.AllRoles.Length - 1)];
            return (Play.AllMoves[random.Next(Play.AllMoves.Length)], new Actor(People[random.Next(People.Length)], role, Play.Unit, "A"));
        }
    }
}
