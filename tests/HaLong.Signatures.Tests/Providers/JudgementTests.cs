using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Imported;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Providers.SmartCa;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>What is made of what was told, without a server: by document id, all or nothing; and the rules of challenges and registrations.</summary>
public sealed class JudgementTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly TestPki Pki = TestPki.Default;

    private static ProviderOrder Order(int hashes = 2, string provider = "smartca") => ProviderOrder.Open(provider,
        ProviderFixture.Order(new SignerIdentity(Guid.CreateVersion7()), "c", SignatureAlgorithm.EcdsaSha256, hashes), Pki.Seal.RawData, Now.AddMinutes(5), Now);

    private static byte[] Sign(byte[] hash) => Pki.SealKey.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);

    private static SmartCaTold Told(HashState? state, params (string Id, byte[] Value)[] signatures) =>
        new(state, "", "", "", signatures.ToDictionary(s => s.Id, s => s.Value, StringComparer.Ordinal));

    [Fact]
    public void Signatures_belong_to_documents_by_their_id_whatever_their_sequence()
    {
        var order = Order(3);
        var told = Told(HashState.Signed, [.. order.Hashes.Select((h, i) => (SmartCaClient.DocId(order, i), Sign(h))).Reverse()]);
        var outcome = SmartCaProvider.Judge(order, told);
        Assert.Equal((HashState.Signed, 3), (outcome.State, outcome.Signatures.Count));
        Assert.All(order.Hashes.Zip(outcome.Signatures), p => Assert.True(SignatureCheck.Holds(Pki.Seal, SignatureAlgorithm.EcdsaSha256, p.First, p.Second!)));
    }

    [Fact]
    public void Ids_that_are_swapped_missing_or_strange_are_not_believed()
    {
        var order = Order();
        var (a, b) = (SmartCaClient.DocId(order, 0), SmartCaClient.DocId(order, 1));
        Assert.Equal("SIGNATURE_MISMATCH", SmartCaProvider.Judge(order, Told(HashState.Signed, (a, Sign(order.Hashes[1])), (b, Sign(order.Hashes[0])))).Code);
        Assert.Equal("COUNT_MISMATCH", SmartCaProvider.Judge(order, Told(HashState.Signed, (a, Sign(order.Hashes[0])))).Code);
        Assert.Equal("COUNT_MISMATCH", SmartCaProvider.Judge(order, Told(HashState.Signed)).Code);
        Assert.Equal("COUNT_MISMATCH", SmartCaProvider.Judge(order, Told(HashState.Signed, ("x", [1]), ("y", [2]))).Code);
        Assert.Equal(HashState.Pending, SmartCaProvider.Judge(order, Told(null)).State);
        Assert.Equal(HashState.Pending, SmartCaProvider.Judge(order, Told(HashState.Pending, (a, [1]))).State);
        // An end that is no success needs no signatures, and takes none.
        Assert.Empty(SmartCaProvider.Judge(order, Told(HashState.Declined, (a, Sign(order.Hashes[0])))).Signatures);
    }

    [Fact]
    public void An_order_matches_only_itself()
    {
        var signer = new SignerIdentity(Guid.CreateVersion7());
        var asked = ProviderFixture.Order(signer, "c", SignatureAlgorithm.EcdsaSha256, 2);
        var order = ProviderOrder.Open("smartca", asked, Pki.Seal.RawData, Now, Now);
        Assert.True(order.Match("smartca", asked).IsSuccess);
        // What the provider calls the person, and the titles, are no part of what is signed.
        Assert.True(order.Match("smartca", asked with { Signer = signer with { ProviderUser = "x" }, Titles = ["a", "b"] }).IsSuccess);
        foreach (var other in new[]
        {
            asked with { CredentialId = "d" },
            asked with { Signer = new SignerIdentity(Guid.CreateVersion7()) },
            asked with { Algorithm = SignatureAlgorithm.RsaSha256 },
            asked with { Hashes = [asked.Hashes[0]] },
            asked with { Hashes = [asked.Hashes[1], asked.Hashes[0]] },
        })
            Assert.Equal("SIG-0415", order.Match("smartca", other).Error.Code);
        Assert.Equal("SIG-0415", order.Match("imported", asked).Error.Code);
        Assert.Equal(order.Id.ToString("N"), order.OurTransaction);
    }

    [Fact]
    public void What_ended_keeps_its_signatures_and_what_was_left_out()
    {
        var order = Order();
        order.Send(Now, Now);
        Assert.True(order.End(new HashOutcome(HashState.Signed, [[1], null]), Now));
        Assert.Equal([[1], null], order.Outcome.Signatures);
        Assert.Equal(Now, order.EndedAt);
        Assert.True(order.IsOver);
        foreach (var (state, expected) in new[] { (HashState.Expired, OrderState.Expired), (HashState.Failed, OrderState.Failed), (HashState.Declined, OrderState.Declined) })
        {
            var other = Order();
            Assert.True(other.End(new HashOutcome(state, [], "X"), Now));
            Assert.Equal((expected, state, "X"), (other.State, other.Outcome.State, other.Outcome.Code));
        }
    }

    [Fact]
    public void A_notice_s_signature_is_the_hmac_of_time_stamp_dot_and_body()
    {
        var body = Encoding.UTF8.GetBytes("{}");
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData("secret"u8, "1700000000.{}"u8));
        Assert.Equal("v1=" + expected, SmartCaHook.Sign("secret", "1700000000", body));
        Assert.NotEqual(SmartCaHook.Sign("secret", "1700000001", body), SmartCaHook.Sign("secret", "1700000000", body));
        Assert.NotEqual(SmartCaHook.Sign("other", "1700000000", body), SmartCaHook.Sign("secret", "1700000000", body));
    }

    [Fact]
    public void A_challenge_is_used_once_in_time_and_proven_only_by_its_key()
    {
        var challenge = ImportChallenge.Ask(Guid.CreateVersion7(), [Pki.Seal.RawData, Pki.Issuing.RawData], true, TimeSpan.FromMinutes(5), Now);
        var text = Encoding.UTF8.GetString(challenge.Statement);
        Assert.StartsWith("HaLong: register certificate " + ImportedCertificate.FingerprintOf(Pki.Seal.RawData), text, StringComparison.Ordinal);
        Assert.Contains(challenge.Id.ToString("N"), text, StringComparison.Ordinal);
        Assert.NotEqual(challenge.Statement, ImportChallenge.Ask(Guid.CreateVersion7(), [Pki.Seal.RawData], true, TimeSpan.FromMinutes(5), Now).Statement);

        var proof = Pki.SealKey.SignData(challenge.Statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.True(challenge.IsProvenBy(proof));
        Assert.False(challenge.IsProvenBy(Pki.SealKey.SignData([1], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        Assert.False(challenge.IsProvenBy(Pki.SealKey.SignData(challenge.Statement, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)));
        Assert.False(challenge.IsProvenBy([]));

        Assert.False(challenge.Use(Now.AddMinutes(5)));
        Assert.True(challenge.Use(Now.AddMinutes(5).AddTicks(-1)));
        Assert.False(challenge.Use(Now));
    }

    [Fact]
    public void A_registration_tells_what_stands_in_the_certificate_and_ends_with_it()
    {
        var registered = ImportedCertificate.Register(Guid.CreateVersion7(), "06658", [Pki.Seal.RawData, Pki.Issuing.RawData], false, Now);
        Assert.Equal((Pki.Seal.SerialNumber, "06658", false), (registered.SerialNumber, registered.UnitCode, registered.RevocationKnown));
        Assert.Contains("Con dấu", registered.Subject, StringComparison.Ordinal);
        Assert.Contains("issuing", registered.Issuer, StringComparison.Ordinal);
        Assert.Equal(64, registered.Fingerprint.Length);
        var (from, until) = (registered.NotBefore, registered.NotAfter);
        Assert.False(registered.IsUsable(from.AddSeconds(-1)));
        Assert.True(registered.IsUsable(from));
        Assert.False(registered.IsUsable(until));
        registered.Remove(Now);
        registered.Remove(Now.AddDays(1));
        Assert.Equal(Now, registered.RemovedAt);
        Assert.False(registered.IsUsable(from));
    }

    [Theory]
    [InlineData("AQID", 3)]
    [InlineData("AQ\nID", 3)]
    [InlineData("", 0)]
    [InlineData("%", 0)]
    [InlineData("AQI", 0)]
    public void Base64_is_read_with_line_breaks_and_nothing_else_is(string text, int bytes) => Assert.Equal(bytes, JsonReading.Bytes(text)?.Length ?? 0);

    [Fact]
    public void A_member_of_another_kind_is_empty_and_never_an_exception()
    {
        JsonElement? json = JsonDocument.Parse("""{"text":"a","number":5,"null":null,"list":[1],"big":1e99,"object":{"text":"b"}}""").RootElement;
        Assert.Equal(("a", "5", "", "", ""), (json.Text("text"), json.Text("number"), json.Text("null"), json.Text("list"), json.Text("nothing")));
        Assert.Equal(((int?)5, null, null), (json.Number("number"), json.Number("text"), json.Number("big")));
        Assert.Equal("b", json.Member("object").Text("text"));
        Assert.Single(json.Items("list"));
        Assert.Empty(json.Items("object"));
        Assert.Empty(((JsonElement?)null).Items("x"));
        Assert.Equal("", json.Member("list").Text("text"));
    }
}
