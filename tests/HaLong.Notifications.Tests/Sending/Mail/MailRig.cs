using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using HaLong.Notifications.Sending.Mail;
using HaLong.Notifications.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace HaLong.Notifications.Tests.Sending.Mail;

/// <summary>A provider of mail by itself, and keys of DKIM as files with what stands about them in DNS.</summary>
internal sealed class MailRig : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<SmtpProvider> providers = [];
    private readonly string folder = Directory.CreateTempSubdirectory("halong-mail").FullName;

    public ShiftedClock Clock { get; } = new();

    public IMeterFactory Meters => services.GetRequiredService<IMeterFactory>();

    /// <summary>What DNS says: name → text.</summary>
    public Dictionary<string, string> Dns { get; } = [];

    public SmtpProvider Provider(SmtpOptions options, string environment = "Development")
    {
        var provider = new SmtpProvider(
            SmtpProvider.ProviderName, options, Composer(options), new MailMetrics(Meters), new HostingEnvironment { EnvironmentName = environment }, Clock);
        providers.Add(provider);
        return provider;
    }

    public MailComposer Composer(SmtpOptions options) => new(Options.Create(options), Clock);

    public static ValidateOptionsResult Check(SmtpOptions options, string? environment = null) =>
        new SmtpOptionsCheck(new HostingEnvironment { EnvironmentName = environment ?? Environments.Production }).Validate(null, options);

    public string Write(string content)
    {
        var file = Path.Combine(folder, Guid.CreateVersion7().ToString("N"));
        File.WriteAllText(file, content);
        return file;
    }

    /// <param name="selector">Its name in DNS; one with pkcs1 in it is written in that older form.</param>
    /// <param name="domain">Whose.</param>
    /// <param name="bits">Its length.</param>
    public DkimKeyOptions Rsa(string selector, string domain = "halong.vn", int bits = 2048)
    {
        using var key = RSA.Create(bits);
        Dns[$"{selector}._domainkey.{domain}"] = "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        return new DkimKeyOptions { Selector = selector, File = Write(selector.Contains("pkcs1", StringComparison.Ordinal) ? key.ExportRSAPrivateKeyPem() : key.ExportPkcs8PrivateKeyPem()) };
    }

    public DkimKeyOptions Edwards(string selector, string domain = "halong.vn")
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var pair = generator.GenerateKeyPair();
        Dns[$"{selector}._domainkey.{domain}"] = "v=DKIM1; k=ed25519; p=" + Convert.ToBase64String(((Ed25519PublicKeyParameters)pair.Public).GetEncoded());
        var pem = PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(pair.Private).GetEncoded());
        Assert.NotNull(SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(pair.Public));
        return new DkimKeyOptions { Selector = selector, File = Write(pem) };
    }

    public void Dispose()
    {
        foreach (var provider in providers)
            provider.Dispose();
        services.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
