using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Documents;

/// <summary>A bucket of an S3-compatible server.</summary>
internal sealed class S3Blobs : IBlobs, IDisposable
{
    private const string Binary = "application/octet-stream";

    private readonly S3Options options;
    private readonly AmazonS3Client client;

    public S3Blobs(IOptions<FileOptions> files)
    {
        options = files.Value.S3;
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.PathStyle,
            // Checksums of Amazon's own making are unknown to many compatible servers; content is known by its SHA-256 here.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = TimeSpan.FromSeconds(60),
            ConnectTimeout = TimeSpan.FromSeconds(2),
            MaxErrorRetry = 2,
        };
        if (options.ServiceUrl.Length > 0)
            config.ServiceURL = options.ServiceUrl;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        client = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    public async Task PutAsync(string key, string path, CancellationToken ct)
    {
        var length = new FileInfo(path).Length;
        if (length > options.PartBytes)
            await PutPartsAsync(key, path, length, ct);
        else
            await client.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = key, FilePath = path, ContentType = Binary, UseChunkEncoding = false }, ct);
        File.Delete(path);
    }

    public async Task<bool> ExistsAsync(string key, CancellationToken ct) => await HeadAsync(key, ct) is not null;

    public async Task<Stream> OpenAsync(string key, CancellationToken ct) =>
        await HeadAsync(key, ct) is { } head
            ? new S3ReadStream(client, options.Bucket, key, head.ContentLength)
            : throw new FileNotFoundException("There is no such object.", key);

    public string? LocalPathOf(string key) => null;

    public async IAsyncEnumerable<string> OlderThanAsync(string prefix, DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await client.ListObjectsV2Async(request, ct);
            foreach (var found in page.S3Objects ?? [])
                if (found.LastModified is { } at && at.ToUniversalTime() < before.UtcDateTime)
                    yield return found.Key;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public async Task<bool> RemoveAsync(string key, DateTimeOffset before, CancellationToken ct)
    {
        if (await HeadAsync(key, ct) is not { } head || head.LastModified?.ToUniversalTime() >= before.UtcDateTime)
            return false;
        await client.DeleteObjectAsync(options.Bucket, key, ct);
        return true;
    }

    public void Dispose()
    {
        client.Dispose();
    }

    /// <summary>Signed as a whole, part by part: compatible servers do not all understand the signed chunks that Amazon has made up.</summary>
    private async Task PutPartsAsync(string key, string path, long length, CancellationToken ct)
    {
        var (bucket, parts) = (options.Bucket, new List<PartETag>());
        var upload = (await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ContentType = Binary }, ct)).UploadId;
        try
        {
            for (long at = 0; at < length; at += options.PartBytes)
            {
                var part = await client.UploadPartAsync(new UploadPartRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = upload,
                    PartNumber = parts.Count + 1,
                    FilePath = path,
                    FilePosition = at,
                    PartSize = Math.Min(options.PartBytes, length - at),
                    UseChunkEncoding = false,
                }, ct);
                parts.Add(new PartETag(parts.Count + 1, part.ETag));
            }
            await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, ct);
        }
        catch
        {
            // What was begun and is not ended would lie there, paid for and unseen.
            await client.AbortMultipartUploadAsync(bucket, key, upload, CancellationToken.None);
            throw;
        }
    }

    private async Task<GetObjectMetadataResponse?> HeadAsync(string key, CancellationToken ct)
    {
        try
        {
            return await client.GetObjectMetadataAsync(options.Bucket, key, ct);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
