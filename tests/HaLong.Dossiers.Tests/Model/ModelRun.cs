using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Tests.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>An operation as it was recorded.</summary>
internal sealed record Recorded(string Move, Actor Actor, DateTimeOffset At);

/// <summary>A dossier and its model side by side: after every operation both must say the same.</summary>
internal sealed class ModelRun(bool hasFees)
{
    private readonly Play play = new(hasFees ? [new FeeItem("phi", "Phí", 150_000, true)] : []);

    public DossierModel Model { get; } = new(hasFees);

    /// <summary>One line for each operation: what it was, what came of it.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>Numbers of facts and steps, and what they are.</summary>
    public Play Play => play;

    public void Do(Recorded operation)
    {
        var (move, actor, now) = operation;
        play.Now = now;
        var expected = Model.Code(move, actor, now);
        var (from, facts, steps, clock) = (Model.State, play.Facts.Count, play.Steps.Count, play.Clock.Count);
        var done = play.Do(move, actor);
        var story = $"{move} by {actor.Role} in {from} after {string.Join(", ", Trace.TakeLast(5))}";
        Assert.True((done.IsSuccess ? null : done.Error.Code) == expected, $"{story}: {(done.IsSuccess ? "done" : done.Error.Code)} instead of {expected ?? "done"}");
        if (expected is null)
        {
            var effect = Model.Do(move, actor, now);
            string[] told = effect.Fact is null ? [] : [effect.Fact];
            string[] ticked = effect.Clock is null ? [] : [effect.Clock];
            Assert.Equal(told, play.Facts.Skip(facts).Select(f => f.GetType().Name));
            Assert.Equal(ticked, play.Clock.Skip(clock).Select(c => c.Effect.ToString()));
            var step = Assert.Single(play.Steps.Skip(steps));
            Assert.Equal((StatusBook.Shown(from), StatusBook.Shown(Model.State), actor.Id), (step.FromStatus, step.ToStatus, By(operation, step)));
        }
        else
        {
            Assert.Equal((facts, steps, clock), (play.Facts.Count, play.Steps.Count, play.Clock.Count));
        }
        Same(story);
        Trace.Add($"{move}:{expected ?? Model.State}");
    }

    /// <summary>The facts carry the numbers 1, 2, 3 … and the timeline retold is the state.</summary>
    public void Close()
    {
        Assert.Equal(Enumerable.Range(1, play.Facts.Count).Select(n => (long)n), play.Facts.Select(f => (long)f.GetType().GetProperty("Sequence")!.GetValue(f)!));
        Assert.Equal(play.Facts.Count, play.Dossier.Sequence);
        Assert.Equal(Enumerable.Range(1, play.Steps.Count), play.Steps.Select(s => s.Step));
        var told = play.Steps.Aggregate("DRAFT", (state, step) => state == step.FromStatus ? step.ToStatus : $"{state} is not {step.FromStatus}");
        Assert.Equal(play.Dossier.Status, told);
        // What is over stays over.
        Assert.All(play.Steps.SkipWhile(s => !DossierStatus.Over.Contains(s.ToStatus)), s => Assert.Equal(play.Dossier.Status, s.ToStatus));
    }

    // What the platform does is its own, whoever asks.
    private static Guid By(Recorded operation, TimelineEntry step) => step.ActorRole == "system" ? operation.Actor.Id : step.ActorId;

    private void Same(string story)
    {
        var dossier = play.Dossier;
        Assert.True(StatusBook.Shown(Model.State) == dossier.Status, $"{story}: {dossier.Status} instead of {Model.State}");
        Assert.Equal(
            (Model.Officer, Model.Due, Model.OpenOpinions, Model.OpenDemands, Model.IsSigning, StatusBook.Portal(Model.State)),
            (dossier.OfficerId, dossier.DueAt, dossier.OpenOpinions, dossier.OpenDemands, dossier.IsSigning, DossierStatus.PortalCode(dossier.Status)));
        Assert.Equal(StatusBook.IsOver(Model.State), DossierStatus.Over.Contains(dossier.Status));
        if (Model.State is "APPROVED" or "REFUSED")
            Assert.Equal(Model.State, dossier.Outcome);
    }
}
