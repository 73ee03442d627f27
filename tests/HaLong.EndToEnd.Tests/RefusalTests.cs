using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HaLong.Cli.Journey;

namespace HaLong.EndToEnd.Tests;

/// <summary>Bad input through the gateway: a problem with a code and a trace id, and nothing lost.</summary>
[Collection("platform")]
public sealed class RefusalTests(Platform platform)
{
    [Fact]
    public async Task No_token_and_a_bad_token_are_401()
    {
        using var nobody = platform.Http();
        await RefusedAsync(await nobody.GetAsync(At("/api/v1/dossiers"), Ct), HttpStatusCode.Unauthorized);
        using var forger = platform.Http("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.");
        await RefusedAsync(await forger.GetAsync(At("/api/v1/dossiers"), Ct), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_role_is_403()
    {
        using var citizen = await platform.AsAsync("citizen");
        await RefusedAsync(await citizen.GetAsync(At("/api/v1/inbox"), Ct), HttpStatusCode.Forbidden);
        await RefusedAsync(await citizen.GetAsync(At("/api/v1/events"), Ct), HttpStatusCode.Forbidden);
        using var officer = await platform.AsAsync("officer");
        await RefusedAsync(await officer.PostAsJsonAsync(At("/api/v1/dossiers"), new { }, Ct), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Unknown_and_somebody_elses_dossiers_are_404()
    {
        using var citizen = await platform.AsAsync("citizen");
        using var helper = await platform.AsAsync("helper");
        var id = await Dossiers.DraftAsync(platform, citizen);
        await RefusedAsync(await citizen.GetAsync(At("/api/v1/dossiers/" + Guid.CreateVersion7()), Ct), HttpStatusCode.NotFound);
        await RefusedAsync(await helper.GetAsync(At("/api/v1/dossiers/" + id), Ct), HttpStatusCode.NotFound);
        await RefusedAsync(await citizen.GetAsync(At("/api/v1/nothing"), Ct), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_dossier_without_its_papers_is_refused_with_the_whole_list()
    {
        using var citizen = await platform.AsAsync("citizen");
        var id = await Dossiers.DraftAsync(platform, citizen);
        var problem = await RefusedAsync(await Dossiers.SubmitAsync(citizen, id), HttpStatusCode.BadRequest);
        Assert.NotEmpty(problem["errors"]!.AsObject());
        Assert.Equal("DRAFT", (await Dossiers.ReadAsync(citizen, id))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Wrong_state_409_stale_revision_412_reused_key_422()
    {
        using var citizen = await platform.AsAsync("citizen");
        var id = await Dossiers.DraftWithPapersAsync(platform, citizen);
        await RefusedAsync(await Dossiers.SubmitAsync(citizen, id, etag: "\"1\""), HttpStatusCode.PreconditionFailed);

        var key = Guid.CreateVersion7().ToString();
        using (var first = await Dossiers.SubmitAsync(citizen, id, key: key))
        using (var again = await Dossiers.SubmitAsync(citizen, id, key: key))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        }

        var other = await Dossiers.DraftAsync(platform, citizen);
        await RefusedAsync(await Dossiers.SubmitAsync(citizen, other, key: key), HttpStatusCode.UnprocessableEntity);
        await RefusedAsync(await Dossiers.SubmitAsync(citizen, id), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_oversize_upload_is_413_and_a_wrong_type_415()
    {
        using var citizen = await platform.AsAsync("citizen");
        var id = await Dossiers.DraftAsync(platform, citizen);
        await RefusedAsync(await Dossiers.UploadAsync(citizen, id, 1, Encoding.ASCII.GetBytes("MZ this is no document"), "a.pdf"), HttpStatusCode.UnsupportedMediaType);
        var large = new byte[51 * 1024 * 1024];
        SamplePdf.Create("large").CopyTo(large, 0);
        await RefusedAsync(await Dossiers.UploadAsync(citizen, id, 1, large, "a.pdf"), HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty((await Dossiers.ReadAsync(citizen, id))["documents"]!.AsArray());
    }

    [Fact]
    public async Task A_forged_bank_notice_is_401_and_an_unknown_reference_is_kept_and_reported()
    {
        using var nobody = platform.Http();
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/hooks/bank/lab")
        {
            Content = new StringContent("""{"eventId":"x","amount":1,"account":"1","bin":"970436","remittance":"HL","bookedAt":"2026-01-01T00:00:00Z"}""", Encoding.UTF8, "application/json"),
        };
        forged.Headers.Add("X-Bank-Timestamp", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        forged.Headers.Add("X-Bank-Signature", "v1=" + new string('0', 64));
        await RefusedAsync(await nobody.SendAsync(forged, Ct), HttpStatusCode.Unauthorized);

        using var bank = new HttpClient { BaseAddress = new Uri(platform.File.Simulators["partner-lab"]) };
        var marker = "KHONG RO " + Guid.CreateVersion7().ToString("N")[^8..].ToUpperInvariant();
        const string Payload = "00020101021238570010A00000072701270006970436011300110000000010208QRIBFTTA53037045405500005802VN62260822H49 260715 0001 LE PHI6304435F";
        using var transfer = await bank.PostAsJsonAsync("/bank/transfers", new { payload = Payload, text = marker }, Ct);
        Assert.True(transfer.IsSuccessStatusCode, await transfer.Content.ReadAsStringAsync(Ct));
        using var cashier = await platform.AsAsync("cashier");
        await TestSupport.Eventually.Async(
            async () => (await cashier.GetStringAsync(At("/api/v1/bank-notices?limit=100"), Ct)).Contains(marker, StringComparison.Ordinal),
            "the unknown notice is listed for the cashier");
    }

    [Fact]
    public async Task Problems_speak_the_language_of_the_caller()
    {
        using var nobody = platform.Http();
        nobody.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        var english = await RefusedAsync(await nobody.GetAsync(At("/api/v1/dossiers"), Ct), HttpStatusCode.Unauthorized);
        Assert.Equal("You need to sign in to do this.", english["title"]!.GetValue<string>());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static async Task<JsonNode> RefusedAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(Ct);
            Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {body}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = JsonNode.Parse(body)!;
            Assert.Matches("^[A-Z]{3}-[0-9]{4}$", problem["code"]!.GetValue<string>());
            Assert.Matches("^[0-9a-f]{32}$", problem["traceId"]!.GetValue<string>());
            return problem;
        }
    }
}
