using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cades;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Features;

/// <summary>
/// One file of a request, read once and never beyond the limit. A PDF is held, because its signatures lie inside; of any other file only the
/// beginning is, which is all of it when it is a signature, and the hashes of the whole.
/// </summary>
internal sealed class UploadedFile : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private const int ClaimedBytes = 1024 * 1024;

    private readonly MemoryStream kept = new();
    private readonly ContentDigests digests = new();

    private UploadedFile(string field) => Field = field;

    /// <summary>Name of the form field; empty for a body without a form.</summary>
    public string Field { get; }

    public long Length { get; private set; }

    /// <summary>Judged by its first bytes.</summary>
    public bool IsPdf { get; private set; }

    /// <summary>All of a PDF; of another file the beginning, at most one byte more than any signature has.</summary>
    public ReadOnlyMemory<byte> Kept => kept.GetBuffer().AsMemory(0, (int)kept.Length);

    /// <summary>Hash of the whole; null for a function that is not computed.</summary>
    public byte[]? DigestBy(HashAlgorithmName name) => !IsPdf ? digests.Of(name)
        : name == HashAlgorithmName.MD5 ? null : CryptographicOperations.HashData(name, Kept.Span);

    /// <summary>Reads to the end.</summary>
    /// <param name="body">The content.</param>
    /// <param name="field">Name of the form field.</param>
    /// <param name="length">What the client says; not believed beyond a first megabyte.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>SIG-0006 for a file that is too large.</returns>
    public static async Task<Result<UploadedFile>> ReadAsync(Stream body, string field, long? length, CancellationToken ct)
    {
        var file = new UploadedFile(field);
        file.kept.Capacity = (int)Math.Min(length ?? ChunkBytes, ClaimedBytes);
        var chunk = new byte[ChunkBytes];
        for (int count; (count = await body.ReadAtLeastAsync(chunk, file.Length == 0 ? 5 : 1, throwOnEndOfStream: false, ct)) > 0;)
        {
            if (file.Length + count > SignPdf.MaxBytes)
            {
                file.Dispose();
                return SignatureErrors.TooLarge;
            }

            // What a client says about the length is not believed at once: no more than three times what has come.
            if (file.IsPdf && file.kept.Length + count > file.kept.Capacity && length > file.kept.Capacity)
                file.kept.Capacity = (int)Math.Min(length.Value, file.kept.Capacity * 4L);
            file.Append(chunk.AsSpan(0, count));
        }

        return file;
    }

    public void Dispose()
    {
        kept.Dispose();
        digests.Dispose();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length == 0)
            IsPdf = PdfFile.LooksLikePdf(bytes);
        Length += bytes.Length;
        kept.Write(IsPdf ? bytes : bytes[..(int)Math.Min(bytes.Length, CmsFile.MaxBytes + 1 - kept.Length)]);
        // Those of a PDF are computed when they are needed: it mostly signs itself.
        if (!IsPdf)
            digests.Append(bytes);
    }
}
