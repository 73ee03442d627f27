using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using HaLong.Dossiers.Filing.Receipts;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.IdentityModel.Tokens;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class ReceiptTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_receipt_states_code_time_owner_check_units_and_the_hash_of_every_file_and_of_the_form()
    {
        var client = dossiers.Citizen(check: "0123");
        var id = await SubmittedAsync(client, Free);
        var view = await ViewAsync(client, id);
        var shown = await GetAsync(client, $"/api/v1/dossiers/{id}/submission-receipt");
        var receipt = shown.GetProperty("receipt");
        Assert.Equal(
            (view.GetProperty("code").GetString(), id, Free, Unit, Unit, "0123", "online", "OSS-2025"),
            (Text("code"), receipt.GetProperty("jti").GetGuid(), Text("procedure"), Text("unit"), Text("receivingUnit"), Text("ownerCheck"), Text("channel"), Text("regime")));
        Assert.Equal(view.GetProperty("submittedAt").GetDateTimeOffset(), receipt.GetProperty("submittedAt").GetDateTimeOffset());
        Assert.Equal(
            view.GetProperty("documents").EnumerateArray().Select(d => (d.GetProperty("component").GetInt32(), d.GetProperty("sha256").GetString())),
            receipt.GetProperty("files").EnumerateArray().Select(f => (f.GetProperty("component").GetInt32(), f.GetProperty("sha256").GetString())));
        Assert.Equal(CanonicalJson.Hash(view.GetProperty("data").GetRawText()), Text("dataSha256"));
        Assert.DoesNotContain("Người Thử", receipt.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(receipt.GetRawText(), JsonElement.Parse(Base64UrlEncoder.DecodeBytes(shown.GetProperty("jws").GetString()!.Split('.')[1])).GetRawText());

        string? Text(string name) => receipt.GetProperty(name).GetString();
    }

    [Fact]
    public async Task An_independent_library_accepts_receipt_and_qr_code_off_line_and_no_forgery()
    {
        Assert.SkipUnless(await Node.HasAsync("jose"), Node.Missing);
        var client = dossiers.Citizen(check: "0123");
        var id = await SubmittedAsync(client, Free);
        var folder = Directory.CreateTempSubdirectory("halong-receipt").FullName;
        try
        {
            var view = await ViewAsync(client, id);
            Directory.CreateDirectory(Path.Combine(folder, "files"));
            foreach (var document in view.GetProperty("documents").EnumerateArray())
            {
                var file = await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/documents/{document.GetProperty("id").GetGuid()}", Ct);
                await File.WriteAllBytesAsync(Path.Combine(folder, "files", document.GetProperty("id").GetString()!), file, Ct);
            }
            var jws = await JwsAsync(client, id);
            await WriteAsync("keys.json", (await GetAsync(dossiers.Factory.Client(), "/api/v1/verification-keys")).GetRawText());
            await WriteAsync("receipt.jws", jws);
            await WriteAsync("qr.txt", (await GetAsync(client, $"/api/v1/dossiers/{id}/submission-receipt")).GetProperty("qr").GetString()!);
            await WriteAsync("data.json", view.GetProperty("data").GetRawText());
            var (exit, output) = await Node.RunAsync("node", "verify-receipt.mjs", folder);
            Assert.True(exit == 0, output);
            Assert.Contains(view.GetProperty("code").GetString()!, output, StringComparison.Ordinal);

            await WriteAsync("data.json", """{"thua":-1}""");
            Assert.Contains("the form data are others", (await Node.RunAsync("node", "verify-receipt.mjs", folder)).Output, StringComparison.Ordinal);
            await WriteAsync("receipt.jws", Forged(jws));
            (exit, output) = await Node.RunAsync("node", "verify-receipt.mjs", folder);
            Assert.True(exit == 1, output);
            Assert.Contains("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, Ct);
    }

    [Fact]
    public async Task The_qr_code_is_a_picture_whose_link_shows_the_state_and_whose_statement_fits_on_paper()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        using var picture = await client.GetAsync($"/api/v1/dossiers/{id}/submission-receipt/qr.png", Ct);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (picture.StatusCode, picture.Content.Headers.ContentType?.MediaType));
        Assert.True((await picture.Content.ReadAsByteArrayAsync(Ct)).AsSpan().StartsWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
        var qr = (await GetAsync(client, $"/api/v1/dossiers/{id}/submission-receipt")).GetProperty("qr").GetString()!;
        var link = new Uri(qr);
        Assert.Equal("SUBMITTED", (await GetAsync(dossiers.Factory.Client(), link.AbsolutePath)).GetProperty("status").GetString());
        Assert.InRange(qr.Length, 1, 900);
    }

    [Fact]
    public async Task The_receipt_stays_the_same_whatever_becomes_of_the_dossier_and_officials_of_the_unit_see_it()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        var jws = await JwsAsync(client, id);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        Assert.Equal(jws, await JwsAsync(client, id));
        Assert.Equal(jws, await JwsAsync(dossiers.Official(Roles.Officer), id));
    }

    [Fact]
    public async Task A_draft_has_no_receipt_and_somebody_elses_dossier_does_not_exist()
    {
        var client = dossiers.Citizen();
        var draft = await DraftAsync(client);
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{draft}/submission-receipt", Ct), 404, "DOS-0509");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{draft}/submission-receipt/qr.png", Ct), 404, "DOS-0509");
        var filed = await SubmittedAsync(client);
        foreach (var stranger in new[] { dossiers.Citizen(), dossiers.Official(Roles.Officer, OtherUnit) })
            await RefusedAsync(await stranger.GetAsync($"/api/v1/dossiers/{filed}/submission-receipt", Ct), 404, "DOS-0001");
        Assert.Equal(HttpStatusCode.Unauthorized, (await dossiers.Factory.Client().GetAsync($"/api/v1/dossiers/{filed}/submission-receipt", Ct)).StatusCode);
    }

    private static async Task<string> JwsAsync(HttpClient client, Guid id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/dossiers/{id}/submission-receipt");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jose"));
        using var response = await client.SendAsync(request, Ct);
        Assert.Equal("application/jose", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    private static string Forged(string jws)
    {
        var parts = jws.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("0123", "0124", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }
}
