using System.Security.Cryptography;
using HaLong.Dossiers.Documents;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.Documents;

/// <summary>What the rest of the service relies on, held by both kinds of storage.</summary>
public abstract class BlobsTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string prefix = Guid.CreateVersion7().ToString("N");

    protected string Folder { get; } = Directory.CreateTempSubdirectory("dossier-blobs").FullName;

    private protected abstract IBlobs Blobs { get; }

    public virtual void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_put_can_be_read_whole_and_the_local_file_is_gone()
    {
        var content = RandomNumberGenerator.GetBytes(70_000);
        var path = await PutAsync("a/one", content);
        Assert.False(File.Exists(path));
        Assert.True(await Blobs.ExistsAsync(Key("a/one"), Ct));
        Assert.Equal(content, await ReadAsync("a/one"));
    }

    [Fact]
    public async Task Putting_again_replaces()
    {
        await PutAsync("a/twice", [1, 2, 3]);
        await PutAsync("a/twice", [4, 5]);
        Assert.Equal([4, 5], await ReadAsync("a/twice"));
    }

    [Fact]
    public async Task What_is_not_there_is_told_so()
    {
        Assert.False(await Blobs.ExistsAsync(Key("a/nothing"), Ct));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Blobs.OpenAsync(Key("a/nothing"), Ct));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Blobs.OpenAsync(Key("no-folder/nothing"), Ct));
        Assert.False(await Blobs.RemoveAsync(Key("no-folder/nothing"), TimeProvider.System.GetUtcNow().AddDays(1), Ct));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(49_990, 10)]
    [InlineData(20_000, 25_000)]
    public async Task A_stream_can_be_read_from_anywhere(int from, int length)
    {
        var content = RandomNumberGenerator.GetBytes(50_000);
        await PutAsync("a/range", content);
        await using var stream = await Blobs.OpenAsync(Key("a/range"), Ct);
        Assert.True(stream.CanSeek);
        Assert.Equal(50_000, stream.Length);
        stream.Position = from;
        var part = new byte[length];
        await stream.ReadExactlyAsync(part, Ct);
        Assert.Equal(content[from..(from + length)], part);
        stream.Position = 0;
        await stream.ReadExactlyAsync(part.AsMemory(0, 5), Ct);
        Assert.Equal(content[..5], part[..5]);
    }

    [Fact]
    public async Task Listing_gives_what_is_below_a_prefix_and_old_enough()
    {
        await PutAsync("list/x", [1]);
        await PutAsync("list/y", [2]);
        await PutAsync("other/z", [3]);
        var now = TimeProvider.System.GetUtcNow();
        var all = await Blobs.OlderThanAsync(Key("list/"), now.AddHours(1), Ct).ToListAsync(Ct);
        Assert.Equal([Key("list/x"), Key("list/y")], all.Order(StringComparer.Ordinal));
        Assert.Empty(await Blobs.OlderThanAsync(Key("list/"), now.AddHours(-1), Ct).ToListAsync(Ct));
        Assert.Empty(await Blobs.OlderThanAsync(Key("empty/"), now.AddHours(1), Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task Only_what_was_not_written_again_since_is_removed()
    {
        await PutAsync("a/old", [1]);
        var now = TimeProvider.System.GetUtcNow();
        Assert.False(await Blobs.RemoveAsync(Key("a/old"), now.AddHours(-1), Ct));
        Assert.Equal([1], await ReadAsync("a/old"));
        Assert.True(await Blobs.RemoveAsync(Key("a/old"), now.AddHours(1), Ct));
        Assert.False(await Blobs.ExistsAsync(Key("a/old"), Ct));
    }

    [Fact]
    public async Task Many_writers_of_the_same_key_leave_one_of_their_contents_whole()
    {
        var contents = Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)i, 20_000).ToArray()).ToList();
        await Task.WhenAll(contents.Select(c => PutAsync("a/race", c)));
        var left = await ReadAsync("a/race");
        Assert.Contains(contents, c => c.AsSpan().SequenceEqual(left));
    }

    private string Key(string key) => prefix + "/" + key;

    private async Task<string> PutAsync(string key, byte[] content)
    {
        var path = Path.Combine(Folder, Guid.CreateVersion7().ToString("N"));
        await File.WriteAllBytesAsync(path, content, Ct);
        await Blobs.PutAsync(Key(key), path, Ct);
        return path;
    }

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var stream = await Blobs.OpenAsync(Key(key), Ct);
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, Ct);
        return content;
    }
}

public sealed class DiskBlobsTests : BlobsTests
{
    private protected override IBlobs Blobs => new DiskBlobs(Options.Create(new HaLong.Dossiers.FileOptions { Path = Folder }));
}

public sealed class S3BlobsContractTests : BlobsTests, IClassFixture<S3Server>
{
    private readonly S3Blobs blobs;

    public S3BlobsContractTests(S3Server server) => blobs = new S3Blobs(Options.Create(new HaLong.Dossiers.FileOptions
    {
        Path = Folder,
        S3 = { Bucket = S3Server.Bucket, ServiceUrl = server.Url, AccessKey = "S3RVER", SecretKey = "S3RVER" },
    }));

    private protected override IBlobs Blobs => blobs;

    public override void Dispose()
    {
        blobs.Dispose();
        base.Dispose();
    }
}
