using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Documents;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Files.TusClient;

namespace HaLong.Dossiers.Tests.Files;

public sealed partial class UploadTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task An_upload_in_pieces_becomes_a_document_and_is_gone_then()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var content = Samples.Pdf("đơn", 300_000);
        using var created = await CreateAsync(client, content.Length, "đơn.docx");
        Assert.Equal((HttpStatusCode.Created, "1.0.0"), (created.StatusCode, created.Headers.GetValues("Tus-Resumable").Single()));
        Assert.True(DateTimeOffset.Parse(created.Headers.GetValues("Upload-Expires").Single(), null) > TimeProvider.System.GetUtcNow().AddHours(20));
        var url = created.Headers.Location!.ToString();
        for (var at = 0; at < content.Length; at += 100_000)
        {
            Assert.Equal(at, await OffsetAsync(client, url));
            using var sent = await PatchAsync(client, url, at, content[at..Math.Min(at + 100_000, content.Length)]);
            Assert.Equal((HttpStatusCode.NoContent, $"{Math.Min(at + 100_000, content.Length)}"), (sent.StatusCode, sent.Headers.GetValues("Upload-Offset").Single()));
        }
        var document = await BodyAsync(await AttachAsync(client, dossier, 1, IdOf(url)), HttpStatusCode.Created);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(content)), "đơn.pdf"), (document.GetProperty("sha256").GetString(), document.GetProperty("fileName").GetString()));
        Assert.Equal(content, await client.GetByteArrayAsync($"/api/v1/dossiers/{dossier}/documents/{document.GetProperty("id").GetGuid()}", Ct));
        Assert.Null(await OffsetAsync(client, url));
        Assert.Empty(Pieces(IdOf(url)));
        await RefusedAsync(await AttachAsync(client, dossier, 1, IdOf(url)), 404, "DOS-0401");
    }

    [Fact]
    public async Task The_server_tells_what_it_knows_of_the_protocol()
    {
        using var client = dossiers.Citizen();
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v1/uploads"), Ct);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(("1.0.0", "52428800", "sha1,sha256"), (One("Tus-Version"), One("Tus-Max-Size"), One("Tus-Checksum-Algorithm")));
        Assert.Equal("creation,creation-with-upload,expiration,termination,checksum", One("Tus-Extension"));
        string One(string name) => answer.Headers.GetValues(name).Single();
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_refused_with_ours()
    {
        using var answer = await CreateAsync(dossiers.Citizen(), 10, version: "0.2.2");
        await RefusedAsync(answer, 412, "DOS-0402");
        Assert.Equal("1.0.0", answer.Headers.GetValues("Tus-Version").Single());
        await RefusedAsync(await CreateAsync(dossiers.Citizen(), 10, version: null), 412, "DOS-0402");
    }

    [Fact]
    public async Task The_first_bytes_may_come_with_the_announcement()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("with creation");
        using var half = await CreateAsync(client, content.Length, first: content[..100]);
        Assert.Equal((HttpStatusCode.Created, "100"), (half.StatusCode, half.Headers.GetValues("Upload-Offset").Single()));
        Assert.Equal(100, await OffsetAsync(client, half.Headers.Location!.ToString()));
        await RefusedAsync(await CreateAsync(client, 50, first: content), 413, "DOS-0410");
        await RefusedAsync(await client.SendAsync(WithType("text/plain"), Ct), 415, "DOS-0407");

        HttpRequestMessage WithType(string type)
        {
            var request = Request(HttpMethod.Post, "/api/v1/uploads");
            request.Headers.Add("Upload-Length", "100");
            request.Content = new StringContent("x", Encoding.ASCII, type);
            return request;
        }
    }

    [Theory]
    [InlineData("0", "")]
    [InlineData("-5", "")]
    [InlineData("many", "")]
    [InlineData("10", "filename ***")]
    public async Task An_announcement_that_makes_no_sense_is_refused(string length, string metadata)
    {
        var request = Request(HttpMethod.Post, "/api/v1/uploads");
        request.Headers.TryAddWithoutValidation("Upload-Length", length);
        request.Headers.TryAddWithoutValidation("Upload-Metadata", metadata);
        await RefusedAsync(await dossiers.Citizen().SendAsync(request, Ct), 400, "DOS-0405");
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_a_byte_of_it_is_sent() =>
        await RefusedAsync(await CreateAsync(dossiers.Citizen(), 50 * 1024 * 1024 + 1), 413, "DOS-0013");

    [Fact]
    public async Task A_piece_that_does_not_follow_is_refused_and_changes_nothing()
    {
        var client = dossiers.Citizen();
        var url = await CreatedAsync(client, 1000);
        await RefusedAsync(await PatchAsync(client, url, 5, new byte[10]), 409, "DOS-0406");
        (await PatchAsync(client, url, 0, new byte[100])).EnsureSuccessStatusCode();
        await RefusedAsync(await PatchAsync(client, url, 0, new byte[100]), 409, "DOS-0406");
        await RefusedAsync(await PatchAsync(client, url, 100, new byte[901]), 413, "DOS-0410");
        await RefusedAsync(await PatchAsync(client, url, 100, new byte[10], type: "application/octet-stream"), 415, "DOS-0407");
        var without = Request(HttpMethod.Patch, url);
        without.Content = new ByteArrayContent(new byte[1]) { Headers = { ContentType = new("application/offset+octet-stream") } };
        await RefusedAsync(await client.SendAsync(without, Ct), 400, "DOS-0405");
        Assert.Equal(100, await OffsetAsync(client, url));
    }

    [Fact]
    public async Task Of_two_writers_at_once_one_is_told_that_he_is_out_of_step_and_nothing_is_mixed()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("race", 50_000);
        var url = await CreatedAsync(client, content.Length);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PatchAsync(client, url, 0, content)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.NoContent);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.NoContent), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await AttachAsync(client, dossier, 1, IdOf(url)), HttpStatusCode.Created);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), document.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_piece_that_was_damaged_on_the_way_is_not_kept()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("checksum");
        var url = await CreatedAsync(client, content.Length);
        var good = "sha256 " + Convert.ToBase64String(SHA256.HashData(content));
        await RefusedAsync(await PatchAsync(client, url, 0, [.. content.Select(b => (byte)(b ^ 1))], good), 460, "DOS-0403");
        await RefusedAsync(await PatchAsync(client, url, 0, content, "md5 AAAA"), 400, "DOS-0404");
        await RefusedAsync(await CreateAsync(client, 5, first: new byte[5], checksum: good), 460, "DOS-0403");
        Assert.Equal(0, await OffsetAsync(client, url));
        (await PatchAsync(client, url, 0, content, good)).EnsureSuccessStatusCode();
        Assert.Equal(content.Length, await OffsetAsync(client, url));
    }

    [Fact]
    public async Task An_upload_that_is_given_up_is_gone_with_its_bytes()
    {
        var client = dossiers.Citizen();
        var url = await CreatedAsync(client, 1000);
        (await PatchAsync(client, url, 0, new byte[400])).EnsureSuccessStatusCode();
        Assert.Single(Pieces(IdOf(url)));
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(Request(HttpMethod.Delete, url), Ct)).StatusCode);
        Assert.Empty(Pieces(IdOf(url)));
        await RefusedAsync(await client.SendAsync(Request(HttpMethod.Delete, url), Ct), 404, "DOS-0401");
        await RefusedAsync(await PatchAsync(client, url, 400, new byte[1]), 404, "DOS-0401");
    }

    [Fact]
    public async Task Networks_that_let_only_post_through_can_override_the_method()
    {
        var client = dossiers.Citizen();
        var url = await CreatedAsync(client, 1000);
        var patch = Request(HttpMethod.Post, url);
        patch.Headers.Add("X-HTTP-Method-Override", "PATCH");
        patch.Headers.Add("Upload-Offset", "0");
        patch.Content = new ByteArrayContent(new byte[7]) { Headers = { ContentType = new("application/offset+octet-stream") } };
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(patch, Ct)).StatusCode);
        Assert.Equal(7, await OffsetAsync(client, url));
        var delete = Request(HttpMethod.Post, url);
        delete.Headers.Add("X-HTTP-Method-Override", "DELETE");
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(delete, Ct)).StatusCode);
        await RefusedAsync(await client.SendAsync(Request(HttpMethod.Post, url), Ct), 400, "DOS-0405");
    }

    [Fact]
    public async Task Somebody_elses_upload_does_not_exist()
    {
        var client = dossiers.Citizen();
        var url = await CreatedAsync(client, 1000);
        var other = dossiers.Citizen();
        Assert.Null(await OffsetAsync(other, url));
        await RefusedAsync(await PatchAsync(other, url, 0, new byte[1]), 404, "DOS-0401");
        await RefusedAsync(await other.SendAsync(Request(HttpMethod.Delete, url), Ct), 404, "DOS-0401");
        var done = await UploadedAsync(client, Samples.Pdf("mine"));
        await RefusedAsync(await AttachAsync(other, (await OpenAsync(other)).GetProperty("id").GetGuid(), 1, done), 404, "DOS-0401");
        await RefusedAsync(await CreateAsync(dossiers.Official(Roles.Officer), 10), 403, "CMN-0403");
        using var nobody = dossiers.Factory.Client();
        await RefusedAsync(await CreateAsync(nobody, 10), 401, "CMN-0401");
    }

    [Fact]
    public async Task A_delegate_uploads_when_he_may_scan_and_his_uploads_are_not_the_owners()
    {
        var owner = Guid.CreateVersion7();
        var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await RefusedAsync(await CreateAsync(reader, 10), 403, "DOS-0027");
        var right = new TestRight(Acts.DossierScan, Acts.DossierFill);
        var (scanner, _) = dossiers.Delegate(owner, right);
        var dossier = (await OpenAsync(dossiers.Citizen(owner))).GetProperty("id").GetGuid();
        var upload = await UploadedAsync(scanner, Samples.Pdf("by delegate"));
        Assert.Null(await OffsetAsync(dossiers.Citizen(owner), $"/api/v1/uploads/{upload}"));
        await BodyAsync(await AttachAsync(scanner, dossier, 1, upload), HttpStatusCode.Created);
        right.Active = false;
        await TestSupport.Eventually.Async(async () => (await CreateAsync(scanner, 10)).StatusCode == HttpStatusCode.Forbidden, "the right has ended");
    }

    [Fact]
    public async Task What_is_unfinished_or_no_document_cannot_be_attached()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var url = await CreatedAsync(client, 1000);
        await RefusedAsync(await AttachAsync(client, dossier, 1, IdOf(url)), 409, "DOS-0409");
        await RefusedAsync(await AttachAsync(client, dossier, 1, await UploadedAsync(client, Samples.Ascii("MZ program"))), 415, "DOS-0014");
        await RefusedAsync(await AttachAsync(client, dossier, 99, await UploadedAsync(client, Samples.Pdf("99"))), 400, "DOS-0012");
        await RefusedAsync(await client.PostAsJsonAsync($"/api/v1/dossiers/{dossier}/documents", new { component = 1 }, Ct), 400, "DOS-0015");
        using var bad = new StringContent("{", Encoding.UTF8, "application/json");
        await RefusedAsync(await client.PostAsync($"/api/v1/dossiers/{dossier}/documents", bad, Ct), 400, "DOS-0015");
    }

    [Fact]
    public async Task The_same_key_announces_once_and_attaches_once()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("keys");
        var first = await CreateAsync(client, content.Length, key: "tus-1", first: content);
        var again = await CreateAsync(client, content.Length, key: "tus-1", first: content);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        await RefusedAsync(await CreateAsync(client, 9, key: "tus-1"), 422, "CMN-0422");

        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var upload = IdOf(first.Headers.Location!.ToString());
        var one = await BodyAsync(await AttachAsync(client, dossier, 1, upload, "attach-1"), HttpStatusCode.Created);
        var two = await BodyAsync(await AttachAsync(client, dossier, 1, upload, "attach-1"), HttpStatusCode.Created);
        Assert.Equal(one.GetProperty("id").GetGuid(), two.GetProperty("id").GetGuid());
        Assert.Equal(1, (await ViewAsync(client, dossier)).GetProperty("documents").GetArrayLength());
    }

    [Fact]
    public async Task One_upload_attached_many_times_at_once_becomes_one_document()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var upload = await UploadedAsync(client, Samples.Pdf("once"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AttachAsync(client, dossier, 1, upload)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(1, (await ViewAsync(client, dossier)).GetProperty("documents").GetArrayLength());
    }

    [Fact]
    public async Task A_person_has_only_so_many_uploads_open_however_fast_he_asks()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:Uploads:MaxOpen", "3").WithSetting("Files:Uploads:MaxOpenBytes", "5000").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CreateAsync(client, 100)));
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        await RefusedAsync(await CreateAsync(client, 100), 429, "DOS-0408");
        await RefusedAsync(await CreateAsync(own.Client(dossiers.Identity.Token()), 5001), 429, "DOS-0408");
    }

    [Fact]
    public async Task While_the_disk_refuses_nothing_is_lost_and_the_upload_goes_on_afterwards()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("disk");
        var url = await CreatedAsync(client, content.Length);
        (await PatchAsync(client, url, 0, content[..100])).EnsureSuccessStatusCode();
        var folder = Path.Combine(dossiers.Folder, "pieces", IdOf(url).ToString("N"));
        Directory.Move(folder, folder + "-away");
        await File.WriteAllTextAsync(folder, "in the way", Ct);
        using var refused = await PatchAsync(client, url, 100, content[100..]);
        await RefusedAsync(refused, 503, "DOS-0009");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(100, await OffsetAsync(client, url));
        File.Delete(folder);
        Directory.Move(folder + "-away", folder);
        (await PatchAsync(client, url, 100, content[100..])).EnsureSuccessStatusCode();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        await BodyAsync(await AttachAsync(client, dossier, 1, IdOf(url)), HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_sweep_removes_what_has_expired_and_pieces_without_an_upload()
    {
        var client = dossiers.Citizen();
        var (old, young) = (await CreatedAsync(client, 1000), await CreatedAsync(client, 1000));
        foreach (var url in new[] { old, young })
            (await PatchAsync(client, url, 0, new byte[400])).EnsureSuccessStatusCode();
        await dossiers.InDbAsync(db => db.Uploads.Where(u => u.Id == IdOf(old)).ExecuteUpdateAsync(s => s.SetProperty(u => u.ExpiresAt, TimeProvider.System.GetUtcNow().AddMinutes(-1)), Ct));
        Assert.Null(await OffsetAsync(client, old));
        foreach (var piece in Pieces(IdOf(old)).Concat(Pieces(IdOf(young))))
            File.SetLastWriteTimeUtc(piece, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3));
        await dossiers.Factory.Services.GetRequiredService<FileSweep>().SweepAsync(Ct);
        Assert.Empty(Pieces(IdOf(old)));
        Assert.Single(Pieces(IdOf(young)));
        Assert.Equal(400, await OffsetAsync(client, young));
    }

    [Fact]
    public async Task A_finished_upload_that_waits_to_be_attached_is_not_swept_away()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("waits");
        var upload = await UploadedAsync(client, content);
        var sha = Convert.ToHexStringLower(SHA256.HashData(content));
        File.SetLastWriteTimeUtc(Path.Combine(dossiers.Folder, sha[..2], sha), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3));
        await dossiers.Factory.Services.GetRequiredService<FileSweep>().SweepAsync(Ct);
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        await BodyAsync(await AttachAsync(client, dossier, 1, upload), HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_file_that_could_not_be_put_together_at_the_end_is_put_together_when_it_is_attached()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("late assembly " + Guid.CreateVersion7());
        var sha = Convert.ToHexStringLower(SHA256.HashData(content));
        var url = await CreatedAsync(client, content.Length);
        var place = Path.Combine(dossiers.Folder, sha[..2]);
        var away = place + "-away";
        if (Directory.Exists(place))
            Directory.Move(place, away);
        await File.WriteAllTextAsync(place, "in the way", Ct);
        await RefusedAsync(await PatchAsync(client, url, 0, content), 503, "DOS-0009");
        Assert.Equal(content.Length, await OffsetAsync(client, url));
        File.Delete(place);
        if (Directory.Exists(away))
            Directory.Move(away, place);
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await AttachAsync(client, dossier, 1, IdOf(url)), HttpStatusCode.Created);
        Assert.Equal(sha, document.GetProperty("sha256").GetString());
        Assert.Empty(Pieces(IdOf(url)));
    }

    [Fact]
    public async Task An_upload_that_is_cut_too_small_is_refused_in_the_end()
    {
        var client = dossiers.Citizen();
        var url = await CreatedAsync(client, 100_000);
        await dossiers.InDbAsync(db => db.Uploads.Where(u => u.Id == IdOf(url)).ExecuteUpdateAsync(s => s.SetProperty(u => u.Pieces, 5000), Ct));
        await RefusedAsync(await PatchAsync(client, url, 0, new byte[1]), 409, "DOS-0411");
    }

    private string[] Pieces(Guid upload)
    {
        var folder = Path.Combine(dossiers.Folder, "pieces", upload.ToString("N"));
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }
}
