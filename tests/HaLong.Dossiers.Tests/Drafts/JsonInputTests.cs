using System.Text.Json;
using HaLong.Dossiers.Features;

namespace HaLong.Dossiers.Tests.Drafts;

public sealed class JsonInputTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"a":1}}""", nameof(JsonDefect.None))]
    [InlineData("""{"a":1,"a":2}""", nameof(JsonDefect.DuplicateKey))]
    [InlineData("""{"a":1,"\u0061":2}""", nameof(JsonDefect.DuplicateKey))]
    [InlineData("""{"x":[{"a":1,"a":1}]}""", nameof(JsonDefect.DuplicateKey))]
    [InlineData("""{"a":1,"A":2}""", nameof(JsonDefect.None))]
    [InlineData("""{"a":"\u0000"}""", nameof(JsonDefect.NotStorable))]
    [InlineData("""{"a\u0000":1}""", nameof(JsonDefect.NotStorable))]
    [InlineData("""{"a":["\ud800"]}""", nameof(JsonDefect.NotStorable))]
    [InlineData("""{"a":1e400}""", nameof(JsonDefect.NotStorable))]
    [InlineData("""{"a":"\ud83d\ude00"}""", nameof(JsonDefect.None))]
    public void Json_from_outside_is_looked_at_before_anything_touches_it(string json, string defect) =>
        Assert.Equal(defect, JsonInput.Look(JsonElement.Parse(json)).ToString());

    [Theory]
    [InlineData(JsonInput.MaxDepth, false)]
    [InlineData(JsonInput.MaxDepth + 1, true)]
    public void Nesting_has_an_end(int depth, bool isTooDeep)
    {
        var arrays = new string('[', depth) + new string(']', depth);
        Assert.Equal(isTooDeep ? JsonDefect.TooDeep : JsonDefect.None, JsonInput.Look(JsonElement.Parse(arrays)));
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        Assert.Equal(isTooDeep ? JsonDefect.TooDeep : JsonDefect.None, JsonInput.Look(JsonElement.Parse(objects)));
    }

    /// <summary>The examples of RFC 7396, appendix A, that have an object to patch.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void A_merge_patch_does_what_the_standard_says(string target, string patch, string result) =>
        Assert.Equal(result, JsonInput.Merge(System.Text.Json.Nodes.JsonNode.Parse(target), JsonElement.Parse(patch))!.ToJsonString());
}
