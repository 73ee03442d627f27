using System.Text.Json;
using HaLong.Dossiers.Catalogue;

namespace HaLong.Dossiers.Tests.Catalogue;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"b":1,"a":"đ"}""", """{ "a": "\u0111", "b": 1 }""")]
    [InlineData("""{"a":null,"b":[]}""", """{"b":[]}""")]
    [InlineData("""{"x":{"d":true,"c":[{"z":1,"y":2}]}}""", """{"x":{"c":[{"y":2,"z":1}],"d":true}}""")]
    public void Texts_that_mean_the_same_have_one_form(string one, string other)
    {
        Assert.Equal(CanonicalJson.Of(one), CanonicalJson.Of(other));
        Assert.Equal(CanonicalJson.Hash(JsonElement.Parse(one)), CanonicalJson.Hash(JsonElement.Parse(other)));
    }

    [Theory]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"a":[null]}""", """{"a":[]}""")]
    public void Texts_that_differ_do_not(string one, string other) => Assert.NotEqual(CanonicalJson.Of(one), CanonicalJson.Of(other));
}
