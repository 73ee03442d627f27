using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Checks;
using HaLong.Dossiers.Tests.Domain;

namespace HaLong.Dossiers.Tests.Fees;

/// <summary>What of the catalogue payment quotes from.</summary>
public sealed class FeeTermTests
{
    private static readonly DateOnly Day = new(2026, 11, 30);

    [Theory]
    [InlineData("online", 10_000)]
    [InlineData("assisted", 10_000)]
    [InlineData("counter", 20_000)]
    public void The_price_of_the_channel_is_quoted(string channel, long amount)
    {
        var term = Assert.Single(FeeSchedule.Terms(DossierTests.Content("1.004222"), [], new FeeCircumstances(channel, Day), []));
        Assert.Equal(("lePhi", amount, 1, false), (term.Kind, term.Amount, term.Quantity, term.Assumed));
        Assert.False(string.IsNullOrEmpty(term.Rule));
    }

    [Fact]
    public void A_fee_at_a_price_of_zero_is_quoted_but_not_shown_as_due()
    {
        var terms = FeeSchedule.Terms(DossierTests.Content("1.000894"), [], new FeeCircumstances("online", Day), []);
        Assert.Equal(0, Assert.Single(terms).Amount);
        Assert.Empty(FeeSchedule.Items(terms));
    }

    [Fact]
    public void Terms_are_full_amounts_whatever_the_categories_and_carry_the_exemptions_of_the_day()
    {
        var content = DossierTests.Content("1.004222") with
        {
            Fees = [Fee() with { ExemptionRules = [Rule("disabled"), Rule("child") with { ValidTo = Day.AddDays(-1) }] }],
        };
        var term = Assert.Single(FeeSchedule.Terms(content, [], new FeeCircumstances("online", Day) { Categories = ["disabled"] }, []));
        Assert.Equal((30_000, "disabled", 80), (term.Amount, Assert.Single(term.Exemptions).Category, term.Exemptions[0].Percent));
    }

    [Theory]
    [InlineData("atFiling", 0)]
    [InlineData("atResult", 1)]
    public void Fees_of_another_moment_are_not_quoted(string moment, int expected) => Assert.Equal(
        expected, FeeSchedule.Terms(DossierTests.Content("1.004222") with { Fees = [Fee() with { Moment = "atResult" }] }, [], new FeeCircumstances("online", Day) { Moment = moment }, []).Count);

    [Theory]
    [InlineData(1, 1, null, 2_000)]
    [InlineData(1, 7, null, 9_000)]
    [InlineData(3, 7, 3, 27_000)]
    [InlineData(1, 500, null, 200_000)]
    public void Pages_that_are_counted_have_their_price_in_tiers_with_a_limit(int fee, int pages, int? copies, long expected)
    {
        var content = DossierTests.Content("2.000815") with { Fees = [Pages(), Pages(), Pages()] };
        var term = FeeCheck.TermOf(content, "counter", Day, new FeeChoice(fee, copies, pages))!;
        Assert.Equal((expected, pages, copies ?? 1), (term.FullAmount(), term.Pages, term.Quantity));
        Assert.Equal(expected, Assert.Single(FeeSchedule.Items([term])).Amount);
    }

    [Theory]
    [InlineData(null, "counter")] // nobody counted
    [InlineData(0, "counter")]
    [InlineData(5001, "counter")]
    [InlineData(5, "online")] // not a price of this channel
    public void A_price_by_page_needs_pages_and_its_channel(int? pages, string channel) =>
        Assert.Null(FeeCheck.TermOf(DossierTests.Content("2.000815"), channel, Day, new FeeChoice(1, 1, pages)));

    [Fact]
    public void Pages_of_a_price_by_case_are_refused() =>
        Assert.Null(FeeCheck.TermOf(DossierTests.Content("1.000894"), "online", Day, new FeeChoice(2, 1, 3)));

    [Fact]
    public void A_basis_travels_whole()
    {
        var basis = new FeeBasis("atFiling", Day, 2, [FeeCheck.TermOf(DossierTests.Content("2.000815"), "counter", Day, new FeeChoice(1, 2, 9))!], [new FeeClaim("disabled", [Guid.CreateVersion7()], true)]);
        Assert.Equivalent(basis, JsonSerializer.Deserialize<FeeBasis>(JsonSerializer.Serialize(basis, JsonSerializerOptions.Web), JsonSerializerOptions.Web), strict: true);
    }

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(0, null, false)]
    [InlineData(1, false, false)]
    [InlineData(0, true, true)]
    public void A_claim_counts_with_a_document_until_an_official_decides(int documents, bool? accepted, bool counts) =>
        Assert.Equal(counts, new FeeClaim("disabled", new Guid[documents], accepted).Counts);

    private static ProcedureFee Fee() => new("lePhi", "Lệ phí", 30_000, "mỗi lần", "any", [], false, false, null, null);

    private static ProcedureFee Pages() => DossierTests.Content("2.000815").Fees[0];

    private static FeeExemption Rule(string category) => new(category, 80, "Giấy", "Paper", "Điều 1", null, null, false);
}
