using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>One closed dossier as ZIP.</summary>
public sealed class ArchiveTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_archive_has_everything_and_a_signed_list_of_it()
    {
        await using var reads = await dossiers.ListenAsync<PersonalDataRead>();
        var client = dossiers.Citizen();
        var id = await Closed.ReturnedAsync(dossiers, client);
        var chief = Guid.CreateVersion7();
        var entries = await ZipAsync(dossiers.Official(Roles.Chief, id: chief), id);
        Assert.Equal(
            ["metadata.json", "summary.pdf", "submission-receipt.jws", "documents/001-component-01.pdf", "documents/002-component-02.pdf", "documents/003-receipt.pdf"],
            entries.Keys.Take(6));
        // Form 01 with its seal, the result and the control slip come in the order in which they were sealed.
        Assert.Equal(["controlSlip.pdf", "form.pdf", "result.pdf"], entries.Keys.Skip(6).SkipLast(2).Select(n => n["documents/004-".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal(["manifest.json", "manifest.jws"], entries.Keys.TakeLast(2));
        var view = await ViewAsync(client, id);
        var metadata = Closed.Json(entries["metadata.json"]);
        Assert.Equal(("halong-dossier-archive/1", view.GetProperty("code").GetString(), "RETURNED"), (Text(metadata, "format"), Text(metadata.GetProperty("dossier"), "code"), Text(metadata.GetProperty("dossier"), "status")));
        Assert.Equal(["submit", "accept", "assign", "approve", "resolve", "return"], metadata.GetProperty("timeline").EnumerateArray().Select(t => Text(t, "action")));
        Assert.Equal(["RECEIPT", "CONTROL", "CONTROL"], metadata.GetProperty("forms").EnumerateArray().Select(f => Text(f, "kind")));
        Assert.Equal(["Start", "Stop"], metadata.GetProperty("clock").EnumerateArray().Select(c => Text(c, "effect")));
        foreach (var document in metadata.GetProperty("documents").EnumerateArray())
            Assert.Equal(Text(document, "sha256"), Convert.ToHexStringLower(SHA256.HashData(entries[Text(document, "name")!])));
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(entries["summary.pdf"], 0, 5), StringComparison.Ordinal);
        Assert.Equal(await (await client.SendAsync(Jose(id), Ct)).Content.ReadAsStringAsync(Ct), Encoding.ASCII.GetString(entries["submission-receipt.jws"]));

        var manifest = await ReadAsync<ArchiveManifest>(ArchiveManifest.Type, entries["manifest.jws"]);
        Assert.Equal(entries.Keys.SkipLast(2), manifest!.Files.Select(f => f.Name));
        Assert.All(manifest.Files, f => Assert.Equal((f.Size, f.Sha256), (entries[f.Name].Length, Convert.ToHexStringLower(SHA256.HashData(entries[f.Name])))));
        Assert.Null(await ReadAsync<ArchiveManifest>("halong-receipt+jwt", entries["manifest.jws"]));
        await Eventually.Async(() => Task.FromResult(reads.Heard.Any(r => r.ActorId == chief && r.What == "archive" && r.ObjectId == id)), "the reading is recorded");
        Assert.Empty(Directory.GetFiles(Path.Combine(dossiers.Folder, "incoming")));
    }

    [Fact]
    public async Task The_owner_gets_his_own_without_what_officials_wrote_among_themselves()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        var mine = dossiers.Official(Roles.Officer, id: officer);
        await BodyAsync(await PostAsync(mine, id, "notes", new { text = "Chỉ nội bộ", visible = false }));
        await BodyAsync(await PostAsync(mine, id, "notes", new { text = "Cho người nộp", visible = true }));
        await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không cần nữa" }));
        await Closed.SealedAsync(dossiers, id);
        var zip = await ZipAsync(client, id);
        Assert.DoesNotContain(zip.Keys, n => n.Contains("controlSlip", StringComparison.Ordinal));
        var own = Closed.Json(zip["metadata.json"]);
        Assert.Equal(["Cho người nộp"], own.GetProperty("notes").EnumerateArray().Select(n => Text(n, "text")));
        Assert.DoesNotContain("CONTROL", own.GetProperty("forms").GetRawText(), StringComparison.Ordinal);
        var inside = Closed.Json((await ZipAsync(dossiers.Official(Roles.Leader), id))["metadata.json"]);
        Assert.Equal(2, inside.GetProperty("notes").GetArrayLength());
        Assert.Contains("CONTROL", inside.GetProperty("forms").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_business_with_it_does_not_get_it()
    {
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var (open, draft) = (await SubmittedAsync(client, Free), await DraftAsync(client));
        var id = await Closed.WithdrawnAsync(client);
        await RefusedAsync(await GetAsync(client, open), 409, "DOS-0008");
        await RefusedAsync(await GetAsync(client, draft), 409, "DOS-0008");
        await RefusedAsync(await GetAsync(dossiers.Citizen(), id), 404, "DOS-0001");
        await RefusedAsync(await GetAsync(dossiers.Official(Roles.Officer), id), 403, "DOS-0019");
        await RefusedAsync(await GetAsync(dossiers.Official(Roles.Chief, OtherUnit), id), 404, "DOS-0001");
        await RefusedAsync(await GetAsync(dossiers.Official(Roles.Chief), Guid.CreateVersion7()), 404, "DOS-0001");
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(dossiers.Factory.Client(), id)).StatusCode);
        // The result is in it: to see the dossier alone is not enough.
        await RefusedAsync(await GetAsync(dossiers.Delegate(owner, new TestRight(Acts.DossierRead)).Client, id), 403, "DOS-0027");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(dossiers.Delegate(owner, new TestRight(Acts.DossierRead, Acts.ResultRead)).Client, id)).StatusCode);
    }

    [Fact]
    public async Task A_lost_or_damaged_file_gives_no_half_archive()
    {
        var client = dossiers.Citizen();
        var id = await Closed.WithdrawnAsync(client);
        var sha = (await ViewAsync(client, id)).GetProperty("documents")[0].GetProperty("sha256").GetString()!;
        var path = Path.Combine(dossiers.Folder, sha[..2], sha);
        var content = await File.ReadAllBytesAsync(path, Ct);
        await File.WriteAllBytesAsync(path, Samples.Pdf("đã bị thay"), Ct);
        await RefusedAsync(await GetAsync(client, id), 503, "DOS-0009");
        File.Delete(path);
        await RefusedAsync(await GetAsync(client, id), 503, "DOS-0009");
        await File.WriteAllBytesAsync(path, content, Ct);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, id)).StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(dossiers.Folder, "incoming")));
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, Guid id) => client.GetAsync($"/api/v1/dossiers/{id}/archive", Ct);

    private static HttpRequestMessage Jose(Guid id) => new(HttpMethod.Get, $"/api/v1/dossiers/{id}/submission-receipt") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/jose") } } };

    private static async Task<Dictionary<string, byte[]>> ZipAsync(HttpClient client, Guid id)
    {
        using var answer = await GetAsync(client, id);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await Closed.UnpackAsync(await answer.Content.ReadAsStreamAsync(Ct));
    }

    private Task<T?> ReadAsync<T>(string type, byte[] jws)
        where T : class => dossiers.Factory.InScopeAsync((Signer signer) => signer.ReadAsync<T>(type, Encoding.ASCII.GetString(jws), Ct));

    private static string? Text(System.Text.Json.JsonElement item, string name) => item.GetProperty(name).GetString();
}
