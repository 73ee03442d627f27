using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Pki.Ceremony;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Pki;

/// <summary>The steps of the key ceremony done wrongly: other files, other passwords, another sequence. No step here stretches a password.</summary>
public sealed class CeremonyRefusalTests : IDisposable
{
    private static readonly TestPki Chain = TestPki.Default;
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly string home = Directory.CreateTempSubdirectory("halong-refusals-").FullName;
    private readonly Dictionary<string, string?> environment = new(StringComparer.Ordinal)
    {
        ["PKI_PASSWORD_1"] = "half of the first holder",
        ["PKI_PASSWORD_2"] = "half of the second holder",
        ["Pki__KeyPassword"] = "a password of the tests",
        ["ConnectionStrings__signature-db"] = "Host=127.0.0.1;Port=1",
    };

    public void Dispose() => Directory.Delete(home, recursive: true);

    private string In(string file) => Path.Combine(home, file);

    private async Task<(int Code, string Output)> RunAsync(string line, string typed = "")
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await PkiCommand.RunAsync(line.Replace("~", home, StringComparison.Ordinal).Split(' '), new StringReader(typed), output,
            environment.GetValueOrDefault);
        return (code, output.ToString());
    }

    private static byte[] List(int days = 30, params string[] revoked) => RootWork.List(Chain.Root, Chain.RootKey, revoked, days, Now);

    private static CeremonyChain With(X509Certificate2? root = null, X509Certificate2? issuing = null, byte[]? list = null) =>
        new(root ?? Chain.Root, issuing ?? Chain.Issuing, list ?? List(), []);

    private static string? WhyNot(CeremonyChain chain, ECDsa? key = null, DateTimeOffset? now = null) =>
        ChainImport.WhyNot(chain, key ?? Chain.IssuingKey, now ?? Now);

    [Fact]
    public void A_chain_is_taken_when_everything_belongs_together() => Assert.Null(WhyNot(With()));

    [Fact]
    public void A_chain_that_does_not_belong_together_is_not_taken_and_each_fault_has_its_words()
    {
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var otherRoot = RootWork.Init("HaLong test root", "Test", otherKey, Now);
        using var sealKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var selfSigned = new CertificateRequest("CN=tự ký", sealKey, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        foreach (var (chain, key, now, why) in new[]
        {
            (With(root: Chain.Issuing), null, Now, "the root is not self-signed"),
            (With(root: selfSigned), null, Now, "one of the certificates may not issue"),
            (With(issuing: Chain.Seal), null, Now, "one of the certificates may not issue"),
            // The same name, another key.
            (With(root: otherRoot), null, Now, "the issuing authority is not certified by this root, or not valid now"),
            (With(issuing: Chain.Root), Chain.RootKey, Now, "the issuing authority is not certified by this root, or not valid now"),
            (With(), null, Now.AddYears(11), "the issuing authority is not certified by this root, or not valid now"),
            (With(), null, Now.AddYears(-1), "the issuing authority is not certified by this root, or not valid now"),
            (With(), otherKey, Now, "the certificate is of another key than the request"),
            (With(), new Silent(Chain.IssuingKey), Now, "the key of the issuing authority does not sign"),
            (With(list: []), null, Now, "the list is not of this root, or past its end"),
            (With(list: Chain.List(ofRoot: false, Now, Now.AddDays(1))), null, Now, "the list is not of this root, or past its end"),
            (With(list: RootWork.List(otherRoot, otherKey, [], 30, Now)), null, Now, "the list is not of this root, or past its end"),
            (With(), null, Now.AddDays(31), "the list is not of this root, or past its end"),
            (With(list: List(30, Chain.Issuing.SerialNumber)), (ECDsa?)null, Now, "the root's list says that the issuing authority is revoked"),
        })
            Assert.Equal(why, WhyNot(chain, key, now));
        // Another authority on the list is none of our business.
        Assert.Null(WhyNot(With(list: List(30, "4AFFEE"))));
    }

    /// <summary>A key with the right public half that signs something else.</summary>
    private sealed class Silent(ECDsa known) : ECDsa
    {
        public override byte[] SignHash(byte[] hash) => known.SignHash(SHA384.HashData(hash));

        public override bool VerifyHash(byte[] hash, byte[] signature) => known.VerifyHash(hash, signature);

        public override ECParameters ExportParameters(bool includePrivateParameters) => known.ExportParameters(includePrivateParameters: false);
    }

    [Fact]
    public void A_list_of_the_root_tells_number_end_and_who_is_on_it()
    {
        var list = List(200, Chain.Issuing.SerialNumber, "4AFFEE");
        var read = RootList.Read(list, Chain.Root)!;
        Assert.Equal(Now.ToUnixTimeMilliseconds(), read.Number);
        Assert.Equal(Now.AddDays(200).ToUnixTimeSeconds(), read.NextUpdate.ToUnixTimeSeconds());
        var status = RootList.StatusOf(list, Chain.Issuing.RawData);
        Assert.Equal(RevocationReason.KeyCompromise, status.Reason);
        Assert.Equal(Now.ToUnixTimeSeconds(), status.RevokedAt!.Value.ToUnixTimeSeconds());
        Assert.Equal(CertificateStatus.Good, RootList.StatusOf(List(), Chain.Issuing.RawData));
        // The number is the same on a certificate of somebody else: lists speak of their own issuer's certificates.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var stranger = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256)
            .Create(new X500DistinguishedName("CN=other"), X509SignatureGenerator.CreateForECDsa(key), Now.AddDays(-1), Now.AddDays(1),
                Chain.Issuing.SerialNumberBytes.Span);
        Assert.Equal(CertificateStatus.Good, RootList.StatusOf(list, stranger.RawData));
        Assert.True(RootList.Read(RootWork.List(Chain.Root, Chain.RootKey, [], 1, Now.AddSeconds(1)), Chain.Root)!.Number > read.Number);
    }

    [Fact]
    public void What_is_no_list_of_the_root_is_not_read()
    {
        Assert.Null(RootList.Read([], Chain.Root));
        Assert.Null(RootList.Read(Chain.Root.RawData, Chain.Root));
        Assert.Null(RootList.Read(Chain.List(ofRoot: true, Now, Now.AddDays(1), key: Chain.IssuingKey), Chain.Root));
        var good = List();
        Assert.NotNull(RootList.Read(good, Chain.Root));
        foreach (var at in new[] { good.Length - 1, good.Length / 2, 20 })
        {
            var changed = good.ToArray();
            changed[at] ^= 1;
            Assert.Null(RootList.Read(changed, Chain.Root));
        }

        Assert.Null(RootList.Read(good.AsSpan(0, good.Length - 10).ToArray(), Chain.Root));
    }

    [Theory]
    [InlineData("XYZ")]
    [InlineData("4AF")]
    [InlineData("4A:FF")]
    public void A_serial_number_is_written_in_hex(string serial) => Assert.Throws<FormatException>(() => List(30, serial));

    [Fact]
    public void A_request_gives_name_and_key_and_nothing_else_and_must_be_signed_by_that_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = RootWork.Request("HaLong Issuing CA", "UBND", key);
        using var issued = RootWork.Certify(request, Chain.Root, Chain.RootKey, "http://halong.test/pki", Now);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), issued.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(0, issued.Extensions.OfType<X509BasicConstraintsExtension>().Single().PathLengthConstraint);
        Assert.Contains("HaLong Issuing CA", issued.Subject, StringComparison.Ordinal);

        var greedy = new CertificateRequest("CN=tham lam", key, HashAlgorithmName.SHA384);
        greedy.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 5, true));
        greedy.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        using var modest = RootWork.Certify(greedy.CreateSigningRequest(), Chain.Root, Chain.RootKey, null, Now);
        Assert.Equal(0, modest.Extensions.OfType<X509BasicConstraintsExtension>().Single().PathLengthConstraint);
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, modest.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);

        foreach (var at in new[] { request.Length - 1, request.Length - 60, 30 })
        {
            var changed = request.ToArray();
            changed[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => RootWork.Certify(changed, Chain.Root, Chain.RootKey, null, Now).Dispose());
        }

        Assert.ThrowsAny<CryptographicException>(() => RootWork.Certify([1, 2, 3], Chain.Root, Chain.RootKey, null, Now).Dispose());
    }

    [Fact]
    public void Files_are_told_apart_by_their_labels_and_never_written_over()
    {
        CeremonyFiles.WriteCertificate(In("c.pem"), Chain.Root);
        CeremonyFiles.WriteList(In("l.crl"), List());
        CeremonyFiles.WriteRequest(In("r.csr"), [1, 2, 3]);
        var reference = new TokenKey(new byte[16], [9]).Write();
        CeremonyFiles.WriteKey(In("t.key"), reference);
        CeremonyFiles.WriteKey(In("e.key"), [0x30, 1, 2]);
        Assert.Equal(Chain.Root.RawData, CeremonyFiles.ReadCertificate(In("c.pem")).RawData);
        Assert.Equal([1, 2, 3], CeremonyFiles.ReadRequest(In("r.csr")));
        Assert.Equal(reference, CeremonyFiles.ReadKey(In("t.key")));
        Assert.Equal([0x30, 1, 2], CeremonyFiles.ReadKey(In("e.key")));
        foreach (var (read, file) in new (Action<string>, string)[]
        {
            (f => CeremonyFiles.ReadKey(f), "c.pem"), (f => CeremonyFiles.ReadKey(f), "r.csr"), (f => CeremonyFiles.ReadList(f), "t.key"),
            (f => CeremonyFiles.ReadRequest(f), "l.crl"),
            (f => CeremonyFiles.ReadCertificate(f).Dispose(), "l.crl"), (f => CeremonyFiles.ReadCertificate(f).Dispose(), "e.key"),
        })
            Assert.ThrowsAny<CryptographicException>(() => read(In(file)));
        File.WriteAllText(In("plain.key"), Chain.SealKey.ExportPkcs8PrivateKeyPem());
        Assert.Throws<CryptographicException>(() => CeremonyFiles.ReadKey(In("plain.key")));
        Assert.Throws<IOException>(() => CeremonyFiles.WriteKey(In("t.key"), [0x30]));
        Assert.Equal(reference, CeremonyFiles.ReadKey(In("t.key")));
        foreach (var file in new[] { "t.key", "e.key" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In(file)));
    }

    [Theory]
    [InlineData("root-init --organisation Test", "--out is missing")]
    [InlineData("root-init --out ~/new --organisation Test --days 401", "--days is 1 to 400")]
    [InlineData("root-init --out ~/new --organisation Test --days x", "--days is 1 to 400")]
    [InlineData("root-init --out ~/new --organisation Test --days -1", "--days is 1 to 400")]
    [InlineData("issuing-request --out ~/new", "--organisation is missing")]
    [InlineData("issuing-sign --key ~/root.key", "--root is missing")]
    [InlineData("issuing-sign --root ~/root.pem", "--key is missing")]
    [InlineData("issuing-sign --root ~/root.pem --key ~/issuing.pem --request ~/issuing.csr --out ~/x.pem", "issuing.pem is not what is wanted here")]
    [InlineData("issuing-sign --root ~/root.crl --key ~/root.key --request ~/issuing.csr --out ~/x.pem", "refused: ")]
    // The root's key is in a token, and this machine has none.
    [InlineData("issuing-sign --root ~/root.pem --key ~/root.key --request ~/issuing.csr --out ~/x.pem", "The token that holds the signing keys is not ready")]
    [InlineData("root-crl --root ~/root.pem --key ~/root.key --out ~/x.crl", "The token that holds the signing keys is not ready")]
    [InlineData("root-crl --root ~/root.pem --key ~/none.key --out ~/x.crl", "none.key")]
    [InlineData("root-crl --key ~/root.key --out ~/x.crl", "--root is missing")]
    [InlineData("issuing-import --root ~/root.pem --certificate ~/issuing.pem --key ~/root.key", "--list is missing")]
    [InlineData("issuing-import --root ~/root.pem --certificate ~/none.pem --key ~/root.key --list ~/root.crl", "none.pem")]
    [InlineData("issuing-import --root ~/root.pem --certificate ~/issuing.csr --key ~/root.key --list ~/root.crl", "refused: ")]
    [InlineData("issuing-import --root ~/root.pem --certificate ~/issuing.pem --key ~/root.pem --list ~/root.crl",
        "root.pem is not what is wanted here (ENCRYPTED PRIVATE KEY or HALONG TOKEN KEY)")]
    [InlineData("issuing-import --root ~/root.pem --certificate ~/issuing.pem --key ~/root.key --list ~/issuing.csr",
        "issuing.csr is not what is wanted here (X509 CRL)")]
    [InlineData("issuing-import --root ~/root.pem --certificate ~/issuing.pem --key ~/root.key --list ~/root.crl",
        "The token that holds the signing keys is not ready")]
    [InlineData("list-import", "--list is missing")]
    [InlineData("list-import --list ~/root.pem", "root.pem is not what is wanted here (X509 CRL)")]
    public async Task A_step_with_the_wrong_files_or_out_of_its_turn_is_refused_and_leaves_nothing_behind(string line, string why)
    {
        CeremonyFiles.WriteCertificate(In("root.pem"), Chain.Root);
        CeremonyFiles.WriteCertificate(In("issuing.pem"), Chain.Issuing);
        CeremonyFiles.WriteList(In("root.crl"), List());
        CeremonyFiles.WriteKey(In("root.key"), new TokenKey(new byte[16], Chain.RootKey.ExportSubjectPublicKeyInfo()).Write());
        CeremonyFiles.WriteRequest(In("issuing.csr"), RootWork.Request("HaLong Issuing CA", "Test", Chain.IssuingKey));
        var before = Directory.GetFileSystemEntries(home).Order().ToList();
        var (code, output) = await RunAsync(line);
        Assert.Equal(1, code);
        Assert.Contains("refused: ", output, StringComparison.Ordinal);
        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(home).Order());
    }

    [Theory]
    [InlineData("PKI_PASSWORD_1", "too short", "at least 12 characters")]
    [InlineData("PKI_PASSWORD_2", "", "at least 12 characters")]
    [InlineData("PKI_PASSWORD_2", null, "at least 12 characters")]
    [InlineData("Pki__Token__Library", "/nowhere/lib.so", "Pki__Token__Label or Pki__Token__Pin is missing")]
    public async Task A_root_is_not_made_with_half_a_password_or_half_a_token(string name, string? value, string why)
    {
        environment[name] = value;
        var (code, output) = await RunAsync("root-init --out ~/new --organisation Test", typed: "eleven char\n");
        Assert.Equal(1, code);
        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("new")));
    }

    [Theory]
    [InlineData("Pki__KeyPassword", null, "Pki__KeyPassword is missing, or shorter than 12 characters")]
    [InlineData("Pki__KeyPassword", "eleven char", "Pki__KeyPassword is missing, or shorter than 12 characters")]
    [InlineData("Pki__Token__Library", "/nowhere/lib.so", "Pki__Token__Label or Pki__Token__Pin is missing")]
    public async Task A_request_is_not_made_without_the_service_s_password(string name, string? value, string why)
    {
        environment[name] = value;
        var (code, output) = await RunAsync("issuing-request --out ~/new --organisation Test");
        Assert.Equal(1, code);
        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("new")));
    }

    [Fact]
    public async Task A_token_that_is_away_makes_no_root_in_software_instead()
    {
        (environment["Pki__Token__Library"], environment["Pki__Token__Label"], environment["Pki__Token__Pin"]) = ("/nowhere/lib.so", "x", "y");
        foreach (var line in new[] { "root-init --out ~/new --organisation Test", "issuing-request --out ~/new --organisation Test" })
        {
            var (code, output) = await RunAsync(line);
            Assert.Equal(1, code);
            Assert.Contains("The token that holds the signing keys is not ready", output, StringComparison.Ordinal);
            Assert.False(Directory.Exists(In("new")));
        }
    }

    [Theory]
    [InlineData("Root-Init --out ~/new")]
    [InlineData("root-init -out ~/new")]
    [InlineData("root-init --out ~/new extra")]
    [InlineData("root-init --out ~/new --out ~/other")]
    [InlineData("help")]
    public async Task What_is_no_step_gets_the_list_of_steps(string line)
    {
        var (code, output) = await RunAsync(line);
        Assert.Equal(2, code);
        foreach (var step in new[] { "root-init", "issuing-request", "issuing-sign", "root-crl", "issuing-import", "list-import" })
            Assert.Contains("\n  " + step + " ", output, StringComparison.Ordinal);
    }
}
