using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Documents;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class DocumentTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_document_is_stored_by_its_content_and_comes_back_byte_for_byte()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var content = Samples.Pdf("đơn", 200_000);
        using var response = await UploadAsync(client, id, 1, content, "đơn đăng ký.PDF");
        var document = await BodyAsync(response, HttpStatusCode.Created);
        var sha = Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal((sha, content.Length, "application/pdf", "đơn đăng ký.pdf", 1, "component"), (
            document.GetProperty("sha256").GetString(), document.GetProperty("size").GetInt32(), document.GetProperty("mediaType").GetString(),
            document.GetProperty("fileName").GetString(), document.GetProperty("component").GetInt32(), document.GetProperty("kind").GetString()));
        Assert.Equal($"\"{(await ViewAsync(client, id)).GetProperty("version").GetUInt32()}\"", response.Headers.ETag?.Tag);

        using var download = await client.GetAsync(response.Headers.Location, Ct);
        Assert.Equal(content, await download.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("application/pdf", $"\"{sha}\""), (download.Content.Headers.ContentType?.ToString(), download.Headers.ETag?.Tag));
        Assert.Equal(("attachment", "đơn đăng ký.pdf"), (download.Content.Headers.ContentDisposition?.DispositionType, download.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(File.Exists(Path.Combine(dossiers.Folder, sha[..2], sha)));
    }

    [Fact]
    public async Task Downloads_know_ranges_and_what_the_client_has_already()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var content = Samples.Pdf("range");
        var document = await BodyAsync(await UploadAsync(client, id, 1, content), HttpStatusCode.Created);
        var path = $"/api/v1/dossiers/{id}/documents/{document.GetProperty("id").GetGuid()}";

        client.DefaultRequestHeaders.Range = new RangeHeaderValue(5, 14);
        using var part = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(content[5..15], await part.Content.ReadAsByteArrayAsync(Ct));
        client.DefaultRequestHeaders.Range = new RangeHeaderValue(10_000_000, null);
        using var beyond = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        client.DefaultRequestHeaders.Range = null;
        client.DefaultRequestHeaders.IfNoneMatch.ParseAdd(part.Headers.ETag!.Tag);
        using var same = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Theory]
    [InlineData("scan.png", "scan.pdf", "application/pdf")]
    [InlineData("../../../etc/cron.d/x", "x.pdf", "application/pdf")]
    [InlineData("..\\..\\evil.exe", "evil.pdf", "application/pdf")]
    public async Task The_content_decides_what_a_file_is_and_its_name_leads_nowhere(string name, string safe, string type)
    {
        var client = dossiers.Citizen();
        var document = await BodyAsync(await UploadAsync(client, await NewAsync(client), 1, Samples.Pdf(name), name), HttpStatusCode.Created);
        Assert.Equal((safe, type), (document.GetProperty("fileName").GetString(), document.GetProperty("mediaType").GetString()));
        Assert.All(Directory.GetFiles(dossiers.Folder, "*", SearchOption.AllDirectories), f => Assert.Matches("^[0-9a-f]{64}$", Path.GetFileName(f)));
    }

    [Fact]
    public async Task An_upload_on_a_stale_revision_is_refused_and_one_on_the_current_goes_through()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var current = $"\"{(await ViewAsync(client, id)).GetProperty("version").GetUInt32()}\"";
        client.DefaultRequestHeaders.IfMatch.ParseAdd("\"1\"");
        using (var stale = await UploadAsync(client, id, 1, Samples.Pdf("stale")))
            Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        client.DefaultRequestHeaders.IfMatch.Clear();
        client.DefaultRequestHeaders.IfMatch.ParseAdd(current);
        using (var fresh = await UploadAsync(client, id, 1, Samples.Pdf("fresh")))
            Assert.Equal(HttpStatusCode.Created, fresh.StatusCode);
        client.DefaultRequestHeaders.IfMatch.Clear();
        Assert.Single((await ViewAsync(client, id)).GetProperty("documents").EnumerateArray());
    }

    [Fact]
    public async Task Images_are_accepted()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        Assert.Equal("image/png", (await BodyAsync(await UploadAsync(client, id, 1, Samples.Png, "a.pdf"), HttpStatusCode.Created)).GetProperty("mediaType").GetString());
        Assert.Equal("image/jpeg", (await BodyAsync(await UploadAsync(client, id, 2, Samples.Jpeg), HttpStatusCode.Created)).GetProperty("mediaType").GetString());
    }

    [Theory]
    [InlineData("MZ\u0090 program")]
    [InlineData("<html><script>alert(1)</script>")]
    [InlineData("%PDF-1.7 broken off")]
    [InlineData("PK\u0003\u0004")]
    public async Task Other_content_is_refused_whatever_it_is_called_and_leaves_nothing(string content)
    {
        var client = dossiers.Citizen();
        var before = Files();
        await RefusedAsync(await UploadAsync(client, await NewAsync(client), 1, Encoding.Latin1.GetBytes(content), "don.pdf"), 415, "DOS-0014");
        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-1)]
    public async Task A_component_that_the_procedure_does_not_have_is_refused_and_leaves_nothing(int component)
    {
        var client = dossiers.Citizen();
        var before = Files();
        await RefusedAsync(await UploadAsync(client, await NewAsync(client), component, Samples.Pdf("x" + component)), 400, "DOS-0012");
        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"component\"\r\n\r\n1\r\n--b--\r\n", "DOS-0015")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"component\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\r\n--b--\r\n", "DOS-0015")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--b--\r\n", "DOS-0015")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-1.4 half", "DOS-0022")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-1.4 %%EOF\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b\"\r\n\r\n\r\n--b--\r\n", "DOS-0015")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"component\"\r\n\r\n12345678901234567890\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n%PDF-1.4 %%EOF\r\n--b--\r\n", "DOS-0012")]
    [InlineData("", "DOS-0022")]
    [InlineData("no boundary here", "DOS-0022")]
    public async Task A_body_that_is_no_proper_upload_is_refused_and_leaves_nothing(string body, string code)
    {
        var client = dossiers.Citizen();
        var before = Files();
        await RefusedAsync(await RawAsync(client, await NewAsync(client), body, "multipart/form-data; boundary=b"), 400, code);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task The_fields_may_come_in_any_order()
    {
        var client = dossiers.Citizen();
        var body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4 %%EOF\r\n--b\r\nContent-Disposition: form-data; name=\"component\"\r\n\r\n2\r\n--b--\r\n";
        var document = await BodyAsync(await RawAsync(client, await NewAsync(client), body, "multipart/form-data; boundary=\"b\""), HttpStatusCode.Created);
        Assert.Equal(2, document.GetProperty("component").GetInt32());
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data")]
    [InlineData("text/plain; boundary=b")]
    public async Task Anything_but_multipart_or_json_is_refused(string type)
    {
        var client = dossiers.Citizen();
        await RefusedAsync(await RawAsync(client, await NewAsync(client), "x", type), 415, "DOS-0025");
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_leaves_nothing()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var before = Files();
        foreach (var after in new[] { 10, 150, 5_000, 150_000 })
        {
            var stream = new CutStream(after);
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            using var content = new StreamContent(stream);
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
            var upload = client.PostAsync($"/api/v1/dossiers/{id}/documents", content, cut.Token);
            await stream.Drained;
            await cut.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => upload);
        }
        await TestSupport.Eventually.Async(() => Task.FromResult(before.SequenceEqual(Files())), "nothing is left of the uploads");
        Assert.Equal(0, (await ViewAsync(client, id)).GetProperty("documents").GetArrayLength());
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_and_leaves_nothing()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var before = Files();
        using var content = Form(1, Samples.Pdf("large", 50 * 1024 * 1024));
        await RefusedAsync(await client.PostAsync($"/api/v1/dossiers/{id}/documents", content, Ct), 413, "DOS-0013");
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task A_dossier_holds_no_more_than_its_limit()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:MaxDossierFiles", "2").WithSetting("Files:MaxDossierBytes", "2000").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var id = await NewAsync(client);
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("a")), HttpStatusCode.Created);
        await RefusedAsync(await UploadAsync(client, id, 1, Samples.Pdf("b", 3000)), 413, "DOS-0023");
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("c")), HttpStatusCode.Created);
        await RefusedAsync(await UploadAsync(client, id, 1, Samples.Pdf("d")), 413, "DOS-0023");
    }

    [Fact]
    public async Task The_same_key_uploads_once_and_other_content_is_refused()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var first = await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("eins"), key: "up-1"), HttpStatusCode.Created);
        using var replay = await UploadAsync(client, id, 1, Samples.Pdf("eins"), key: "up-1");
        Assert.Equal(first.GetProperty("id").GetGuid(), (await BodyAsync(replay, HttpStatusCode.Created)).GetProperty("id").GetGuid());
        Assert.True(replay.Headers.Contains("Idempotency-Replayed"));
        await RefusedAsync(await UploadAsync(client, id, 1, Samples.Pdf("zwei"), key: "up-1"), 422, "CMN-0422");
        Assert.Equal(1, (await ViewAsync(client, id)).GetProperty("documents").GetArrayLength());
    }

    [Fact]
    public async Task A_stored_answer_is_given_even_after_the_dossier_was_filed()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var first = await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("late"), key: "up-late"), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(client, id, "submission"));
        Assert.Equal(first.GetProperty("id").GetGuid(), (await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("late"), key: "up-late"), HttpStatusCode.Created)).GetProperty("id").GetGuid());
        await RefusedAsync(await UploadAsync(client, id, 1, Samples.Pdf("late"), key: "up-later"), 409, "DOS-0008");
        await RefusedAsync(await UploadAsync(client, id, 1, Samples.Pdf("late")), 409, "DOS-0008");
    }

    [Fact]
    public async Task Many_uploads_at_once_all_arrive()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => UploadAsync(client, id, 1 + i % 9, Samples.Pdf("n" + i / 2))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Equal(20, (await ViewAsync(client, id)).GetProperty("documents").GetArrayLength());
    }

    [Fact]
    public async Task A_document_can_be_removed_from_a_draft_only()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var one = (await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("1")), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var two = (await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("2")), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        using var removed = await client.DeleteAsync($"/api/v1/dossiers/{id}/documents/{one}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal($"\"{(await ViewAsync(client, id)).GetProperty("version").GetUInt32()}\"", removed.Headers.ETag?.Tag);
        await RefusedAsync(await client.DeleteAsync($"/api/v1/dossiers/{id}/documents/{one}", Ct), 404, "DOS-0011");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/documents/{one}", Ct), 404, "DOS-0011");
        await BodyAsync(await PostAsync(client, id, "submission"));
        await RefusedAsync(await client.DeleteAsync($"/api/v1/dossiers/{id}/documents/{two}", Ct), 409, "DOS-0008");
    }

    [Fact]
    public async Task The_document_of_one_dossier_is_not_found_in_another()
    {
        var client = dossiers.Citizen();
        var (one, two) = (await NewAsync(client), await NewAsync(client));
        var document = (await BodyAsync(await UploadAsync(client, one, 1, Samples.Pdf("1")), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{two}/documents/{document}", Ct), 404, "DOS-0011");
    }

    [Fact]
    public async Task The_sweep_removes_only_old_files_that_nobody_refers_to()
    {
        var client = dossiers.Citizen();
        var id = await NewAsync(client);
        var kept = Path.Combine(dossiers.Folder, Sha(await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("keep")), HttpStatusCode.Created)));
        var draft = await NewAsync(client);
        var orphan = Path.Combine(dossiers.Folder, Sha(await BodyAsync(await UploadAsync(client, draft, 1, Samples.Pdf("orphan")), HttpStatusCode.Created)));
        (await client.DeleteAsync($"/api/v1/dossiers/{draft}", Ct)).EnsureSuccessStatusCode();
        var young = Path.Combine(dossiers.Folder, await dossiers.Factory.Services.GetRequiredService<FileStore>().StoreAsync(Samples.Pdf("young"), Ct) is { } sha ? $"{sha[..2]}/{sha}" : "");
        foreach (var path in new[] { kept, orphan })
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3));

        Assert.Equal(1, await dossiers.Factory.Services.GetRequiredService<FileSweep>().SweepAsync(Ct));
        Assert.Equal((true, false, true), (File.Exists(kept), File.Exists(orphan), File.Exists(young)));

        static string Sha(System.Text.Json.JsonElement document) => document.GetProperty("sha256").GetString() is { } sha ? $"{sha[..2]}/{sha}" : "";
    }

    private static async Task<Guid> NewAsync(HttpClient client) => (await OpenAsync(client)).GetProperty("id").GetGuid();

    private static Task<HttpResponseMessage> RawAsync(HttpClient client, Guid id, string body, string type)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return client.PostAsync($"/api/v1/dossiers/{id}/documents", content, Ct);
    }

    private string[] Files() => [.. Directory.GetFiles(dossiers.Folder, "*", SearchOption.AllDirectories).Order()];

    /// <summary>The beginning of an upload, and then nothing more comes.</summary>
    private sealed class CutStream(int after) : MemoryStream(Begin(after))
    {
        private readonly TaskCompletionSource drained = new();

        public Task Drained => drained.Task;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read > 0)
                return read;
            drained.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAsync(destination, cancellationToken);

        private static byte[] Begin(int length)
        {
            var head = Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"component\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-1.4\n");
            return [.. head.Concat(Enumerable.Repeat((byte)'x', length)).Take(length)];
        }

        private async Task CopyAsync(Stream destination, CancellationToken ct)
        {
            var buffer = new byte[4096];
            int read;
            while ((read = await ReadAsync(buffer, ct)) > 0)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), ct);
                await destination.FlushAsync(ct);
            }
        }
    }
}
