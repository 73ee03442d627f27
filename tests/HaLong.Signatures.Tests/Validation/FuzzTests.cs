using System.Globalization;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

/// <summary>
/// Files and signatures changed at random: nothing but the declared exceptions leaves, nothing hangs, nothing takes much memory, and nothing that was
/// changed under a signature is called valid. <c>HALONG_FUZZ_MINUTES</c> runs the same for so long, with seeds that nobody ran before.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 2000;
    private const long MaxAllocated = 300L * 1024 * 1024;

    private static readonly TestPki Pki = TestPki.Default;
    private static readonly DateTimeOffset Now = Archive.Now;

    // Small ones: they are read often. What is large in the corpus is its fonts.
    private static readonly Lazy<IReadOnlyList<byte[]>> Seeds = new(() =>
    [
        .. new[] { "table", "form", "fields-of-their-own", "object-streams", "uncompressed-streams", "pdf-lib-form", "pdf-lib-attachment", "hybrid", "certified-2", "revisions-50", "separated",
            "page-tree-of-60-levels" }.Select(CorpusFiles.Of),
        SignatureRevisionTests.Sign(SamplePdfs.Table()), SignatureRevisionTests.Sign(SamplePdfs.Of("object-streams")), Archive.Sign(data: Archive.Evidence()),
        Archive.Preserve(Archive.Sign(SamplePdfs.Of("form"), Archive.Evidence()), Archive.Evidence()),
    ]);

    private static readonly Lazy<IReadOnlyList<byte[]>> Tokens = new(() =>
    [
        CmsWriter.Sign(new byte[32], Pki.Signer), TestPki.Stamp(Archive.Stamper, [1], Now), .. Archive.Evidence().Answers, .. Archive.Evidence().Lists,
        SignatureTimeStamp.AddTo(CmsWriter.Sign(new byte[32], Pki.Signer), TestPki.Stamp(Archive.Stamper, [1], Now)),
        PadesSigner.Prepare(SamplePdfs.Table(), Pki.Signer.Chain, Pki.Signer.Algorithm, SignatureRevisionTests.Details).Serialise(),
    ]);

    private static bool IsLong => Minutes > 0;

    private static double Minutes => double.TryParse(Environment.GetEnvironmentVariable("HALONG_FUZZ_MINUTES"), CultureInfo.InvariantCulture, out var m) ? m : 0;

    [Fact]
    public void Changed_files_are_read_signed_and_validated_without_harm() => Run(Seeds.Value, ReadFile, share: 0.7);

    [Fact]
    public void Changed_signatures_time_stamps_and_evidence_are_read_without_harm() => Run(Tokens.Value, ReadToken, share: 0.3);

    private void Run(IReadOnlyList<byte[]> seeds, Action<byte[], CancellationToken> read, double share)
    {
        var first = IsLong ? Random.Shared.Next() : 20260724;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var end = TimeProvider.System.GetUtcNow().AddMinutes(Minutes * share);
        var (count, worst) = (0, 0L);
        for (; IsLong ? TimeProvider.System.GetUtcNow() < end : count < Rounds; count++)
        {
            var seed = unchecked(first + count);
            var mutant = new Mutator(seed, seeds).Next(seeds[count % seeds.Count]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(mutant, limit.Token);
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed} of file {count % seeds.Count}: {e}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MaxAllocated, $"Seed {seed} of file {count % seeds.Count} took {allocated} bytes.");
            worst = Math.Max(worst, allocated);
        }

        output.WriteLine($"{count} files from seed {first}, at most {worst / 1024} kB each");
    }

    private static void ReadFile(byte[] pdf, CancellationToken ct)
    {
        Quietly(() =>
        {
            var file = PdfFile.Open(pdf);
            foreach (var number in file.Places.Keys.Take(5000))
                Quietly(() => file.Get(number));
            Quietly(() => PageTree.Last(file));
            Quietly(() => PageTree.Find(file, 2));
            ValidationData.Of(file);
        });
        var report = PdfValidator.Validate(pdf, Pki.Trust, Now, ct);
        Reasons.Summary(report);
        // What is called valid keeps its word when it is signed once more.
        Quietly(() =>
        {
            var prepared = PadesSigner.Prepare(pdf, Pki.Signer.Chain, Pki.Signer.Algorithm, SignatureRevisionTests.Details,
                pdf.Length % 2 == 0 ? new SignatureAppearance() : null);
            byte[] signed = [.. pdf, .. prepared.Complete(Pki.Signer.SignHash(prepared.HashToSign), null).Value.Bytes];
            var after = PdfValidator.Validate(signed, Pki.Trust, Now, ct);
            if (report.Indication == Indication.Valid)
                Assert.Equal(Indication.Valid, after.Indication);
        });
        Quietly(() => ArchiveRevision.Prepare(PdfFile.Open(pdf), ValidationData.None));
    }

    private static void ReadToken(byte[] token, CancellationToken ct)
    {
        CmsInspector.Inspect(token, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty, cades: true);
        TimeStampInspector.Inspect(token, [1], Pki.Trust, Now);
        SignedRange.Unpadded(token);
        new OfflineStatus(new ValidationData([], [token], [token]), Now).Of(Pki.Seal, Pki.Issuing, Now);
        // A changed answer about the seal is not believed: either it says nothing, or it is still the right one.
        Assert.NotEqual(CertificateStatus.NotIssued, new OfflineStatus(new ValidationData([], [token], []), Now).Of(Pki.Seal, Pki.Issuing, Now));
        TrustInspector.Inspect(Pki.Seal, [token], Pki.Roots, Now);
        ct.ThrowIfCancellationRequested();
        try
        {
            PreparedSignature.Read(token);
        }
        catch (InvalidDataException)
        {
            // The one that is declared.
        }
    }

    private static void Quietly(Action read)
    {
        try
        {
            read();
        }
        catch (PdfException)
        {
            // The one that is declared.
        }
    }
}
