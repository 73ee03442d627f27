using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>The apology of the platform, of dossiers in memory.</summary>
public sealed class ApologyTests
{
    [Fact]
    public void Before_and_at_the_due_date_there_is_nothing_to_apologise_for()
    {
        var play = Play.In(DossierStatus.Processing);
        foreach (var now in new[] { play.Now, play.Dossier.DueAt!.Value })
        {
            play.Now = now;
            Assert.False(play.Do(Moves.Apologise, Actor.System).IsSuccess);
        }
        Assert.Null(play.Dossier.ApologisedFor);
        Assert.DoesNotContain(play.Records, r => r is IssuedForm { Kind: PaperForm.Apology });
    }

    [Fact]
    public void The_first_one_gives_the_new_appointment_of_the_law_and_says_why_as_a_code()
    {
        var play = Overdue(DossierStatus.Processing);
        var due = play.Dossier.DueAt!.Value;
        play.Must(Moves.Apologise);

        Assert.Equal((1, due, true), (play.Dossier.Extensions, play.Dossier.ApologisedFor, play.Dossier.DueAt > play.Now));
        var fact = Assert.IsType<DossierOverdue>(play.Facts[^1]);
        Assert.Equal((due, play.Dossier.DueAt, "OVERDUE", Play.Owner), (fact.PreviousDueAt, fact.DueAt, fact.Reason, fact.OwnerId));
        var form = play.Records.OfType<IssuedForm>().Last();
        Assert.Equal((PaperForm.Apology, "04", "HaLongServices"), (form.Kind, form.Number, form.CreatedByName));
        Assert.Contains("\"reasonCode\":\"OVERDUE\"", form.Data, StringComparison.Ordinal);
        Assert.Contains("\"newDueAt\":\"20", form.Data, StringComparison.Ordinal);
        Assert.Equal((ClockEffect.Extend, Moves.Apologise, play.Dossier.DueAt), (play.Clock[^1].Effect, play.Clock[^1].Cause, play.Clock[^1].ExtendTo));
    }

    [Fact]
    public void It_is_said_once_for_each_date_and_the_second_time_without_a_new_one()
    {
        var play = Overdue(DossierStatus.Processing).Must(Moves.Apologise);
        Assert.False(play.Do(Moves.Apologise, Actor.System).IsSuccess);
        play.Now = play.Dossier.DueAt!.Value.AddDays(1);
        var due = play.Dossier.DueAt;
        play.Must(Moves.Apologise);
        Assert.False(play.Do(Moves.Apologise, Actor.System).IsSuccess);

        Assert.Equal((1, due, due), (play.Dossier.Extensions, play.Dossier.DueAt, play.Dossier.ApologisedFor));
        Assert.Null(Assert.IsType<DossierOverdue>(play.Facts[^1]).DueAt);
        Assert.Contains("\"newDueAt\":null", play.Records.OfType<IssuedForm>().Last().Data, StringComparison.Ordinal);
        Assert.Equal((ClockEffect.None, Moves.Apologise), (play.Clock[^1].Effect, play.Clock[^1].Cause));
        Assert.Equal(2, play.Facts.OfType<DossierOverdue>().Count());
    }

    [Fact]
    public void Who_gave_the_one_appointment_himself_leaves_none_for_the_platform()
    {
        var play = Play.In(DossierStatus.Processing).Must(Moves.Extend);
        play.Now = play.Dossier.DueAt!.Value.AddDays(1);
        play.Must(Moves.Apologise);
        Assert.Equal((1, null), (play.Dossier.Extensions, Assert.IsType<DossierOverdue>(play.Facts[^1]).DueAt));
    }

    [Fact]
    public void After_the_platforms_apology_an_official_gives_no_other_date()
    {
        var play = Overdue(DossierStatus.Processing).Must(Moves.Apologise);
        Assert.Equal("DOS-0106", play.Do(Moves.Extend, Play.As("approver")).Error.Code);
    }

    [Theory]
    [InlineData(DossierStatus.Accepted, false)]
    [InlineData(DossierStatus.WaitOpinion, false)]
    [InlineData(DossierStatus.Processing, true)]
    public void Wherever_the_clock_runs_it_is_owed_also_before_a_signature(string status, bool signing)
    {
        var play = Play.In(status, signing: signing);
        play.Now = play.Dossier.DueAt!.Value.AddHours(1);
        Assert.True(play.Do(Moves.Apologise, Actor.System).IsSuccess);
        Assert.Equal(status, play.Dossier.Status);
    }

    [Theory]
    [InlineData(DossierStatus.Submitted)]
    [InlineData(DossierStatus.SupplementProcessing)]
    [InlineData(DossierStatus.WaitPayment)]
    [InlineData(DossierStatus.Resolved)]
    [InlineData(DossierStatus.Withdrawn)]
    public void Where_the_clock_stands_or_is_over_it_is_not(string status)
    {
        var play = Play.In(status);
        play.Now = play.Now.AddDays(100);
        Assert.False(play.Dossier.OwesApology(play.Now));
        Assert.False(play.Do(Moves.Apologise, Actor.System).IsSuccess);
    }

    [Fact]
    public void A_calendar_that_moves_the_passed_date_by_a_day_makes_no_second_apology_and_one_that_moves_it_ahead_may()
    {
        var play = Play.In(DossierStatus.Processing).Must(Moves.Extend);
        play.Now = play.Dossier.DueAt!.Value.AddDays(3);
        play.Must(Moves.Apologise).Must(Moves.MoveDue);
        Assert.Equal(play.Dossier.DueAt, play.Dossier.ApologisedFor);
        Assert.False(play.Dossier.OwesApology(play.Now));

        play.Now = play.Dossier.DueAt!.Value;
        play.Dossier.MoveDue(play.Now.AddDays(5), false, "Lịch", "Calendar", play.Now);
        Assert.False(play.Dossier.OwesApology(play.Now));
        Assert.True(play.Dossier.OwesApology(play.Now.AddDays(6)));
    }

    private static Play Overdue(string status)
    {
        var play = Play.In(status);
        play.Now = play.Dossier.DueAt!.Value.AddDays(1);
        return play;
    }
}
