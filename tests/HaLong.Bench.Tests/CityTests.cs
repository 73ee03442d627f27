using HaLong.Bench.Seed;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Bench.Tests;

public sealed class CityTests
{
    private static readonly List<SeedDossier> Some = CitySamples.Make(30_000);

    [Fact]
    public void The_same_seed_makes_the_same_city_and_another_one_another()
    {
        Assert.Equal(SeedScenario.Checksum(Some), SeedScenario.Checksum(CitySamples.Make(30_000)));
        Assert.NotEqual(SeedScenario.Checksum(CitySamples.Make(500)), SeedScenario.Checksum(CitySamples.Make(500, seed: 767)));
        Assert.NotEqual(SeedScenario.Checksum(CitySamples.Make(500)), SeedScenario.Checksum(CitySamples.Make(501)));
    }

    [Fact]
    public void Any_dossier_can_be_made_without_the_others()
    {
        var maker = new CityMaker(CitySamples.City, CitySamples.Options(30_000));
        foreach (var number in new[] { 29_999, 0, 15_000, 7 })
            Assert.Equal(SeedScenario.Checksum([Some[number]]), SeedScenario.Checksum([maker.Make(number)]));
    }

    [Fact]
    public void Codes_and_ids_are_unique_and_grow_with_the_days_of_filing()
    {
        Assert.Equal(Some.Count, Some.Select(d => d.Code).Distinct().Count());
        Assert.Equal(Some.Count, Some.Select(d => d.Id).Distinct().Count());
        var days = Some.Select(d => DateOnly.FromDateTime(d.SubmittedAt.AddHours(7).DateTime)).ToList();
        Assert.Equal(days.Order(), days);
        Assert.Equal((CitySamples.City.Days[0], CitySamples.Today.AddDays(-1) >= days[^1]), (days[0], true));
        Assert.All(Some, d => Assert.Equal(7, d.Id.Version));
        Assert.All(Some.Zip(days), p => Assert.Contains($"-{p.Second:yyMMdd}-", p.First.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_filed_on_a_day_on_which_nobody_works_or_after_the_moment()
    {
        Assert.All(CitySamples.City.Days, d => Assert.False(d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && CitySamples.City.Calendar.KindOf(d) != DayKind.SwapWork));
        Assert.All(Some, d => Assert.True(d.ChangedAt <= CitySamples.City.Now && d.SubmittedAt < CitySamples.City.Now));
    }

    [Fact]
    public void A_few_of_a_hundred_are_open_and_some_of_them_late()
    {
        var open = Some.Where(d => !d.IsOver).ToList();
        Assert.InRange(open.Count / (double)Some.Count, 0.025, 0.06);
        Assert.InRange(open.Count(d => d.DueAt < CitySamples.City.Now && d.ResolvedAt is null) / (double)open.Count, 0.05, 0.6);
        string[] states = ["SUPPLEMENT_RECEPTION", "ACCEPTED", "PROCESSING", "WAIT_OPINION", "SUPPLEMENT_PROCESSING", "WAIT_PAYMENT", "RESOLVED"];
        Assert.Subset(open.Select(d => d.Status).ToHashSet(), states.ToHashSet());
        Assert.Equal(["NOT_ACCEPTED", "RETURNED", "STOPPED", "WITHDRAWN"], Some.Where(d => d.IsOver).Select(d => d.Status).Distinct().Order());
        Assert.Contains(open, d => d.OfficerId is null && d.AcceptedAt is not null);
    }

    [Fact]
    public void The_steps_of_every_dossier_lead_to_its_state_one_after_the_other()
    {
        Assert.All(Some, d =>
        {
            Assert.Equal(("DRAFT", d.Status), (d.Steps[0].From, d.Steps[^1].To));
            Assert.All(d.Steps.Zip(d.Steps.Skip(1)), pair =>
            {
                Assert.Equal(pair.First.To, pair.Second.From);
                Assert.True(pair.First.At <= pair.Second.At, d.Code);
            });
        });
    }

    [Fact]
    public void Due_dates_are_the_engines_and_there_are_none_before_acceptance_and_while_the_clock_stands()
    {
        var rules = new DeadlineRules { Regime = "x", ValidFrom = default, Hours = new WorkingHours(new(new(7, 0), new(11, 30)), new(new(13, 30), new(17, 0))) };
        Assert.All(Some.Where(d => d.DueAt is not null).Take(3000), d =>
            Assert.Equal(DeadlineEngine.Evaluate(d.Procedure.Limit, d.AcceptedAt!.Value, CitySamples.City.Calendar, rules).DueAt, d.DueAt));
        Assert.All(Some, d => Assert.Equal(
            d.AcceptedAt is null || d.Status is "SUPPLEMENT_PROCESSING" or "WAIT_PAYMENT", d.DueAt is null));
        Assert.All(Some.Where(d => d.Clock.Count > 0), d => Assert.Equal(ClockEffect.Start, d.Clock[0].Effect));
    }

    [Fact]
    public void The_demonstration_officer_and_citizen_have_dossiers_of_their_own()
    {
        Assert.Contains(Some, d => d.OfficerId == City.DemoOfficer && d.Unit.Code == City.DemoUnit);
        Assert.All(Some.Where(d => d.OfficerId == City.DemoOfficer), d => Assert.Equal(City.DemoUnit, d.Unit.Code));
        Assert.Contains(Some, d => d.OwnerId == City.DemoCitizen && d.OwnerName == City.DemoCitizenName && d.Unit.Code == City.DemoUnit);
    }

    [Fact]
    public void The_first_unit_is_the_biggest_and_every_unit_has_some()
    {
        var sizes = CitySamples.City.Units.Select(u => Some.Count(d => d.Unit == u)).ToList();
        Assert.Equal(sizes.Max(), sizes[0]);
        Assert.All(sizes, size => Assert.True(size > 100));
    }
}
