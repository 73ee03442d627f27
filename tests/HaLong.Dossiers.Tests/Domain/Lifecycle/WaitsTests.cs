using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

public sealed class WaitsTests
{
    private static readonly WaitRules Limits = new();

    [Fact]
    public void In_no_state_does_anybody_wait_in_silence()
    {
        foreach (var status in DossierStatus.All.Except(DossierStatus.Over))
        {
            foreach (var play in new[] { Play.In(status), Play.In(status, signing: status == DossierStatus.Processing) })
            {
                var wait = Waits.Of(play.Dossier);
                Assert.True(wait is not null, status);
                Assert.False(string.IsNullOrWhiteSpace(wait.Vi) || string.IsNullOrWhiteSpace(wait.En) || string.IsNullOrWhiteSpace(wait.Reason));
                Assert.True(Transitions.Find(wait.Next, status) is not null, $"{wait.Next} in {status}");
                Assert.True(LatestOf(play, wait).At > play.Now, $"{wait.Reason} ends in the future");
            }
        }
        Assert.All(DossierStatus.Over, s => Assert.Null(Waits.Of(Play.In(s).Dossier)));
    }

    [Fact]
    public void Every_row_is_reached_and_every_reason_is_said_once()
    {
        var lapsed = new Play([new FeeItem("phi", "Phí", 1000, false)]).Must(Moves.Submit).Must(Moves.Accept).Must(Moves.Assign);
        var unpaid = Waits.Of(lapsed.Dossier)!.Reason;
        lapsed.Must(Moves.LapsePayment);
        var demanded = Play.In(DossierStatus.WaitPayment);
        demanded.Dossier.RecordLapse(demanded.Demand!, demanded.Now);
        var asked = Play.In(DossierStatus.Processing, signing: true, signs: true);
        asked.Dossier.SignatureAsked(asked.Now.AddDays(3), asked.Now);
        var missed = Play.In(DossierStatus.Processing, signing: true, signs: true).Must(Moves.MissSignature);
        var seen = DossierStatus.All.Select(s => Play.In(s)).Append(Play.In(DossierStatus.Processing, signing: true)).Append(Play.In(DossierStatus.Returned, signing: true))
            .Append(Play.In(DossierStatus.Processing, officer: false)).Append(lapsed).Append(demanded).Append(asked).Append(missed).Select(p => Waits.Of(p.Dossier)?.Reason).OfType<string>().Append(unpaid).ToHashSet();
        Assert.Equal(Waits.All.Select(w => w.Reason).Order(), seen.Order());
        Assert.Equal(Waits.All.Count, Waits.All.Select(w => w.Reason).Distinct().Count());
    }

    [Theory]
    [InlineData(DossierStatus.Draft, "applicant")]
    [InlineData(DossierStatus.Submitted, "reception")]
    [InlineData(DossierStatus.SupplementReception, "applicant")]
    [InlineData(DossierStatus.Accepted, "officer")]
    [InlineData(DossierStatus.Processing, "officer")]
    [InlineData(DossierStatus.WaitOpinion, "agency")]
    [InlineData(DossierStatus.SupplementProcessing, "applicant")]
    [InlineData(DossierStatus.WaitPayment, "payment")]
    [InlineData(DossierStatus.Resolved, "handover")]
    public void Each_state_says_whose_move_it_is(string status, string who)
    {
        var dossier = Play.In(status).Dossier;
        Assert.Equal(who, dossier.WaitingFor);
        Assert.Equal(
            who switch { "applicant" or "payment" => Play.Owner, "officer" when status == DossierStatus.Processing => Play.Officer, _ => (Guid?)null },
            Waits.Of(dossier)!.PersonOf(dossier));
    }

    [Fact]
    public void Reception_has_eight_working_hours_from_filing_and_again_from_the_supplement()
    {
        // Monday 10:00 local: seven hours are left after lunch and closing, the rest is Tuesday morning's.
        var play = Play.In(DossierStatus.Submitted);
        Assert.Equal(Local(24, 10, 0), LatestOf(play).At);
        play.Must(Moves.RequestSupplement);
        play.Now = play.Now.AddDays(2);
        play.Must(Moves.Supplement);
        Assert.Equal(Local(26, 10, 0), LatestOf(play).At);
        Assert.True(LatestOf(play).Assumed);
    }

    [Fact]
    public void Forwarding_is_for_the_same_day_or_the_next_when_accepted_after_fifteen()
    {
        Assert.Equal(Local(23, 17, 0), LatestOf(Play.In(DossierStatus.Accepted)).At);
        var late = new Play(at: Local(23, 15, 30)).Must(Moves.Submit).Must(Moves.Accept);
        Assert.Equal(Local(24, 17, 0), LatestOf(late).At);
    }

    [Fact]
    public void The_applicants_time_and_the_first_opinion_due_are_the_dossiers_own_dates()
    {
        Assert.Equal(Play.Start.AddDays(20), LatestOf(Play.In(DossierStatus.SupplementProcessing)).At);
        var play = Play.In(DossierStatus.WaitOpinion);
        play.Now = play.Now.AddDays(1);
        play.Must(Moves.RequestOpinion);
        Assert.Equal(Play.Start.AddDays(5), LatestOf(play).At);
        play.Must(Moves.AnswerOpinion);
        Assert.Equal((DossierStatus.WaitOpinion, Play.Start.AddDays(6)), (play.Dossier.Status, LatestOf(play).At));
    }

    [Fact]
    public void An_officer_has_until_the_result_is_due_and_an_early_result_waits_no_longer_than_that()
    {
        var play = Play.In(DossierStatus.Processing);
        Assert.Equal(play.Dossier.DueAt, LatestOf(play).At);
        Assert.Equal(play.Dossier.DueAt, LatestOf(Play.In(DossierStatus.Resolved)).At);
        play.Now = play.Dossier.DueAt!.Value.AddDays(3);
        play.Must(Moves.Approve).Must(Moves.Resolve);
        Assert.True(LatestOf(play).At > play.Now && LatestOf(play).Assumed);
    }

    [Fact]
    public void A_change_of_hands_begins_the_wait_anew()
    {
        var play = Play.In(DossierStatus.Processing);
        play.Now = play.Now.AddDays(2);
        play.Must(Moves.Release);
        Assert.Equal((play.Now, "UNASSIGNED"), (play.Dossier.WaitingSince, Waits.Of(play.Dossier)!.Reason));
        Assert.Equal(Local(26, 17, 0), LatestOf(play).At);
    }

    private static DateTimeOffset Local(int day, int hour, int minute) => LocalTime.Instant(new DateOnly(2026, 11, day), new TimeOnly(hour, minute));

    private static (DateTimeOffset At, bool Assumed) LatestOf(Play play, Wait? wait = null) =>
        Waits.Latest(wait ?? Waits.Of(play.Dossier)!, play.Dossier, Limits, Play.Calendar, Play.Rules.At(LocalTime.Date(play.Now)));
}
