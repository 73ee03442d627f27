using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>Signs mails with every key there is (RFC 6376; Ed25519 beside RSA by RFC 8463).</summary>
internal sealed class DkimSigners
{
    private const int WeakestRsa = 2048;

    /// <summary>What a reader or a program acts upon. Only those that a mail has are signed.</summary>
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.To, HeaderId.ReplyTo, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion, HeaderId.ContentType,
        HeaderId.AutoSubmitted, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private readonly IReadOnlyList<(AsymmetricKeyParameter Key, string Selector)> keys;
    private readonly string domain;

    private DkimSigners(IReadOnlyList<(AsymmetricKeyParameter, string)> keys, string domain) => (this.keys, this.domain) = (keys, domain);

    /// <summary>Reads the keys; throws <see cref="FormatException"/> or <see cref="IOException"/> when one cannot be used.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="senderDomain">Domain of the sender: DMARC counts a signature only when its domain is the same or above.</param>
    public static DkimSigners Load(DkimOptions options, string senderDomain)
    {
        var domain = options.Domain.Length > 0 ? options.Domain : senderDomain;
        if (!senderDomain.Equals(domain, StringComparison.OrdinalIgnoreCase) && !senderDomain.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"the domain {domain} is not the sender's {senderDomain} nor above it.");
        return new DkimSigners([.. options.Keys.Select(key => (Read(key), key.Selector))], domain);
    }

    /// <summary>Fixes the encoding and signs; nothing may be changed after that.</summary>
    public void Sign(MimeMessage mail, FormatOptions format)
    {
        if (keys.Count == 0)
            return;
        mail.Prepare(EncodingConstraint.SevenBit);
        HeaderId[] present = [.. Signed.Where(id => mail.Headers.Contains(id) || mail.Body?.Headers.Contains(id) == true)];
        foreach (var (key, selector) in keys)
            SignerOf(key, selector).Sign(format, mail, present);
    }

    private DkimSigner SignerOf(AsymmetricKeyParameter key, string selector)
    {
        var signer = key is RsaPrivateCrtKeyParameters rsa
            ? new RsaDkimSigner(rsa, domain, selector)
            : new DkimSigner(key, domain, selector, DkimSignatureAlgorithm.Ed25519Sha256);
        signer.HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        signer.BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        return signer;
    }

    private static AsymmetricKeyParameter Read(DkimKeyOptions options)
    {
        if (options.Selector.Length == 0)
            throw new FormatException("a selector is missing.");
        using var file = new StreamReader(options.File);
        object? content;
        try
        {
            content = new PemReader(file).ReadObject();
        }
        catch (Exception e) when (e is PemException or InvalidCastException or IOException)
        {
            throw new FormatException($"the file of selector {options.Selector} cannot be read.", e);
        }

        return (content is AsymmetricCipherKeyPair pair ? pair.Private : content) switch
        {
            RsaPrivateCrtKeyParameters rsa when rsa.Modulus.BitLength >= WeakestRsa => rsa,
            Ed25519PrivateKeyParameters edwards => edwards,
            _ => throw new FormatException($"the key of selector {options.Selector} is neither RSA of {WeakestRsa} bits or more nor Ed25519."),
        };
    }
}
