using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Checking;

namespace HaLong.Dossiers.Tests.Catalogue.Checking;

public sealed class JsonProbeTests
{
    [Fact]
    public void What_is_right_is_read_and_no_defect()
    {
        var defects = Check("""{"t":"x","n":5,"f":true,"d":"2026-02-28","c":"online","l":["a","b"],"o":{"i":1},"e":[{"i":1},{"i":2}]}""", probe =>
        {
            Assert.Equal(("x", 5L, true, new DateOnly(2026, 2, 28), "online"), (
                probe.Text("t"), probe.Number("n", 0, 9), probe.Flag("f"), probe.Day("d"), probe.OneOf("c", CatalogueCodes.Channels)));
            Assert.Equal(["a", "b"], probe.Texts("l"));
            probe.Object("o", o => Assert.Equal(1, o.Number("i", 1, 1)));
            var seen = new List<long?>();
            probe.Each("e", e => seen.Add(e.Number("i", 1, 2)));
            Assert.Equal([1, 2], seen);
        });
        Assert.Empty(defects);
    }

    [Fact]
    public void What_is_absent_or_null_is_a_defect_only_where_it_is_required()
    {
        foreach (var json in (string[])["{}", """{"t":null,"n":null,"f":null,"d":null,"c":null,"o":null}"""])
        {
            Assert.Empty(Check(json, probe => Read(probe, required: false)));
            var missing = Check(json, probe => Read(probe, required: true));
            Assert.Equal(["t", "n", "d", "c", "o"], missing.Select(d => d.Path));
            Assert.All(missing, d => Assert.Equal(("còn thiếu", "is missing"), (d.Vi, d.En)));
        }
    }

    [Theory]
    [InlineData("""{"t":5}""", "must be text")]
    [InlineData("""{"t":"  "}""", "must not be empty")]
    [InlineData("""{"t":"12345678901"}""", "at most 10 characters")]
    [InlineData("""{"n":"5"}""", "must be a whole number from 0 to 9")]
    [InlineData("""{"n":10}""", "must be a whole number from 0 to 9")]
    [InlineData("""{"n":0.5}""", "must be a whole number from 0 to 9")]
    [InlineData("""{"f":"true"}""", "must be true or false")]
    [InlineData("""{"d":"28/02/2026"}""", "must be a day yyyy-MM-dd")]
    [InlineData("""{"d":20260228}""", "must be a day yyyy-MM-dd")]
    [InlineData("""{"c":"fax"}""", "“fax” is not a known code")]
    [InlineData("""{"o":[]}""", "must be an object")]
    public void What_is_wrong_says_how_it_has_to_be(string json, string message) =>
        Assert.Equal(message, Assert.Single(Check(json, probe => Read(probe, required: false))).En);

    [Fact]
    public void A_list_tells_the_place_of_each_wrong_element()
    {
        var defects = Check("""{"l":["online",7,"fax","online",""]}""", probe => Assert.Equal(["online"], probe.Texts("l", CatalogueCodes.Channels)));
        Assert.Equal(["l[1]", "l[2]", "l[3]", "l[4]"], defects.Select(d => d.Path));
        Assert.Equal("l", Assert.Single(Check("""{"l":"online"}""", probe => probe.Texts("l"))).Path);
        Assert.Equal("l", Assert.Single(Check($$"""{"l":[{{string.Join(',', Enumerable.Range(0, 501).Select(i => $"\"{i}\""))}}]}""", probe => probe.Texts("l"))).Path);
    }

    [Fact]
    public void A_long_code_is_not_repeated_in_full()
    {
        var defect = Assert.Single(Check($$"""{"c":"{{new string('x', 400)}}"}""", probe => probe.OneOf("c", CatalogueCodes.Channels)));
        Assert.True(defect.En.Length < 100);
    }

    [Fact]
    public void Fields_that_nobody_asked_for_are_told_also_inside()
    {
        var defects = Check("""{"t":"x","odd":1,"o":{"i":1,"odder":2}}""", probe =>
        {
            probe.Text("t");
            probe.Object("o", o => o.Number("i", 0, 9));
        });
        Assert.Equal(["o.odder", "odd"], defects.Select(d => d.Path).Order());
    }

    private static void Read(JsonProbe probe, bool required)
    {
        probe.Text("t", required, max: 10);
        probe.Number("n", 0, 9, required);
        probe.Flag("f");
        probe.Day("d", required);
        probe.OneOf("c", CatalogueCodes.Channels, required);
        probe.Object("o", _ => { }, required);
    }

    private static List<Defect> Check(string json, Action<JsonProbe> check)
    {
        var defects = new List<Defect>();
        JsonProbe.Check(JsonElement.Parse(json), "", defects, check);
        return defects;
    }
}
