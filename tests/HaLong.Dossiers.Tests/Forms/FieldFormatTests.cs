using System.Text.Json;
using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Tests.Forms;

public sealed class FieldFormatTests
{
    [Theory]
    [InlineData("vn-personal-number", "022085000123", true)]
    [InlineData("vn-personal-number", "999085000123", true)]
    [InlineData("vn-personal-number", "@owner", true)]
    [InlineData("vn-personal-number", "02208500012", false)]
    [InlineData("vn-personal-number", "0220850001234", false)]
    [InlineData("vn-personal-number", "02208500012x", false)]
    [InlineData("vn-personal-number", "０２２０８５０００１２３", false)]
    [InlineData("vn-phone", "0912345678", true)]
    [InlineData("vn-phone", "+84912345678", true)]
    [InlineData("vn-phone", "0321234567", true)]
    [InlineData("vn-phone", "02033825555", true)]
    [InlineData("vn-phone", "01687654321", false)]
    [InlineData("vn-phone", "0951234567", false)]
    [InlineData("vn-phone", "0511234567", false)]
    [InlineData("vn-phone", "091234567", false)]
    [InlineData("vn-phone", "0912345678\n", false)]
    [InlineData("vn-tax-code", "0100109106", true)]
    [InlineData("vn-tax-code", "0301450087", true)]
    [InlineData("vn-tax-code", "0100109106-001", true)]
    [InlineData("vn-tax-code", "0100109106-000", false)]
    [InlineData("vn-tax-code", "022085000123", true)]
    [InlineData("vn-tax-code", "01001091061", false)]
    [InlineData("vn-date", "2024-02-29", true)]
    [InlineData("vn-date", "2023-02-29", false)]
    [InlineData("vn-date", "29/02/2024", false)]
    [InlineData("vn-date", "0001-01-01", false)]
    [InlineData("vn-map-sheet", "34", true)]
    [InlineData("vn-map-sheet", "034", false)]
    [InlineData("vn-map-sheet", "12345", false)]
    [InlineData("vn-parcel", "123456", true)]
    [InlineData("vn-parcel", "0", false)]
    [InlineData("vn-unit-code", "06688", true)]
    [InlineData("vn-unit-code", "6688", false)]
    [InlineData("vn-money", "0", true)]
    [InlineData("vn-money", "1500000000", true)]
    [InlineData("vn-money", "1000000000000001", false)]
    [InlineData("vn-money", "-1", false)]
    [InlineData("vn-money", "12.5", false)]
    [InlineData("email", "an@example.vn", true)]
    [InlineData("email", "an@example", false)]
    [InlineData("email", "an example@x.vn", false)]
    public void Formats_take_what_is_right_and_nothing_else(string format, string text, bool fits) => Assert.Equal(fits, FieldFormats.All[format].Fits(text));

    /// <summary>Known codes of the tax register, and one that is known to be wrong.</summary>
    [Theory]
    [InlineData("0100109106", true)]
    [InlineData("0101248141", true)]
    [InlineData("0300588569", true)]
    [InlineData("0106026495", true)]
    [InlineData("0301450087", false)]
    public void A_check_digit_that_does_not_match_is_a_hint_and_no_refusal(string code, bool matches)
    {
        var hints = Hints("""{"type":"string","format":"vn-tax-code"}""", code);
        Assert.Equal(matches, hints.Count == 0);
        Assert.All(hints, h => Assert.Equal(DefectKind.Hint, h.Kind));
    }

    [Theory]
    [InlineData("2026-11-30", 0)]
    [InlineData("2026-12-01", 1)]
    [InlineData("1985-04-12", 0)]
    [InlineData("nonsense", 0)]
    public void A_day_that_has_not_come_is_refused_where_the_form_says_so(string day, int defects)
    {
        Assert.Equal(defects, Hints("""{"type":"string","format":"vn-date","x-not-future":true}""", day).Count);
        Assert.Empty(Hints("""{"type":"string","format":"vn-date"}""", day));
    }

    [Fact]
    public void The_owners_number_by_reference_is_for_the_owners_field_only()
    {
        Assert.Empty(Hints("""{"type":"string","format":"vn-personal-number","x-source":"owner.personalNumber"}""", "@owner"));
        Assert.Equal(DefectKind.Invalid, Assert.Single(Hints("""{"type":"string","format":"vn-personal-number"}""", "@owner")).Kind);
    }

    [Theory]
    [InlineData("022085000123", 0)]
    [InlineData("022227004567", 1)]
    [InlineData("022226004567", 0)]
    public void A_number_of_somebody_not_yet_born_is_a_hint(string number, int hints) =>
        Assert.Equal(hints, Hints("""{"type":"string","format":"vn-personal-number"}""", number).Count);

    private static List<FieldDefect> Hints(string schema, string value) =>
        [.. FieldHints.Check("/x", new BilingualText("Ô", "Field"), JsonSerializer.SerializeToElement(value), JsonElement.Parse(schema), new DateOnly(2026, 11, 30))];
}
