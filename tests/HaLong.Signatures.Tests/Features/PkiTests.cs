using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Grpc.Core;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Features;

public sealed class PkiTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<string> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString() ?? "";

    [Fact]
    public async Task Root_and_issuing_certificates_are_published_and_make_a_chain()
    {
        using var client = fixture.Service.Client();
        using var answer = await client.GetAsync("/pki/root.pem", Ct);
        Assert.Equal("application/x-pem-file", answer.Content.Headers.ContentType?.MediaType);
        using var root = X509Certificate2.CreateFromPem(await answer.Content.ReadAsStringAsync(Ct));
        using var issuing = X509Certificate2.CreateFromPem(await client.GetStringAsync("/pki/issuing.pem", Ct));

        Assert.Equal(root.Subject, issuing.Issuer);
        Assert.False(root.HasPrivateKey);
        using var judge = new Judge();
        judge.Run("openssl", "verify", "-x509_strict", "-CAfile", judge.Save("root.pem",
            System.Text.Encoding.ASCII.GetBytes(root.ExportCertificatePem())),
            judge.Save("issuing.pem", System.Text.Encoding.ASCII.GetBytes(issuing.ExportCertificatePem()))).Succeeded();
    }

    [Theory]
    [InlineData("/pki/seal.pem")]
    [InlineData("/pki/ROOT.pem")]
    [InlineData("/pki/root.key")]
    public async Task Nothing_else_is_published(string path)
    {
        using var answer = await fixture.Service.Client(fixture.Identity.Token()).GetAsync(path, Ct);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
    }

    [Fact]
    public async Task The_service_is_healthy_and_describes_itself()
    {
        using var client = fixture.Service.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive", Ct)).StatusCode);
        await Eventually.Async(async () => (await client.GetAsync("/health", Ct)).StatusCode == HttpStatusCode.OK, "health");

        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Ct);
        var operation = document.GetProperty("paths").GetProperty("/api/v1/validations").GetProperty("post");
        Assert.Equal("Validate the signatures of a file", operation.GetProperty("summary").GetString());
        Assert.True(operation.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/pdf", out _));
        Assert.True(document.GetProperty("paths").TryGetProperty("/pki/{name}.pem", out _));
    }

    [Fact]
    public async Task Without_authorities_the_service_answers_that_it_is_not_ready_and_recovers_when_they_are_made()
    {
        var connection = await EmptyDatabaseAsync();
        await using var bare = await StartAsync(connection, SignatureFixture.KeyPassword);
        using var client = bare.Client();
        var signing = new Neighbour(bare.Grpc(fixture.Identity.ServiceToken("dossier")));

        using var root = await client.GetAsync("/pki/root.pem", Ct);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SIG-0009", TimeSpan.FromSeconds(30)),
            (root.StatusCode, await CodeAsync(root), root.Headers.RetryAfter?.Delta ?? default));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health", Ct)).StatusCode);
        Assert.Equal((StatusCode.Unavailable, "SIG-0009"), await SignatureFixture.RefusedAsync(async () =>
            await signing.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()))));

        await PrepareAsync(connection);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/pki/root.pem", Ct)).StatusCode);
        Assert.NotEmpty((await signing.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()))).Sha256);
    }

    [Fact]
    public async Task With_the_wrong_password_nothing_is_signed_but_validation_goes_on()
    {
        var connection = await EmptyDatabaseAsync();
        await PrepareAsync(connection);
        await using var locked = await StartAsync(connection, "another password entirely");
        var signing = new Neighbour(locked.Grpc(fixture.Identity.ServiceToken("dossier")));
        var request = SignatureFixture.Request(SamplePdfs.Table());

        Assert.Equal((StatusCode.Unavailable, "SIG-0009"), await SignatureFixture.RefusedAsync(async () =>
            await signing.SignPdfAsync(request)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await locked.Client().GetAsync("/health", Ct)).StatusCode);
        Assert.Equal(0, await locked.InScopeAsync<SignatureDbContext, int>(db => db.Credentials.CountAsync()));
        Assert.Equal("UNKNOWN", (await signing.ValidatePdfAsync(new ValidatePdfRequest { Pdf = request.Pdf })).Indication);
    }

    [Fact]
    public async Task Migrating_again_and_twice_at_once_keeps_one_root()
    {
        var connection = await EmptyDatabaseAsync();
        await Task.WhenAll(MigrateAsync(connection), MigrateAsync(connection));
        var first = await RootsAsync(connection);
        Assert.Equal(0, await MigrateAsync(connection));

        Assert.Single(first);
        Assert.Equal(first, await RootsAsync(connection));
    }

    [Theory]
    [InlineData("Pki:KeyPassword", null)]
    [InlineData("Pki:KeyPassword", "short")]
    [InlineData("Pki:Organisation", "")]
    [InlineData("Pki:PublicUrl", "https://halong.test")]
    [InlineData("Pki:PublicUrl", "halong.test")]
    [InlineData("Pki:StatusSeconds", "0")]
    [InlineData("TimeStamps:TimeoutSeconds", "0")]
    [InlineData("TimeStamps:Policy", "1.2.x")]
    [InlineData("TimeStamps:Authorities:0:Url", "ftp://tsa.example")]
    [InlineData("TimeStamps:Authorities:0:Root", "no certificate")]
    [InlineData("Validation:MaxConcurrent", "0")]
    [InlineData("Validation:MaxWaitSeconds", "-1")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string? value)
    {
        await using var service = SignatureFixture.Create(fixture.Servers, fixture.Identity).WithSetting(key, value);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => service.StartAsync());
        Assert.Contains(key.Split(":0:")[0], refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://dichvucong.example", "http://dichvucong.example/pki")]
    [InlineData("https://dichvucong.example:8443/", "http://dichvucong.example/pki")]
    [InlineData("http://localhost:8080", "http://localhost:8080/pki")]
    [InlineData("", null)]
    public void Certificates_name_the_platform_s_address_by_http_because_readers_do_not_ask_by_https(string platform, string? expected) =>
        Assert.Equal(expected, new PkiOptions { PublicUrl = PkiOptions.ByHttp(platform) }.PkiUrl);

    private async Task<ServiceFactory<Program>> StartAsync(string connection, string password) =>
        await new ServiceFactory<Program>(fixture.Servers, fixture.Identity)
        .WithSetting("ConnectionStrings:signature-db", connection)
        .WithSetting("Pki:KeyPassword", password)
        .StartAsync();

    // What the run mode does, without the start of a process.
    private static async Task PrepareAsync(string connection)
    {
        await using var db = new SignatureDbContext(new DbContextOptionsBuilder<SignatureDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
        await PrepareAuthorities.RunAsync(db, SignatureFixture.Options, TimeProvider.System.GetUtcNow(), Ct);
    }

    // The real executable in its run mode, as the host starts it.
    private static async Task<int> MigrateAsync(string connection)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SignatureDbContext).Assembly.Location,
            "migrate"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__signature-db"] = connection;
        start.Environment["ConnectionStrings__broker"] = "amqp://127.0.0.1:1";
        start.Environment["PublicUrl"] = TestIdentity.PublicUrl;
        start.Environment["Pki__KeyPassword"] = SignatureFixture.KeyPassword;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, string.Join('\n', output));
        return process.ExitCode;
    }

    private static async Task<List<byte[]>> RootsAsync(string connection)
    {
        await using var db = new SignatureDbContext(new DbContextOptionsBuilder<SignatureDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
        return await db.Authorities.Where(a => a.Kind == HaLong.Signatures.Domain.AuthorityKind.Root).Select(a =>
            a.Certificate).ToListAsync();
    }

    private Task<string> EmptyDatabaseAsync() => fixture.Servers.CreateDatabaseAsync<EmptyContext>(async connection =>
    {
        await using var db = new SignatureDbContext(new DbContextOptionsBuilder<SignatureDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
        await db.Database.MigrateAsync();
    });

    private sealed class EmptyContext(DbContextOptions<EmptyContext> options) : DbContext(options);
}
