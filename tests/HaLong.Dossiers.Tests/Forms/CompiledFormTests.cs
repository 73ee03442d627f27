using System.Text.Json;
using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Tests.Forms;

/// <summary>The five real forms: a right one passes, and each mistake is told at its field in both languages.</summary>
public sealed class CompiledFormTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);
    private static readonly Dictionary<string, CompiledForm> Forms = FormLoader.Files().Select(FormLoader.Parse).ToDictionary(f => f.Form, f => new CompiledForm(f));

    [Theory]
    [InlineData("land-change")]
    [InlineData("birth-registration")]
    [InlineData("certified-copy")]
    [InlineData("household-business")]
    [InlineData("construction-permit")]
    [InlineData("generic")]
    public void A_form_that_is_filled_in_well_has_nothing_to_say(string form) =>
        Assert.Empty(Forms[form].Check(JsonElement.Parse(FilledForms.Of(form)), Today));

    [Theory]
    [InlineData("land-change", 18)]
    [InlineData("birth-registration", 16)]
    [InlineData("certified-copy", 9)]
    [InlineData("household-business", 17)]
    [InlineData("construction-permit", 14)]
    public void An_empty_form_asks_for_every_single_required_field_at_once(string form, int least)
    {
        var defects = Forms[form].Check(JsonElement.Parse("{}"), Today);
        Assert.All(defects, d => Assert.Equal(DefectKind.Missing, d.Kind));
        Assert.InRange(defects.Count, least, least + 6);
        Assert.Equal(defects.Count, defects.Select(d => d.Pointer).Distinct().Count());
        Assert.All(defects, d => Assert.DoesNotContain("Content outside", d.En, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("land-change", "/owner/fullName", null, "/owner/fullName", "required")]
    [InlineData("land-change", "/change/price", null, "/change/price", "required")]
    [InlineData("land-change", "/change/price", "12.5", "/change/price", "type")]
    [InlineData("land-change", "/change/price", "-5", "/change/price", "format")]
    [InlineData("land-change", "/change/kind", "\"theft\"", "/change/kind", "enum")]
    [InlineData("land-change", "/change/detail", "\"abc\"", "/change/detail", "minLength")]
    [InlineData("land-change", "/land/area", "0", "/land/area", "exclusiveMinimum")]
    [InlineData("land-change", "/land/area", "1e12", "/land/area", "maximum")]
    [InlineData("land-change", "/moreParcels/0/mapSheet", "\"0\"", "/moreParcels/0/mapSheet", "format")]
    [InlineData("land-change", "/moreParcels/0/area", null, "/moreParcels/0/area", "required")]
    [InlineData("land-change", "/receivers", "[]", "/receivers", "minItems")]
    [InlineData("land-change", "/receivers/0/number", "\"12345678x\"", "/receivers/0/number", "pattern")]
    [InlineData("land-change", "/certificate/issuedOn", "\"2027-01-01\"", "/certificate/issuedOn", "x-not-future")]
    [InlineData("land-change", "/financialDuty", "\"exempt\"", "/financialGround", "required")]
    [InlineData("land-change", "/receiving/way", "\"post\"", "/receiving/address", "required")]
    [InlineData("land-change", "/pledge", "false", "/pledge", "const")]
    [InlineData("land-change", "/owner/colour", "\"red\"", "/owner/colour", "additionalProperties")]
    [InlineData("land-change", "/owner", "\"An\"", "/owner", "type")]
    [InlineData("birth-registration", "/child/birthTime", "\"7 giờ\"", "/child/birthTime", "pattern")]
    [InlineData("birth-registration", "/child/birthDate", "\"2026-12-24\"", "/child/birthDate", "x-not-future")]
    [InlineData("birth-registration", "/basis/number", null, "/basis/number", "required")]
    [InlineData("birth-registration", "/mother", null, "/mother/fullName", "required")]
    [InlineData("birth-registration", "/fatherKnown", "true", "/father/fullName", "required")]
    [InlineData("birth-registration", "/mother/personalNumber", "\"@owner\"", "/mother/personalNumber", "vn-personal-number")]
    [InlineData("certified-copy", "/documents/0/pages", "0", "/documents/0/pages", "minimum")]
    [InlineData("certified-copy", "/documents/0/copies", "1.5", "/documents/0/copies", "type")]
    [InlineData("household-business", "/founder", "\"family\"", "/members", "required")]
    [InlineData("household-business", "/activities/0/code", "\"56\"", "/activities/0/code", "pattern")]
    [InlineData("household-business", "/owner/birthDate", null, "/owner/birthDate", "required")]
    [InlineData("construction-permit", "/work/height", null, "/work/height", "required")]
    [InlineData("construction-permit", "/work/kind", "\"line\"", "/work/length", "required")]
    [InlineData("construction-permit", "/work/density", "140", "/work/density", "maximum")]
    [InlineData("construction-permit", "/investor/kind", "\"organisation\"", "/investor/organisationName", "required")]
    [InlineData("construction-permit", "/months", "\"mười hai\"", "/months", "type")]
    [InlineData("generic", "/receivingWish", "\"post\"", "/receivingAddress", "required")]
    public void A_mistake_is_told_at_its_field_with_its_rule(string form, string place, string? json, string at, string rule)
    {
        var defects = Forms[form].Check(FilledForms.With(form, place, json), Today);
        var told = Assert.Single(defects, d => d.Pointer == at);
        Assert.Equal(rule, told.Rule);
        Assert.Equal(rule == "required" ? DefectKind.Missing : DefectKind.Invalid, told.Kind);
        Assert.True(told.Vi.Contains('“', StringComparison.Ordinal) && told.Vi != told.En && told.Vi.EndsWith('.') && told.En.EndsWith('.'));
    }

    [Fact]
    public void What_does_not_apply_any_more_is_kept_and_not_checked()
    {
        var data = FilledForms.With("land-change", "/change/kind", "\"gift\"");
        Assert.True(data.GetProperty("change").TryGetProperty("price", out _));
        Assert.Empty(Forms["land-change"].Check(data, Today));
    }

    [Fact]
    public void The_words_of_a_pattern_are_those_of_the_form()
    {
        var told = Assert.Single(Forms["birth-registration"].Check(FilledForms.With("birth-registration", "/child/birthTime", "\"7h\""), Today));
        Assert.Equal("“Giờ sinh”: nhập giờ và phút, ví dụ 07:45.", told.Vi);
        Assert.Equal("“Time of birth”: give hours and minutes, e.g. 07:45.", told.En);
    }

    [Fact]
    public void Not_even_a_form_full_of_nonsense_makes_an_endless_list()
    {
        var rows = string.Join(',', Enumerable.Repeat("""{"mapSheet":"x","parcel":"x","area":-1,"q":1,"r":1,"s":1,"t":1,"u":1,"v":1,"w":1,"x":1,"y":1}""", 500));
        Assert.Equal(200, Forms["land-change"].Check(JsonElement.Parse($$"""{"moreParcels":[{{rows}}]}"""), Today).Count);
    }

    [Fact]
    public void Fields_that_can_be_filled_in_speak_of_the_owner_or_his_land_only()
    {
        Assert.All(Forms.Values.SelectMany(f => f.SourcesByPointer.Values), s => Assert.True(Sources.All.Contains(s), s));
        Assert.DoesNotContain(Forms["birth-registration"].SourcesByPointer.Keys, p => p.StartsWith("/child", StringComparison.Ordinal) || p.StartsWith("/mother", StringComparison.Ordinal));
        Assert.Equal("land.parcel", Forms["construction-permit"].SourcesByPointer["/site/parcel"]);
        Assert.Empty(Forms["generic"].SourcesByPointer);
    }
}
