using HaLong.Cli.Journey;

namespace HaLong.Cli.Tests;

/// <summary>What does not need a platform: which variants there are, and how the command answers.</summary>
public sealed class JourneyVariantTests
{
    [Fact]
    public void There_are_ten_ways_and_the_plain_one_comes_first()
    {
        Assert.Equal(["plain", "assisted", "supplement", "fee", "extension", "refusal", "late", "over", "refund", "signatures"], JourneyVariant.All.Select(v => v.Name));
    }

    [Fact]
    public void Every_way_begins_with_filing_and_ends_with_the_returned_result()
    {
        Assert.All(JourneyVariant.All, v =>
        {
            Assert.Equal(("submit", "return"), (v.Moves[0], v.Moves[^1]));
            Assert.Equal(("submitted", "returned"), (v.Events[0], v.Events[^1]));
            Assert.Equal(("start", "stop"), (v.Clock[0], v.Clock[^1]));
            Assert.Contains("RECEIPT 01", v.Forms);
        });
    }

    [Fact]
    public async Task An_unknown_variant_is_exit_code_2_and_no_platform_3()
    {
        var empty = Directory.CreateTempSubdirectory("halong-cli-").FullName;
        Assert.Equal(2, await JourneyCommand.RunAsync(Arguments.Parse(["journey", "--run", empty, "--variant", "sideways"])));
        Assert.Equal(3, await JourneyCommand.RunAsync(Arguments.Parse(["journey", "--run", empty, "--variant", "all"])));
        Assert.Equal(3, await JourneyCommand.RunAsync(Arguments.Parse(["journey", "--run", empty])));
        Directory.Delete(empty);
    }

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void The_code_of_an_authenticator_app_is_that_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, StrongSignIn.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData("2026-12-22", "2026-12-29")]
    [InlineData("2026-12-25", "2027-01-04")]
    [InlineData("2026-12-26", "2027-01-04")]
    public void A_new_appointment_is_a_week_later_and_on_an_ordinary_weekday(string due, string expected)
    {
        var special = new HashSet<DateOnly> { new(2027, 1, 1) };
        Assert.Equal(DateOnly.Parse(expected, null), Appointment.After(DateOnly.Parse(due, null), special));
    }
}
