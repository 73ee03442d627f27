using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using static HaLong.Dossiers.Tests.Statistics.Facts.Tale;
using Punctuality = HaLong.Dossiers.Statistics.Facts.Punctuality;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>Both clocks: when it was due and whether it was in time; states by day and how long steps took.</summary>
public sealed class FactDateTests
{
    [Theory]
    [InlineData("2025-10-17T16:00", "early")]
    [InlineData("2025-10-20T07:30", "onTime")]
    [InlineData("2025-10-20T20:00", "onTime")]
    [InlineData("2025-10-21T07:30", "late")]
    public void Ten_working_days_are_compared_by_the_day(string end, string punctuality)
    {
        var fact = new Tale().Resolved(end).Fact;
        Assert.Equal((Day(20), Day(20), punctuality, punctuality), (fact.LegalDue!.Value, fact.StatisticalDue!.Value, fact.Legal, fact.Statistical));
    }

    [Theory]
    [InlineData("2025-10-06T10:59", "early")]
    [InlineData("2025-10-06T11:00", "onTime")]
    [InlineData("2025-10-06T11:01", "late")]
    public void A_limit_in_hours_is_compared_by_the_moment(string end, string punctuality)
    {
        var fact = new Tale(new TimeLimit(LimitUnit.WorkingHour, 120)).Resolved(end).Fact;
        Assert.Equal((Day(6), punctuality, punctuality), (fact.LegalDue!.Value, fact.Legal, fact.Statistical));
    }

    [Fact]
    public void A_supplement_starts_the_legal_limit_anew_and_is_taken_off_the_statistical_one()
    {
        // Asked on Wednesday 8, answered a week later: 10 days from the 15th are the 29th; five working days were waited: the 27th.
        var tale = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-08T09:00", "requestSupplement")
            .On("2025-10-15T09:00", "supplement");
        Assert.Equal((Day(29), Day(27)), (tale.Fact.LegalDue!.Value, tale.Fact.StatisticalDue!.Value));
        var fact = tale.On("2025-10-28T09:00", "approve").On("2025-10-28T10:00", "resolve").Fact;
        Assert.Equal((Punctuality.Early, Punctuality.Late), (fact.Legal, fact.Statistical));
    }

    [Fact]
    public void While_the_clock_stands_the_dates_are_those_from_before()
    {
        var tale = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-08T09:00", "requestSupplement");
        Assert.Equal((Day(20), Day(20)), (tale.Fact.LegalDue!.Value, tale.Fact.StatisticalDue!.Value));
    }

    [Fact]
    public void More_than_one_request_for_completion_is_late_by_the_statistical_clock_however_early_the_result()
    {
        var tale = new Tale().On("2025-10-06T08:10", "requestSupplement").On("2025-10-06T08:20", "supplement").On("2025-10-06T09:00", "accept")
            .On("2025-10-06T10:00", "assign");
        var once = new Tale().On("2025-10-06T08:10", "requestSupplement").On("2025-10-06T08:20", "supplement").Resolved("2025-10-07T09:00").Fact;
        Assert.Equal(Punctuality.Early, once.Statistical);
        var fact = tale.On("2025-10-07T09:00", "requestSupplement").On("2025-10-07T10:00", "supplement").On("2025-10-08T09:00", "approve")
            .On("2025-10-08T10:00", "resolve").Fact;
        Assert.Equal((Punctuality.Early, Punctuality.Late), (fact.Legal, fact.Statistical));
    }

    [Fact]
    public void A_new_appointment_moves_the_promise_and_lateness_counts_as_the_regime_says()
    {
        var tale = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-10T09:00", "extend");
        Assert.Equal((Day(28), Day(20)), (tale.Fact.LegalDue!.Value, tale.Fact.StatisticalDue!.Value));
        // Decree 61/2018 keeps the date from before the extension.
        Assert.Equal(Punctuality.Late, tale.On("2025-10-23T09:00", "approve").On("2025-10-23T10:00", "resolve").Fact.Legal);
    }

    [Fact]
    public void Without_a_clock_the_noted_date_counts_and_without_any_it_is_in_time()
    {
        var tale = new Tale().Resolved("2025-10-21T09:00");
        var dossier = tale.Play.Dossier;
        var noted = Histories.Of(dossier, tale.Play.Steps, [], [], null, tale.Procedure);
        // Play promises by its own reckoning, which is that of the clock here.
        var fact = FactBuilder.Of(noted, Play.Calendar, Play.Rules);
        Assert.Equal((Day(20), Day(20), Punctuality.Late, Punctuality.Late), (fact.LegalDue!.Value, fact.StatisticalDue!.Value, fact.Legal, fact.Statistical));
        var none = new DossierHistory
        {
            Id = dossier.Id,
            Status = "RESOLVED",
            UnitCode = "06688",
            ReceivingUnitCode = "06688",
            ProcedureCode = "1",
            Channel = "online",
            SubmittedAt = At(Filed),
            ResolvedAt = At("2025-10-21T09:00"),
        };
        fact = FactBuilder.Of(none, Play.Calendar, Play.Rules);
        Assert.Equal((null, Punctuality.OnTime, Punctuality.OnTime), (fact.LegalDue, fact.Legal, fact.Statistical));
        // Nor are there steps: the state is the one it has, from the day it got there.
        Assert.Equal((Day(21), StateKind.Resolved), (Assert.Single(fact.StateDays), Assert.Single(fact.StateKinds)));
    }

