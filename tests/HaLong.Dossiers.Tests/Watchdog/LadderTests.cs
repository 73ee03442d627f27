using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.Dossiers.Watchdog;
using HaLong.Dossiers.Watchdog.Ladders;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>What the watchdog will do when, of dossiers in memory. They begin on Monday, 23 November 2026, 10:00.</summary>
public sealed class LadderTests
{
    private static readonly WatchdogOptions Settings = new();

    [Fact]
    public void Every_wait_but_the_draft_has_three_steps_in_their_order_and_one_episode()
    {
        foreach (var status in DossierStatus.All.Except(DossierStatus.Over))
        {
            var plan = PlanOf(Play.In(status))!;
            var steps = plan.Steps.Where(s => s.Level != WaitLevels.Extension).ToList();
            Assert.Equal(status == DossierStatus.Draft ? 0 : 3, steps.Count);
            Assert.Equal(steps.Select(s => s.At).Order(), steps.Select(s => s.At));
            Assert.True(steps.Select(s => s.Episode).Distinct().Count() <= 1);
            Assert.All(steps, s => Assert.InRange(s.Episode.Length, 10, 80));
        }
        Assert.All(DossierStatus.Over, s => Assert.Null(PlanOf(Play.In(s))));
    }

    [Theory]
    [InlineData(DossierStatus.SupplementReception, true)]
    [InlineData(DossierStatus.SupplementProcessing, true)]
    [InlineData(DossierStatus.WaitPayment, true)]
    [InlineData(DossierStatus.Submitted, false)]
    [InlineData(DossierStatus.Processing, false)]
    [InlineData(DossierStatus.Resolved, false)]
    public void The_applicants_wait_reminds_him_first_the_agencys_ends_with_him(string status, bool applicants)
    {
        var levels = PlanOf(Play.In(status))!.Steps.Select(s => s.Level).Where(l => l != WaitLevels.Extension);
        Assert.Equal(applicants ? ["applicant", "applicantLast", "officer"] : ["officer", "supervisor", "citizen"], levels);
    }

    [Fact]
    public void Times_are_settings_of_the_regime()
    {
        var strict = new WatchdogOptions
        {
            Ladders = { [Regime.Oss2025] = new LadderRules { OfficerPercent = 50, SupervisorMinutes = 30, CitizenDays = 2, ApplicantPercent = 0, AfterApplicantDays = 0 } },
        };
        var check = PlanOf(Play.In(DossierStatus.Submitted), strict)!;
        Assert.Equal(["2026-11-23 16:00", "2026-11-24 10:30", "2026-11-26 17:00"], Times(check));
        var supplement = PlanOf(Play.In(DossierStatus.SupplementProcessing), strict)!;
        Assert.Equal([Play.Start, supplement.Latest, supplement.Latest], supplement.Steps.Select(s => s.At));
        // Another regime keeps the defaults.
        Assert.Equal(75, strict.LadderOf(Regime.Oss2018).OfficerPercent);
        Assert.Equal(["2026-11-24 08:00", "2026-11-24 10:00", "2026-11-25 17:00"], Times(PlanOf(Play.In(DossierStatus.Submitted))!));
    }

    [Fact]
    public void A_new_date_makes_a_new_episode_and_a_calendar_that_moves_it_does_not()
    {
        var play = Play.In(DossierStatus.Processing);
        var before = Episode(play);
        play.Must(Moves.MoveDue);
        Assert.Equal(before, Episode(play));
        play.Must(Moves.Extend);
        Assert.NotEqual(before, Episode(play));

        var asked = Play.In(DossierStatus.WaitPayment);
        var first = Episode(asked);
        asked.Now = asked.Now.AddDays(3);
        asked.Must(Moves.RequireFee);
        Assert.NotEqual(first, Episode(asked));

        var hands = Play.In(DossierStatus.Processing);
        var mine = Episode(hands);
        hands.Now = hands.Now.AddHours(1);
        hands.Must(Moves.Reassign);
        Assert.Equal(mine, Episode(hands));
        hands.Must(Moves.Release, "chief").Must(Moves.Assign);
        Assert.NotEqual(mine, Episode(hands));
    }

    [Fact]
    public void A_new_appointment_is_a_new_time_of_which_the_officer_has_his_share()
    {
        var play = Play.In(DossierStatus.Processing);
        play.Now = ClockSamples.At("2026-12-04T07:00").ToUniversalTime();
        play.Must(Moves.Extend); // counted from Tuesday, 8 December, when the offices open
        Assert.Equal("2026-12-15 17:00", play.Dossier.DueAt.Local());
        // From Friday the 4th 07:00 to the 15th 17:00 are eight days; six of them are three quarters.
        Assert.Equal("2026-12-11 17:00", Local(PlanOf(play)!.Steps.First(s => s.Level == WaitLevels.Officer).At));
        Assert.Equal(play.Now, play.Dossier.AppointedAt);
    }

