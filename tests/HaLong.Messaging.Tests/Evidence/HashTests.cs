using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.Messaging.Tests.Evidence;

public sealed class HashTests
{
    // The vectors of Certificate Transparency's reference implementation.
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void The_root_is_that_of_RFC_6962()
    {
        var tree = new MerkleRoot();
        Assert.Equal(Roots[0], Convert.ToHexStringLower(tree.Value()));
        foreach (var (i, leaf) in Leaves.Index())
        {
            tree.Add(Convert.FromHexString(leaf));
            Assert.Equal((Roots[i + 1], i + 1), (Convert.ToHexStringLower(tree.Value()), tree.Count));
        }
    }

    [Fact]
    public void A_row_is_hashed_as_documented()
    {
        var at = new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero).AddTicks(10);
        var row = new ChainRow(Guid.Parse("0198e000-0000-7000-8000-000000000001"), at.ToOffset(TimeSpan.FromHours(7)), "halong.work-done.v1", "subject",
            "actor", [1, 2], 202611, 7, [], []);
        var text = "halong.evidence.v1\n202611\n7\n0198e000-0000-7000-8000-000000000001\n1796032800000001\nhalong.work-done.v1\nsubject\nactor\n0102\nff00";
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(text)), ChainHash.Of(row, [255, 0]));
        Assert.NotEqual(ChainHash.Beginning("dossier"), ChainHash.Beginning("payment"));
    }

    [Fact]
    public void An_anchor_states_what_is_documented()
    {
        var statement = new AnchorStatement("dossier", 202611, 1, 3, [1], [2], []);
        Assert.Equal("halong.evidence-anchor.v1\ndossier\n202611\n1\n3\n01\n02\n", Encoding.UTF8.GetString(statement.Text));
        Assert.Equal(SHA256.HashData(statement.Text), statement.Hash);
        Assert.True(statement.Says(statement with { Root = [1] }));
        Assert.False(statement.Says(statement with { To = 4 }));
    }

    [Theory]
    [InlineData("""{"b":1,"a":{"d":[1,2],"c":"x"}}""", """{ "a" : {"c":"x","d":[1, 2]}, "b":1 }""")]
    [InlineData("""{"n":1.50,"e":1e2}""", """{"e":100,"n":1.5}""")]
    [InlineData("""{"t":"đồng \u0041"}""", """{"t":"\u0111ồng A"}""")]
    [InlineData("""[null,true,false,""]""", """[ null, true, false, "" ]""")]
    public void The_same_content_has_the_same_hash(string one, string other) => Assert.Equal(Hash(one), Hash(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""[1,2]""", """[2,1]""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""12345678901234567890123456789012345""", """12345678901234567890123456789012346""")]
    public void Other_content_has_another_hash(string one, string other) => Assert.NotEqual(Hash(one), Hash(other));

    [Theory]
    [InlineData("""{"name":"0198e000-0000-7000-8000-000000000001","dossierId":"0198e000-0000-7000-8000-000000000002","ownerId":"x"}""", "0198e000-0000-7000-8000-000000000002")]
    [InlineData("""{"id":"0198e000-0000-7000-8000-000000000003"}""", "0198e000-0000-7000-8000-000000000003")]
    [InlineData("""{"code":"H49"}""", "")]
    [InlineData("""[1]""", "")]
    public void The_subject_is_the_first_id(string content, string subject)
    {
        using var json = JsonDocument.Parse(content);
        Assert.Equal(subject, CanonicalJson.SubjectOf(json.RootElement));
    }

    [Theory]
    [InlineData("2026-12-01T00:00:00+00:00", 202611, 202612)]
    [InlineData("2026-11-30T23:59:59+00:00", 202611, 202611)]
    [InlineData("2027-01-01T06:00:00+07:00", 202612, 202612)]
    [InlineData("2020-01-01T00:00:00+00:00", 202611, 202611)]
    public void A_row_goes_to_its_month_and_never_back(string now, int last, int partition) =>
        Assert.Equal(partition, ChainHash.PartitionAt(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), last));

    [Theory]
    [InlineData(null, null, 0, 999912)]
    [InlineData("2026-11", null, 202611, 999912)]
    [InlineData("2026-01", "2026-11", 202601, 202611)]
    public void Months_are_read(string? from, string? to, int first, int last) => Assert.Equal(new EvidenceMonths(first, last), EvidenceMonths.Parse(from, to));

    [Theory]
    [InlineData("2026-13", null)]
    [InlineData("2026", null)]
    [InlineData(null, "november")]
    [InlineData("2026-12", "2026-11")]
    public void What_are_no_months_is_refused(string? from, string? to) => Assert.Null(EvidenceMonths.Parse(from, to));

    private static string Hash(string text)
    {
        using var json = JsonDocument.Parse(text);
        return Convert.ToHexStringLower(CanonicalJson.Hash(json.RootElement));
    }
}
