using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Catalogue;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Events;

public sealed class CatalogueApiTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Anyone_gets_the_schema_of_a_type_and_need_not_get_it_twice()
    {
        using var anyone = world.Service.Client();
        var path = new Uri($"/schemas/events/{EventTypes.Accepted}.json", UriKind.Relative);

        using var first = await anyone.GetAsync(path, World.Ct);
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await anyone.SendAsync(again, World.Ct);

        Assert.Equal("application/schema+json", first.Content.Headers.ContentType!.MediaType);
        Assert.True(first.Headers.CacheControl!.Public && first.Headers.CacheControl.MaxAge > TimeSpan.Zero);
        var schema = await first.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
        Assert.Equal(EventSchemas.UrlOf(TestIdentity.PublicUrl, EventTypes.Accepted), schema.GetProperty("$id").GetString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("vn.halong.payment.settled.v1")]
    [InlineData("vn.halong.dossier.accepted.v2")]
    [InlineData("DossierAccepted")]
    public async Task What_is_not_public_has_no_schema(string type)
    {
        using var anyone = world.Service.Client();
        using var response = await anyone.GetAsync(new Uri($"/schemas/events/{type}.json", UriKind.Relative), World.Ct);
        await response.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0300");
    }

    [Fact]
    public async Task The_asyncapi_document_is_for_anyone_and_names_the_platform()
    {
        using var anyone = world.Service.Client();
        var path = new Uri("/asyncapi/v1.json", UriKind.Relative);

        using var first = await anyone.GetAsync(path, World.Ct);
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await anyone.SendAsync(again, World.Ct);

        var document = await first.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
        Assert.Equal("3.0.0", document.GetProperty("asyncapi").GetString());
        Assert.Equal(new Uri(TestIdentity.PublicUrl).Authority, document.GetProperty("servers").GetProperty("platform").GetProperty("host").GetString());
        Assert.Equal(["webhook", "feed", "exchange"], document.GetProperty("channels").EnumerateObject().Select(c => c.Name));
        Assert.Equal(EventTypes.All.Count + 4, document.GetProperty("components").GetProperty("messages").EnumerateObject().Count());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_reference_parser_accepts_the_asyncapi_document_and_its_examples_and_refuses_a_broken_one()
    {
        Assert.SkipUnless(await Node.HasAsync("@asyncapi/parser"), Node.Missing);
        using var anyone = world.Service.Client();
        var document = await anyone.GetStringAsync(new Uri("/asyncapi/v1.json", UriKind.Relative), World.Ct);

        var (exit, output) = await CheckAsync(
            document,
            document.Replace("\"action\": \"send\"", "\"action\": \"shout\"", StringComparison.Ordinal),
            document.Replace("\"amount\": 150000", "\"amount\": \"much\"", StringComparison.Ordinal));

        Assert.True(exit == 0, output);
        Assert.Contains($"3 channels, 4 operations, {EventTypes.All.Count + 4} messages, {EventTypes.All.Count + 2} examples accepted", output, StringComparison.Ordinal);
        var refusals = output.Split('\n').Where(l => l.StartsWith("refused: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, refusals.Count);
        Assert.Contains("action", refusals[0], StringComparison.Ordinal);
        Assert.Contains("amount", refusals[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sdk_of_cloudevents_accepts_the_events_and_each_fits_the_schema_it_names()
    {
        Assert.SkipUnless(await Node.HasAsync("cloudevents"), Node.Missing);
        var facts = new Facts(Guid.CreateVersion7());
        var others = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync(facts.All());
        await world.PublishAllAsync([others.SupplementRequested(1), others.Supplemented(2), others.NotAccepted(3), others.Refused(4), others.Stopped(5),
            others.Withdrawn(6), others.FeeDue(7), others.DeadlineExtended(8), others.ResultCorrected(9), others.Overdue(10), others.Overdue(11, again: true), others.DeadlineChanged(12)]);
        await world.ReleasedAsync(facts.Dossier, 7);
        await world.ReleasedAsync(others.Dossier, 12);
        var events = (await ReadAsync(facts.Dossier)).Concat(await ReadAsync(others.Dossier)).ToList();

        var (exit, output) = await CheckAsync(events, await SchemasAsync(events));
        var forged = events.ConvertAll(e => JsonElement.Parse(e.GetRawText().Replace("\"1.0\"", "\"0.9\"", StringComparison.Ordinal)));
        var (refused, why) = await CheckAsync(forged, await SchemasAsync(events));

        Assert.True(exit == 0, output);
        Assert.Contains("19 events accepted", output, StringComparison.Ordinal);
        Assert.Equal(EventTypes.All.Count, events.Select(e => e.GetProperty("type").GetString()).Distinct().Count());
        Assert.True(refused == 1, why);
    }

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(Guid dossier)
    {
        using var partner = world.AsPartner();
        var page = await partner.GetFromJsonAsync<JsonElement>($"/api/v1/events?limit=100&subject={dossier}", World.Ct);
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    // Each by the address in the event itself, as a partner would.
    private async Task<Dictionary<string, JsonElement>> SchemasAsync(IEnumerable<JsonElement> events)
    {
        using var anyone = world.Service.Client();
        var schemas = new Dictionary<string, JsonElement>();
        foreach (var url in events.Select(e => e.GetProperty("dataschema").GetString()!).Distinct())
            schemas[url] = await anyone.GetFromJsonAsync<JsonElement>(new Uri(url).PathAndQuery, World.Ct);
        return schemas;
    }

    private static async Task<(int Exit, string Output)> CheckAsync(IReadOnlyList<JsonElement> events, Dictionary<string, JsonElement> schemas)
    {
        var folder = Directory.CreateTempSubdirectory("halong-events").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "events.json"), JsonSerializer.Serialize(events), World.Ct);
            await File.WriteAllTextAsync(Path.Combine(folder, "schemas.json"), JsonSerializer.Serialize(schemas), World.Ct);
            return await Node.RunAsync("node", "check-events.mjs", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Exit, string Output)> CheckAsync(string good, params string[] bad)
    {
        var folder = Directory.CreateTempSubdirectory("halong-asyncapi").FullName;
        try
        {
            string[] files = [.. bad.Prepend(good).Select((_, i) => Path.Combine(folder, $"{i}.json"))];
            foreach (var (file, document) in files.Zip(bad.Prepend(good)))
                await File.WriteAllTextAsync(file, document, World.Ct);
            return await Node.RunAsync("node", ["check-asyncapi.mjs", files[0], "--refused", .. files[1..]]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
