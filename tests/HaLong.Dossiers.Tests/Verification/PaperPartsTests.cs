using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Verification;

namespace HaLong.Dossiers.Tests.Verification;

public sealed class PaperPartsTests
{
    [Fact]
    public void A_token_is_the_id_in_32_digits_and_nothing_else_is_one()
    {
        var id = Guid.CreateVersion7();
        Assert.Equal((32, id), (PaperToken.Of(id).Length, PaperToken.Parse(PaperToken.Of(id))));
        Assert.Equal(id, PaperToken.Parse(id.ToString("D").ToUpperInvariant()));
        foreach (var other in new[] { "", "x", id.ToString("B"), id.ToString("N")[1..], " " + id.ToString("N")[1..] })
            Assert.Null(PaperToken.Parse(other));
    }

    [Fact]
    public void Tokens_of_one_moment_differ_in_more_than_70_bits()
    {
        var now = DateTimeOffset.UnixEpoch;
        var tokens = Enumerable.Range(0, 10_000).Select(_ => PaperToken.Of(Guid.CreateVersion7(now))).ToList();
        // The time takes 12 digits and the version one; what is left differs from the first digit on.
        Assert.Single(tokens.Select(t => t[..13]).Distinct());
        Assert.Equal(tokens.Count, tokens.Select(t => t[13..]).Distinct().Count());
        for (var place = 13; place < 32; place++)
            Assert.Equal(place == 16 ? 4 : 16, tokens.Select(t => t[place]).Distinct().Count());
    }

    [Theory]
    [InlineData("CN=Phạm Duyệt,O=UBND phường Hạ Long,C=VN", "Phạm Duyệt, UBND phường Hạ Long")]
    [InlineData("CN=Test", "Test")]
    [InlineData("CN=Phạm Duyệt,SERIALNUMBER=CCCD:022099000123,O=UBND", "Phạm Duyệt, UBND")]
    [InlineData("0.9.2342.19200300.100.1.1=CCCD:022099000123,CN=Phạm Duyệt", "Phạm Duyệt")]
    [InlineData("SERIALNUMBER=022099000123", null)]
    [InlineData("", null)]
    [InlineData("not a name", null)]
    public void Of_a_certificate_only_name_and_organisation_are_shown(string subject, string? shown) => Assert.Equal(shown, SignerName.Of(subject));

    [Fact]
    public void Long_names_are_cut() => Assert.Equal(SignerName.MaxLength, SignerName.Of("CN=" + new string('a', 150) + ",O=" + new string('b', 150))?.Length);

    [Fact]
    public void The_hash_of_what_is_said_does_not_depend_on_the_order()
    {
        Assert.Equal(PaperStatements.HashOf(new { a = 1, b = "ê" }), PaperStatements.HashOf(new { b = "ê", a = 1 }));
        Assert.NotEqual(PaperStatements.HashOf(new { a = 1 }), PaperStatements.HashOf(new { a = 2 }));
        Assert.Equal(43, PaperStatements.HashOf(new { a = 1 }).Length);
    }

    [Fact]
    public void Every_kind_and_state_has_a_name_in_both_languages()
    {
        foreach (var kind in PaperForm.All.Append(PaperKind.Result))
            Assert.NotEqual(PaperKind.Name(kind).Vi, PaperKind.Name(kind).En);
        foreach (var status in new[] { PaperStatus.Valid, PaperStatus.Replaced, PaperStatus.Withdrawn })
            Assert.NotEqual(PaperStatus.Name(status).Vi, PaperStatus.Name(status).En);
        Assert.Equal(("X", "X"), PaperKind.Name("X"));
    }
}
