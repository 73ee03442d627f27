using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Providers.SmartCa;
using HaLong.Signatures.Tests.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>What is sent to the SmartCA gateway, and what is made of answers that its description does not promise.</summary>
public sealed class GatewayTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().AddHttpClient().BuildServiceProvider();
    private readonly ProviderOptions options = new()
    {
        SmartCa = new SmartCaOptions { Path = "/sca/sp769/", SpId = "sp", SpPassword = "secret", TimeoutSeconds = 60, MaxHashes = 3 },
    };
    private StubProvider stub = null!; // set by InitializeAsync
    private SmartCaClient client = null!; // set by InitializeAsync
    private SmartCaProvider provider = null!; // set by InitializeAsync

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        stub = await StubProvider.StartAsync();
        options.SmartCa.Url = stub.Url + "/";
        var telemetry = new ProviderTelemetry(services.GetRequiredService<IMeterFactory>());
        client = new SmartCaClient(new ProviderChannel(services.GetRequiredService<IHttpClientFactory>(), telemetry, TimeProvider.System),
            Options.Create(options), TimeProvider.System,
            NullLogger<SmartCaClient>.Instance);
        // Neither orders nor links are looked at before an order was found to be possible, nor when the gateway is asked about one.
        provider = new SmartCaProvider(client, null!, null!, Options.Create(options), TimeProvider.System, telemetry);
    }

    public async ValueTask DisposeAsync()
    {
        await stub.DisposeAsync();
        await services.DisposeAsync();
    }

    private static ProviderOrder Order(DateTimeOffset? until = null, string theirs = "T1", int hashes = 2)
    {
        var order = ProviderOrder.Open(SmartCaProvider.Word,
            ProviderFixture.Order(new SignerIdentity(Guid.CreateVersion7()), "5A", SignatureAlgorithm.EcdsaSha256, hashes),
            TestPki.Default.Seal.RawData, until ?? Now.AddMinutes(5), Now);
        if (theirs.Length > 0)
            order.Name(theirs);
        return order;
    }

    private static string Pem => TestPki.Default.Seal.ExportCertificatePem();

    private static JsonObject Certificate(string? data = null, string serial = "5A", JsonNode? chain = null) =>
        new() { ["serial_number"] = serial, ["cert_data"] = data ?? Pem, ["chain_data"] = chain };

    private async Task<IReadOnlyList<ProviderCredential>> ListAsync(params JsonNode[] items)
    {
        stub.Says(200, new JsonObject { ["data"] = new JsonObject { ["user_certificates"] = new JsonArray(items) } }.ToJsonString());
        return (await client.CertificatesAsync("022185000123", "", Ct)).Value;
    }

    [Theory]
    [InlineData(200, "{}", null)]
    [InlineData(200, "[]", "SIG-0420")]
    [InlineData(400, "{}", null)]
    [InlineData(404, "", null)]
    [InlineData(401, "{}", "SIG-0411")]
    [InlineData(403, "{}", "SIG-0409")]
    [InlineData(500, "{}", "SIG-0402")]
    [InlineData(429, "{}", "SIG-0402")]
    [InlineData(503, "{}", "SIG-0402")]
    public void An_answer_that_tells_nothing_about_the_person_has_a_code(int status, string body, string? code)
    {
        using var document = body.StartsWith('{') ? JsonDocument.Parse(body) : null;
        Assert.Equal(code, client.Refusal(new ProviderAnswer(Reached.Answered, status, document?.RootElement))?.Code);
    }

    [Fact]
    public async Task Certificates_come_as_PEM_or_base64_with_as_much_of_their_chain_as_can_be_read()
    {
        var issuing = Convert.ToBase64String(TestPki.Default.Issuing.RawData);
        var found = await ListAsync(
            Certificate(),
            Certificate(Convert.ToBase64String(TestPki.Default.Seal.RawData), "5B",
                new JsonObject { ["ca_cert"] = issuing, ["root_cert"] = TestPki.Default.Root.ExportCertificatePem() }),
            Certificate(serial: "5C", chain: new JsonObject { ["ca_cert"] = "no certificate", ["root_cert"] = issuing }),
            Certificate(serial: "5D", chain: "text"));
        Assert.Equal([("5A", 1), ("5B", 3), ("5C", 2), ("5D", 1)], found.Select(c => (c.Id, c.Chain.Count)));
        Assert.All(found, c => Assert.Equal((SignatureAlgorithm.EcdsaSha256, 3, SignerNeeds.None), (c.Algorithm, c.MaxHashes, c.Needs)));
        var (path, _, body) = Assert.Single(stub.Asked);
        Assert.Equal("/sca/sp769/v1/credentials/get_certificate", path);
        var asked = JsonNode.Parse(body)!;
        Assert.Equal(("sp", "secret", "022185000123", ""),
            ((string)asked["sp_id"]!, (string)asked["sp_password"]!, (string)asked["user_id"]!, (string)asked["serial_number"]!));
        Assert.Equal(32, ((string)asked["transaction_id"]!).Length);
    }

    [Fact]
    public async Task What_cannot_sign_is_left_out()
    {
        using var ended = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var officers = new TestOfficers();
        using var expired = officers.Certify(ended, from: -20, until: -1);
        Assert.Empty(await ListAsync(Certificate(expired.ExportCertificatePem()), Certificate("%%%"), Certificate(""),
            Certificate("-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----"),
            Certificate(serial: ""), Certificate(serial: new string('5', 101)), new JsonObject(), "text"));
    }

    [Fact]
    public async Task A_larger_curve_signs_the_hash_that_the_gateway_knows()
    {
        using var officers = new TestOfficers();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var certificate = officers.Certify(key);
        Assert.Equal(SignatureAlgorithm.EcdsaSha256, Assert.Single(await ListAsync(Certificate(certificate.ExportCertificatePem()))).Algorithm);
    }

    [Fact]
    public async Task A_person_whom_the_gateway_does_not_know_has_nothing()
    {
        stub.Says(404, """{"message":"USER_NOT_FOUND"}""");
        Assert.Empty((await client.CertificatesAsync("022185000123", "", Ct)).Value);
    }

    [Theory]
    [InlineData(1, 10, "0123456789")]
    [InlineData(3, 2, "3 tài liệu: 01; 01; 01")]
    [InlineData(1, 250, null)]
    [InlineData(1, 251, "…")]
    [InlineData(3, 200, "…")]
    public async Task The_telephone_shows_what_is_signed_as_far_as_there_is_room(int count, int length, string? shown)
    {
        var title = string.Concat(Enumerable.Range(0, length).Select(i => i % 10));
        stub.Says(200, """{"data":{"tran_code":"T9"}}""");
        var order = Order(hashes: count);
        await client.SignAsync(order, "022185000123", [.. Enumerable.Repeat(title, count)], Ct);
        var body = JsonNode.Parse(Assert.Single(stub.Asked).Body)!;
        var description = (string)body["transaction_desc"]!;
        Assert.InRange(description.Length, 1, 250);
        if (shown == "…")
            Assert.EndsWith(shown, description, StringComparison.Ordinal);
        else
            Assert.Equal(shown ?? title, description);
        Assert.Equal((order.OurTransaction, "5A"), ((string)body["transaction_id"]!, (string)body["serial_number"]!));
        // Hashes only, each under an id of its own.
        Assert.Equal(order.Hashes.Select((h, i) => ($"{order.OurTransaction}-{i}", "hash", Convert.ToHexStringLower(h))),
            body["sign_files"]!.AsArray().Select(f => ((string)f!["doc_id"]!, (string)f["sign_type"]!, (string)f["data_to_be_signed"]!)));
    }

    [Fact]
    public async Task Without_their_id_a_notice_is_waited_for_and_then_the_answer_is_lost()
    {
        Assert.Equal(HashOutcome.Pending, await provider.AskNowAsync(Order(theirs: ""), Ct));
        Assert.Equal(HashOutcome.Pending, await provider.AskNowAsync(Order(TimeProvider.System.GetUtcNow(), theirs: ""), Ct));
        var lost = await provider.AskNowAsync(Order(Now.AddMinutes(-10), theirs: ""), Ct);
        Assert.Equal((HashState.Failed, ProviderCodes.AnswerLost), (lost.State, lost.Code));
        Assert.Empty(stub.Asked);
    }

    public static TheoryData<string, int, string, string> Answers => new()
    {
        { "pending", 200, """{"message":"pending"}""", "Pending" },
        { "declined", 200, """{"code":"4002"}""", "Declined" },
        { "expired", 200, """{"code":"EXPIRED"}""", "Expired" },
        { "key", 200, """{"data":{"transaction_id":"OURS","tran_code":"T1","code":4003}}""", "Failed" },
        { "another of ours", 200, """{"code":"4002","transaction_id":"0123"}""", "Pending" },
        { "another of theirs", 200, """{"code":"4002","tran_code":"T2"}""", "Pending" },
        { "ids exchanged", 200, """{"code":"4002","transaction_id":"T1","tran_code":"OURS"}""", "Pending" },
        { "signed without signatures", 200, """{"message":"completed","data":{"signatures":[]}}""", "Failed" },
        { "no word", 200, """{"hello":"world"}""", "Pending" },
        { "no object", 200, "[]", "Pending" },
        { "credential", 403, """{"message":"CREDENTIAL_STATUS_INVALID"}""", "Failed" },
        { "not accepted", 401, """{"message":"SP_CREDENTIAL_INVALID"}""", "Pending" },
        { "not found", 404, """{"message":"TRANSACTION_NOT_FOUND"}""", "Pending" },
        { "error", 500, """{"code":"4002"}""", "Pending" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Asked_about_an_order_the_gateway_is_heard_only_about_that_order(string kind, int status, string body, string state)
    {
        Assert.NotEmpty(kind);
        var order = Order();
        stub.Says(status, body.Replace("OURS", order.OurTransaction, StringComparison.Ordinal));
        Assert.Equal(state, (await provider.AskNowAsync(order, Ct)).State.ToString());
        Assert.All(stub.Asked, a => Assert.Equal("/sca/sp769/v1/signatures/sign/T1/status", a.Path));
        // What would be pending has expired by now; an end stays that end.
        var late = Order(Now.AddMinutes(-10));
        stub.Answers.Clear();
        stub.Says(status, body.Replace("OURS", late.OurTransaction, StringComparison.Ordinal));
        Assert.Equal(state == "Pending" ? "Expired" : state, (await provider.AskNowAsync(late, Ct)).State.ToString());
    }

    [Fact]
    public async Task Orders_that_cannot_be_have_a_code_before_anything_is_looked_up()
    {
        var good = ProviderFixture.Order(new SignerIdentity(Guid.CreateVersion7(), "022185000123"), "5A", SignatureAlgorithm.EcdsaSha256, 3);
        foreach (var (bad, code) in new[]
        {
            (good with { Hashes = [], Titles = [] }, "SIG-0416"),
            (good with { Titles = good.Titles.Take(2).ToList() }, "SIG-0416"),
            (good with { Hashes = [.. good.Hashes, new byte[32]], Titles = [.. good.Titles, "x"] }, "SIG-0416"),
            (good with { Hashes = [new byte[32], new byte[31], new byte[32]] }, "SIG-0417"),
            (good with { Hashes = [new byte[48], new byte[48], new byte[48]], Algorithm = SignatureAlgorithm.EcdsaSha384 }, "SIG-0417"),
            (good with { Algorithm = SignatureAlgorithm.RsaSha512 }, "SIG-0417"),
        })
            Assert.Equal(code, (await provider.BeginAsync(bad, Ct)).Error.Code);
        Assert.Empty(stub.Asked);
    }
}
