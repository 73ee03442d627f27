using HaLong.Cli.Demo;

namespace HaLong.Cli.Tests;

public sealed class DemoPlanTests
{
    private static readonly IReadOnlyList<Resident> Residents = DemoFile.Residents();

    [Fact]
    public void The_citizen_who_signs_in_has_one_of_each_and_residents_have_the_rest()
    {
        var plan = DemoPlan.Of(300, Residents);
        Assert.Equal(300, plan.Count);
        Assert.Equal(Enum.GetValues<DemoEnd>(), plan.Where(d => d.Resident is null).Select(d => d.End));
        Assert.True(plan.Select(d => d.Resident?.Id).Distinct().Count() > 30);
        Assert.All(plan.Select(d => d.End).Distinct(), end => Assert.Contains(end, plan.Where(d => d.Resident is not null || end is DemoEnd.Draft or DemoEnd.Withdrawn).Select(d => d.End)));
    }

    [Fact]
    public void Residents_only_come_to_ends_that_the_counter_can_bring_about() =>
        Assert.DoesNotContain(DemoPlan.Of(600, Residents), d => d.Resident is not null && d.End is DemoEnd.Draft or DemoEnd.Withdrawn && d.Resident is not null);

    [Fact]
    public void What_is_decided_needs_no_payment_first() =>
        Assert.All(DemoPlan.Of(300, Residents).Where(d => d.End >= DemoEnd.Refused), d => Assert.True(d.Matter.IsFree));

    [Fact]
    public void The_citizen_files_what_can_be_filed_from_home() =>
        Assert.All(DemoPlan.Of(300, Residents).Where(d => d.Resident is null), d => Assert.True(d.Matter.IsOnline));

    [Fact]
    public void It_is_the_same_city_each_time_and_no_two_dossiers_are_about_the_same_matter_of_one_person()
    {
        var plan = DemoPlan.Of(300, Residents);
        Assert.Equal(plan, DemoPlan.Of(300, Residents));
        var numbered = plan.Where(d => d.Matter.Subject.Contains("{0}", StringComparison.Ordinal)).Select(d => (d.Resident, d.Subject)).ToList();
        Assert.Equal(numbered.Distinct(), numbered);
        Assert.Equal(plan.Count, numbered.Count);
    }

    [Theory]
    [InlineData(DemoEnd.Submitted, "")]
    [InlineData(DemoEnd.NotAccepted, "reception refusal")]
    [InlineData(DemoEnd.Accepted, "reception acceptance")]
    [InlineData(DemoEnd.Processing, "reception acceptance, officer assignment")]
    [InlineData(DemoEnd.Refused, "reception acceptance, officer assignment, approver refusal")]
    [InlineData(DemoEnd.Returned, "reception acceptance, officer assignment, approver approval")]
    [InlineData(DemoEnd.Withdrawn, "reception acceptance, officer assignment, citizen withdrawal")]
    internal void Each_end_is_reached_by_the_moves_of_those_who_may(DemoEnd end, string moves) => Assert.Equal(
        moves, string.Join(", ", DemoCity.Moves(new DemoDossier(1, null, DemoMatter.All[0], "x", end)).Select(m => $"{m.Role} {m.Action}")));

    [Fact]
    public void Residents_have_names_and_numbers_of_their_own()
    {
        Assert.Equal(40, Residents.Count);
        Assert.Equal(40, Residents.Select(r => r.DisplayName).Distinct().Count());
        Assert.Equal(40, Residents.Select(r => r.PersonalNumber).Distinct().Count());
        Assert.All(Residents, r => Assert.Matches("^022[0-3][0-9]{8}$", r.PersonalNumber));
        Assert.All(Residents, r => Assert.EndsWith(r.Check, r.PersonalNumber, StringComparison.Ordinal));
    }
}
