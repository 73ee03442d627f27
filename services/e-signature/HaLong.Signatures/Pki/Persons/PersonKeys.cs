using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Pki.Persons;

/// <summary>
/// The one place where private keys of persons are made, closed and opened. At rest a key lies in two boxes: the inner one under the PIN, the
/// outer one under the service's password, so neither alone opens it. While an order is authorised, a copy lies under the SAD and the
/// password. What is inside (here PKCS#8) is known to <see cref="New"/> and <see cref="Load"/> alone: a token's reference can stand in for it.
/// </summary>
internal sealed class PersonKeys(IOptions<PkiOptions> pki, IOptions<CredentialOptions> options)
{
    private const int KeyBytes = 32;
    private const int SaltBytes = 16;

    /// <summary>Rounds for the service's password; it is derived once a process.</summary>
    private const int PasswordIterations = 210_000;

    private readonly Lazy<byte[]> master = new(() =>
        Rfc2898DeriveBytes.Pbkdf2(pki.Value.KeyPassword, "halong person keys"u8, PasswordIterations, HashAlgorithmName.SHA512, KeyBytes));

    /// <summary>A new key: its certificate is made with it, then it goes into an envelope.</summary>
    public static ECDsa New() => KeyVault.NewKey(ECCurve.NamedCurves.nistP256);

    /// <summary>What is kept of a key.</summary>
    public static byte[] Material(ECDsa key) => key.ExportPkcs8PrivateKey();

    /// <summary>A key that signs, from what is kept of it.</summary>
    public static SigningKey Load(byte[] material, PersonCredential credential, AuthorityChain chain)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(material, out _);
        return SigningKey.Of(key, X509CertificateLoader.LoadCertificate(credential.Certificate ?? []), chain.Issuing, chain.Root);
    }

    /// <param name="credentialId">Whose key.</param>
    /// <param name="material">What is kept of it.</param>
    /// <param name="pin">Null for a one-time credential without one.</param>
    public KeyEnvelope Close(Guid credentialId, byte[] material, string? pin)
    {
        var (salt, iterations) = pin is null ? ([], 0) : (RandomNumberGenerator.GetBytes(SaltBytes), options.Value.PinIterations);
        var inner = pin is null ? material : SealedBox.Seal(Derive(pin, salt, iterations), "pin:" + credentialId, material);
        return new KeyEnvelope(SealedBox.Seal(Service("credential", credentialId), "credential:" + credentialId, inner), salt, iterations);
    }

    /// <returns>What is kept of the key; null when the PIN is wrong.</returns>
    /// <exception cref="ErrorException">SIG-0009: the service's password does not fit, which is not the person's fault.</exception>
    public byte[]? Open(Guid credentialId, KeyEnvelope envelope, string pin)
    {
        var inner = SealedBox.Open(Service("credential", credentialId), "credential:" + credentialId, envelope.Box)
            ?? throw new ErrorException(SignatureErrors.NotReady);
        return envelope.PinIterations == 0 ? inner
            : SealedBox.Open(Derive(pin, envelope.PinSalt, envelope.PinIterations), "pin:" + credentialId, inner);
    }

    /// <summary>A copy for the time of one order.</summary>
    public byte[] Activate(Guid orderId, byte[] material, byte[] sad) =>
        SealedBox.Seal(Service("order", orderId), "order:" + orderId, SealedBox.Seal(Sad(sad, orderId), "sad:" + orderId, material));

    /// <returns>Null when the SAD is another.</returns>
    /// <exception cref="ErrorException">SIG-0009: the service's password does not fit.</exception>
    public byte[]? OpenActivated(Guid orderId, byte[] box, byte[] sad)
    {
        var inner = SealedBox.Open(Service("order", orderId), "order:" + orderId, box) ?? throw new ErrorException(SignatureErrors.NotReady);
        return SealedBox.Open(Sad(sad, orderId), "sad:" + orderId, inner);
    }

    private byte[] Service(string use, Guid id) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Value, KeyBytes, salt: null, Encoding.UTF8.GetBytes($"{use}:{id}"));

    private static byte[] Sad(byte[] sad, Guid id) => HKDF.DeriveKey(HashAlgorithmName.SHA256, sad, KeyBytes, salt: null, Encoding.UTF8.GetBytes("sad:" + id));

    private static byte[] Derive(string pin, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(PinRules.Normalise(pin), salt, iterations, HashAlgorithmName.SHA512, KeyBytes);
}
