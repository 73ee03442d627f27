extern alias signatures;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using signatures::HaLong.Signatures.Cryptography;
using signatures::HaLong.Signatures.Pdf;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>
/// Signatures per second and core by the service's own code, beside the bare key operation of the same run: no platform, no network, no
/// time-stamp. Keys go the way they go in the service: encrypted PKCS #8, opened once, behind the lock that replies share.
/// </summary>
internal sealed class SignScenario(BenchOptions options)
{
    private const int Megabyte = 1024 * 1024;
    private const string Password = "only for this measurement";

    private static readonly SignatureDetails Details = new("Con dấu điện tử", "Phê duyệt kết quả", "Hạ Long", new DateTimeOffset(2026, 7, 24, 10, 15, 0, TimeSpan.FromHours(7)));
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ResultFile _result = new("sign", MachineInfo.Describe(), [], [], []);

    public static Task<int> RunAsync(BenchOptions options) => Task.FromResult(new SignScenario(options).Run());

    private int Run()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]sign[/] on {MachineInfo.Describe()}, one core");
        var (one, hash) = (LargePdf.Of(Megabyte), RandomNumberGenerator.GetBytes(32));
        _result.Limits["sha256_of_1_mb_per_second_per_core"] = PerCore.Rate(Step, 1, () => SHA256.HashData(one)[0]);

        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var opened = KeyVault.Open(KeyVault.Close(elliptic, Password), Password);
        using var seal = SigningKey.Of(opened, Certificate(new CertificateRequest("CN=bench", elliptic, HashAlgorithmName.SHA256)));
        var p256 = Measure("p256", () => elliptic.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence), seal, one, hash);

        using var rsa = RSA.Create(2048);
        using var person = SigningKey.Of(Reopened(rsa), Certificate(new CertificateRequest("CN=bench", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        var rsa2048 = Measure("rsa2048", () => rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), person, one, hash);

        foreach (var size in new[] { 1, 10, 50 })
        {
            MeasureMemory(size, seal);
        }

        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return p256 >= 0.7 && rsa2048 >= 0.7 && _result.Ratios["memory_to_file_size_50_mb"] <= 3 ? 0 : 1;
    }

    private TimeSpan Step => TimeSpan.FromSeconds(Math.Min(3, options.StepSeconds));

    /// <returns>Hash signing by the service as a share of the bare operation.</returns>
    private double Measure(string name, Func<byte[]> bare, SigningKey key, byte[] pdf, byte[] hash)
    {
        // In turns, and the best of each: what else runs on the machine disturbs both.
        var (limit, through, whole) = (0d, 0d, 0d);
        for (var turn = 0; turn < 3; turn++)
        {
            limit = Math.Max(limit, PerCore.Rate(Step / 3, 1, () => bare()[0]));
            through = Math.Max(through, PerCore.Rate(Step / 3, 1, () => key.SignHash(hash)[0]));
            whole = Math.Max(whole, PerCore.Rate(Step / 3, 1, () => Sign(pdf, key).Length));
        }

        _result.Limits[name + "_bare_per_second_per_core"] = limit;
        _result.Metrics[name + "_hashes_per_second_per_core"] = through;
        _result.Metrics[name + "_pades_of_1_mb_per_second_per_core"] = whole;
        _result.Ratios[name + "_hashes_to_bare"] = through / limit;
        _result.Ratios[name + "_pades_of_1_mb_to_bare"] = whole / limit;
        // A signed file is at least hashed once: that much no code can leave out.
        _result.Ratios[name + "_pades_of_1_mb_to_bare_and_hash"] = whole * ((1 / limit) + (1 / _result.Limits["sha256_of_1_mb_per_second_per_core"]));
        AnsiConsole.MarkupLineInterpolated($"{name,-10} {through,12:N0} hashes, {whole,10:N0} files of 1 MB per second and core; bare {limit,12:N0}");
        return through / limit;
    }

    // The file that came, what signing allocates, and the answer, which is the file again.
    private void MeasureMemory(int megabytes, SigningKey key)
    {
        var pdf = LargePdf.Of(megabytes * Megabyte);
        var answer = 0L;
        var signing = PerCore.Allocated(1, () =>
        {
            byte[] signed = [.. pdf, .. Sign(pdf, key)];
            return answer = signed.Length;
        });
        _result.Metrics[$"allocated_bytes_signing_{megabytes}_mb"] = signing;
        _result.Ratios[$"memory_to_file_size_{megabytes}_mb"] = (pdf.Length + signing) / pdf.Length;
    }

    private static byte[] Sign(byte[] pdf, SigningKey key)
    {
        var prepared = PadesSigner.Prepare(pdf, key.Chain, key.Algorithm, Details);
        return prepared.Complete(key.SignHash(prepared.HashToSign), stamp: null).Value.Bytes;
    }

    private static RSA Reopened(RSA key)
    {
        var opened = RSA.Create();
        opened.ImportPkcs8PrivateKey(key.ExportPkcs8PrivateKey(), out _);
        return opened;
    }

    private static X509Certificate2 Certificate(CertificateRequest request)
    {
        using var withKey = request.CreateSelfSigned(Epoch, Epoch.AddYears(20));
        return X509CertificateLoader.LoadCertificate(withKey.RawData);
    }
}
