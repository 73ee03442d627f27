using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Tests.Files;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Documents;

/// <summary>An S3 server of somebody else's making (npm s3rver).</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "halong-files";
    private Process? process;

    public string Folder { get; } = Directory.CreateTempSubdirectory("dossier-s3").FullName;

    public string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        process = Process.Start(new ProcessStartInfo("node", [NodeScripts.PathOf("s3-server.mjs"), Folder, Bucket]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Url = "http://127.0.0.1:" + await process.StandardOutput.ReadLineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process!.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

public sealed class S3BlobsTests(DossierFixture dossiers, S3Server server) : IClassFixture<DossierFixture>, IClassFixture<S3Server>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-s3-waiting").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Large_files_travel_in_parts_and_come_back_byte_for_byte()
    {
        var (store, blobs) = Store();
        using (blobs)
        {
            var content = RandomNumberGenerator.GetBytes(13 * 1024 * 1024);
            var sha = await store.StoreAsync(content, Ct);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), sha);
            Assert.True(await store.ExistsAsync(sha, Ct));
            Assert.Equal(content, await store.ReadAsync(sha, Ct));
            Assert.Empty(Directory.GetFiles(Path.Combine(folder, "incoming")));
            using var local = await store.LocalAsync(sha, Ct);
            Assert.Equal(content.Length, new FileInfo(local.Path).Length);
        }
    }

    [Fact]
    public async Task A_stream_reads_from_where_it_is_set()
    {
        var (store, blobs) = Store();
        using (blobs)
        {
            var content = RandomNumberGenerator.GetBytes(100_000);
            await using var stream = await store.OpenAsync(await store.StoreAsync(content, Ct), Ct);
            Assert.Equal(100_000, stream.Length);
            stream.Seek(50_000, SeekOrigin.Begin);
            var buffer = new byte[100];
            await stream.ReadExactlyAsync(buffer, Ct);
            Assert.Equal(content[50_000..50_100], buffer);
            stream.Seek(-100, SeekOrigin.End);
            await stream.ReadExactlyAsync(buffer, Ct);
            Assert.Equal(content[^100..], buffer);
            Assert.Equal(0, await stream.ReadAsync(buffer, Ct));
        }
    }

    [Fact]
    public async Task Only_old_objects_are_offered_and_removed()
    {
        var (store, blobs) = Store();
        using (blobs)
        {
            var sha = await store.StoreAsync(Samples.Pdf("s3 sweep"), Ct);
            Assert.DoesNotContain(sha, await store.OlderThanAsync(TimeSpan.FromDays(1), Ct).ToListAsync(Ct));
            Assert.False(await store.RemoveAsync(sha, TimeSpan.FromDays(1), Ct));
            Assert.Contains(sha, await store.OlderThanAsync(TimeSpan.FromDays(-1), Ct).ToListAsync(Ct));
            Assert.True(await store.RemoveAsync(sha, TimeSpan.FromDays(-1), Ct));
            Assert.False(await store.RemoveAsync(sha, TimeSpan.FromDays(-1), Ct));
            Assert.False(await store.ExistsAsync(sha, Ct));
        }
    }

    [Fact]
    public async Task A_server_that_is_down_is_our_trouble_and_what_is_not_there_too()
    {
        var (store, blobs) = Store("http://127.0.0.1:1");
        using (blobs)
            Assert.Equal("DOS-0009", (await Assert.ThrowsAsync<ErrorException>(() => store.StoreAsync(Samples.Pdf(), Ct))).Error.Code);
        var (up, other) = Store();
        using (other)
            Assert.Equal("DOS-0009", (await Assert.ThrowsAsync<ErrorException>(() => up.OpenAsync(new string('b', 64), Ct))).Error.Code);
    }

    [Fact]
    public async Task The_service_works_on_it_from_the_first_piece_to_a_range_of_the_download()
    {
        await using var own = await dossiers.NewFactory()
            .WithSetting("Files:S3:ServiceUrl", server.Url).WithSetting("Files:S3:Bucket", S3Server.Bucket)
            .WithSetting("Files:S3:AccessKey", "S3RVER").WithSetting("Files:S3:SecretKey", "S3RVER").WithSetting("Files:Path", folder).StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var content = Samples.Pdf("s3", 200_000);
        var url = await TusClient.CreatedAsync(client, content.Length);
        (await TusClient.PatchAsync(client, url, 0, content[..90_000])).EnsureSuccessStatusCode();
        (await TusClient.PatchAsync(client, url, 90_000, content[90_000..])).EnsureSuccessStatusCode();
        var document = await BodyAsync(await UploadTests.AttachAsync(client, dossier, 1, TusClient.IdOf(url)), HttpStatusCode.Created);
        var path = $"/api/v1/dossiers/{dossier}/documents/{document.GetProperty("id").GetGuid()}";
        Assert.Equal(content, await client.GetByteArrayAsync(path, Ct));
        client.DefaultRequestHeaders.Range = new(5, 14);
        using var part = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(content[5..15], await part.Content.ReadAsByteArrayAsync(Ct));
        client.DefaultRequestHeaders.Range = null;
        await WaitForAsync(client, dossier, d => d.GetProperty("documents")[0].GetProperty("preflight").GetProperty("state").GetString() == "checked", "the copy was looked at");
        Assert.DoesNotContain(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), f => !f.Contains("incoming", StringComparison.Ordinal));
    }

    private (FileStore Store, S3Blobs Blobs) Store(string? url = null)
    {
        var options = Options.Create(new HaLong.Dossiers.FileOptions
        {
            Path = folder,
            S3 = { Bucket = S3Server.Bucket, ServiceUrl = url ?? server.Url, AccessKey = "S3RVER", SecretKey = "S3RVER", PartBytes = 5 * 1024 * 1024 },
        });
        var blobs = new S3Blobs(options);
        return (new FileStore(blobs, options, TimeProvider.System), blobs);
    }
}
