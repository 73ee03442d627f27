using System.Security.Cryptography;
using HaLong.Dossiers.Documents;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.Documents;

public sealed class FileStoreTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-store").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_kept_file_lies_under_its_hash_and_can_be_read()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        var sha = await Store().StoreAsync(content, Ct);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), sha);
        Assert.Equal(Path.Combine(folder, sha[..2], sha), PathOf(sha));
        Assert.Equal(content, await Store().ReadAsync(sha, Ct));
    }

    [Fact]
    public async Task The_same_content_is_kept_once()
    {
        await Store().StoreAsync(Samples.Pdf(), Ct);
        await Store().StoreAsync(Samples.Pdf(), Ct);
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_file_that_is_not_kept_leaves_nothing()
    {
        using (await Store().ReceiveAsync(new MemoryStream(Samples.Pdf()), 1000, Ct))
            Assert.Single(Files());
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_leaves_nothing()
    {
        var error = await Assert.ThrowsAsync<ErrorException>(() => Store().ReceiveAsync(new MemoryStream(new byte[2_000_000]), 1024 * 1024, Ct));
        Assert.Equal("DOS-0013", error.Error.Code);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Store().ReceiveAsync(new BreakingStream(100_000), 1024 * 1024, Ct));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Trouble_with_the_disk_is_ours_and_says_so()
    {
        File.WriteAllText(Path.Combine(folder, "incoming"), "in the way");
        var error = await Assert.ThrowsAnyAsync<Exception>(() => Store().StoreAsync(Samples.Pdf(), Ct));
        Assert.Equal("DOS-0009", Assert.IsType<ErrorException>(error).Error.Code);
    }

    [Fact]
    public async Task Only_old_files_are_offered_for_removal()
    {
        var old = await Store().StoreAsync(Samples.Pdf("old"), Ct);
        await Store().StoreAsync(Samples.Pdf("young"), Ct);
        File.SetLastWriteTimeUtc(PathOf(old), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        Assert.Equal([old], await Store().OlderThanAsync(TimeSpan.FromDays(1), Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_file_that_was_stored_again_meanwhile_is_not_removed()
    {
        var sha = await Store().StoreAsync(Samples.Pdf(), Ct);
        Assert.False(await Store().RemoveAsync(sha, TimeSpan.FromDays(1), Ct));
        Assert.True(File.Exists(PathOf(sha)));
        File.SetLastWriteTimeUtc(PathOf(sha), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        Assert.True(await Store().RemoveAsync(sha, TimeSpan.FromDays(1), Ct));
        Assert.False(await Store().RemoveAsync(sha, TimeSpan.FromDays(1), Ct));
        Assert.Empty(Files());
    }

    [Fact]
    public void What_a_crash_left_in_the_waiting_room_is_removed_when_it_is_old()
    {
        var incoming = Directory.CreateDirectory(Path.Combine(folder, "incoming")).FullName;
        File.WriteAllText(Path.Combine(incoming, "young"), "x");
        File.WriteAllText(Path.Combine(incoming, "old"), "x");
        File.SetLastWriteTimeUtc(Path.Combine(incoming, "old"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        Assert.Equal(1, Store().RemoveIncoming(TimeSpan.FromDays(1)));
        Assert.Equal("young", Path.GetFileName(Assert.Single(Files())));
    }

    [Fact]
    public async Task A_piece_keeps_what_arrived_before_the_line_broke()
    {
        using var piece = await Store().ReceivePieceAsync(new BreakingStream(100_000), 1024 * 1024, Ct);
        Assert.Equal((100_000, true), (piece.Size, piece.IsBrokenOff));
        using var whole = await Store().ReceivePieceAsync(new MemoryStream(new byte[5000]), 3000, Ct);
        Assert.Equal((3000, false), (whole.Size, whole.IsBrokenOff));
    }

    [Fact]
    public async Task What_is_not_there_is_our_trouble_too()
    {
        var sha = new string('a', 64);
        Assert.False(await Store().ExistsAsync(sha, Ct));
        var error = await Assert.ThrowsAsync<ErrorException>(() => Store().ReadAsync(sha, Ct));
        Assert.Equal("DOS-0009", error.Error.Code);
    }

    private FileStore Store()
    {
        var options = Options.Create(new HaLong.Dossiers.FileOptions { Path = folder });
        return new FileStore(new DiskBlobs(options), options, TimeProvider.System);
    }

    private string PathOf(string sha) => Path.Combine(folder, sha[..2], sha);

    private string[] Files() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    private sealed class BreakingStream(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("The connection is gone.");
        }
    }
}
