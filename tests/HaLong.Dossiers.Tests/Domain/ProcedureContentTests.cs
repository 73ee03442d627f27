using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class ProcedureContentTests
{
    private static readonly DateOnly Before = new(2025, 6, 30), Since = new(2025, 7, 1);

    [Fact]
    public void The_competence_changed_on_the_first_of_July_2025()
    {
        var permit = DossierTests.Content("1.013225");
        Assert.Equal("district", CatalogueRouting.On(permit, Before).Level);
        Assert.Equal("commune", CatalogueRouting.On(permit, Since).Level);
        Assert.NotEqual(CatalogueRouting.On(permit, Before).Agency, CatalogueRouting.On(permit, Since).Agency);
    }

    [Theory]
    [InlineData("1.013225", true)]
    [InlineData("1.001193", false)]
    public void Only_what_changed_hands_has_to_be_handed_over(string code, bool moves)
    {
        var content = DossierTests.Content(code);
        Assert.Equal(moves, CatalogueRouting.Moves(content, Before, Since));
        Assert.False(CatalogueRouting.Moves(content, Since, Since.AddYears(1)));
    }

    [Fact]
    public void The_online_level_follows_the_periods()
    {
        var content = DossierTests.Content("1.001193") with
        {
            OnlineLevel = "none",
            OnlinePeriods = [new OnlinePeriod(new DateOnly(2026, 7, 1), "full"), new OnlinePeriod(new DateOnly(2025, 1, 1), "partial", "presence", "Luật Hộ tịch")],
        };
        Assert.Equal(("none", (string?)null), (content.OnlineOn(new DateOnly(2024, 12, 31)).Level, content.OnlineOn(new DateOnly(2024, 12, 31)).ReasonCode));
        Assert.Equal(("partial", "presence"), (content.OnlineOn(new DateOnly(2026, 6, 30)).Level, content.OnlineOn(new DateOnly(2026, 6, 30)).ReasonCode));
        Assert.Equal("full", content.OnlineOn(new DateOnly(2026, 7, 1)).Level);
    }

    [Fact]
    public void A_variant_of_the_limit_counts_for_its_case_and_channel()
    {
        var limit = new ProcedureTimeLimit(10, "workingDay", null, false, null)
        {
            Variants =
            [
                new LimitVariant(null, null, null, "post", 12, "workingDay", false),
                new LimitVariant("verification", "Phải xác minh", "Verification", null, 15, "workingDay", true),
                new LimitVariant("verification", "Phải xác minh", "Verification", "post", 17, "workingDay", false),
            ],
        };
        Assert.Equal((10, "workingDay", false), limit.For("online"));
        Assert.Equal((12, "workingDay", false), limit.For("post"));
        Assert.Equal((15, "workingDay", true), limit.For("online", "verification"));
        Assert.Equal((17, "workingDay", false), limit.For("post", "verification"));
        Assert.Equal((10, "workingDay", false), limit.For("post", "unheard of"));
    }

    [Fact]
    public void A_version_that_is_replaced_before_it_counted_covers_no_day()
    {
        var version = CatalogueLoader.Version(Guid.CreateVersion7(), DossierTests.Content("1.001193"), "{}", Since, null, DateTimeOffset.UnixEpoch);
        version.EndBefore(Since.AddDays(10));
        Assert.Equal((Since.AddDays(9), false), (version.ValidTo, version.IsReplaced));
        Assert.True(version.IsInForce(Since.AddDays(9)));
        Assert.False(version.IsInForce(Since.AddDays(10)));
        version.EndBefore(Since);
        Assert.True(version.IsReplaced);
        Assert.False(version.IsInForce(Since));
    }
}
