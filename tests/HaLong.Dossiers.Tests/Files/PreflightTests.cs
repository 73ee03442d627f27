using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Files.Checks;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>What is found in documents before filing, seen from outside; component 2 of the free procedure must be signed here.</summary>
public sealed class PreflightTests(DossierFixture dossiers, ClamServer clamd) : IClassFixture<DossierFixture>, IClassFixture<ClamServer>, IAsyncLifetime
{
    private const string Signed = "<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>>";

    public async ValueTask InitializeAsync() => await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync(
        $"UPDATE procedure SET content = jsonb_set(content, ARRAY['components', '1', 'signed'], 'true') WHERE code = {Free}", Ct));

    public ValueTask DisposeAsync()
    {
        (dossiers.Neighbours.SignatureDown, dossiers.Neighbours.Indication) = (false, "VALID");
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_good_document_is_looked_at_right_after_it_was_attached_and_passes()
    {
        var client = dossiers.Citizen();
        var (dossier, document) = await AttachedAsync(client, 1, Samples.Pdf("good"));
        var preflight = await LookedAtAsync(client, dossier, document);
        Assert.Equal(("checked", false, 1), (preflight.GetProperty("state").GetString(), preflight.GetProperty("blocks").GetBoolean(), preflight.GetProperty("pages").GetInt32()));
        Assert.All(preflight.GetProperty("checks").EnumerateArray(), c => Assert.Equal("passed", c.GetProperty("outcome").GetString()));
        Assert.Equal("Tệp mở được.", preflight.GetProperty("checks")[0].GetProperty("message").GetString());
        Assert.Equal("The file opens.", (await GetAsync(client, $"/api/v1/dossiers/{dossier}/documents/{document}/preflight?culture=en")).GetProperty("checks")[0].GetProperty("message").GetString());
        var shown = (await ViewAsync(client, dossier)).GetProperty("documents")[0].GetProperty("preflight");
        Assert.Equal(preflight.GetProperty("checkedAt").GetString(), shown.GetProperty("checkedAt").GetString());
    }

    [Fact]
    public async Task Everything_that_stands_in_the_way_of_filing_is_told_at_once_even_when_nobody_has_waited()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var blank = await AttachAsync(client, dossier, 1, Samples.PdfOf(""));
        var script = await AttachAsync(client, dossier, 2, Samples.PdfOf("0 0 m 9 9 l S", "/OpenAction<</S/JavaScript/JS(x)>>"));
        await AttachAsync(client, dossier, 3, Samples.Pdf("good one"));
        var refused = await RefusedAsync(await PostAsync(client, dossier, "submission"), 400, "DOS-0416");
        var errors = refused.GetProperty("errors");
        Assert.Equal([$"documents.{blank}", $"documents.{script}"], errors.EnumerateObject().Select(e => e.Name));
        Assert.Equal("don.pdf: Tệp trống, không có nội dung.", errors.GetProperty($"documents.{blank}")[0].GetString());
        foreach (var document in new[] { blank, script })
            (await client.DeleteAsync($"/api/v1/dossiers/{dossier}/documents/{document}", Ct)).EnsureSuccessStatusCode();
        await AttachAsync(client, dossier, 1, Samples.Pdf("instead"));
        await BodyAsync(await PostAsync(client, dossier, "submission"));
    }

    [Fact]
    public async Task What_only_warns_does_not_stand_in_the_way_and_what_blocks_is_a_setting()
    {
        var client = dossiers.Citizen();
        var (dossier, document) = await AttachedAsync(client, 1, Photos.Jpeg(Photos.Page(500, 700)));
        var preflight = await LookedAtAsync(client, dossier, document);
        Assert.Contains(preflight.GetProperty("checks").EnumerateArray(), c => c.GetProperty("code").GetString() == "legible" && c.GetProperty("outcome").GetString() == "warn");
        await BodyAsync(await PostAsync(client, dossier, "submission"));

        await using var strict = await dossiers.NewFactory().WithSetting("Files:Preflight:Blocking", "legible").StartAsync(waitForBus: false);
        var there = strict.Client(dossiers.Identity.Token());
        var own = (await OpenAsync(there)).GetProperty("id").GetGuid();
        var coarse = await AttachAsync(there, own, 1, Photos.Jpeg(Photos.Page(500, 700)));
        var blank = await AttachAsync(there, own, 2, Samples.PdfOf(""));
        await LookedAtAsync(there, own, blank);
        // A warning is no failure whatever the setting says; and a failure that is not named there only warns.
        await LookedAtAsync(there, own, coarse);
        await BodyAsync(await PostAsync(there, own, "submission"));
    }

    [Fact]
    public async Task A_bomb_costs_only_the_process_that_opens_it()
    {
        var client = dossiers.Citizen();
        var (dossier, document) = await AttachedAsync(client, 1, Photos.Bomb());
        var check = Check(await LookedAtAsync(client, dossier, document), "size");
        Assert.Equal(("fail", true), (check.GetProperty("outcome").GetString(), check.GetProperty("blocks").GetBoolean()));
        Assert.Contains("90000 × 90000", check.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_must_be_signed_is_checked_by_e_signature_in_the_platforms_own_name()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client, Free)).GetProperty("id").GetGuid();
        await AttachAsync(client, dossier, 1, Samples.Pdf("one"));
        var unsigned = await AttachAsync(client, dossier, 2, Samples.Pdf("unsigned"));
        Assert.Equal("fail", Check(await LookedAtAsync(client, dossier, unsigned), "signature").GetProperty("outcome").GetString());
        await RefusedAsync(await PostAsync(client, dossier, "submission"), 400, "DOS-0416");
        (await client.DeleteAsync($"/api/v1/dossiers/{dossier}/documents/{unsigned}", Ct)).EnsureSuccessStatusCode();

        dossiers.Neighbours.Indication = "INVALID";
        var forged = await AttachAsync(client, dossier, 2, Samples.PdfOf("0 0 m 9 9 l S", more: [Samples.Ascii(Signed)]));
        var check = Check(await LookedAtAsync(client, dossier, forged), "signature");
        Assert.Equal(("fail", true), (check.GetProperty("outcome").GetString(), check.GetProperty("blocks").GetBoolean()));
        (await client.DeleteAsync($"/api/v1/dossiers/{dossier}/documents/{forged}", Ct)).EnsureSuccessStatusCode();

        dossiers.Neighbours.Indication = "VALID";
        await AttachAsync(client, dossier, 2, Samples.PdfOf("0 0 m 9 8 l S", more: [Samples.Ascii(Signed)]));
        await BodyAsync(await PostAsync(client, dossier, "submission"));
        var sent = client.DefaultRequestHeaders.Authorization!.ToString();
        Assert.NotEmpty(dossiers.Neighbours.ValidationTokens);
        Assert.DoesNotContain(sent, dossiers.Neighbours.ValidationTokens);
    }

    [Fact]
    public async Task While_e_signature_is_down_a_signature_counts_as_not_checked_and_is_checked_later()
    {
        dossiers.Neighbours.SignatureDown = true;
        await using var own = await dossiers.NewFactory().WithSetting("Files:Preflight:Retry", "00:00:00.300").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await AttachAsync(client, dossier, 1, Samples.PdfOf("0 0 m 7 7 l S", more: [Samples.Ascii(Signed)]));
        var path = $"/api/v1/dossiers/{dossier}/documents/{document}/preflight";
        var open = await Eventually.ValueAsync(() => GetAsync(client, path), p => p.GetProperty("state").GetString() == "incomplete", "the signature is open");
        Assert.Equal(("notChecked", false), (Check(open, "signature").GetProperty("outcome").GetString(), open.GetProperty("blocks").GetBoolean()));
        dossiers.Neighbours.SignatureDown = false;
        var done = await Eventually.ValueAsync(() => GetAsync(client, path), p => p.GetProperty("state").GetString() == "checked", "it is asked again");
        Assert.Equal("passed", Check(done, "signature").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Malware_is_found_stands_in_the_way_and_is_not_handed_out()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:ClamAv:Host", "127.0.0.1").WithSetting("Files:ClamAv:Port", $"{clamd.Port}").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var clean = await AttachAsync(client, dossier, 1, Samples.Pdf("clean", 200_000));
        var infected = await AttachAsync(client, dossier, 2, Samples.PdfOf("0 0 m 9 9 l S", comment: ClamServer.Eicar));
        Assert.Equal("passed", Check(await LookedAtAsync(client, dossier, clean), "malware").GetProperty("outcome").GetString());
        var found = Check(await LookedAtAsync(client, dossier, infected), "malware");
        Assert.Contains("Eicar-Test-Signature", found.GetProperty("message").GetString(), StringComparison.Ordinal);
        await RefusedAsync(await PostAsync(client, dossier, "submission"), 400, "DOS-0416");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{dossier}/documents/{infected}", Ct), 409, "DOS-0415");
        await RefusedAsync(await PostAsync(client, dossier, $"documents/{infected}/links"), 409, "DOS-0415");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/dossiers/{dossier}/documents/{clean}", Ct)).StatusCode);
    }

    [Fact]
    public async Task With_the_scanner_down_filing_goes_on_and_the_scan_follows()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:ClamAv:Host", "127.0.0.1").WithSetting("Files:ClamAv:Port", "1").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await AttachAsync(client, dossier, 1, Samples.Pdf("unscanned"));
        var open = await Eventually.ValueAsync(
            () => GetAsync(client, $"/api/v1/dossiers/{dossier}/documents/{document}/preflight"), p => p.GetProperty("state").GetString() == "incomplete", "the scan is open");
        Assert.Equal("notChecked", Check(open, "malware").GetProperty("outcome").GetString());
        await BodyAsync(await PostAsync(client, dossier, "submission"));
    }

    [Fact]
    public async Task What_is_under_way_is_counted_and_two_rounds_take_a_document_once()
    {
        await using var own = await dossiers.NewFactory().WithServices(s => s.Remove(s.Single(d => d.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)
            && d.ImplementationFactory?.Method.ReturnType == typeof(PreflightQueue)))).StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        for (var i = 1; i <= 3; i++)
            await AttachAsync(client, dossier, i, Samples.Pdf("round " + i));
        await own.Services.GetRequiredService<FileGauge>().CountAsync(Ct);
        var queue = own.Services.GetRequiredService<PreflightQueue>();
        var taken = await Task.WhenAll(queue.RunOnceAsync(Ct), queue.RunOnceAsync(Ct), queue.RunOnceAsync(Ct));
        Assert.Equal(3, taken.Sum());
        Assert.All((await ViewAsync(client, dossier)).GetProperty("documents").EnumerateArray(), d => Assert.Equal("checked", d.GetProperty("preflight").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Who_may_not_see_a_dossier_does_not_see_what_was_found_in_it()
    {
        var (dossier, document) = await AttachedAsync(dossiers.Citizen(), 1, Samples.Pdf("private"));
        await RefusedAsync(await dossiers.Citizen().GetAsync($"/api/v1/dossiers/{dossier}/documents/{document}/preflight", Ct), 404, "DOS-0001");
        await RefusedAsync(await dossiers.Official(Roles.Officer).GetAsync($"/api/v1/dossiers/{dossier}/documents/{document}/preflight", Ct), 404, "DOS-0001");
        var owner = dossiers.Citizen();
        var own = (await OpenAsync(owner)).GetProperty("id").GetGuid();
        await RefusedAsync(await owner.GetAsync($"/api/v1/dossiers/{own}/documents/{document}/preflight", Ct), 404, "DOS-0011");
    }

    private static async Task<(Guid Dossier, Guid Document)> AttachedAsync(HttpClient client, int component, byte[] content)
    {
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        return (dossier, await AttachAsync(client, dossier, component, content));
    }

    private static async Task<Guid> AttachAsync(HttpClient client, Guid dossier, int component, byte[] content) =>
        (await BodyAsync(await UploadAsync(client, dossier, component, content), HttpStatusCode.Created)).GetProperty("id").GetGuid();

    private static Task<JsonElement> LookedAtAsync(HttpClient client, Guid dossier, Guid document) => Eventually.ValueAsync(
        () => GetAsync(client, $"/api/v1/dossiers/{dossier}/documents/{document}/preflight"), p => p.GetProperty("state").GetString() == "checked", "the document was looked at");

    private static JsonElement Check(JsonElement preflight, string code) =>
        preflight.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("code").GetString() == code);
}
