using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Features;

/// <summary>The executable on real ports: limits of the web server are not seen in a test server.</summary>
public sealed class RealProcessTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_of_the_largest_size_passes_both_ports_and_a_larger_one_is_refused_by_code()
    {
        var (http, grpc) = (FreePort(), FreePort());
        using var process = await StartAsync(http, grpc);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
            await Eventually.Async(async () => (await client.GetAsync("/health", Ct)).StatusCode == HttpStatusCode.OK, "health",
                TimeSpan.FromSeconds(90));
            using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpc}",
                new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null });
            var signing = new Neighbour(channel.CreateCallInvoker());
            var headers = new Metadata { { "authorization", "Bearer " + fixture.Identity.ServiceToken("dossier") } };

            await PdfsigHearsFromTheProcessAsync(signing, headers);

            var document = SamplePdfs.Table(SignPdf.MaxBytes - 2000);
            var answer = await signing.SignPdfAsync(SignatureFixture.Request(document), headers);
            using var form = new MultipartFormDataContent { { new ByteArrayContent(document), "file", "x.pdf" } };
            using var report = await client.PostAsync("/api/v1/validations", form, Ct);
            Assert.Equal(HttpStatusCode.OK, report.StatusCode);
            Assert.True(answer.SignedPdf.Length > document.Length);

            var larger = SamplePdfs.Table(SignPdf.MaxBytes);
            Assert.Equal("SIG-0006", (await SignatureFixture.RefusedAsync(async () =>
                await signing.SignPdfAsync(SignatureFixture.Request(larger), headers))).Code);
            foreach (var size in new[] { larger.Length, 3 * larger.Length })
            {
                using var body = new ByteArrayContent(larger[..5].Concat(new byte[size]).ToArray());
                body.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/validations") { Content = body };
                request.Headers.ExpectContinue = true;
                using var refused = await client.SendAsync(request, Ct);
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
                Assert.Equal("SIG-0006", (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    // The reader finds by the certificate alone whom to ask, and asks the web server itself.
    private async Task PdfsigHearsFromTheProcessAsync(Neighbour signing, Metadata headers)
    {
        var signed = await signing.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table(), unit: "06760"), headers);
        await fixture.QueryAsync(async db =>
        {
            (await db.Credentials.SingleAsync(c => c.UnitCode == "06760")).Revoke(RevocationReason.KeyCompromise, fixture.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        using var judge = new Judge();
        var said = judge.PdfSig(signed.SignedPdf.ToByteArray(), await fixture.RootPemAsync()).Output;
        Assert.Contains("Certificate has been Revoked.", said, StringComparison.Ordinal);
    }

    private async Task<Process> StartAsync(int http, int grpc)
    {
        var database = await fixture.QueryAsync(db =>
            Task.FromResult(new Npgsql.NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).Database));
        var start = new ProcessStartInfo("dotnet", [typeof(SignatureDbContext).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{http}",
            ["GRPC_PORT"] = grpc.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["ConnectionStrings__signature-db"] = fixture.Servers.PostgresConnection(database ?? ""),
            ["ConnectionStrings__broker"] = fixture.Service.Broker,
            ["PublicUrl"] = TestIdentity.PublicUrl,
            ["Pki__PublicUrl"] = $"http://127.0.0.1:{http}",
            ["services__identity__http__0"] = fixture.Identity.Url,
            ["ServiceAuth__ClientId"] = "e-signature",
            ["ServiceAuth__ClientSecret"] = "secret",
            ["Pki__KeyPassword"] = SignatureFixture.KeyPassword,
        })
            start.Environment[key] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