    [Fact]
    public void The_day_before_the_last_day_for_a_new_appointment_is_told_as_long_as_one_can_be_given()
    {
        var play = Play.In(DossierStatus.Processing); // due on Monday, 7 December 17:00, so Friday is the last working day before
        Assert.Equal("2026-12-07 17:00", play.Dossier.DueAt.Local());
        var step = ExtensionOf(play)!;
        Assert.Equal(("2026-12-03 07:00", "2026-12-07 17:00"), (Local(step.At), Local(step.Latest)));
        // On Friday it is still true; on Monday it would be a lie.
        play.Now = ClockSamples.At("2026-12-04T16:00").ToUniversalTime();
        Assert.NotNull(ExtensionOf(play));
        play.Now = ClockSamples.At("2026-12-07T08:00").ToUniversalTime();
        Assert.Null(ExtensionOf(play));

        Assert.Null(ExtensionOf(Play.In(DossierStatus.Accepted)));
        Assert.Null(ExtensionOf(Play.In(DossierStatus.Processing, signing: true)));
        Assert.Null(ExtensionOf(Play.In(DossierStatus.WaitPayment)));
        Assert.NotNull(ExtensionOf(Play.In(DossierStatus.WaitOpinion)));
        Assert.Null(ExtensionOf(Play.In(DossierStatus.Processing).Must(Moves.Extend)));
    }

    [Fact]
    public void The_apology_comes_with_the_next_working_day_because_on_the_day_itself_a_result_is_in_time()
    {
        var play = Play.In(DossierStatus.Processing);
        Assert.Equal("2026-12-08 07:00", PlanOf(play)!.ApologyAt.Local());
        play.Now = ClockSamples.At("2026-12-08T07:00").ToUniversalTime();
        play.Must(Moves.Apologise);
        Assert.Equal(("2026-12-15 17:00", "2026-12-16 07:00"), (play.Dossier.DueAt.Local(), PlanOf(play)!.ApologyAt.Local()));
        play.Now = ClockSamples.At("2026-12-16T07:00").ToUniversalTime();
        play.Must(Moves.Apologise);
        Assert.Null(PlanOf(play)!.ApologyAt);
        Assert.Null(PlanOf(Play.In(DossierStatus.Resolved))!.ApologyAt);
    }

    [Fact]
    public void The_next_moment_is_the_first_that_is_not_done()
    {
        var plan = PlanOf(Play.In(DossierStatus.Processing))!;
        Assert.Equal(plan.Steps[0].At, plan.Next(_ => false));
        Assert.Equal(plan.Steps[1].At, plan.Next(s => s == plan.Steps[0]));
        Assert.Equal(plan.ApologyAt, plan.Next(_ => true));
        Assert.Null(PlanOf(Play.In(DossierStatus.Submitted))!.Next(_ => true));
    }

    [Theory]
    [InlineData(-1, 75, 1, 5, false)]
    [InlineData(101, 75, 1, 5, false)]
    [InlineData(75, 120, 1, 5, false)]
    [InlineData(75, 75, -1, 5, false)]
    [InlineData(75, 75, 61, 5, false)]
    [InlineData(75, 75, 1, 0, false)]
    [InlineData(75, 75, 0, 1, true)]
    public void Settings_that_make_no_sense_are_refused(int officer, int applicant, int citizen, int appointment, bool valid)
    {
        var rules = new LadderRules { OfficerPercent = officer, ApplicantPercent = applicant, CitizenDays = citizen, NewAppointmentDays = appointment };
        Assert.Equal(valid, new WatchdogOptions { Ladders = { [Regime.Oss2025] = rules } }.IsValid);
        Assert.False(new WatchdogOptions { Interval = TimeSpan.Zero }.IsValid);
        Assert.True(Settings.IsValid);
    }

    private static WaitPlan? PlanOf(Play play, WatchdogOptions? settings = null) =>
        new WaitReckoner(Play.Rules, Options.Create(new DossierOptions()), Options.Create(settings ?? Settings)).PlanOf(play.Dossier, Play.Calendar, play.Now);

    private static WaitStep? ExtensionOf(Play play) => PlanOf(play)!.Steps.SingleOrDefault(s => s.Level == WaitLevels.Extension);

    private static string Episode(Play play) => PlanOf(play)!.Steps.First(s => s.Level != WaitLevels.Extension).Episode;

    private static IEnumerable<string?> Times(WaitPlan plan) => plan.Steps.Select(s => Local(s.At));

    private static string? Local(DateTimeOffset moment) => ((DateTimeOffset?)moment).Local();
}
