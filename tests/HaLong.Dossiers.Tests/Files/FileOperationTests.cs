using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using HaLong.Dossiers.Files;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>What those who run the service set and see, and how downloads behave at their edges.</summary>
public sealed class FileOperationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Theory]
    [InlineData("Files:S3:Bucket", "halong", "AccessKey")]
    [InlineData("Files:Path", "", "Files:Path")]
    [InlineData("Files:MaxBytes", "0", "Files:MaxBytes")]
    public async Task A_setting_that_cannot_work_stops_the_start_and_is_named(string key, string value, string named)
    {
        await using var own = dossiers.NewFactory().WithSetting(key, value);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => own.StartAsync(waitForBus: false));
        Assert.Contains(nameof(OptionsValidationException), error.ToString(), StringComparison.Ordinal);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_look_switched_off_nothing_is_looked_at_and_nothing_stands_in_the_way()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:Preflight:Enabled", "false").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await UploadAsync(client, dossier, 1, Samples.PdfOf("")), HttpStatusCode.Created);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, document.GetProperty("preflight").ValueKind);
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{dossier}/documents/{document.GetProperty("id").GetGuid()}/preflight", Ct), 404, "DOS-0011");
        await BodyAsync(await PostAsync(client, dossier, "submission"));
    }

    [Fact]
    public async Task Filing_waits_only_so_long_for_a_look_that_does_not_end_and_the_officer_sees_that_it_is_open()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:Preflight:Patience", "00:00:00").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        await BodyAsync(await UploadAsync(client, dossier, 1, Samples.Pdf("hurry")), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(client, dossier, "submission"));
        var officer = own.Client(dossiers.Identity.Token(roles: [Roles.Officer], unit: Unit));
        await WaitForAsync(officer, dossier, d => d.GetProperty("documents")[0].GetProperty("preflight").GetProperty("state").GetString() == "checked", "it is looked at all the same");
    }

    [Fact]
    public async Task A_document_that_no_process_survives_stands_in_the_way_and_photos_are_asked_for_again()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:Preflight:TimeLimit", "00:00:00.001").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = (await BodyAsync(await UploadAsync(client, dossier, 1, Samples.Pdf("slow")), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var preflight = await Eventually.ValueAsync(
            () => GetAsync(client, $"/api/v1/dossiers/{dossier}/documents/{document}/preflight"), p => p.GetProperty("state").GetString() == "checked", "it was given up");
        Assert.True(preflight.GetProperty("blocks").GetBoolean());
        await RefusedAsync(await PostAsync(client, dossier, "submission"), 400, "DOS-0416");
        using var photo = Form(1, Photos.Jpeg(Photos.Page(600, 900)), "a.jpg");
        photo.Add(new StringContent("true"), "join");
        using var refused = await client.PostAsync($"/api/v1/dossiers/{dossier}/documents", photo, Ct);
        await RefusedAsync(refused, 503, "DOS-0418");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_is_under_way_can_be_seen_in_the_metrics()
    {
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name.StartsWith("dossier.", StringComparison.Ordinal))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument.Name, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument.Name, value));
        listener.Start();
        var client = dossiers.Citizen();
        var url = await TusClient.CreatedAsync(client, 1000);
        (await TusClient.PatchAsync(client, url, 0, new byte[300])).EnsureSuccessStatusCode();
        await dossiers.Factory.Services.GetRequiredService<FileGauge>().CountAsync(Ct);
        listener.RecordObservableInstruments();
        Assert.True(seen["dossier.uploads_open"] >= 1);
        Assert.True(seen["dossier.uploads_open_bytes"] >= 300);
        Assert.True(seen["dossier.upload_piece_bytes"] >= 300);
        Assert.Contains("dossier.preflight_oldest_age", seen.Keys);

        void Note(string name, double value)
        {
            lock (seen)
                seen[name] = Math.Max(value, seen.GetValueOrDefault(name));
        }
    }

    [Theory]
    [InlineData("bytes=0-0", 206, 0, 1)]
    [InlineData("bytes=-20", 206, -20, 20)]
    [InlineData("bytes=50-", 206, 50, -1)]
    [InlineData("bytes=10-5", 200, 0, -1)]
    [InlineData("bytes=0-1,5-6", 200, 0, -1)]
    public async Task Ranges_at_their_edges(string range, int status, int from, int length)
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("edges", 300);
        var path = await PathAsync(client, content);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Range", range);
        using var answer = await client.GetAsync(path, Ct);
        Assert.Equal(status, (int)answer.StatusCode);
        var start = from < 0 ? content.Length + from : from;
        Assert.Equal(content[start..(length < 0 ? content.Length : start + length)], await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task A_download_goes_on_only_in_the_same_content()
    {
        var client = dossiers.Citizen();
        var content = Samples.Pdf("if-range", 300);
        var path = await PathAsync(client, content);
        using var first = await client.GetAsync(path, Ct);
        using var same = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(10, 19), IfRange = new RangeConditionHeaderValue(first.Headers.ETag!) } };
        using var part = await client.SendAsync(same, Ct);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(10, 19), IfRange = new RangeConditionHeaderValue("\"another\"") } };
        using var whole = await client.SendAsync(other, Ct);
        Assert.Equal((HttpStatusCode.OK, content.Length), (whole.StatusCode, (int)whole.Content.Headers.ContentLength!));
    }

    [Fact]
    public async Task A_file_that_the_storage_has_lost_is_our_trouble()
    {
        var client = dossiers.Citizen();
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await UploadAsync(client, dossier, 1, Samples.Pdf("lost " + dossier)), HttpStatusCode.Created);
        var sha = document.GetProperty("sha256").GetString()!;
        await WaitForAsync(client, dossier, d => d.GetProperty("documents")[0].GetProperty("preflight").GetProperty("state").GetString() == "checked", "it was looked at");
        File.Delete(Path.Combine(dossiers.Folder, sha[..2], sha));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{dossier}/documents/{document.GetProperty("id").GetGuid()}", Ct), 503, "DOS-0009");
    }

    private static async Task<string> PathAsync(HttpClient client, byte[] content)
    {
        var dossier = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await UploadAsync(client, dossier, 1, content), HttpStatusCode.Created);
        return $"/api/v1/dossiers/{dossier}/documents/{document.GetProperty("id").GetGuid()}";
    }
}
