using System.Security.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Features;

/// <summary>Two authorities, each of which may fail in every way; and signatures that were made while none answered.</summary>
public sealed class TimeStampClientTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly byte[] value = RandomNumberGenerator.GetBytes(70);
    private StubAuthority? stub;

    private StubAuthority Other => stub ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => stub = await StubAuthority.StartAsync(query => Get<TimeStampAuthority>().AnswerAsync(query, Ct));

    private T Get<T>() where T : notnull => fixture.Service.Services.GetRequiredService<T>();

    // Patient: an authority that answers at all is not taken for one that is down, however busy the machine.
    private static TimeStampOptions Patient => new() { TimeoutSeconds = 30, RetrySeconds = 60 };

    private TimeStampClient Client(params string[] urls) => With(Patient, urls);

    private TimeStampClient With(TimeStampOptions options, params string[] urls)
    {
        foreach (var url in urls)
            options.Authorities.Add(new TimeStampSource { Url = url });
        return new TimeStampClient(Get<IHttpClientFactory>(), Get<TimeStampAuthority>(), Get<Authorities>(), Options.Create(options),
            fixture.Time, Get<SignatureTelemetry>(), NullLogger<TimeStampClient>.Instance);
    }

    [Fact]
    public async Task The_first_authority_is_asked_and_the_second_left_alone()
    {
        await using var second = await StubAuthority.StartAsync(query => Get<TimeStampAuthority>().AnswerAsync(query, Ct));
        var stamp = await Client(Other.Url, second.Url).StampAsync(value, Ct);

        Assert.NotNull(stamp);
        Assert.False(stamp.IsOwn);
        Assert.Equal((1, 0), (Other.Asked, second.Asked));
        Assert.InRange(TimeProvider.System.GetUtcNow() - stamp.At, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("error")]
    [InlineData("garbage")]
    [InlineData("endless")]
    [InlineData("refusal")]
    [InlineData("wrong-imprint")]
    [InlineData("wrong-nonce")]
    [InlineData("no-nonce")]
    [InlineData("no-certificates")]
    public async Task When_the_first_fails_the_second_answers_and_the_first_is_left_alone_for_a_while(string mode)
    {
        Other.Mode = mode;
        var options = Patient;
        var client = With(options, Other.Url, TimeStampOptions.Own);
        if (mode == "slow")
        {
            // The own authority has its key before patience is short.
            Assert.NotNull(await Client(TimeStampOptions.Own).StampAsync(value, Ct));
            options.TimeoutSeconds = 1;
        }

        Assert.True((await client.StampAsync(value, Ct))?.IsOwn);
        options.TimeoutSeconds = Patient.TimeoutSeconds;
        Assert.True((await client.StampAsync(value, Ct))?.IsOwn);
        Assert.Equal(1, Other.Asked);
        try
        {
            Other.Mode = "right";
            fixture.Time.Shift = TimeSpan.FromSeconds(61);
            Assert.False((await client.StampAsync(value, Ct))?.IsOwn);
            Assert.Equal(2, Other.Asked);
        }
        finally
        {
            fixture.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task An_authority_nobody_listens_for_and_one_under_a_stranger_s_root_give_nothing()
    {
        using var stamper = new TestPki("stranger").NewStamper();
        await using var stranger = await StubAuthority.StartAsync(query => Task.FromResult(Foreign(stamper, query)));
        Assert.Null(await Client("http://127.0.0.1:1/tsa", stranger.Url).StampAsync(value, Ct));
        Assert.Equal(1, stranger.Asked);

        var trusting = Patient;
        trusting.Authorities.Add(new TimeStampSource { Url = stranger.Url, Root = stamper.Chain[^1].ExportCertificatePem() });
        Assert.False((await With(trusting).StampAsync(value, Ct))?.IsOwn);
    }

    [Fact]
    public async Task A_result_is_signed_while_every_authority_is_down_and_proven_later_without_changing()
    {
        Other.Mode = "error";
        var signed = await SignAsync("06710", Client(Other.Url));
        Assert.Equal("B-B", signed.Signature.Level);
        Assert.Equal(("VALID", "B-B", ""), Short(await ReportAsync(signed.Content)));

        Other.Mode = "right";
        await LateAsync(Client(Other.Url));
        Assert.Equal("B-T", (await RowAsync(signed.Signature.Id)).Level);
        var proven = await ReportAsync(signed.Content);
        Assert.NotEqual("", proven.TimeStampedAt);

        // Later the seal is revoked: the proof is older.
        await RevokeAsync("06710");
        Assert.Equal("VALID", (await ReportAsync(signed.Content)).Indication);
    }

    [Fact]
    public async Task Without_proof_a_revoked_seal_makes_the_result_revoked_also_when_the_time_stamp_comes_after()
    {
        Other.Mode = "error";
        var signed = await SignAsync("06711", Client(Other.Url));
        await RevokeAsync("06711");
        var report = await ReportAsync(signed.Content);
        Assert.Equal(("REVOKED", "B-B", ""), Short(report));
        Assert.Equal(["CERTIFICATE_REVOKED"], report.Reasons);

        Other.Mode = "right";
        await LateAsync(Client(Other.Url));
        Assert.Equal("REVOKED", (await ReportAsync(signed.Content)).Indication);
    }

    [Fact]
    public async Task Two_replicas_stamp_what_waits_once_each_and_an_authority_that_is_down_leaves_it_waiting()
    {
        Other.Mode = "error";
        var waiting = new List<Guid>();
        for (var i = 0; i < 6; i++)
            waiting.Add((await SignAsync("06712", Client(Other.Url))).Signature.Id);
        await LateAsync(Client(Other.Url));
        Assert.All(await LevelsAsync(waiting), level => Assert.Equal("B-B", level));

        (Other.Mode, var before) = ("right", Other.Asked);
        await Task.WhenAll(LateAsync(Client(Other.Url)), LateAsync(Client(Other.Url)));
        Assert.All(await LevelsAsync(waiting), level => Assert.Equal("B-T", level));
        Assert.Equal(6, Other.Asked - before);
    }

    private static byte[] Foreign(HaLong.Signatures.Cryptography.SigningKey stamper, byte[] query)
    {
        var asked = new Org.BouncyCastle.Tsp.TimeStampRequest(query);
        var info = new Org.BouncyCastle.Asn1.Tsp.TstInfo(new Org.BouncyCastle.Asn1.DerObjectIdentifier("1.2.3"),
            new Org.BouncyCastle.Asn1.Tsp.MessageImprint(asked.MessageImprintAlgID, asked.GetMessageImprintDigest()),
            Org.BouncyCastle.Asn1.DerInteger.ValueOf(1), new Org.BouncyCastle.Asn1.Asn1GeneralizedTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            null, Org.BouncyCastle.Asn1.DerBoolean.False, new Org.BouncyCastle.Asn1.DerInteger(asked.Nonce), null, null);
        var token = HaLong.Signatures.Cryptography.CmsWriter.Enclose("1.2.840.113549.1.9.16.1.4", info.GetDerEncoded(), stamper, withCertificates: true);
        return new Org.BouncyCastle.Asn1.Tsp.TimeStampResp(new Org.BouncyCastle.Asn1.Cmp.PkiStatusInfo(0),
            Org.BouncyCastle.Asn1.Cms.ContentInfo.GetInstance(token)).GetDerEncoded();
    }

    private async Task<SignedPdf> SignAsync(string unit, TimeStampClient client)
    {
        await using var scope = fixture.Service.Services.CreateAsyncScope();
        var signer = ActivatorUtilities.CreateInstance<SignPdf>(scope.ServiceProvider, client);
        var result = await signer.HandleAsync(new SignatureRequest(Guid.CreateVersion7(), SamplePdfs.Table(), unit, Guid.CreateVersion7(), "", "",
            "test"), Ct);
        return result.Value;
    }

    private Task LateAsync(TimeStampClient client) =>
        ActivatorUtilities.CreateInstance<LateTimeStamps>(fixture.Service.Services, client).RunAsync(Ct);

    private Task<int> RevokeAsync(string unit) => fixture.QueryAsync(async db =>
    {
        (await db.Credentials.SingleAsync(c => c.UnitCode == unit)).Revoke(RevocationReason.KeyCompromise, fixture.Time.GetUtcNow());
        return await db.SaveChangesAsync();
    });

    private Task<Signature> RowAsync(Guid id) => fixture.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s => s.Id == id));

    private Task<List<string>> LevelsAsync(List<Guid> ids) =>
        fixture.QueryAsync(db => db.Signatures.Where(s => ids.Contains(s.Id)).Select(s => s.Level).ToListAsync());

    private async Task<SignatureReport> ReportAsync(byte[] pdf) =>
        (await fixture.AsDossier().ValidatePdfAsync(new ValidatePdfRequest { Pdf = Google.Protobuf.ByteString.CopyFrom(pdf) })).Signatures.Single();

    private static (string, string, string) Short(SignatureReport report) => (report.Indication, report.Level, report.TimeStampedAt);

    public async ValueTask DisposeAsync() => await Other.DisposeAsync();
}
