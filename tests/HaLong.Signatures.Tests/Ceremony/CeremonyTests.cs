using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Grpc.Core;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Pki.Ceremony;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaLong.Signatures.Tests.Ceremony;

/// <summary>The root is made on a machine apart, certifies the issuing authority there, and never comes to the service.</summary>
[Collection("token")]
public sealed class CeremonyTests(Servers servers) : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("halong-ceremony-").FullName;
    private readonly Dictionary<string, string?> environment = new(StringComparer.Ordinal)
    {
        ["PKI_PASSWORD_1"] = "half of the first holder",
        ["PKI_PASSWORD_2"] = "half of the second holder",
        ["Pki__KeyPassword"] = SignatureFixture.KeyPassword,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string In(string file) => Path.Combine(home, file);

    private async Task<(int Code, string Output)> RunAsync(string line, string typed = "")
    {
        await using var output = new StringWriter();
        var code = await PkiCommand.RunAsync(line.Replace("~", home, StringComparison.Ordinal).Split(' '), new StringReader(typed), output, environment.GetValueOrDefault);
        return (code, output.ToString());
    }

    private async Task DoneAsync(string line)
    {
        var (code, output) = await RunAsync(line);
        Assert.True(code == 0, output);
    }

    private async Task RefusedAsync(string line, string why, int code = 1, string typed = "")
    {
        var answer = await RunAsync(line, typed);
        Assert.Equal(code, answer.Code);
        Assert.Contains(why, answer.Output, StringComparison.Ordinal);
    }

    private const string Import = "issuing-import --root ~/root.pem --certificate ~/issuing.pem --key ~/issuing.key --list ~/root.crl";

    private async Task MakeChainAsync()
    {
        await DoneAsync("root-init --out ~ --organisation Test");
        await DoneAsync("issuing-request --out ~ --organisation Test");
        await DoneAsync("issuing-sign --root ~/root.pem --key ~/root.key --request ~/issuing.csr --out ~/issuing.pem --pki http://halong.test/pki/");
    }

    [Fact]
    public async Task The_service_works_under_a_root_whose_key_it_never_saw_takes_its_lists_and_changes_its_issuing_authority()
    {
        var connection = await DatabaseAsync();
        await using var identity = await TestIdentity.StartAsync();
        var time = new ShiftedTime();
        await using var service = await StartAsync(connection, identity, time);
        var signing = new Neighbour(service.Grpc(identity.ServiceToken("dossier")));
        Assert.Equal((StatusCode.Unavailable, "SIG-0009"), await SignatureFixture.RefusedAsync(() => signing.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()))));

        await MakeChainAsync();
        using var judge = new Judge();
        judge.Run("openssl", "verify", "-x509_strict", "-crl_check", "-CAfile", In("root.pem"), "-CRLfile", In("root.crl"), In("issuing.pem")).Succeeded();
        await DoneAsync(Import);
        // Once more changes nothing.
        await DoneAsync(Import);
        Assert.Equal("", await service.InScopeAsync<SignatureDbContext, string>(async db =>
            Convert.ToHexString((await db.Authorities.SingleAsync(a => a.Kind == AuthorityKind.Root, Ct)).EncryptedKey)));

        var first = await signing.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()));
        Assert.Equal("VALID", (await signing.ValidatePdfAsync(new ValidatePdfRequest { Pdf = first.SignedPdf })).Indication);
        using var client = service.Client();
        Assert.Equal(CeremonyFiles.ReadList(In("root.crl")), await client.GetByteArrayAsync(new Uri("/pki/root.crl", UriKind.Relative), Ct));

        // A week before its end operators hear of it; the next list makes it good.
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(service));
        time.Shift = TimeSpan.FromDays(174);
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(service));
        time.Shift = TimeSpan.Zero;
        await DoneAsync("root-crl --root ~/root.pem --key ~/root.key --out ~/next.crl --days 200");
        await DoneAsync("list-import --list ~/next.crl");
        await RefusedAsync("list-import --list ~/root.crl", "as new");
        time.Shift = TimeSpan.FromDays(174);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(service));
        time.Shift = TimeSpan.Zero;

        await ReplaceAsync(first);
        await using var restarted = await StartAsync(connection, identity, time);
        var again = new Neighbour(restarted.Grpc(identity.ServiceToken("dossier")));
        var second = await again.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()));
        Assert.Equal("VALID", (await again.ValidatePdfAsync(new ValidatePdfRequest { Pdf = second.SignedPdf })).Indication);
        // Signed and time-stamped before the older authority was revoked.
        Assert.Equal("VALID", (await again.ValidatePdfAsync(new ValidatePdfRequest { Pdf = first.SignedPdf })).Indication);
        Assert.Equal(2, await restarted.InScopeAsync<SignatureDbContext, int>(db => db.Credentials.CountAsync(c => c.UnitCode == SignatureFixture.Unit, Ct)));
        Assert.Equal(CeremonyFiles.ReadList(In("revoking.crl")), await restarted.Client().GetByteArrayAsync(new Uri("/pki/root.crl", UriKind.Relative), Ct));
    }

    // The key of the issuing authority was lost: another one under the same root, and a list that revokes the first.
    private async Task ReplaceAsync(SignPdfResponse first)
    {
        Assert.NotEmpty(first.Sha256);
        // Lists count whole seconds: the revocation must be in a later one than the signature.
        var signed = TimeProvider.System.GetTimestamp();
        await Eventually.Async(() => Task.FromResult(TimeProvider.System.GetElapsedTime(signed) > TimeSpan.FromSeconds(1)), "the next second");
        using var older = CeremonyFiles.ReadCertificate(In("issuing.pem"));
        await DoneAsync("issuing-request --out ~/second --organisation Test");
        await DoneAsync("issuing-sign --root ~/root.pem --key ~/root.key --request ~/second/issuing.csr --out ~/second/issuing.pem");
        await DoneAsync($"root-crl --root ~/root.pem --key ~/root.key --out ~/revoking.crl --revoke {older.SerialNumber}");
        const string Second = "issuing-import --root ~/root.pem --certificate ~/second/issuing.pem --key ~/second/issuing.key --list ~/revoking.crl";
        await RefusedAsync(Second, "--replace yes");
        await RefusedAsync(Import + " --replace yes", "installed", code: 0);
        await RefusedAsync("issuing-import --root ~/root.pem --certificate ~/issuing.pem --key ~/issuing.key --list ~/revoking.crl", "is revoked");
        await DoneAsync("root-init --out ~/other --organisation Other");
        await DoneAsync("issuing-sign --root ~/other/root.pem --key ~/other/root.key --request ~/second/issuing.csr --out ~/other/issuing.pem");
        await RefusedAsync("issuing-import --root ~/other/root.pem --certificate ~/other/issuing.pem --key ~/second/issuing.key --list ~/other/root.crl --replace yes", "another root");
        await DoneAsync(Second + " --replace yes");
    }

    [Fact]
    public async Task Another_issuing_authority_ends_credentials_of_persons_too_and_only_when_told_to()
    {
        var connection = await DatabaseAsync();
        await MakeChainAsync();
        await DoneAsync(Import);
        await DoneAsync("issuing-request --out ~/second --organisation Test");
        await DoneAsync("issuing-sign --root ~/root.pem --key ~/root.key --request ~/second/issuing.csr --out ~/second/issuing.pem");
        const string Second = "issuing-import --root ~/root.pem --certificate ~/second/issuing.pem --key ~/second/issuing.key --list ~/root.crl";

        var now = TimeProvider.System.GetUtcNow();
        await using var db = Open(connection);
        var authority = (await db.Authorities.SingleAsync(a => a.Kind == AuthorityKind.Issuing && a.SupersededAt == null, Ct)).Id;
        var people = new Dictionary<string, PersonCredential>(StringComparer.Ordinal);
        foreach (var name in new[] { "active", "suspended", "revoked", "requested" })
        {
            var person = people[name] = PersonCredential.ForCitizen(new CredentialHolder(Guid.CreateVersion7(), name, 2), CredentialTerm.Long, now);
            if (name != "requested")
                person.Issue(new IssuedCertificate(authority, "0A" + person.Id.ToString("N").ToUpperInvariant(), "CN=x", [1], now.AddYears(1)), new KeyEnvelope([1], [1], 1), now);
        }

        Assert.True(people["suspended"].Suspend(Guid.CreateVersion7(), asManager: false, now).IsSuccess);
        Assert.True(people["revoked"].Revoke(RevocationReason.KeyCompromise, now).IsSuccess);
        db.AddRange(people.Values);
        await db.SaveChangesAsync(Ct);

        await RefusedAsync(Second, "--replace yes");
        await DoneAsync(Second + " --replace yes");
        db.ChangeTracker.Clear();
        var after = await db.PersonCredentials.ToDictionaryAsync(c => c.Name, Ct);
        Assert.Equal((CredentialState.Superseded, null, null), (after["active"].State, after["active"].SealedKey, after["active"].RevokedAt));
        Assert.Equal((CredentialState.Superseded, null), (after["suspended"].State, after["suspended"].SealedKey));
        Assert.NotNull(after["suspended"].RevokedAt);
        Assert.Equal((CredentialState.Revoked, CredentialState.Requested), (after["revoked"].State, after["requested"].State));
        Assert.Equal(new[] { after["active"].Id, after["suspended"].Id }.Order(), (await db.PersonCredentialChanges.Where(c => c.Move == PersonCredentialMove.Superseded)
            .Select(c => c.CredentialId).ToListAsync(Ct)).Order());
    }

    [Fact]
    public async Task What_does_not_belong_together_is_not_installed()
    {
        environment["ConnectionStrings__signature-db"] = "Host=127.0.0.1;Port=1";
        await MakeChainAsync();
        await DoneAsync("root-init --out ~/other --organisation Other");
        await DoneAsync("issuing-request --out ~/other --organisation Other");
        await RefusedAsync(Import.Replace("~/root.pem", "~/other/root.pem", StringComparison.Ordinal), "not certified by this root");
        await RefusedAsync(Import.Replace("~/issuing.key", "~/other/issuing.key", StringComparison.Ordinal), "another key");
        await RefusedAsync(Import.Replace("~/root.crl", "~/other/root.crl", StringComparison.Ordinal), "not of this root");
        await RefusedAsync(Import.Replace("--certificate ~/issuing.pem", "--certificate ~/root.pem", StringComparison.Ordinal), "not certified");
        await RefusedAsync(Import.Replace("--root ~/root.pem", "--root ~/issuing.pem", StringComparison.Ordinal), "not self-signed");
        await RefusedAsync(Import.Replace("--list ~/root.crl", "--list ~/root.pem", StringComparison.Ordinal), "not what is wanted");
        environment["Pki__KeyPassword"] = "another password entirely";
        Assert.Equal(1, (await RunAsync(Import)).Code);
    }

    [Fact]
    public async Task Neither_holder_alone_opens_the_root_and_nothing_is_overwritten()
    {
        await MakeChainAsync();
        await RefusedAsync("root-init --out ~ --organisation Test", "exists");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("root.key")));
        Assert.Contains("ENCRYPTED", await File.ReadAllTextAsync(In("root.key"), Ct), StringComparison.Ordinal);
        const string List = "root-crl --root ~/root.pem --key ~/root.key --out ~/x.crl";
        environment["PKI_PASSWORD_2"] = "a guess of the first holder";
        Assert.Equal(1, (await RunAsync(List)).Code);
        Assert.False(File.Exists(In("x.crl")));
        environment["PKI_PASSWORD_2"] = null;
        await RefusedAsync(List, "at least 12", typed: "short\n");
        // Typed instead of given, and typed twice when it is made.
        Assert.Equal(0, (await RunAsync(List, "half of the second holder\n")).Code);
        await RefusedAsync("root-init --out ~/typed --organisation Test", "do not agree", typed: "half of the second holder\nhalf of another holder\n");
        Assert.Equal(0, (await RunAsync("root-init --out ~/typed --organisation Test", "half of the second holder\nhalf of the second holder\n")).Code);
    }

    [Fact]
    public async Task The_root_may_live_in_a_token()
    {
        foreach (var (name, value) in new[] { ("Library", SoftToken.Options.Library), ("Label", SoftToken.Options.Label), ("Pin", SoftToken.Options.Pin) })
            environment["Pki__Token__" + name] = value;
        await MakeChainAsync();
        Assert.True(TokenKey.Is(CeremonyFiles.ReadKey(In("root.key"))));
        Assert.True(TokenKey.Is(CeremonyFiles.ReadKey(In("issuing.key"))));
        environment["Pki__Token__Pin"] = "";
        await RefusedAsync("root-crl --root ~/root.pem --key ~/root.key --out ~/x.crl", "Pki__Token__Label or Pki__Token__Pin");
    }

    [Theory]
    [InlineData("", "usage", 2)]
    [InlineData("dance", "usage", 2)]
    [InlineData("root-init --out", "usage", 2)]
    [InlineData("root-init out x", "usage", 2)]
    [InlineData("root-init --out ~", "--organisation is missing", 1)]
    [InlineData("root-init --out ~ --organisation Test --days 0", "--days", 1)]
    [InlineData("issuing-sign --root ~/none.pem --key ~/none --request ~/none --out ~/none", "none.pem", 1)]
    [InlineData("list-import --list ~/none.crl", "signature-db is missing", 1)]
    public async Task A_wrong_command_says_what_is_wrong(string line, string why, int code) => await RefusedAsync(line, why, code);

    [Fact]
    public async Task A_request_is_certified_for_its_own_key_and_only_on_p384()
    {
        await MakeChainAsync();
        using var root = CeremonyFiles.ReadCertificate(In("root.pem"));
        using var small = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rootKey = new HaLong.Signatures.Cryptography.KeyStore(new PkiOptions { KeyPassword = environment["PKI_PASSWORD_1"] + "\n" + environment["PKI_PASSWORD_2"] })
            .Open(CeremonyFiles.ReadKey(In("root.key")));
        Assert.Throws<CryptographicException>(() => RootWork.Certify(RootWork.Request("x", "Test", small), root, rootKey, null, TimeProvider.System.GetUtcNow()));
        var forged = CeremonyFiles.ReadRequest(In("issuing.csr"));
        forged[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => RootWork.Certify(forged, root, rootKey, null, TimeProvider.System.GetUtcNow()));
        Assert.Null(RootList.Read([1, 2], root));
        Assert.Equal(CertificateStatus.Good, RootList.StatusOf(CeremonyFiles.ReadList(In("root.crl")), TestPki.Default.Seal.RawData));
    }

    [Fact]
    public async Task Without_a_list_the_root_s_status_is_not_to_be_had_and_nothing_is_sealed()
    {
        var connection = await DatabaseAsync();
        await MakeChainAsync();
        await DoneAsync(Import);
        await using var identity = await TestIdentity.StartAsync();
        await using var service = await StartAsync(connection, identity, new ShiftedTime());
        await service.InScopeAsync<SignatureDbContext, int>(db => db.AuthorityLists.ExecuteDeleteAsync(Ct));
        using var answer = await service.Client().GetAsync(new Uri("/pki/root.crl", UriKind.Relative), Ct);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SIG-0436"), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(service));
        // With a root at hand there is none to be imported.
        await RefusedAsync("list-import --list ~/issuing.pem", "not what is wanted");
        var development = await DatabaseAsync();
        await using (var db = Open(development))
            await PrepareAuthorities.RunAsync(db, SignatureFixture.Options, TimeProvider.System.GetUtcNow(), Ct);
        await RefusedAsync("list-import --list ~/root.crl", "no root off line");
    }

    private static async Task<HealthStatus> HealthAsync(ServiceFactory<Program> service)
    {
        var report = await service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(r => r.Name == "root-list", Ct);
        return report.Status;
    }

    private async Task<ServiceFactory<Program>> StartAsync(string connection, TestIdentity identity, ShiftedTime time) =>
        await new ServiceFactory<Program>(servers, identity).WithSetting("ConnectionStrings:signature-db", connection)
            .WithSetting("Pki:KeyPassword", SignatureFixture.KeyPassword).WithSetting("Pki:RootOffline", "true").WithSetting("TimeStamps:TimeoutSeconds", "30")
            .WithServices(s => s.AddSingleton<TimeProvider>(time)).StartAsync();

    // Migrated and without authorities, as the run mode leaves it where the root is off line; named to the commands.
    private async Task<string> DatabaseAsync()
    {
        var connection = await servers.CreateDatabaseAsync<CeremonyContext>(async c =>
        {
            await using var db = Open(c);
            await db.Database.MigrateAsync();
            await PrepareAuthorities.RunAsync(db, new PkiOptions { KeyPassword = SignatureFixture.KeyPassword, RootOffline = true }, TimeProvider.System.GetUtcNow(), Ct);
        });
        environment["ConnectionStrings__signature-db"] = connection;
        return connection;
    }

    private static SignatureDbContext Open(string connection) =>
        new(new DbContextOptionsBuilder<SignatureDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);

    public void Dispose() => Directory.Delete(home, recursive: true);

    private sealed class CeremonyContext(DbContextOptions<CeremonyContext> options) : DbContext(options);
}
