using System.Text.RegularExpressions;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Domain;

public sealed partial class DossierCodeTests
{
    private static readonly DateOnly Day = new(2023, 3, 15);

    [Fact]
    public void The_first_dossier_of_a_day_has_the_shape_of_2018() =>
        Assert.Equal("000.00.01.H49-230315-0001", DossierCode.Format("000.00.01.H49", Day, 1));

    [Fact]
    public void The_number_9999_still_fits_the_shape_of_2018() =>
        Assert.Matches(Own2018(), DossierCode.Format("000.00.01.H49", Day, 9999));

    [Theory]
    [InlineData(10_000, "H49.01-230315-10000")]
    [InlineData(123_456, "H49.01-230315-123456")]
    public void Beyond_9999_the_code_widens_in_the_shape_of_2020_and_never_wraps(long number, string expected)
    {
        var code = DossierCode.Format("000.00.01.H49", Day, number);
        Assert.Equal(expected, code);
        Assert.Matches(Own2020(), code);
    }

    [Theory]
    [InlineData("000.00.01.H49", "H49.01")]
    [InlineData("000.00.00.H49", "H49")]
    [InlineData("012.03.01.H49", "H49.01.03.012")]
    [InlineData("012.00.01.H49", "H49.01.00.012")]
    [InlineData("H49.01", "H49.01")]
    public void Agency_codes_turn_from_the_form_of_2018_into_that_of_2020(string from, string to) => Assert.Equal(to, DossierCode.To2020(from));

    [Theory]
    [InlineData("000.00.01.H49", true)]
    [InlineData("H49.01.02", true)]
    [InlineData("H49", true)]
    [InlineData("", false)]
    [InlineData("49.H", false)]
    [InlineData("000.00.01.h49", false)]
    [InlineData("000.00.01.H49-1", false)]
    public void Only_agency_codes_of_the_two_forms_are_taken(string agency, bool valid) => Assert.Equal(valid, DossierCode.IsAgency(agency));

    [Fact]
    public void There_is_no_dossier_number_zero() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DossierCode.Format("000.00.01.H49", Day, 0));

    [Fact]
    public void Different_numbers_never_give_the_same_code()
    {
        var codes = Enumerable.Range(9_990, 20).Select(n => DossierCode.Format("000.00.01.H49", Day, n)).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [GeneratedRegex(@"^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{6}-\d{4}$")]
    private static partial Regex Own2018();

    [GeneratedRegex(@"^[A-Z]\d{2}(\.[0-9A-Z]{1,3})*-\d{6}-\d{4,}$")]
    private static partial Regex Own2020();
}
