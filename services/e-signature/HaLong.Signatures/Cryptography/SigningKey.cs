using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// A private key with its certificate chain, signer first. It signs hashes only, so a key elsewhere (token, remote signer) can stand in
/// for one in memory.
/// </summary>
internal abstract class SigningKey(IReadOnlyList<X509Certificate2> chain, SignatureAlgorithm algorithm) : IDisposable
{
    public IReadOnlyList<X509Certificate2> Chain { get; } = chain;

    public X509Certificate2 Certificate => Chain[0];

    public SignatureAlgorithm Algorithm { get; } = algorithm;

    /// <param name="hash">By the hash of <see cref="Algorithm"/>.</param>
    public abstract byte[] SignHash(ReadOnlySpan<byte> hash);

    /// <summary>Whether this key can sign by another algorithm than its own.</summary>
    public virtual bool Signs(SignatureAlgorithm algorithm) => algorithm == Algorithm || (!algorithm.IsRsa && !Algorithm.IsRsa);

    /// <summary>Signs a hash by another function than the usual one of this key.</summary>
    /// <param name="hash">By the hash of <paramref name="algorithm"/>.</param>
    /// <param name="algorithm">Of the same kind of key.</param>
    /// <exception cref="NotSupportedException">This key signs in one way only.</exception>
    public virtual byte[] SignHash(ReadOnlySpan<byte> hash, SignatureAlgorithm algorithm) =>
        // An elliptic curve signs any hash; RSA writes the name of the hash into what it signs.
        Signs(algorithm) ? SignHash(hash)
            : throw new NotSupportedException($"A key for {Algorithm.Oid} does not sign by {algorithm.Oid}.");

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>A key in memory, with the hash that is usual for its curve.</summary>
    public static SigningKey Of(ECDsa key, params IReadOnlyList<X509Certificate2> chain) =>
        new EllipticKey(key, chain, SignatureAlgorithm.OfCurve(key.KeySize));

    /// <summary>A key in memory, with SHA-256.</summary>
    public static SigningKey Of(RSA key, params IReadOnlyList<X509Certificate2> chain) => new RsaKey(key, chain, SignatureAlgorithm.RsaSha256);

    /// <summary>A key in memory, with the hash of <paramref name="algorithm"/>.</summary>
    /// <exception cref="ArgumentException">The algorithm is for another kind of key.</exception>
    public static SigningKey Of(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, params IReadOnlyList<X509Certificate2> chain) => key switch
    {
        ECDsa elliptic when !algorithm.IsRsa => new EllipticKey(elliptic, chain, algorithm),
        RSA rsa when algorithm.IsRsa => new RsaKey(rsa, chain, algorithm),
        _ => throw new ArgumentException("The algorithm is for another kind of key.", nameof(algorithm)),
    };

    private sealed class EllipticKey(ECDsa key, IReadOnlyList<X509Certificate2> chain, SignatureAlgorithm algorithm) : SigningKey(chain, algorithm)
    {
        private readonly Lock gate = new();

        // The key object is not documented as safe for several threads; a P-256 signature takes 30 µs.
        public override byte[] SignHash(ReadOnlySpan<byte> hash)
        {
            lock (gate)
                return key.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);
        }

        protected override void Dispose(bool disposing)
        {
            key.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class RsaKey(RSA key, IReadOnlyList<X509Certificate2> chain, SignatureAlgorithm algorithm) : SigningKey(chain, algorithm)
    {
        private readonly Lock gate = new();

        public override byte[] SignHash(ReadOnlySpan<byte> hash)
        {
            lock (gate)
                return key.SignHash(hash, Algorithm.Hash, RSASignaturePadding.Pkcs1);
        }

        public override bool Signs(SignatureAlgorithm algorithm) => algorithm.IsRsa;

        public override byte[] SignHash(ReadOnlySpan<byte> hash, SignatureAlgorithm algorithm)
        {
            if (!algorithm.IsRsa)
                return base.SignHash(hash, algorithm);
            lock (gate)
                return key.SignHash(hash, algorithm.Hash, RSASignaturePadding.Pkcs1);
        }

        protected override void Dispose(bool disposing)
        {
            key.Dispose();
            base.Dispose(disposing);
        }
    }
}
