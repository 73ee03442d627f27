using System.Globalization;
using System.Text;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;
using Microsoft.AspNetCore.Http;

namespace HaLong.Signatures.Tests.Pdf;

/// <summary>A file is held once: what signing and validating add is small, whatever its size. Measured in bytes, not in time.</summary>
public sealed class MemoryTests
{
    private const int Size = 40 * 1024 * 1024;
    private static readonly Lazy<byte[]> Large = new(Make);

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void Signing_and_validating_a_large_file_take_a_small_part_of_its_size()
    {
        var (pdf, key) = (Large.Value, TestPki.Default.Signer);
        // What is made once for all files is made before.
        Sign(SamplePdfs.Table(), key);
        byte[] revision = [];
        Assert.InRange(Allocated(() => revision = Sign(pdf, key)), 0, Size / 20);

        byte[] signed = [.. pdf, .. revision];
        byte[] twice = [.. signed, .. Sign(signed, TestPki.Default.NewSigner("06661"))];
        ValidationReport? report = null;
        Assert.InRange(Allocated(() => report = PdfValidator.Validate(twice, TestPki.Default.Trust, TimeProvider.System.GetUtcNow())), 0, Size / 4);
        Assert.Equal(Indication.Valid, report!.Indication);
        Assert.Equal(2, report.Signatures.Count);
        Assert.InRange(Allocated(() => ArchiveRevision.Prepare(PdfFile.Open(twice), ValidationData.None)), 0, Size / 20);
    }

    [Fact]
    public async Task Receiving_a_large_file_allocates_less_than_three_times_its_size()
    {
        var pdf = Large.Value;
        using var body = new MemoryStream(pdf);
        var before = GC.GetAllocatedBytesForCurrentThread();
        // All at hand: nothing waits, so all of it is on this thread.
        var reading = UploadedFile.ReadAsync(body, "", pdf.Length, TestContext.Current.CancellationToken);
        Assert.True(reading.IsCompleted);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, pdf.Length, 3L * pdf.Length);
        Assert.Equal(pdf.Length, (await reading).Value.Length);
    }

    [Fact]
    public void What_is_kept_of_a_prepared_signature_does_not_grow_with_the_document()
    {
        var (key, details) = (TestPki.Default.Signer, SignatureRevisionTests.Details);
        var small = PadesSigner.Prepare(SamplePdfs.Table(), key.Chain, key.Algorithm, details).Serialise();
        var large = PadesSigner.Prepare(Large.Value, key.Chain, key.Algorithm, details).Serialise();
        Assert.InRange(large.Length, small.Length - 200, small.Length + 200);
    }

    private static byte[] Sign(byte[] pdf, SigningKey key)
    {
        var prepared = PadesSigner.Prepare(pdf, key.Chain, key.Algorithm, SignatureRevisionTests.Details,
            new SignatureAppearance("https://halong.example/v/1"));
        return prepared.Complete(key.SignHash(prepared.HashToSign), null).Value.Bytes;
    }

    // A page with a picture of 40 MB.
    private static byte[] Make()
    {
        var head = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
            + "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>>>\nendobj\n");
        var begin = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"4 0 obj\n<</Type/XObject/Subtype/Image/Width 1/Height 1/Length {Size}>>\nstream\n"));
        var text = Encoding.ASCII.GetString(head);
        var places = Enumerable.Range(1, 3).Select(i => string.Create(CultureInfo.InvariantCulture, $"\n{i} 0 obj"))
            .Select(begins => text.IndexOf(begins, StringComparison.Ordinal) + 1).Append(head.Length);
        var start = head.Length + begin.Length + Size + 18;
        var end = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\nendstream\nendobj\nxref\n0 5\n0000000000 65535 f \n")
            + string.Concat(places.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p:D10} 00000 n \n")))
            + string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
        var pdf = new byte[head.Length + begin.Length + Size + end.Length];
        head.CopyTo(pdf, 0);
        begin.CopyTo(pdf, head.Length);
        new Random(7).NextBytes(pdf.AsSpan(head.Length + begin.Length, Size));
        end.CopyTo(pdf, head.Length + begin.Length + Size);
        return pdf;
    }
}
