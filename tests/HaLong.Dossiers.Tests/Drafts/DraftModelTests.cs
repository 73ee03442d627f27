using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Drafts;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Drafts.Patching;

namespace HaLong.Dossiers.Tests.Drafts;

/// <summary>Long series of random changes against a model that is a plain list of states.</summary>
public sealed class DraftModelTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly string[] Values = ["1", "\"x\"", "null", "{}", "[1,null,{\"a\":1}]", "{\"p\":1}", "{\"q\":{\"r\":2}}", "{\"p\":null}", "false", "1.50"];

    [Theory]
    [InlineData(7)]
    [InlineData(2026)]
    public async Task After_any_series_of_changes_every_state_can_be_had_back(int seed)
    {
        var random = new Random(seed);
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        var states = new List<JsonElement> { draft.GetProperty("data").Clone() };
        var tags = new List<string> { Tag(draft) };
        for (var step = 0; step < 40; step++)
        {
            JsonElement after;
            switch (random.Next(5))
            {
                case 0:
                    after = await BodyAsync(await PostAsync(client, Id(draft), $"revisions/{random.Next(states.Count) + 1}/restoration"));
                    break;
                case 1:
                    // From a state long gone: merged, or refused and nothing changed.
                    using (var stale = await PatchAsync(client, Id(draft), Patch(random), tags[random.Next(tags.Count)], merge: true))
                    {
                        after = stale.StatusCode == HttpStatusCode.PreconditionFailed
                            ? Same(states[^1], await ViewAsync(client, Id(draft)))
                            : await BodyAsync(stale);
                    }

                    break;
                default:
                    after = await BodyAsync(await PatchAsync(client, Id(draft), Patch(random), tags[^1]));
                    break;
            }

            if (!JsonElement.DeepEquals(states[^1], after.GetProperty("data")))
                states.Add(after.GetProperty("data").Clone());
            tags.Add(Tag(after));
        }

        Assert.True(states.Count > 15, $"{states.Count} states");
        for (var number = 1; number <= states.Count; number++)
            Assert.True(JsonElement.DeepEquals(states[number - 1], (await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/revisions/{number}")).GetProperty("data")), $"revision {number}");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{Id(draft)}/revisions/{states.Count + 1}", Ct), 404, "DOS-0303");
    }

    [Fact]
    public async Task Restoring_and_typing_at_once_keep_both()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        await BodyAsync(await PatchAsync(client, Id(draft), """{"data":{"old":1}}"""));
        var work = Enumerable.Range(0, 10).Select(i => i % 2 == 0
            ? PatchAsync(client, Id(draft), $"{{\"data\":{{\"k{i}\":{i}}}}}")
            : PostAsync(client, Id(draft), "revisions/2/restoration"));
        Assert.All(await Task.WhenAll(work), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var patches = await dossiers.InDbAsync(db => db.Set<DraftRevision>().Where(r => r.DossierId == Id(draft)).OrderBy(r => r.Number).Select(r => r.Patch).ToListAsync(Ct));
        // Each of the five stands in the history, whatever stands in the draft.
        Assert.All(Enumerable.Range(0, 5), i => Assert.Contains(patches, p => p.Contains($"\"k{i * 2}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deleting_while_somebody_types_leaves_nothing_behind()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        var typing = Enumerable.Range(0, 6).Select(i => PatchAsync(client, Id(draft), $"{{\"data\":{{\"k{i}\":{i}}}}}")).ToList();
        var deleting = client.DeleteAsync($"/api/v1/dossiers/{Id(draft)}", Ct);
        foreach (var answer in await Task.WhenAll(typing))
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
        if ((await deleting).StatusCode != HttpStatusCode.NoContent)
            Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/dossiers/{Id(draft)}", Ct)).StatusCode);
        Assert.Equal(0, await dossiers.InDbAsync(db => db.Set<DraftRevision>().CountAsync(r => r.DossierId == Id(draft), Ct)));
        Assert.Equal(0, await dossiers.InDbAsync(db => db.Set<DraftVersion>().CountAsync(r => r.DossierId == Id(draft), Ct)));
    }

    [Fact]
    public async Task The_trigger_can_be_taken_away_and_put_back()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(DraftVersionSql.Drop + DraftVersionSql.Create, Ct));
        var next = await BodyAsync(await PatchAsync(client, Id(draft), """{"data":{"a":1}}"""));
        var known = await dossiers.InDbAsync(db => db.Set<DraftVersion>().Where(v => v.DossierId == Id(draft)).OrderBy(v => v.Revision).ToListAsync(Ct));
        Assert.Equal([(Number(draft), 1), (Number(next), 2)], known.Select(v => (v.Version, v.Revision)));
    }

    private static long Number(JsonElement dossier) => dossier.GetProperty("version").GetUInt32();

    private static JsonElement Same(JsonElement expected, JsonElement view)
    {
        Assert.True(JsonElement.DeepEquals(expected, view.GetProperty("data")));
        return view;
    }

    private static string Patch(Random random)
    {
        var data = new JsonObject();
        for (var i = random.Next(3); i >= 0; i--)
            data[((char)('a' + random.Next(5))).ToString()] = JsonNode.Parse(Values[random.Next(Values.Length)]);
        return new JsonObject { ["data"] = data }.ToJsonString();
    }
}
