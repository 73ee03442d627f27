using System.Diagnostics;
using System.Security.Cryptography;

namespace HaLong.Bench.Limits;

/// <summary>How many token signatures a second this machine makes and checks with every core and nothing else to do.</summary>
/// <param name="RsaSigns">RS256: RSA of 2048 bits.</param>
/// <param name="RsaVerifies">The same.</param>
/// <param name="EcdsaSigns">ES256: P-256.</param>
/// <param name="EcdsaVerifies">The same.</param>
internal sealed record SignatureLimit(double RsaSigns, double RsaVerifies, double EcdsaSigns, double EcdsaVerifies)
{
    /// <summary>About what an access token of ours has to sign.</summary>
    private const int TokenBytes = 900;

    public static async Task<SignatureLimit> MeasureAsync(TimeSpan each)
    {
        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (rsaKey, ecdsaKey) = (rsa.ExportParameters(true), ecdsa.ExportParameters(true));
        var rsaSignature = rsa.SignData(token, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var ecdsaSignature = ecdsa.SignData(token, HashAlgorithmName.SHA256);
        return new SignatureLimit(
            await RateAsync(each, () => RSA.Create(rsaKey), k => k.SignData(token, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Length > 0),
            await RateAsync(each, () => RSA.Create(rsaKey), k => k.VerifyData(token, rsaSignature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            await RateAsync(each, () => ECDsa.Create(ecdsaKey), k => k.SignData(token, HashAlgorithmName.SHA256).Length > 0),
            await RateAsync(each, () => ECDsa.Create(ecdsaKey), k => k.VerifyData(token, ecdsaSignature, HashAlgorithmName.SHA256)));
    }

    // A key of its own per core: shared ones take turns.
    private static async Task<double> RateAsync<TKey>(TimeSpan duration, Func<TKey> create, Func<TKey, bool> work)
        where TKey : IDisposable
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() =>
        {
            using var key = create();
            for (var i = 0; i < 50; i++)
            {
                work(key);
            }

            var (clock, count) = (Stopwatch.StartNew(), 0L);
            for (; clock.Elapsed < duration; count++)
            {
                if (!work(key))
                {
                    throw new CryptographicException("A signature made here does not hold here.");
                }
            }

            return count / clock.Elapsed.TotalSeconds;
        })));
        return counts.Sum();
    }
}
