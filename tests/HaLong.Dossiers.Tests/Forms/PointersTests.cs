using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Tests.Forms;

public sealed class PointersTests
{
    private static readonly JsonElement Data = JsonElement.Parse("""{"a":{"b/c":1,"d~e":[{"f":2},{"f":3}],"":4},"n":null}""");

    [Theory]
    [InlineData("", null)]
    [InlineData("/a/b~1c", "1")]
    [InlineData("/a/d~0e/1/f", "3")]
    [InlineData("/a/", "4")]
    [InlineData("/n", "null")]
    public void A_pointer_finds_its_place(string place, string? json) =>
        Assert.Equal(json ?? Data.GetRawText(), Pointers.Find(Data, place)?.GetRawText());

    [Theory]
    [InlineData("/b")]
    [InlineData("/a/b")]
    [InlineData("/a/d~0e/2/f")]
    [InlineData("/a/d~0e/-1")]
    [InlineData("/a/d~0e/x")]
    [InlineData("/n/x")]
    [InlineData("/a/b~1c/x")]
    public void What_is_not_there_is_not_found(string place) => Assert.Null(Pointers.Find(Data, place));

    [Fact]
    public void Setting_makes_the_objects_on_the_way_and_goes_through_nothing_else()
    {
        var root = new JsonObject { ["taken"] = 1, ["rows"] = new JsonArray() };
        Assert.True(Pointers.Set(root, "/x/y~1z/w", 5));
        Assert.True(Pointers.Set(root, "/x/v", null));
        Assert.False(Pointers.Set(root, "/taken/x", 6));
        Assert.False(Pointers.Set(root, "/rows/0/x", 6));
        Assert.Equal("""{"taken":1,"rows":[],"x":{"y/z":{"w":5},"v":null}}""", root.ToJsonString());
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("/rows/3/n", "/rows/*/n", 4)]
    [InlineData("/rows/0", "/rows/*", 1)]
    [InlineData("/a/b", "/a/b", null)]
    [InlineData("/a1/2b", "/a1/2b", null)]
    public void Rows_are_counted_from_one_and_are_a_star_in_the_form(string place, string generic, int? row) =>
        Assert.Equal((generic, row), (Pointers.Generic(place), Pointers.Row(place)));

    [Theory]
    [InlineData("a/b")]
    [InlineData("~")]
    [InlineData("~1")]
    [InlineData("tiếng Việt")]
    [InlineData("")]
    public void Any_name_survives_being_written_as_a_pointer(string name) => Assert.Equal([name], Pointers.Segments(Pointers.Add("", name)));
}
