using System.Text.Json;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

public sealed class FieldPointerTests
{
    private static readonly JsonElement Form = JsonElement.Parse("""{"land":{"plot":"12","a/b":1,"c~d":2,"none":null},"people":[{"name":"A"},{"name":"B"}]}""");

    [Theory]
    [InlineData("/land/plot", "12")]
    [InlineData("/land/a~1b", "1")]
    [InlineData("/land/c~0d", "2")]
    [InlineData("/people/1/name", "B")]
    public void A_pointer_finds_its_field(string path, string value) => Assert.Equal(value, FieldPointer.Find(Form, path)!.Value.ToString());

    [Theory]
    [InlineData("/land/none")]
    [InlineData("/land/missing")]
    [InlineData("/people/2/name")]
    [InlineData("/people/x")]
    [InlineData("/land/plot/deeper")]
    public void What_is_not_there_or_null_is_not_found(string path) => Assert.Null(FieldPointer.Find(Form, path));

    [Theory]
    [InlineData("/a", true)]
    [InlineData("/a~0/b~1", true)]
    [InlineData("/", false)]
    [InlineData("", false)]
    [InlineData("a", false)]
    [InlineData("/a~", false)]
    [InlineData("/a~2", false)]
    public void A_pointer_has_its_form(string path, bool valid) => Assert.Equal(valid, FieldPointer.IsValid(path));

    [Fact]
    public void A_patch_tells_every_field_that_it_changes() => Assert.Equal(
        ["/land/plot", "/land/a~1b", "/people", "/gone"],
        FieldPointer.Leaves(JsonElement.Parse("""{"land":{"plot":"13","a/b":2},"people":[1],"gone":null}""")));
}
