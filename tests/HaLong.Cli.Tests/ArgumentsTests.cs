namespace HaLong.Cli.Tests;

public sealed class ArgumentsTests
{
    [Fact]
    public void A_command_with_options_is_read()
    {
        var options = Arguments.Parse(["journey", "--run", "/somewhere/.run", "--out", "evidence"]);
        Assert.Equal("journey", options.Command);
        Assert.Equal("/somewhere/.run", options.RunDirectory);
        Assert.Equal("evidence", options.Values["out"]);
    }

    [Fact]
    public void Without_a_folder_the_one_of_the_repository_is_meant()
    {
        Assert.Equal(".run", Arguments.Parse(["status"]).RunDirectory);
    }

    [Theory]
    [InlineData("journey", "--run")]
    [InlineData("journey", "run", "x")]
    [InlineData]
    public void A_line_that_does_not_fit_names_no_command(params string[] line)
    {
        Assert.Equal("", Arguments.Parse(line).Command);
    }

    [Fact]
    public void The_last_value_of_an_option_counts()
    {
        Assert.Equal("b", Arguments.Parse(["ready", "--run", "a", "--run", "b"]).RunDirectory);
    }

    [Fact]
    public void An_unknown_command_ends_in_the_usage_text_and_exit_code_2()
    {
        Assert.Equal(2, Arguments.Usage());
    }
}
