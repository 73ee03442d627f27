using System.Globalization;
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

    [Theory]
    [InlineData("000.00.01.H49-230315-0001", CodeShape.Own2018, "000.00.01.H49", "2023-03-15", 1)]
    [InlineData("H49.01-230315-0001", CodeShape.Own2020, "H49.01", "2023-03-15", 1)]
    [InlineData("H49.01-261123-10000", CodeShape.Own2020, "H49.01", "2026-11-23", 10_000)]
    [InlineData("G09.20-20260609-0092637", CodeShape.Foreign, "G09.20", "2026-06-09", 92_637)]
    [InlineData("000.00.04.G18-260101-0123456", CodeShape.Foreign, "000.00.04.G18", "2026-01-01", 123_456)]
    [InlineData("0101234567-999999-0001", CodeShape.Foreign, "0101234567", null, 1)]
    public void Codes_of_every_shape_seen_in_the_country_are_read(string text, object shape, string agency, string? day, long number) =>
        Assert.Equal(new ParsedCode((CodeShape)shape, text, agency, day is null ? null : DateOnly.Parse(day, CultureInfo.InvariantCulture), number), DossierCode.Parse(text));

    [Theory]
    [InlineData("000.00.01.H49-230230-0001")]
    [InlineData("H49.01-231301-0001")]
    [InlineData("000.00.01.H49-230315-1")]
    [InlineData("000.00.01.H49")]
    [InlineData("")]
    [InlineData("' or 1=1")]
    [InlineData("H49.01-230315-99999999999999999999")]
    public void What_cannot_be_a_code_is_not_read(string text) => Assert.Null(DossierCode.Parse(text));

    [Theory]
    [InlineData(" 000.00.01.h49-230315-0001 ")]
    [InlineData("000.00.01.H49–230315–0001")]
    [InlineData("000.00.01.H49 - 230315 - 0001")]
    public void A_code_is_read_as_people_type_it(string typed) => Assert.Equal("000.00.01.H49-230315-0001", DossierCode.Parse(typed)!.Text);

    [Theory]
    [InlineData("H49.01", "000.00.01.H49")]
    [InlineData("H49", "000.00.00.H49")]
    [InlineData("H49.01.03.012", "012.03.01.H49")]
    [InlineData("000.00.01.H49", "000.00.01.H49")]
    [InlineData("H49.A1", "H49.A1")]
    [InlineData("H49.01.02.003.04", "H49.01.02.003.04")]
    public void The_form_of_2018_is_found_where_the_agency_has_one(string from, string to) => Assert.Equal(to, DossierCode.To2018(from));

    [Fact]
    public void Both_spellings_of_an_agency_draw_from_the_same_numbers_so_that_no_code_is_given_twice()
    {
        Assert.Equal(DossierCode.CounterOf("000.00.01.H49"), DossierCode.CounterOf("H49.01"));
        Assert.Equal(DossierCode.Format("000.00.01.H49", Day, 10_000), DossierCode.Format("H49.01", Day, 10_000));
    }

    [Theory]
    [InlineData("000.00.01.H49-230315-0001", "H49.01-230315-0001")]
    [InlineData("H49.01-230315-0001", "000.00.01.H49-230315-0001")]
    public void A_code_is_also_looked_up_under_the_other_spelling(string text, string other) =>
        Assert.Equal([text, other], DossierCode.Spellings(DossierCode.Parse(text)!));

    [Fact]
    public void Every_code_that_is_given_can_be_read_back()
    {
        var random = new Random(1);
        string[] agencies = ["000.00.01.H49", "H49.01", "H49", "012.03.01.H49", "H49.A1B.2"];
        for (var i = 0; i < 20_000; i++)
        {
            var (agency, day, number) = (agencies[random.Next(agencies.Length)], new DateOnly(2000, 1, 1).AddDays(random.Next(20_000)), random.Next(1, 2_000_000));
            var read = DossierCode.Parse(DossierCode.Format(agency, day, number));
            Assert.Equal((day, (long)number, DossierCode.CounterOf(agency)), (read!.Day!.Value, read.Number, DossierCode.CounterOf(read.Agency)));
        }
    }

    [GeneratedRegex(@"^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{6}-\d{4}$")]
    private static partial Regex Own2018();

    [GeneratedRegex(@"^[A-Z]\d{2}(\.[0-9A-Z]{1,3})*-\d{6}-\d{4,}$")]
    private static partial Regex Own2020();
}