    [Fact]
    public void What_ended_without_a_result_is_neither_early_nor_late()
    {
        var stopped = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-11-10T09:00", "stop").Fact;
        Assert.Equal((null, null, null), (stopped.ResolvedDay, stopped.Legal, stopped.Statistical));
        Assert.Equal((new DateOnly(2025, 11, 10), Day(20)), (stopped.ClosedDay!.Value, stopped.LegalDue!.Value));
        Assert.Equal(StateKind.Stopped, stopped.StateKinds[^1]);
        var rejected = new Tale().On("2025-10-07T09:00", "reject").Fact;
        Assert.Equal((Day(7), StateKind.NotAccepted, null), (rejected.ClosedDay!.Value, rejected.StateKinds[^1], rejected.LegalDue));
    }

    [Fact]
    public void A_result_that_was_withdrawn_before_it_was_fetched_stays_a_result()
    {
        var fact = new Tale().Resolved("2025-10-13T15:00").On("2025-10-15T09:00", "withdraw").Fact;
        Assert.Equal((Day(13), Day(15), null), (fact.ResolvedDay!.Value, fact.ClosedDay!.Value, fact.ReturnedDay));
        Assert.Equal((StateKind.Withdrawn, Punctuality.Early), (fact.StateKinds[^1], fact.Legal));
        Assert.DoesNotContain(StayKind.HandOver, fact.StayKinds);
    }

    [Fact]
    public void Each_day_has_the_state_of_its_end_and_days_without_a_change_have_none()
    {
        var fact = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-07T09:00", "requestOpinion")
            .On("2025-10-08T09:00", "answerOpinion")
            .On("2025-10-09T08:00", "requestSupplement").On("2025-10-09T16:00", "supplement").On("2025-10-10T08:00", "requireFee")
            .On("2025-10-13T08:00", "payDemand")
            .On("2025-10-13T09:00", "approve").On("2025-10-13T10:00", "resolve").On("2025-10-14T08:00", "return").Fact;
        Assert.Equal([Day(6), Day(10), Day(13), Day(14)], fact.StateDays);
        Assert.Equal([StateKind.Processing, StateKind.Payment, StateKind.Resolved, StateKind.Returned], fact.StateKinds);
    }

    [Fact]
    public void Steps_took_so_many_minutes_of_working_time()
    {
        // A working day has 480 minutes: 07:00 to 11:30 and 13:30 to 17:00.
        var fact = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-06T11:00", "requestOpinion")
            .On("2025-10-07T08:00", "answerOpinion")
            .On("2025-10-07T09:00", "requestSupplement").On("2025-10-08T09:00", "supplement").On("2025-10-08T10:00", "requireFee")
            .On("2025-10-08T14:00", "payDemand")
            .On("2025-10-08T15:00", "approve").On("2025-10-08T15:30", "resolve").On("2025-10-13T07:30", "return").Fact;
        (short, int, int)[] expected =
        [
            (StayKind.Check, 6, 60), (StayKind.Assignment, 6, 60), (StayKind.Processing, 6, 60), (StayKind.Opinion, 7, 30 + 210 + 60),
            (StayKind.Processing, 7, 60), (StayKind.Supplement, 8, 480), (StayKind.Processing, 8, 60), (StayKind.Payment, 8, 90 + 30),
            (StayKind.Processing, 8, 60), (StayKind.Signature, 8, 30),
            (StayKind.Whole, 8, 420 + 480 + 390), (StayKind.HandOver, 13, 90 + 480 + 480 + 30),
        ];
        Assert.Equal(expected, Stays(fact));
    }

    [Fact]
    public void The_check_is_one_without_the_time_in_which_the_applicant_completes_the_dossier()
    {
        var fact = new Tale().On("2025-10-06T09:00", "requestSupplement").On("2025-10-07T09:00", "supplement").On("2025-10-07T10:30", "accept").Fact;
        Assert.Equal([(StayKind.Supplement, 7, 480), (StayKind.Check, 7, 60 + 90)], Stays(fact));
    }

    [Fact]
    public void Back_in_the_pool_it_waits_for_an_officer_again_and_what_is_not_over_is_not_listed()
    {
        var tale = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T09:30", "forward").On("2025-10-06T10:00", "assign")
            .On("2025-10-06T10:30", "release", "chief");
        Assert.Equal([(StayKind.Check, 6, 60), (StayKind.Assignment, 6, 60), (StayKind.Processing, 6, 30)], Stays(tale.Fact));
        Assert.Equal((StayKind.Assignment, 6, 15), Stays(tale.On("2025-10-06T10:45", "assign").Fact)[^1]);
    }

    [Fact]
    public void A_check_without_acceptance_and_a_signature_without_result_are_not_listed()
    {
        Assert.Empty(Stays(new Tale().On("2025-10-07T09:00", "reject").Fact));
        var fact = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-07T10:00", "approve")
            .On("2025-10-08T10:00", "withdraw").Fact;
        Assert.Equal([StayKind.Check, StayKind.Assignment, StayKind.Processing], fact.StayKinds);
    }

    [Fact]
    public void Steps_of_replicas_whose_clocks_differ_are_never_before_their_predecessors()
    {
        var tale = new Tale().On("2025-10-07T09:00", "accept").On("2025-10-06T23:59", "assign");
        Assert.Equal([Day(6), Day(7)], tale.Fact.StateDays);
        Assert.Equal([StateKind.New, StateKind.Processing], tale.Fact.StateKinds);
        Assert.Equal((StayKind.Assignment, 7, 0), Stays(tale.Fact)[^1]);
    }

    private static (short Kind, int Day, int Minutes)[] Stays(DossierFact fact) => [.. fact.StayKinds.Zip(fact.StayEnds, fact.StayMinutes)
        .Select(s => (s.First, s.Second.Day, s.Third))];
}
