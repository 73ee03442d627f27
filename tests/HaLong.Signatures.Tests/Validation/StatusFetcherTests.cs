using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Asn1.X509;
using X509Extension = System.Security.Cryptography.X509Certificates.X509Extension;

namespace HaLong.Signatures.Tests.Validation;

/// <summary>Asking issuers about their certificates, within limits that a stranger's certificate cannot stretch.</summary>
public sealed class StatusFetcherTests : IAsyncLifetime
{
    private readonly List<StatusDoor> doors = [];
    private StubIssuer? issuer;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StubIssuer Issuer => issuer ?? throw new InvalidOperationException("Not started.");

    private ForeignPki Foreign => Issuer.Pki;

    private string Host => Issuer.Host;

    public async ValueTask InitializeAsync() => issuer = await StubIssuer.StartAsync();

    private StatusFetcher Fetcher(bool known = true, int seconds = 30)
    {
        var options = new ValidationOptions { AskIssuers = true, AskTimeoutSeconds = seconds };
        if (known)
            options.PrivateHosts.Add(Host);
        doors.Add(new StatusDoor(Options.Create(options), NullLogger<StatusDoor>.Instance));
        return new StatusFetcher(doors[^1], Options.Create(options));
    }

    private (byte[], byte[])[] Chain => [(Foreign.Signer.Certificate.RawData, Foreign.Issuing.RawData), (Foreign.Issuing.RawData, Foreign.Root.RawData)];

    [Theory]
    [InlineData("right", "")]
    [InlineData("ocsp", "")]
    [InlineData("revoked", "CERTIFICATE_REVOKED")]
    [InlineData("garbage", "REVOCATION_UNAVAILABLE")]
    [InlineData("redirect", "REVOCATION_UNAVAILABLE")]
    [InlineData("endless", "REVOCATION_UNAVAILABLE")]
    public async Task What_the_issuer_says_decides_and_where_it_says_nothing_the_result_is_unknown(string how, string reason)
    {
        Issuer.Mode = how;
        var content = "x"u8.ToArray();
        var signature = await FileValidatorTests.SignAsync(Foreign.Signer, content: content);
        var trust = new Trust(TestPki.Default.Roots) { Anchors = [Foreign.Anchor()] };
        SignatureFinding Find(Trust by) => FileValidator.Validate(signature, n => CryptographicOperations.HashData(n, content), by,
            TimeProvider.System.GetUtcNow()).Signatures.Single();
        var before = Find(trust);
        Assert.Equal([Reasons.RevocationUnavailable], before.Reasons);

        var fetcher = Fetcher();
        var found = Find(trust with { Fetched = await fetcher.FetchAsync(before.Detail.Unknown, Ct) });
        Assert.Equal(reason, found.Reasons.SingleOrDefault() ?? "");
        Assert.True(Issuer.Asked > 0);
        if (reason.Length == 0)
            Assert.Equal([how == "ocsp" ? "ISSUER_OCSP" : "ISSUER_CRL", "ISSUER_CRL"], found.Detail.Statuses!.Select(s => s.Source));
    }

    [Fact]
    public async Task An_issuer_that_is_silent_costs_no_more_than_the_patience()
    {
        Issuer.Mode = "slow";
        var fetcher = Fetcher(seconds: 1);
        Assert.Equal(ValidationData.None.Lists, (await fetcher.FetchAsync(Chain, Ct)).Lists);
    }

    [Fact]
    public async Task A_host_with_a_private_address_is_not_called_unless_the_configuration_names_it()
    {
        var fetcher = Fetcher(known: false);
        Assert.Empty((await fetcher.FetchAsync(Chain, Ct)).Lists);
        Assert.Equal(0, Issuer.Asked);
    }

    [Fact]
    public void It_is_off_by_default()
    {
        var options = Options.Create(new ValidationOptions());
        using var door = new StatusDoor(options, NullLogger<StatusDoor>.Instance);
        var fetcher = new StatusFetcher(door, options);
        Assert.False(fetcher.IsOn);
        Assert.Equal(3, new ValidationOptions().AskTimeoutSeconds);
    }

    [Fact]
    public void Places_are_those_of_the_certificate_by_http_only()
    {
        Assert.Equal([new Uri($"http://{Host}/ocsp")], StatusPlaces.Responders(Foreign.Signer.Certificate));
        Assert.Equal([new Uri($"http://{Host}/issuing.crl")], StatusPlaces.Lists(Foreign.Signer.Certificate));
        Assert.Empty(StatusPlaces.Responders(Foreign.Issuing));
        Assert.Empty(StatusPlaces.Lists(TestPki.Default.Seal));
        var hostile = new ForeignPki("Hostile", "ldap://127.0.0.1");
        Assert.Empty(StatusPlaces.Responders(hostile.Signer.Certificate).Concat(StatusPlaces.Lists(hostile.Signer.Certificate)));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broken", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.31", [0x30, 0x03, 0x01], critical: false));
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.1", [0x05], critical: false));
        using var broken = request.CreateSelfSigned(TestPki.Now, TestPki.Now.AddDays(1));
        Assert.Empty(StatusPlaces.Lists(broken).Concat(StatusPlaces.Responders(broken)));

        // What lists the revoked for some reasons only says of nobody that he is not revoked.
        var partial = new CertificateRequest("CN=partial", key, HashAlgorithmName.SHA256);
        var name = new DistributionPointName(new GeneralNames(new GeneralName(GeneralName.UniformResourceIdentifier, $"http://{Host}/issuing.crl")));
        partial.CertificateExtensions.Add(new X509Extension("2.5.29.31", new CrlDistPoint(
            [new DistributionPoint(name, new ReasonFlags(ReasonFlags.KeyCompromise), null)]).GetDerEncoded(), critical: false));
        using var some = partial.CreateSelfSigned(TestPki.Now, TestPki.Now.AddDays(1));
        Assert.Empty(StatusPlaces.Lists(some));
    }

    [Fact]
    public async Task The_next_place_is_asked_when_one_does_not_give_what_is_wanted_and_no_more_is_read_than_may_be()
    {
        Issuer.Mode = "ocsp";
        Fetcher();
        Task<ValidationData?> FindAsync(int most, Func<ValidationData, bool> wanted) =>
            doors[0].FindAsync(Foreign.Signer.Certificate, Foreign.Issuing, most, wanted, Ct);
        Assert.Single((await FindAsync(100_000, _ => true))!.Answers);
        Assert.Single((await FindAsync(100_000, d => d.Lists.Count > 0))!.Lists);
        Assert.Null(await FindAsync(100, d => d.Lists.Count > 0));
        Assert.Null(await FindAsync(100_000, _ => false));
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            doors[0].FindAsync(Foreign.Signer.Certificate, Foreign.Issuing, 100, _ => true, ended.Token));
    }

    [Fact]
    public void The_question_is_one_that_openssl_reads()
    {
        using var judge = new Judge();
        var text = judge.Run("openssl", "ocsp", "-reqin", judge.Save("q.der", StatusPlaces.Question(Foreign.Signer.Certificate, Foreign.Issuing)),
            "-req_text").Output;
        Assert.Contains(Foreign.Signer.Certificate.SerialNumber, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sha1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("203.162.4.190", true)]
    [InlineData("2001:ee0::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_addresses_of_the_public_Internet_are_called(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.IsPublic(IPAddress.Parse(address)));

    public async ValueTask DisposeAsync()
    {
        doors.ForEach(d => d.Dispose());
        await Issuer.DisposeAsync();
    }
}
