using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace HaLong.Payments.Reconciliation;

/// <summary>An uploaded file, kept on disk while it is read, with its hash.</summary>
internal sealed class ImportFile(FileStream content, byte[] hash) : IAsyncDisposable
{
    public const int MostBytes = 60 * 1024 * 1024;

    public byte[] Sha256 => hash;

    public string Hash => Convert.ToHexStringLower(hash);

    /// <summary>The content from its beginning.</summary>
    public Stream Open()
    {
        content.Position = 0;
        return content;
    }

    public static async Task<Result<ImportFile>> ReceiveAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes)
            return ReconciliationErrors.TooLarge;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var spool = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await spool.WriteAsync(buffer.AsMemory(0, read), ct);
            if (spool.Length > MostBytes)
            {
                await spool.DisposeAsync();
                return ReconciliationErrors.TooLarge;
            }
        }
        return new ImportFile(spool, hash.GetHashAndReset());
    }

    public ValueTask DisposeAsync() => content.DisposeAsync();
}
