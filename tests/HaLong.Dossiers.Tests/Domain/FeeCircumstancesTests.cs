using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Domain;

/// <summary>Fees by moment, channel, day, category and identification, with exemptions.</summary>
public sealed class FeeCircumstancesTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly ProcedureFee Plain = new("phi", "Phí", 100_000, "", "any", [], false, false, null, null);
    private static readonly FeeExemption Poor = new("poorHousehold", 100, "Giấy xác nhận hộ nghèo", null, "Nghị quyết", null, null, false);
    private static readonly FeeExemption NearPoor = new("nearPoorHousehold", 50, null, null, null, null, null, true);

    [Theory]
    [InlineData("atFiling", 1)]
    [InlineData("atSupplement", 0)]
    [InlineData("atResult", 0)]
    public void A_fee_falls_due_at_its_moment(string moment, int count) =>
        Assert.Equal(count, Due(Plain, new FeeCircumstances("online", Day) { Moment = moment }).Count);

    [Fact]
    public void A_fee_at_the_result_is_not_due_at_filing()
    {
        var fee = Plain with { Moment = FeeMoment.Result };
        Assert.Empty(FeeSchedule.Due(Of(fee), [], "online", Day));
        Assert.Single(Due(fee, new FeeCircumstances("online", Day) { Moment = FeeMoment.Result }));
    }

    [Theory]
    [InlineData("2026-11-24", null, 0)]
    [InlineData("2026-11-23", null, 1)]
    [InlineData(null, "2026-11-23", 1)]
    [InlineData(null, "2026-11-22", 0)]
    public void A_fee_is_charged_only_in_its_days(string? from, string? to, int count) => Assert.Equal(count, Due(
        Plain with { ValidFrom = from is null ? null : DateOnly.Parse(from, null), ValidTo = to is null ? null : DateOnly.Parse(to, null) }, new FeeCircumstances("online", Day)).Count);

    [Theory]
    [InlineData("counter", "direct")]
    [InlineData("post", "post")]
    [InlineData("assisted", "online")]
    [InlineData("online", "online")]
    public void A_fee_of_a_channel_is_charged_there_alone(string filedThrough, string channel)
    {
        foreach (var own in (string[])["direct", "post", "online"])
            Assert.Equal(own == channel ? 1 : 0, Due(Plain with { Channel = own }, new FeeCircumstances(filedThrough, Day)).Count);
    }

    [Fact]
    public void A_fee_for_a_category_or_for_the_verified_is_not_charged_to_others()
    {
        var forElderly = Plain with { ApplicantCategories = ["elderly"] };
        Assert.Empty(Due(forElderly, new FeeCircumstances("online", Day)));
        Assert.Single(Due(forElderly, new FeeCircumstances("online", Day) { Categories = ["elderly", "merit"] }));
        Assert.Empty(Due(Plain with { MinAssurance = 2 }, new FeeCircumstances("online", Day)));
        Assert.Single(Due(Plain with { MinAssurance = 2 }, new FeeCircumstances("online", Day) { Assurance = 2 }));
    }

    [Fact]
    public void The_exemption_that_leaves_least_counts_and_is_named()
    {
        var due = Assert.Single(Due(Plain with { ExemptionRules = [NearPoor, Poor] }, new FeeCircumstances("online", Day) { Categories = ["nearPoorHousehold", "poorHousehold"] }));
        Assert.Equal((0L, 100_000L, "poorHousehold"), (due.Item.Amount, due.FullAmount, due.Exemption!.Category));
    }

    [Fact]
    public void Half_an_exemption_leaves_half_and_an_assumed_one_says_so()
    {
        var due = Assert.Single(Due(Plain with { AmountVnd = 15_001, ExemptionRules = [NearPoor] }, new FeeCircumstances("online", Day) { Categories = ["nearPoorHousehold"] }));
        Assert.Equal((7_500L, true), (due.Item.Amount, due.Item.Assumed));
    }

    [Fact]
    public void Without_proof_or_outside_its_days_an_exemption_does_not_count()
    {
        Assert.Null(Assert.Single(Due(Plain with { ExemptionRules = [Poor] }, new FeeCircumstances("online", Day))).Exemption);
        var over = Plain with { ExemptionRules = [Poor with { ValidTo = Day.AddDays(-1) }] };
        Assert.Equal(100_000, Assert.Single(Due(over, new FeeCircumstances("online", Day) { Categories = ["poorHousehold"] })).Item.Amount);
    }

    [Fact]
    public void Optional_fees_and_those_per_page_never_fall_due_by_themselves()
    {
        Assert.Empty(Due(Plain with { Optional = true }, new FeeCircumstances("online", Day)));
        Assert.Empty(Due(Plain with { PageRule = new PageRule("copy", 200_000, []) }, new FeeCircumstances("online", Day)));
    }

    private static List<DueFee> Due(ProcedureFee fee, FeeCircumstances of) => FeeSchedule.Due(Of(fee), [], of);

    private static ProcedureContent Of(ProcedureFee fee) => DossierTests.Content("1.001193") with { Fees = [fee] };
}
