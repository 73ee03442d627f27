using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// A private key with its certificate chain, signer first. It signs hashes only, so a key elsewhere (token, remote signer) can stand in
/// for one in memory.
/// </summary>
internal abstract class SigningKey(IReadOnlyList<X509Certificate2> chain) : IDisposable
{
    public IReadOnlyList<X509Certificate2> Chain { get; } = chain;

    public X509Certificate2 Certificate => Chain[0];

    /// <summary>OID of the signature algorithm with SHA-256.</summary>
    public abstract string SignatureAlgorithm { get; }

    public abstract byte[] SignHash(ReadOnlySpan<byte> sha256);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    public static SigningKey Of(ECDsa key, params IReadOnlyList<X509Certificate2> chain) => new EllipticKey(key, chain);

    public static SigningKey Of(RSA key, params IReadOnlyList<X509Certificate2> chain) => new RsaKey(key, chain);

    private sealed class EllipticKey(ECDsa key, IReadOnlyList<X509Certificate2> chain) : SigningKey(chain)
    {
        private readonly Lock gate = new();

        public override string SignatureAlgorithm => "1.2.840.10045.4.3.2";

        // The key object is not documented as safe for several threads; a P-256 signature takes 30 µs.
        public override byte[] SignHash(ReadOnlySpan<byte> sha256)
        {
            lock (gate)
                return key.SignHash(sha256, DSASignatureFormat.Rfc3279DerSequence);
        }

        protected override void Dispose(bool disposing)
        {
            key.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class RsaKey(RSA key, IReadOnlyList<X509Certificate2> chain) : SigningKey(chain)
    {
        private readonly Lock gate = new();

        public override string SignatureAlgorithm => "1.2.840.113549.1.1.11";

        public override byte[] SignHash(ReadOnlySpan<byte> sha256)
        {
            lock (gate)
                return key.SignHash(sha256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        protected override void Dispose(bool disposing)
        {
            key.Dispose();
            base.Dispose(disposing);
        }
    }
}
