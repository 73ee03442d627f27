using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>Ten thousand operations by everybody, each foretold by the model; then replayed, and in another order.</summary>
public sealed class ModelTests
{
    private const int Seed = 20261129, Operations = 40_000, Each = 50;

    private static readonly Guid[] People = [Play.Owner, Play.Officer, Play.Colleague, Guid.CreateVersion7()];
    // The approver's own signature has tests of its own: nobody of the model asks for it.
    private static readonly string[] Moves = [.. Play.AllMoves.Where(m => !Play.IsAboutSignature(m))];
    private static readonly string[] Rare = ["withdraw", "reject", "stop", "pay", "waiveFee"];
    private static readonly Lazy<List<(bool Fees, List<Recorded> Operations, List<string> Trace)>> Walks = new(Walk);

    [Fact]
    public void Every_operation_does_what_the_model_foretells_or_is_refused_with_the_foretold_code()
    {
        var traces = Walks.Value.SelectMany(w => w.Trace).ToList();
        Assert.Equal(Operations, traces.Count);
        // The walk saw every state of the book and every refusal the model knows: else it says little.
        var seen = traces.Select(t => t.Split(':')[1]).ToHashSet();
        Assert.Empty(StatusBook.States.Except(seen).Except(["DRAFT"]));
        string[] codes =
        [
            "DOS-0008", "DOS-0016", "DOS-0017", "DOS-0018", "DOS-0019", "DOS-0031", "DOS-0032", "DOS-0033", "DOS-0034", "DOS-0035", "DOS-0042", "DOS-0044",
            "DOS-0045", "DOS-0106", "DOS-0107", "DOS-0513",
        ];
        Assert.Empty(codes.Except(seen));
        Assert.Empty(Moves.Except(["returnOriginals"]).Except(traces.Where(t => !t.Contains("DOS-", StringComparison.Ordinal)).Select(t => t.Split(':')[0])));
    }

    [Fact]
    public void Replayed_the_same_operations_tell_the_same_story()
    {
        foreach (var (fees, operations, trace) in Walks.Value)
        {
            var again = new ModelRun(fees);
            operations.ForEach(again.Do);
            again.Close();
            Assert.Equal(trace, again.Trace);
        }
    }

    [Fact]
    public void Shuffled_the_same_operations_are_still_lawful()
    {
        var random = new Random(Seed + 1);
        var (happened, refused) = (0, 0);
        foreach (var (fees, operations, _) in Walks.Value)
        {
            // Filed first, then anything in any order, at the times at which things happened.
            var order = operations.OrderBy(o => o.Move == "submit" ? 0 : 1).ThenBy(_ => random.Next()).Zip(operations, (o, time) => o with { At = time.At });
            var other = new ModelRun(fees);
            foreach (var operation in order)
                other.Do(operation);
            other.Close();
            happened += other.Play.Steps.Count;
            refused += other.Trace.Count - other.Play.Steps.Count;
        }
        Assert.True(happened > 1000 && refused > 1000, $"{happened} happened, {refused} were refused");
    }

    [Fact]
    public void Each_operation_done_twice_at_once_happens_as_often_as_the_model_says()
    {
        foreach (var (fees, operations, _) in Walks.Value.Take(60))
        {
            var twice = new ModelRun(fees);
            foreach (var operation in operations)
            {
                twice.Do(operation);
                twice.Do(operation);
            }
            twice.Close();
        }
    }

    [Fact]
    public void The_model_knows_every_move_and_every_event_of_the_book()
    {
        string[] byPlatform = ["submit", "requestPayment", "pay", "lapsePayment", "waiveFee", "payDemand", "resolve", "replaceResult", "receive", "apologise", "moveDue", "transfer", "changeReceivingUnit", "awaitUnitChoice"];
        Assert.Equal(Moves.Order(), ModelRule.All.Keys.Concat(byPlatform).Order());
        Assert.Equal(DossierStatus.All.Order(), StatusBook.States.Select(StatusBook.Shown).Distinct().Order());
    }

    private static List<(bool, List<Recorded>, List<string>)> Walk()
    {
        TestContext.Current.SendDiagnosticMessage("Seed {0}", Seed);
        var random = new Random(Seed);
        var walks = new List<(bool, List<Recorded>, List<string>)>();
        for (var number = 0; number < Operations / Each; number++)
        {
            var (run, operations, now) = (new ModelRun(number % 2 == 0), new List<Recorded>(), Play.Start);
            for (var i = 0; i < Each; i++)
            {
                now = now.AddMinutes(random.Next(15) == 0 ? 12_000 : random.Next(1, 700));
                operations.Add(Next(random, run.Model, now));
                run.Do(operations[^1]);
            }
            run.Close();
            walks.Add((number % 2 == 0, operations, run.Trace));
        }
        return walks;
    }

    // Mostly what is open; often what the state allows but perhaps not now; otherwise anything by anybody.
    private static Recorded Next(Random random, DossierModel model, DateTimeOffset now)
    {
        var mode = random.Next(10);
        if (mode < 8)
        {
            var open = Moves.Select(m => new Recorded(m, Sensible(random, m), now))
                .Where(o => mode < 5 ? model.Code(o.Move, o.Actor, now) is null : ModelRule.All.TryGetValue(o.Move, out var rule) && rule.In(model.State)).ToList();
            if (open.Count > 0 && open[random.Next(open.Count)] is var chosen && (!Rare.Contains(chosen.Move) || random.Next(6) == 0))
                return chosen;
        }
        var role = Play.AllRoles[random.Next(Play.AllRoles.Length - 1)];
        var person = new Actor(People[random.Next(People.Length)], role, Play.Unit, "A", random.Next(12) == 0 ? Play.Officer : null);
        return new Recorded(Moves[random.Next(Moves.Length)], person, now);
    }

    private static Actor Sensible(Random random, string move) => ModelRule.All.TryGetValue(move, out var rule)
        ? Play.As(rule.Roles[random.Next(rule.Roles.Length)])
        : Play.As(move == "submit" ? Roles.Citizen : "system");
}
