using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Files.TusClient;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>Uploads over real sockets: lines that are cut, two replicas, and somebody else's client.</summary>
public sealed class UploadLineTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task An_upload_that_is_cut_off_at_every_chunk_keeps_what_came_and_arrives_whole()
    {
        await using var replica = new Replica(dossiers);
        var token = dossiers.Identity.Token();
        using var client = replica.Client(token);
        var content = Samples.Pdf("cut", 1_000_000);
        var url = await CreatedAsync(client, content.Length);
        long at = 0;
        var cuts = 0;
        while (at < content.Length)
        {
            // Each time a little more than the last, announced as everything and then cut.
            var some = (int)Math.Min(content.Length - at, 1 + 40_000 * cuts++);
            using var socket = new TcpClient();
            await socket.ConnectAsync(replica.Address.Host, replica.Address.Port, Ct);
            var head = $"PATCH {url} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {at}\r\n"
                + $"Content-Type: application/offset+octet-stream\r\nContent-Length: {content.Length - at}\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Ct);
            await socket.GetStream().WriteAsync(content.AsMemory((int)at, some), Ct);
            var from = at;
            if (some < content.Length - at)
            {
                await Eventually.Async(() => Task.FromResult(Arriving() == some), "the bytes are being written");
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
            }
            at = await Eventually.ValueAsync(async () => await OffsetAsync(client, url) ?? 0, offset => offset > from, "what came is kept");
            Assert.Equal(from + some, at);
        }
        Assert.True(cuts > 5);
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await UploadTests.AttachAsync(client, dossier, 1, IdOf(url)), HttpStatusCode.Created);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), document.GetProperty("sha256").GetString());
    }

    /// <summary>Bytes in the waiting room.</summary>
    private long Arriving() => Directory.GetFiles(Path.Combine(dossiers.Folder, "incoming")).Sum(f => new FileInfo(f) is { Exists: true } file ? file.Length : 0);

    [Fact]
    public async Task Two_replicas_go_on_with_the_same_upload()
    {
        await using var replica = new Replica(dossiers);
        var token = dossiers.Identity.Token();
        using var there = replica.Client(token);
        var here = dossiers.Factory.Client(token);
        var content = Samples.Pdf("replicas", 30_000);
        var url = await CreatedAsync(here, content.Length);
        (await PatchAsync(there, url, 0, content[..10_000])).EnsureSuccessStatusCode();
        Assert.Equal(10_000, await OffsetAsync(here, url));
        (await PatchAsync(here, url, 10_000, content[10_000..20_000])).EnsureSuccessStatusCode();
        (await PatchAsync(there, url, 20_000, content[20_000..])).EnsureSuccessStatusCode();
        var dossier = (await OpenAsync(here)).GetProperty("id").GetGuid();
        await BodyAsync(await UploadTests.AttachAsync(here, dossier, 1, IdOf(url)), HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_reference_client_of_the_protocol_breaks_off_goes_on_and_arrives()
    {
        await using var replica = new Replica(dossiers);
        var token = dossiers.Identity.Token();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            endpoint = new Uri(replica.Address, "/api/v1/uploads").ToString(),
            token,
            bytes = 12_000_000,
            chunk = 1_000_000,
            breakAfter = 2_500_000,
        }), Ct);
        using var node = Process.Start(new ProcessStartInfo("node", [NodeScripts.PathOf("tus-upload.mjs"), file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(Ct), node.StandardError.ReadToEndAsync(Ct));
        await node.WaitForExitAsync(Ct);
        Assert.True(node.ExitCode == 0, await errors + await output);
        var result = JsonElement.Parse((await output).Split('\n')[0]);

        using var client = replica.Client(token);
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await UploadTests.AttachAsync(client, dossier, 1, IdOf(result.GetProperty("url").GetString()!)), HttpStatusCode.Created);
        Assert.Equal((result.GetProperty("sha256").GetString(), "đơn đăng ký.pdf"), (document.GetProperty("sha256").GetString(), document.GetProperty("fileName").GetString()));
        File.Delete(file);
    }
}

/// <summary>Programs of other people, in tests/node.</summary>
internal static class NodeScripts
{
    public static string PathOf(string script)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HaLongServices.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return Path.Combine(folder, "tests/node", script);
    }
}
