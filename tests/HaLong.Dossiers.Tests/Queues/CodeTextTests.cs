using HaLong.Dossiers.Features.Queues;

namespace HaLong.Dossiers.Tests.Queues;

public sealed class CodeTextTests
{
    private const string Agency = "000.00.01.H49";

    [Theory]
    [InlineData("000.00.01.H49-251124-0001", "000.00.01.H49-251124-0001", "H49.01-251124-0001")]
    [InlineData("H49.01-2511", "H49.01-2511", "000.00.01.H49-2511")]
    [InlineData("h49.01 – 251124", "H49.01-251124", "000.00.01.H49-251124")]
    [InlineData("251124-0042", "000.00.01.H49-251124-0042", "H49.01-251124-0042")]
    [InlineData("251124", "000.00.01.H49-251124", "H49.01-251124")]
    public void The_beginning_of_a_code_is_taken_in_both_spellings(string typed, params string[] expected) => Assert.Equal(expected, CodeText.Beginnings(typed, Agency));

    [Theory]
    [InlineData("H49")]
    [InlineData("000.00")]
    [InlineData("G09.20-20260609-0092637")]
    public void What_may_be_the_beginning_of_a_code_is_one(string typed) => Assert.StartsWith(typed, CodeText.Beginnings(typed, Agency)![0], StringComparison.Ordinal);

    [Theory]
    [InlineData("Nguyễn Văn An")]
    [InlineData("an")]
    [InlineData("Công ty 26/3")]
    [InlineData("022185000123")]
    [InlineData("H49-25-11-24")]
    [InlineData("%")]
    [InlineData("")]
    public void A_name_is_no_code(string typed) => Assert.Null(CodeText.Beginnings(typed, Agency));
}
