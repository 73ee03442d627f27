using System.Buffers.Text;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Jades;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;

namespace HaLong.Signatures.Tests.Jades;

public sealed class JadesTests
{
    private static readonly byte[] Payload = """{"number":"0000017","amount":75000,"collector":"Trung tâm"}"""u8.ToArray();

    internal static string Sign(SigningKey key, byte[]? payload = null)
    {
        var draft = JadesDraft.Prepare(payload ?? Payload, key.Chain, key.Algorithm, TestPki.Now, "halong-test+jwt");
        return draft.Assemble(key.SignHash(draft.HashToSign));
    }

    [Fact]
    public void The_header_is_that_of_the_baseline()
    {
        var jws = Sign(TestPki.Default.Signer);
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(jws.Split('.')[0]));
        Assert.Equal(["alg", "typ", "iat", "x5t#S256", "x5c"], header.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("ES256", "halong-test+jwt", TestPki.Now.ToUnixTimeSeconds()), (header.RootElement.GetProperty("alg").GetString(),
            header.RootElement.GetProperty("typ").GetString(), header.RootElement.GetProperty("iat").GetInt64()));
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(TestPki.Default.Seal.RawData)), header.RootElement.GetProperty("x5t#S256").GetString());
        // Whoever checks it has the root, and must not take it from here.
        Assert.Equal([TestPki.Default.Seal.RawData, TestPki.Default.Issuing.RawData], header.RootElement.GetProperty("x5c").EnumerateArray().Select(c =>
            c.GetBytesFromBase64()));
        Assert.Equal(Payload, Base64Url.DecodeFromChars(jws.Split('.')[1]));
    }

    [Fact]
    public async Task A_library_of_others_verifies_it_with_the_root_alone()
    {
        Assert.SkipUnless(await Node.HasAsync("jose"), Node.Missing);
        using var judge = new Judge();
        var root = judge.Save("root.pem", Encoding.ASCII.GetBytes(TestPki.Default.Root.ExportCertificatePem()));
        string[] statements = [.. new[] { ("P-256", "SHA256"), ("P-384", "SHA384"), ("RSA-2048", "SHA256"), ("RSA-3072", "SHA512") }.Select(k =>
            judge.Save($"{k.Item1}.jws", Encoding.ASCII.GetBytes(Sign(KeyMatrix.Signer(k.Item1, k.Item2)))))];

        var (exit, output) = await Node.RunAsync("node", ["verify-statement.mjs", root, .. statements]);
        Assert.True(exit == 0, output);
        Assert.Equal(["ES256", "ES384", "RS256", "RS512"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')[0]));

        var altered = Encoding.ASCII.GetBytes(Sign(TestPki.Default.Signer, "{\"amount\":1}"u8.ToArray()));
        altered[Array.LastIndexOf(altered, (byte)'.') - 3] ^= 1;
        Assert.NotEqual(0, (await Node.RunAsync("node", "verify-statement.mjs", root, judge.Save("altered.jws", altered))).Exit);
        var foreign = judge.Save("foreign.jws", Encoding.ASCII.GetBytes(Sign(new ForeignPki("stranger").Signer)));
        Assert.NotEqual(0, (await Node.RunAsync("node", "verify-statement.mjs", root, foreign)).Exit);
    }

    [Fact]
    public void A_hash_that_the_curve_has_no_JWS_algorithm_for_is_refused() =>
        Assert.Throws<ArgumentException>(() => Sign(KeyMatrix.Signer("P-256", "SHA384")));

    [Fact]
    public void Numbers_shorter_than_a_coordinate_keep_their_place()
    {
        foreach (var (r, s) in new[] { (BigInteger.One, new BigInteger(255)), (BigInteger.Pow(2, 255), BigInteger.Pow(2, 248) - 1), (128,
            BigInteger.Pow(2, 256) - 1) })
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger(r);
                writer.WriteInteger(s);
            }

            var pair = JwsAlgorithm.ToCoordinates(writer.Encode(), 32);
            Assert.Equal((64, r, s), (pair.Length, new BigInteger(pair.AsSpan(0, 32), isUnsigned: true, isBigEndian: true),
                new BigInteger(pair.AsSpan(32), isUnsigned: true, isBigEndian: true)));
        }
    }

    [Fact]
    public void Algorithms_without_a_public_key_do_not_exist_here()
    {
        Assert.All(new[] { "none", "HS256", "ES256K", "EdDSA", "", "es256" }, n => Assert.Null(JwsAlgorithm.ByName(n)));
        Assert.Equal((66, 32, 0), (JwsAlgorithm.ByName("ES512")!.Coordinate, JwsAlgorithm.ByName("ES256")!.Coordinate,
            JwsAlgorithm.ByName("PS256")!.Coordinate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA.BB")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.A A")]
    [InlineData("not.a.statement")]
    public void What_does_not_look_like_one_is_none(string text)
    {
        Assert.False(JwsFile.LooksLike(Encoding.ASCII.GetBytes(text)));
        Assert.Null(JwsFile.Read(Encoding.ASCII.GetBytes(text)));
    }

    [Theory]
    [InlineData("""{"typ":"x"}""")]
    [InlineData("""{"alg":7}""")]
    [InlineData("""{"alg":"ES256","alg":"none"}""")]
    [InlineData("""{"alg":"ES256","x5c":["?"]}""")]
    [InlineData("""{"alg":"ES256","x5c":"one"}""")]
    [InlineData("""{"alg":"ES256","iat":"yesterday"}""")]
    [InlineData("""{"alg":"ES256","iat":99999999999999999}""")]
    [InlineData("""{"alg":"ES256","x5t#S256":"***"}""")]
    [InlineData("""{"alg":"ES256","crit":3}""")]
    public void A_header_that_cannot_be_understood_in_one_way_is_refused(string header) =>
        Assert.Null(JwsFile.Read(Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.AAAA")));

    [Fact]
    public void Blanks_around_it_are_not_part_of_it()
    {
        var jws = Sign(TestPki.Default.Signer);
        Assert.Equal(JwsFile.Read(Encoding.ASCII.GetBytes(jws))!.Signed, JwsFile.Read(Encoding.ASCII.GetBytes($"\n {jws}\r\n"))!.Signed);
    }
}
