namespace HaLong.Dossiers.Documents;

/// <summary>
/// Where bytes lie for good, under a key with slashes: a folder (<see cref="DiskBlobs"/>) or an S3 bucket (<see cref="S3Blobs"/>). Trouble
/// comes out as it is; <see cref="StorageTrouble"/> makes an answer of it.
/// </summary>
internal interface IBlobs
{
    /// <summary>Takes a local file over; what lies under the key already is replaced, and young again. The local file is gone afterwards.</summary>
    Task PutAsync(string key, string path, CancellationToken ct);

    Task<bool> ExistsAsync(string key, CancellationToken ct);

    /// <summary>A seekable stream that reads only what is asked for.</summary>
    /// <exception cref="FileNotFoundException">Nothing lies there.</exception>
    Task<Stream> OpenAsync(string key, CancellationToken ct);

    /// <summary>The file itself, where there is one.</summary>
    string? LocalPathOf(string key);

    /// <summary>Keys below a prefix that were last written before a moment.</summary>
    IAsyncEnumerable<string> OlderThanAsync(string prefix, DateTimeOffset before, CancellationToken ct);

    /// <summary>Removes what lies under the key, unless it was written again since <paramref name="before"/>. False when it stays or was not there.</summary>
    Task<bool> RemoveAsync(string key, DateTimeOffset before, CancellationToken ct);
}
