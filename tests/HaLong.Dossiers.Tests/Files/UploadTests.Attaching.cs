using System.Net;
using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Documents;
using HaLong.Identity.Contracts;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Files.TusClient;

namespace HaLong.Dossiers.Tests.Files;

public sealed partial class UploadTests
{
    [Fact]
    public async Task A_helper_uploads_in_an_assisted_session_and_the_dossier_says_so()
    {
        var owner = Guid.CreateVersion7();
        var (helper, who, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierFill, Acts.DossierScan));
        var dossier = (await OpenAsync(helper)).GetProperty("id").GetGuid();
        var upload = await UploadedAsync(helper, Samples.Pdf("scanned at the counter"));
        await BodyAsync(await AttachAsync(helper, dossier, 1, upload), HttpStatusCode.Created);
        var assistance = (await ViewAsync(dossiers.Citizen(owner), dossier)).GetProperty("assistance");
        Assert.Equal(who, assistance.GetProperty("assistedBy").GetGuid());
        Assert.Contains("SCANNING", assistance.GetProperty("kinds").EnumerateArray().Select(k => k.GetString()));
    }

    [Fact]
    public async Task Attaching_checks_the_revision_like_every_other_change_and_the_upload_survives_the_refusal()
    {
        var client = dossiers.Citizen();
        var opened = await OpenAsync(client);
        var dossier = opened.GetProperty("id").GetGuid();
        var upload = await UploadedAsync(client, Samples.Pdf("revision"));
        client.DefaultRequestHeaders.IfMatch.ParseAdd("\"1\"");
        await RefusedAsync(await AttachAsync(client, dossier, 1, upload), 412, "CMN-0412");
        client.DefaultRequestHeaders.IfMatch.Clear();
        client.DefaultRequestHeaders.IfMatch.ParseAdd($"\"{opened.GetProperty("version").GetUInt32()}\"");
        await BodyAsync(await AttachAsync(client, dossier, 1, upload), HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_header_of_names_comes_back_as_it_was_sent()
    {
        var client = dossiers.Citizen();
        var url = await CreatedAsync(client, 10, "giấy khai sinh.pdf");
        using var head = await client.SendAsync(Request(HttpMethod.Head, url), Ct);
        Assert.Equal("filename " + Convert.ToBase64String(Encoding.UTF8.GetBytes("giấy khai sinh.pdf")), head.Headers.GetValues("Upload-Metadata").Single());
        Assert.Equal("10", head.Headers.GetValues("Upload-Length").Single());
        Assert.True(head.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Content_that_is_swept_away_while_it_is_attached_again_is_either_there_or_refused()
    {
        var client = dossiers.Citizen();
        var store = dossiers.Factory.Services.GetRequiredService<FileStore>();
        var sweep = dossiers.Factory.Services.GetRequiredService<FileSweep>();
        for (var round = 0; round < 5; round++)
        {
            var content = Samples.Pdf($"sweep race {round}");
            var upload = await UploadedAsync(client, content);
            var sha = Convert.ToHexStringLower(SHA256.HashData(content));
            File.SetLastWriteTimeUtc(Path.Combine(dossiers.Folder, sha[..2], sha), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3));
            var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
            var attaching = AttachAsync(client, dossier, 1, upload);
            await sweep.SweepAsync(Ct);
            using var attached = await attaching;
            if (attached.StatusCode == HttpStatusCode.Created)
                Assert.True(await store.ExistsAsync(sha, Ct));
            else
                await RefusedAsync(attached, 503, "DOS-0009");
        }
    }

    internal static Task<HttpResponseMessage> AttachAsync(HttpClient client, Guid dossier, int component, Guid upload, string? key = null) =>
        PostAsync(client, dossier, "documents", new { component, uploadIds = new[] { upload } }, key: key);
}
