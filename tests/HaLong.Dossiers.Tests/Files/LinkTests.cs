using System.Net;
using System.Net.Http.Headers;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>Links to documents, and photos that become one.</summary>
public sealed class LinkTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_link_opens_its_document_without_a_token_whole_and_in_ranges()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("link", 5000);
        var (dossier, document) = await AttachedAsync(client, content);
        using var made = await PostAsync(client, dossier, $"documents/{document}/links");
        var link = await BodyAsync(made, HttpStatusCode.Created);
        var expires = link.GetProperty("expiresAt").GetDateTimeOffset();
        Assert.InRange(expires, TimeProvider.System.GetUtcNow().AddMinutes(4), TimeProvider.System.GetUtcNow().AddMinutes(6));

        using var browser = dossiers.Factory.Client();
        using var answer = await browser.GetAsync(link.GetProperty("href").GetString(), Ct);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        browser.DefaultRequestHeaders.Range = new RangeHeaderValue(10, 19);
        using var part = await browser.GetAsync(link.GetProperty("href").GetString(), Ct);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(content[10..20], await part.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task A_link_that_is_over_or_made_up_opens_nothing()
    {
        var client = dossiers.Citizen();
        var (dossier, document) = await AttachedAsync(client, Samples.Pdf("over"));
        var href = await LinkAsync(client, dossier, document);
        using var browser = dossiers.Factory.Client();
        await RefusedAsync(await browser.GetAsync(href[..^1] + (href[^1] == 'A' ? 'B' : 'A'), Ct), 404, "DOS-0417");
        await RefusedAsync(await browser.GetAsync("/api/v1/document-links/x", Ct), 404, "DOS-0417");
        await dossiers.InDbAsync(db => db.DocumentLinks.Where(l => l.DocumentId == document).ExecuteUpdateAsync(s => s.SetProperty(l => l.ExpiresAt, TimeProvider.System.GetUtcNow().AddSeconds(-1)), Ct));
        await RefusedAsync(await browser.GetAsync(href, Ct), 404, "DOS-0417");
    }

    [Fact]
    public async Task A_link_to_what_was_removed_opens_nothing()
    {
        var client = dossiers.Citizen();
        var (dossier, document) = await AttachedAsync(client, Samples.Pdf("removed"));
        var href = await LinkAsync(client, dossier, document);
        (await client.DeleteAsync($"/api/v1/dossiers/{dossier}/documents/{document}", Ct)).EnsureSuccessStatusCode();
        using var browser = dossiers.Factory.Client();
        await RefusedAsync(await browser.GetAsync(href, Ct), 404, "DOS-0417");
    }

    [Fact]
    public async Task Only_who_may_open_a_document_makes_links_to_it()
    {
        var client = dossiers.Citizen();
        var (dossier, document) = await AttachedAsync(client, Samples.Pdf("whose"));
        await RefusedAsync(await PostAsync(dossiers.Citizen(), dossier, $"documents/{document}/links"), 404, "DOS-0001");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), dossier, $"documents/{document}/links"), 404, "DOS-0001");
        await RefusedAsync(await PostAsync(client, dossier, $"documents/{Guid.CreateVersion7()}/links"), 404, "DOS-0011");
        using var nobody = dossiers.Factory.Client();
        await RefusedAsync(await PostAsync(nobody, dossier, $"documents/{document}/links"), 401, "CMN-0401");
    }

    [Fact]
    public async Task A_link_ends_with_the_delegation_by_which_it_was_made()
    {
        var owner = Guid.CreateVersion7();
        var (dossier, document) = await AttachedAsync(dossiers.Citizen(owner), Samples.Pdf("delegated"));
        var right = new TestRight(Acts.DossierRead);
        var (delegated, _) = dossiers.Delegate(owner, right);
        var href = await LinkAsync(delegated, dossier, document);
        right.Active = false;
        using var browser = dossiers.Factory.Client();
        await Eventually.Async(async () => (await browser.GetAsync(href, Ct)).StatusCode == HttpStatusCode.Forbidden, "the right has ended and the link with it", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_link_ends_with_the_session_in_which_it_was_made()
    {
        var client = dossiers.Citizen();
        var (dossier, document) = await AttachedAsync(client, Samples.Pdf("session"));
        var href = await LinkAsync(client, dossier, document);
        var claims = (await dossiers.InDbAsync(db => db.DocumentLinks.Where(l => l.DocumentId == document).Select(l => l.Claims).SingleAsync(Ct)))[..^1] + ",[\"sid\",\"ended-session\"]]";
        await dossiers.InDbAsync(db => db.DocumentLinks.Where(l => l.DocumentId == document).ExecuteUpdateAsync(s => s.SetProperty(l => l.Claims, claims), Ct));
        using var browser = dossiers.Factory.Client();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(href, Ct)).StatusCode);
        var list = dossiers.Factory.Services.GetRequiredService<RevocationList>();
        await Eventually.Async(async () =>
        {
            // The real list is read every two seconds and would be back at once.
            list.Take(new VoidTokens(new RevocationFeed(["ended-session"], new Dictionary<string, int>(), [])));
            return (await browser.GetAsync(href, Ct)).StatusCode == HttpStatusCode.NotFound;
        }, "the session has ended and the link with it");
    }

    [Fact]
    public async Task What_an_official_opens_by_a_link_is_recorded_as_his_reading()
    {
        var client = dossiers.Citizen();
        var dossier = await SubmittedAsync(client);
        var document = (await ViewAsync(client, dossier)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        var officer = Guid.CreateVersion7();
        var href = await LinkAsync(dossiers.Official(Roles.Officer, id: officer), dossier, document);
        await using var heard = await dossiers.ListenAsync<PersonalDataRead>();
        using var browser = dossiers.Factory.Client();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(href, Ct)).StatusCode);
        await Eventually.Async(() => Task.FromResult(heard.Heard.Any(e => e.ObjectId == document && e.ActorId == officer && e.ActorRole == Roles.Officer)), "the reading is reported");
    }

    [Fact]
    public async Task Several_photos_become_one_pdf_in_their_order_and_nothing_else_is_kept()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var upload = await TusClient.UploadedAsync(client, Photos.Jpeg(Photos.Page(2000, 1000)), "trang 2.jpg");
        using var form = Form(1, Photos.WithExif(Photos.Jpeg(Photos.Page(900, 1300)), 1), "giấy tờ.jpg");
        form.Add(new StringContent(upload.ToString()), "uploadId");
        var document = await BodyAsync(await client.PostAsync($"/api/v1/dossiers/{dossier}/documents", form, Ct), HttpStatusCode.Created);
        Assert.Equal(("application/pdf", "giấy tờ.pdf"), (document.GetProperty("mediaType").GetString(), document.GetProperty("fileName").GetString()));
        var content = await client.GetByteArrayAsync($"/api/v1/dossiers/{dossier}/documents/{document.GetProperty("id").GetGuid()}", Ct);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(content);
        Assert.Equal([595, 842], pdf.GetPages().Select(p => (int)p.Width));
        Assert.DoesNotContain("GPS", System.Text.Encoding.Latin1.GetString(content), StringComparison.Ordinal);
        Assert.Null(await TusClient.OffsetAsync(client, $"/api/v1/uploads/{upload}"));
        Assert.Empty(Directory.GetFiles(Path.Combine(dossiers.Folder, "incoming")));
    }

    [Fact]
    public async Task A_single_photo_is_put_on_a_page_when_asked_and_stays_a_photo_otherwise()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        using var form = Form(1, Photos.Jpeg(Photos.Page(900, 1300)), "a.jpg");
        form.Add(new StringContent("true"), "join");
        var joined = await BodyAsync(await client.PostAsync($"/api/v1/dossiers/{dossier}/documents", form, Ct), HttpStatusCode.Created);
        var plain = await BodyAsync(await UploadAsync(client, dossier, 1, Photos.Jpeg(Photos.Page(900, 1300)), "a.jpg"), HttpStatusCode.Created);
        Assert.Equal(("application/pdf", "image/jpeg"), (joined.GetProperty("mediaType").GetString(), plain.GetProperty("mediaType").GetString()));
    }

    [Fact]
    public async Task Photos_that_cannot_be_joined_are_refused_with_their_reason_and_leave_nothing()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var photo = Photos.Jpeg(Photos.Page(300, 400));
        await RefusedAsync(await JoinAsync(photo, Samples.Pdf("no photo")), 415, "DOS-0412");
        var refused = await RefusedAsync(await JoinAsync(photo, Samples.Jpeg), 400, "DOS-0413");
        Assert.Contains("thứ 2", refused.GetProperty("title").GetString(), StringComparison.Ordinal);
        await RefusedAsync(await JoinAsync([.. Enumerable.Repeat(photo, 31)]), 413, "DOS-0414");
        await RefusedAsync(await JoinAsync(photo, "MZ"u8.ToArray()), 415, "DOS-0014");
        Assert.Empty(Directory.GetFiles(Path.Combine(dossiers.Folder, "incoming")));
        Assert.Equal(0, (await ViewAsync(client, dossier)).GetProperty("documents").GetArrayLength());

        async Task<HttpResponseMessage> JoinAsync(params byte[][] files)
        {
            using var form = new MultipartFormDataContent { { new StringContent("1"), "component" } };
            foreach (var file in files)
                form.Add(new ByteArrayContent(file), "file", "p.jpg");
            return await client.PostAsync($"/api/v1/dossiers/{dossier}/documents", form, Ct);
        }
    }

    private static async Task<(Guid Dossier, Guid Document)> AttachedAsync(HttpClient client, byte[] content)
    {
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        return (dossier, (await BodyAsync(await UploadAsync(client, dossier, 1, content), HttpStatusCode.Created)).GetProperty("id").GetGuid());
    }

    private static async Task<string> LinkAsync(HttpClient client, Guid dossier, Guid document) =>
        (await BodyAsync(await PostAsync(client, dossier, $"documents/{document}/links"), HttpStatusCode.Created)).GetProperty("href").GetString()!;
}
