using System.Globalization;
using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Filing.Receipts;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class CanonicalJsonTests
{
    /// <summary>Vectors of RFC 8785, appendix B.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_written_as_the_standard_says(long bits, string expected)
    {
        Assert.Equal(expected, CanonicalJson.Number(BitConverter.Int64BitsToDouble(bits)));
        if (bits != 0)
            Assert.Equal("-" + expected, CanonicalJson.Number(-BitConverter.Int64BitsToDouble(bits)));
    }

    [Fact]
    public void Every_number_reads_back_as_itself()
    {
        var random = new Random(1);
        for (var i = 0; i < 50_000; i++)
        {
            var number = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : random.Next(1_000_000) / 1000.0;
            if (double.IsFinite(number))
                Assert.Equal(number, double.Parse(CanonicalJson.Number(number), CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void The_example_of_the_standard_comes_out_as_printed_there()
    {
        const string Given = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""", Canonical(Given));
    }

    [Fact]
    public void Order_blanks_and_spelling_do_not_change_the_hash_and_content_does()
    {
        var hash = CanonicalJson.Hash("""{"b":[1,2],"a":"đ"}""");
        Assert.Equal(hash, CanonicalJson.Hash("""{ "a" : "\u0111", "b" : [ 1.0, 2e0 ] }"""));
        Assert.NotEqual(hash, CanonicalJson.Hash("""{"b":[2,1],"a":"đ"}"""));
        Assert.Matches("^[0-9a-f]{64}$", hash);
    }

    private static string Canonical(string json)
    {
        var text = new StringBuilder();
        CanonicalJson.Write(JsonElement.Parse(json), text);
        return text.ToString();
    }
}
