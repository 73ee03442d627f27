using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using HaLong.Signatures.Tests.Tools;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tsp;

namespace HaLong.Signatures.Tests.Features;

/// <summary><c>/tsa</c> as any client of RFC 3161 sees it.</summary>
public sealed class TimeStampAuthorityTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Query(string algorithm = Sha256, int length = 32, string? policy = null, BigInteger? nonce = null, bool certificates = true,
        bool? extension = null)
    {
        var generator = new TimeStampRequestGenerator();
        generator.SetCertReq(certificates);
        if (policy is not null)
            generator.SetReqPolicy(new DerObjectIdentifier(policy));
        if (extension is { } critical)
            generator.AddExtension(new DerObjectIdentifier("1.2.3.4"), critical, [0x05, 0x00]);
        return generator.Generate(algorithm, RandomNumberGenerator.GetBytes(length), nonce).GetEncoded();
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] query, string type = "application/timestamp-query")
    {
        var body = new ByteArrayContent(query);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await fixture.Service.Client().PostAsync("/tsa", body, Ct);
    }

    private async Task<byte[]> ReplyAsync(byte[] query)
    {
        using var answer = await PostAsync(query);
        Assert.Equal((HttpStatusCode.OK, "application/timestamp-reply"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    [Theory]
    [InlineData("-sha256")]
    [InlineData("-sha384")]
    [InlineData("-sha512")]
    public async Task Openssl_verifies_a_time_stamp_over_its_own_query(string hash)
    {
        using var judge = new Judge();
        var (data, query) = (judge.Save("data", "Quyết định"u8.ToArray()), Path.Combine(judge.Folder, "query.tsq"));
        judge.Run("openssl", "ts", "-query", "-data", data, hash, "-cert", "-out", query).Succeeded();
        var reply = judge.Save("reply.tsr", await ReplyAsync(await File.ReadAllBytesAsync(query, Ct)));
        var root = judge.Save("root.pem", System.Text.Encoding.ASCII.GetBytes(await fixture.RootPemAsync()));

        Assert.Contains("Verification: OK", judge.Run("openssl", "ts", "-verify", "-in", reply, "-queryfile", query, "-CAfile", root).Succeeded().Output,
            StringComparison.Ordinal);
        Assert.NotEqual(0, judge.Run("openssl", "ts", "-verify", "-in", reply, "-data", query, "-CAfile", root).ExitCode);
        var text = judge.Run("openssl", "ts", "-reply", "-in", reply, "-text").Succeeded().Output;
        Assert.Contains("Status: Granted.", text, StringComparison.Ordinal);
        Assert.Contains("Policy OID: 2.25.", text, StringComparison.Ordinal);
        Assert.Contains("Accuracy: 0x01 seconds", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nonce_comes_back_certificates_only_on_request_and_the_clock_is_ours()
    {
        var (nonce, before) = (new BigInteger(1, RandomNumberGenerator.GetBytes(16)), TimeProvider.System.GetUtcNow());
        var with = await ReplyAsync(Query(nonce: nonce));
        var token = new TimeStampResponse(with).TimeStampToken;
        Assert.Equal(nonce, token.TimeStampInfo.Nonce);
        Assert.InRange(token.TimeStampInfo.GenTime, before.UtcDateTime.AddMilliseconds(-1), TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.InRange(with.Length, 500, 4500);

        var without = new TimeStampResponse(await ReplyAsync(Query(certificates: false))).TimeStampToken;
        Assert.Empty(without.GetCertificates().EnumerateMatches(null));
        Assert.Null(without.TimeStampInfo.Nonce);
    }

    [Fact]
    public async Task Serial_numbers_never_repeat()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReplyAsync(Query())));
        Assert.Equal(50, replies.Select(r => new TimeStampResponse(r).TimeStampToken.TimeStampInfo.SerialNumber).Distinct().Count());
    }

    [Fact]
    public async Task What_it_cannot_vouch_for_is_refused_with_the_reason()
    {
        foreach (var (query, failure) in new (byte[] Query, int Failure)[]
        {
            (Query("1.3.14.3.2.26", 20), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadAlg),
            (Query("1.2.840.113549.2.5", 16), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadAlg),
            (Query(length: 31), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadDataFormat),
            (Query(policy: "1.2.3"), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.UnacceptedPolicy),
            (Query(extension: true), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.UnacceptedExtension),
            (Query(extension: false), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.UnacceptedExtension),
            (Query(nonce: new BigInteger(1, RandomNumberGenerator.GetBytes(64))), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadRequest),
            ([.. Query(), 0], Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadDataFormat),
            (Query()[..^3], Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadDataFormat),
            ("hello"u8.ToArray(), Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadDataFormat),
            ([], Org.BouncyCastle.Asn1.Cmp.PkiFailureInfo.BadDataFormat),
        })
        {
            var response = new TimeStampResponse(await ReplyAsync(query));
            Assert.Equal(((int)Org.BouncyCastle.Asn1.Cmp.PkiStatus.Rejection, failure), (response.Status, response.GetFailInfo().IntValue));
            Assert.Null(response.TimeStampToken);
        }
    }

    [Fact]
    public async Task Other_bodies_and_too_large_ones_are_problems()
    {
        using var other = await PostAsync(Query(), "application/pdf");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
        using var large = await PostAsync(new byte[9000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var get = await fixture.Service.Client().GetAsync("/tsa", Ct);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }
}
