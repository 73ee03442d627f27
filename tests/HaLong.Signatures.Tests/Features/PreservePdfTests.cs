using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Google.Protobuf;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.V1;
using HaLong.Signatures.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Features;

/// <summary>Signed files made to last, with our own authority and with another one.</summary>
public sealed class PreservePdfTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private const string Path = "/api/v1/preservations";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient As(string? role) => fixture.Service.Client(role is null ? null : fixture.Identity.Token(null, [role], SignatureFixture.Unit));

    private static async Task<(HttpStatusCode Status, byte[] Body, string? Code)> PostAsync(HttpClient client, byte[] pdf)
    {
        using var content = new ByteArrayContent(pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        using var answer = await client.PostAsync(Path, content, Ct);
        var body = await answer.Content.ReadAsByteArrayAsync(Ct);
        var code = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonDocument.Parse(body).RootElement.GetProperty("code").GetString() : null;
        return (answer.StatusCode, body, code);
    }

    private async Task<byte[]> SignedAsync() =>
        (await fixture.AsDossier().SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()))).SignedPdf.ToByteArray();

    private async Task<SignatureReport> ReportAsync(byte[] pdf)
    {
        var report = await fixture.AsDossier().ValidatePdfAsync(new ValidatePdfRequest { Pdf = ByteString.CopyFrom(pdf) });
        return Assert.Single(report.Signatures);
    }

    [Fact]
    public async Task A_result_is_preserved_and_again_later_and_is_the_beginning_of_the_new_file()
    {
        var signed = await SignedAsync();
        using var approver = As(Roles.Approver);
        var once = await PostAsync(approver, signed);
        Assert.Equal(HttpStatusCode.OK, once.Status);
        Assert.Equal(signed, once.Body[..signed.Length]);
        Assert.Equal(("VALID", "B-LTA"), ((await ReportAsync(once.Body)).Indication, (await ReportAsync(once.Body)).Level));

        var twice = await PostAsync(approver, once.Body);
        Assert.Equal("B-LTA", (await ReportAsync(twice.Body)).Level);
        using var content = new ByteArrayContent(twice.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        using var answer = await As(null).PostAsync("/api/v1/validations", content, Ct);
        var stamps = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("documentTimeStamps").EnumerateArray().ToList();
        Assert.Equal(["TimeStamp1", "TimeStamp2"], stamps.Select(s => s.GetProperty("field").GetString()));
        Assert.All(stamps, s => Assert.Equal("", s.GetProperty("failure").GetString()));

        using var judge = new Judge();
        judge.Qpdf(twice.Body).Succeeded();
        Assert.Equal(1, judge.PdfSig(twice.Body, await fixture.RootPemAsync()).Count("Signature Validation: Signature is Valid."));
    }

    [Fact]
    public async Task Only_those_who_may_sign_preserve()
    {
        var signed = await SignedAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(As(null), signed)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(As(Roles.Leader), signed)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(fixture.Service.Client(fixture.Identity.ServiceToken("dossier")), signed)).Status);
    }

    [Fact]
    public async Task What_is_not_a_valid_signed_file_is_refused()
    {
        var signed = await SignedAsync();
        using var approver = As(Roles.Approver);
        foreach (var (pdf, code) in new (byte[], string)[]
        {
            (SamplePdfs.Table(), "SIG-0502"), (SamplePdfs.Replace(signed, "Approved: yes", "Approved: not"), "SIG-0502"), ([1, 2, 3], "SIG-0002"),
            (signed[..^100], "SIG-0004"), (SamplePdfs.Encrypted(), "SIG-0005"), (Archive.Sign(signer: new TestPki("stranger").Signer), "SIG-0502"),
        })
            Assert.Equal(code, (await PostAsync(approver, pdf)).Code);
    }

    [Fact]
    public async Task Without_a_time_stamp_or_a_status_there_is_no_archive()
    {
        var signed = await SignedAsync();
        Assert.Equal(PdfErrors.NoTimeStamp, (await HandleAsync(Client(new TimeStampSource { Url = "http://127.0.0.1:1/tsa" }), signed)).Error);

        // An authority whose certificates say nowhere how they are.
        await using var silent = await ForeignAuthority.StartAsync(withPlaces: false);
        var client = Client(new TimeStampSource { Url = silent.Url, Root = silent.RootPem });
        var foreign = await SignAsync(client);
        Assert.Equal(PdfErrors.EvidenceMissing, (await HandleAsync(client, foreign.Content)).Error);
    }

    [Fact]
    public async Task A_time_stamp_that_came_late_goes_into_the_new_file_and_counts_from_its_own_time()
    {
        var down = Client(new TimeStampSource { Url = "http://127.0.0.1:1/tsa" });
        var signed = await SignAsync(down);
        Assert.Equal("B-B", signed.Signature.Level);
        await ActivatorUtilities.CreateInstance<LateTimeStamps>(fixture.Service.Services, Client()).RunAsync(Ct);
        var before = await ReportAsync(signed.Content);

        var kept = await PostAsync(As(Roles.Approver), signed.Content);
        var after = await ReportAsync(kept.Body);
        Assert.Equal(("VALID", "B-LTA"), (after.Indication, after.Level));
        Assert.Equal(before.TimeStampedAt, after.TimeStampedAt);
        Assert.NotEqual("", after.TimeStampedAt);
    }

    [Theory]
    [InlineData("right", "B-LT")]
    [InlineData("lists", "B-LT")]
    [InlineData("revoked", "B-T")]
    [InlineData("garbage", "B-T")]
    [InlineData("endless", "B-T")]
    [InlineData("redirect", "B-T")]
    [InlineData("down", "B-T")]
    public async Task Another_authority_s_time_stamps_give_level_b_lt_from_the_second_on_where_its_status_can_be_learned(string mode, string level)
    {
        await using var foreign = await ForeignAuthority.StartAsync();
        foreign.Mode = mode;
        var client = Client(new TimeStampSource { Url = foreign.Url, Root = foreign.RootPem });
        var evidence = Evidence(client);
        Assert.Equal("B-T", (await SignAsync(client, evidence)).Signature.Level);
        var second = await SignAsync(client, evidence);
        Assert.Equal(level, second.Signature.Level);
        Assert.Equal(1, foreign.Asked);
        // Whoever else asks soon is given what is known.
        Assert.Equal(level, (await SignAsync(client, evidence)).Signature.Level);
        Assert.Equal(1, foreign.Asked);

        var sources = new Trust(new TestPki("nobody").Roots) { TimeStampRoots = await RootsAsync(client) };
        var finding = PdfValidator.Validate(second.Content, sources with { Roots = await OwnRootsAsync() }, TimeProvider.System.GetUtcNow(), Ct);
        Assert.Equal((Indication.Valid, level), (finding.Indication, finding.Signatures.Single().Level));
    }

    private T Get<T>() where T : notnull => fixture.Service.Services.GetRequiredService<T>();

    private TimeStampClient Client(params TimeStampSource[] sources)
    {
        var options = new TimeStampOptions { TimeoutSeconds = 30, RetrySeconds = 60 };
        foreach (var source in sources)
            options.Authorities.Add(source);
        return new TimeStampClient(Get<IHttpClientFactory>(), Get<TimeStampAuthority>(), Get<Authorities>(), Options.Create(options), fixture.Time,
            Get<SignatureTelemetry>(), NullLogger<TimeStampClient>.Instance);
    }

    private ValidationEvidence Evidence(TimeStampClient client) => ActivatorUtilities.CreateInstance<ValidationEvidence>(fixture.Service.Services,
        ActivatorUtilities.CreateInstance<StamperEvidence>(fixture.Service.Services, client));

    private async Task<SignedPdf> SignAsync(TimeStampClient client, ValidationEvidence? evidence = null)
    {
        await using var scope = fixture.Service.Services.CreateAsyncScope();
        var signer = ActivatorUtilities.CreateInstance<SignPdf>(scope.ServiceProvider, client, evidence ?? Evidence(client));
        return (await signer.HandleAsync(new SignatureRequest(Guid.CreateVersion7(), SamplePdfs.Table(), "06740", Guid.CreateVersion7(), "", "", "test"),
            Ct)).Value;
    }

    private async Task<Result<byte[]>> HandleAsync(TimeStampClient client, byte[] pdf)
    {
        await using var scope = fixture.Service.Services.CreateAsyncScope();
        var sources = ActivatorUtilities.CreateInstance<TrustSource>(scope.ServiceProvider, client);
        return await ActivatorUtilities.CreateInstance<PreservePdf>(scope.ServiceProvider, client, sources).HandleAsync(pdf, Ct);
    }

    private async Task<X509Certificate2Collection> OwnRootsAsync() => (await Get<Authorities>().GetAsync(Ct)).Roots;

    private async Task<X509Certificate2Collection> RootsAsync(TimeStampClient client) =>
        client.RootsWith(await Get<Authorities>().GetAsync(Ct));
}
