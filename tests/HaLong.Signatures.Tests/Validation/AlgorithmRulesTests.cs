using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

public sealed class AlgorithmRulesTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    // 17:30 UTC of the 31st is 00:30 of the 1st here.
    private static readonly DateTimeOffset LastMoment = new(2030, 12, 31, 16, 59, 59, TimeSpan.Zero), After = new(2030, 12, 31, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("SHA256", "RSA", 2048, true, true, false)]
    [InlineData("SHA256", "RSA", 3072, true, true, true)]
    [InlineData("SHA256", "RSA", 2047, false, false, false)]
    [InlineData("SHA256", "RSA", 1024, false, false, false)]
    [InlineData("SHA384", "EC", 256, true, true, true)]
    [InlineData("SHA512", "EC", 224, true, true, false)]
    [InlineData("SHA512", "EC", 192, false, false, false)]
    [InlineData("SHA1", "RSA", 4096, false, false, false)]
    [InlineData("MD5", "EC", 256, false, false, false)]
    [InlineData("SHA256", "DSA", 3072, false, false, false)]
    [InlineData("SHA3-256", "EC", 256, false, false, false)]
    public void Rules_hold_for_their_time(string digest, string key, int bits, bool today, bool lastDay, bool after)
    {
        var seen = new AlgorithmsSeen(digest, key, bits, "");
        Assert.Equal((today, lastDay, after), (AlgorithmRules.Default.Permit(seen, Today), AlgorithmRules.Default.Permit(seen, LastMoment),
            AlgorithmRules.Default.Permit(seen, After)));
    }

    [Fact]
    public void Each_rule_names_its_source() => Assert.All(AlgorithmRules.Default.All, r => Assert.True(r.Source.Length > 10, r.Name));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"digests":[{"name":"SHA256"}]}""")]
    [InlineData("""{"keys":[{"name":"RSA","source":"x"}]}""")]
    [InlineData("""{"digests":[{"name":"SHA1","source":"x"}],"never":[{"name":"SHA1","source":"x"}]}""")]
    [InlineData("""{"digests":[{"name":"SHA256","source":"x","until":"soon"}]}""")]
    public void Rules_that_say_nothing_or_contradict_themselves_are_refused(string json) => Assert.Throws<JsonException>(() => AlgorithmRules.Parse(json));

    [Fact]
    public async Task What_was_secure_when_it_was_proven_to_exist_stays_so()
    {
        var (pki, later) = (TestPki.Default, new DateTimeOffset(2031, 6, 1, 0, 0, 0, TimeSpan.Zero));
        var content = "x"u8.ToArray();
        var weak = KeyMatrix.Signer("RSA-2048", "SHA256");
        SignatureFinding Find(byte[] der, DateTimeOffset now) =>
            FileValidator.Validate(der, n => CryptographicOperations.HashData(n, content), pki.Trust, now).Signatures.Single();

        Assert.Contains(Reasons.WeakAlgorithm, Find(await FileValidatorTests.SignAsync(weak, content: content), later).Reasons);
        Assert.Empty(Find(await FileValidatorTests.SignAsync(weak, pki.NewStamper(), content: content), later).Reasons);
        Assert.DoesNotContain(Reasons.WeakAlgorithm, Find(await FileValidatorTests.SignAsync(content: content), later).Reasons);
    }

    [Fact]
    public void A_weak_certificate_in_the_chain_is_noticed_but_the_root_s_own_signature_does_not_matter()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=old root", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var pss = request.CreateSelfSigned(Today, Today.AddYears(1));
        Assert.True(AlgorithmRules.Default.Permit([pss.RawData, TestPki.Default.Root.RawData], Today));
        Assert.False(AlgorithmRules.Default.Permit([pss.RawData], After));

        using var old = BySha1(rsa);
        Assert.True(AlgorithmRules.Default.Permit([old.RawData], Today));
        Assert.False(AlgorithmRules.Default.Permit([old.RawData, TestPki.Default.Root.RawData], Today));
    }

    // The platform makes none any more; openssl does.
    private static X509Certificate2 BySha1(RSA key)
    {
        using var judge = new Judge();
        judge.Run("openssl", "req", "-x509", "-sha1", "-subj", "/CN=old", "-days", "30", "-key", judge.Save("key.pem",
            System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem())), "-out", Path.Combine(judge.Folder, "old.pem")).Succeeded();
        return X509CertificateLoader.LoadCertificateFromFile(Path.Combine(judge.Folder, "old.pem"));
    }
}
