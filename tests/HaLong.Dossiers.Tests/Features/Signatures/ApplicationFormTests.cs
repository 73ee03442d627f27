using System.Net.Http.Json;
using HaLong.Dossiers.Verification;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Signatures;

/// <summary>A citizen signs his application before filing it: the PDF of the draft, and the signed file as a component.</summary>
public sealed class ApplicationFormTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IAsyncLifetime
{
    private const string Signed = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>";

    /// <summary>Component 2 of the free procedure must be signed here.</summary>
    public async ValueTask InitializeAsync() => await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync(
        $"UPDATE procedure SET content = jsonb_set(content, ARRAY['components', '1', 'signed'], 'true') WHERE code = {Free}", Ct));

    public ValueTask DisposeAsync()
    {
        dossiers.Neighbours.Indication = "VALID";
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_application_of_a_draft_says_what_will_be_filed_and_the_same_draft_gives_the_same_bytes()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 7_654_321);
        var (path, id) = ($"/api/v1/dossiers/{draft.GetProperty("id").GetGuid()}/application-form", draft.GetProperty("id").GetGuid());
        using var answer = await client.GetAsync(path, Ct);
        var pdf = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(("application/pdf", true), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.ETag is not null));
        await PdfTools.IsSoundAsync(pdf, "A4");
        var text = (await PdfTools.TextOfAsync(pdf)).ReplaceLineEndings(" ");
        foreach (var said in new[] { "Cấp giấy lần đầu", "7654321", Land, "Phường Hạ Long", "Người Thử", PaperStatements.HashOfJson(draft.GetProperty("data").GetRawText()) })
            Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(pdf, await client.GetByteArrayAsync(path, Ct));

        using var change = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/dossiers/{id}") { Content = JsonContent.Create(new { subject = "Cấp giấy, thửa 7654321" }) };
        change.Content.Headers.ContentType = new("application/merge-patch+json");
        change.Headers.TryAddWithoutValidation("If-Match", answer.Headers.ETag!.ToString());
        (await client.SendAsync(change, Ct)).EnsureSuccessStatusCode();
        Assert.NotEqual(pdf, await client.GetByteArrayAsync(path, Ct));
    }

    [Fact]
    public async Task Nobody_else_reads_it()
    {
        var client = dossiers.Citizen();
        var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
        foreach (var other in new[] { dossiers.Citizen(), dossiers.Official(Roles.Officer) })
            await RefusedAsync(await other.GetAsync($"/api/v1/dossiers/{id}/application-form", Ct), 404, "DOS-0001");
        Assert.Equal(401, (int)(await dossiers.Factory.Client().GetAsync($"/api/v1/dossiers/{id}/application-form", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("VALID", "passed", true, true)]
    [InlineData("INVALID", "fail", true, false)]
    [InlineData("REVOKED", "fail", true, false)]
    [InlineData("UNKNOWN", "warn", true, true)]
    [InlineData("INVALID", "warn", false, true)]
    [InlineData("REVOKED", "warn", false, true)]
    public async Task A_signature_that_does_not_hold_is_told_at_upload_and_stands_in_the_way_where_one_is_demanded(string indication, string outcome, bool demanded, bool files)
    {
        dossiers.Neighbours.Indication = indication;
        var client = dossiers.Citizen();
        var procedure = demanded ? Free : Land;
        var id = (await OpenAsync(client, procedure)).GetProperty("id").GetGuid();
        if (demanded)
            (await UploadAsync(client, id, 1, Samples.Pdf($"{id}"))).EnsureSuccessStatusCode();
        var body = Samples.PdfOf("0 0 m 9 9 l S", comment: $"{id}", more: [Samples.Ascii(Signed)]);
        var document = (await BodyAsync(await UploadAsync(client, id, demanded ? 2 : 1, body), System.Net.HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var preflight = await Eventually.ValueAsync(
            () => GetAsync(client, $"/api/v1/dossiers/{id}/documents/{document}/preflight"), p => p.GetProperty("state").GetString() == "checked", "it is looked at");
        var check = preflight.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("code").GetString() == "signature");
        Assert.Equal((outcome, !files), (check.GetProperty("outcome").GetString(), check.GetProperty("blocks").GetBoolean()));
        using var filed = await PostAsync(client, id, "submission");
        if (files)
            filed.EnsureSuccessStatusCode();
        else
            await RefusedAsync(filed, 400, "DOS-0416");
    }
}
