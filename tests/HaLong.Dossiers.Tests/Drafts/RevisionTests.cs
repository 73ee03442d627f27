using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Drafts;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Drafts.Patching;

namespace HaLong.Dossiers.Tests.Drafts;

/// <summary>Nothing typed is ever lost: every state of a draft can be found and brought back.</summary>
public sealed class RevisionTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Every_change_is_kept_with_who_when_how_and_what()
    {
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var id = Id(await OpenAsync(client, parcel: 12));
        var (helper, who, session) = dossiers.Assisted(owner, new TestRight(Acts.DossierFill));
        await BodyAsync(await PatchAsync(client, id, """{"subject":"Khác","data":{"to":{"so":"5"},"thua":null}}"""));
        await BodyAsync(await PatchAsync(helper, id, """{"data":{"ghiChu":"giúp"}}"""));

        var page = (await GetAsync(client, $"/api/v1/dossiers/{id}/revisions")).GetProperty("items");
        Assert.Equal([3, 2, 1], page.EnumerateArray().Select(r => r.GetProperty("number").GetInt32()));
        Assert.Equal((who, "helper", "assisted"), (page[0].GetProperty("actorId").GetGuid(), page[0].GetProperty("role").GetString(), page[0].GetProperty("channel").GetString()));
        Assert.Equal((owner, "citizen", "online"), (page[1].GetProperty("actorId").GetGuid(), page[1].GetProperty("role").GetString(), page[1].GetProperty("channel").GetString()));
        Assert.Equal(["/data/thua", "/data/to/so", "/subject"], page[1].GetProperty("fields").EnumerateArray().Select(f => f.GetString()!).Order(StringComparer.Ordinal));
        Assert.True(page[2].GetProperty("isWhole").GetBoolean());
        Assert.Equal(session, await dossiers.InDbAsync(db => db.Set<DraftRevision>().Where(r => r.DossierId == id && r.Number == 3).Select(r => r.AssistedSessionId!.Value).SingleAsync(Ct)));
    }

    [Fact]
    public async Task An_earlier_state_can_be_looked_at_and_brought_back_and_so_can_what_it_replaced()
    {
        var client = dossiers.Citizen();
        var id = Id(await OpenAsync(client, parcel: 12));
        await BodyAsync(await PatchAsync(client, id, """{"subject":"Hai","data":{"to":{"a":1,"b":2},"rows":[1,null,{"c":3}]}}"""));
        var last = await BodyAsync(await PatchAsync(client, id, """{"subject":"Ba","data":null}"""));
        var second = await GetAsync(client, $"/api/v1/dossiers/{id}/revisions/2");
        Assert.Equal("Hai", second.GetProperty("subject").GetString());
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"thua":12,"to":{"a":1,"b":2},"rows":[1,null,{"c":3}]}"""), second.GetProperty("data")));

        await RefusedAsync(await PostAsync(client, id, "revisions/2/restoration", ifMatch: "\"1\""), 412, "CMN-0412");
        using var response = await PostAsync(client, id, "revisions/2/restoration", ifMatch: Tag(last), key: "restore");
        var restored = await BodyAsync(response);
        Assert.Equal(Tag(restored), response.Headers.ETag?.Tag);
        Assert.Equal("Hai", restored.GetProperty("subject").GetString());
        Assert.True(JsonElement.DeepEquals(second.GetProperty("data"), restored.GetProperty("data")));
        Assert.Equal(Tag(restored), Tag(await BodyAsync(await PostAsync(client, id, "revisions/2/restoration", ifMatch: Tag(last), key: "restore"))));
        var newest = (await GetAsync(client, $"/api/v1/dossiers/{id}/revisions?limit=1")).GetProperty("items")[0];
        Assert.Equal((4, 2), (newest.GetProperty("number").GetInt32(), newest.GetProperty("restoredFrom").GetInt32()));

        await BodyAsync(await PatchAsync(client, id, """{"data":{"thua":99}}"""));
        Assert.Equal("{}", (await BodyAsync(await PostAsync(client, id, "revisions/3/restoration"))).GetProperty("data").GetRawText());
        Assert.Equal(99, (await BodyAsync(await PostAsync(client, id, "revisions/5/restoration"))).GetProperty("data").GetProperty("thua").GetInt32());
    }

    [Fact]
    public async Task Pages_follow_one_another_and_bad_ones_are_refused()
    {
        var client = dossiers.Citizen();
        var id = Id(await OpenAsync(client, parcel: 12));
        for (var i = 0; i < 5; i++)
            await BodyAsync(await PatchAsync(client, id, $$$"""{"data":{"n":{{{i}}}}}"""));
        var first = await GetAsync(client, $"/api/v1/dossiers/{id}/revisions?limit=4");
        var second = await GetAsync(client, $"/api/v1/dossiers/{id}/revisions?limit=4&after={first.GetProperty("after").GetString()}");
        Assert.Equal([6, 5, 4, 3, 2, 1], new[] { first, second }.SelectMany(p => p.GetProperty("items").EnumerateArray()).Select(r => r.GetProperty("number").GetInt32()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("after").ValueKind);
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/revisions?limit=0", Ct), 400, "CMN-0400");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/revisions?after=WyJ4Il0", Ct), 400, "DOS-0006");
    }

    [Fact]
    public async Task The_history_is_of_the_owners_side_and_nobody_elses()
    {
        var owner = Guid.CreateVersion7();
        var id = Id(await OpenAsync(dossiers.Citizen(owner), parcel: 12));
        foreach (var path in new[] { "revisions", "revisions/1" })
        {
            await RefusedAsync(await dossiers.Citizen().GetAsync($"/api/v1/dossiers/{id}/{path}", Ct), 404, "DOS-0001");
            using var official = await dossiers.Official(Roles.Officer).GetAsync($"/api/v1/dossiers/{id}/{path}", Ct);
            Assert.Equal(HttpStatusCode.Forbidden, official.StatusCode);
            var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
            await RefusedAsync(await reader.GetAsync($"/api/v1/dossiers/{id}/{path}", Ct), 403, "DOS-0027");
        }

        await RefusedAsync(await PostAsync(dossiers.Citizen(), id, "revisions/1/restoration"), 404, "DOS-0001");
        var (filler, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierFill));
        Assert.Equal(1, (await GetAsync(filler, $"/api/v1/dossiers/{id}/revisions")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_never_was_cannot_be_brought_back_and_what_was_filed_stays_as_it_is()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/revisions/7", Ct), 404, "DOS-0303");
        await RefusedAsync(await PostAsync(client, id, "revisions/7/restoration"), 404, "DOS-0303");
        await RefusedAsync(await PostAsync(client, id, "revisions/0/restoration"), 404, "DOS-0303");
        await BodyAsync(await PostAsync(client, id, "submission"));
        await RefusedAsync(await PostAsync(client, id, "revisions/1/restoration"), 409, "DOS-0008");
        Assert.Equal(1, (await GetAsync(client, $"/api/v1/dossiers/{id}/revisions")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, await dossiers.InDbAsync(db => db.Set<DraftVersion>().CountAsync(v => v.DossierId == id, Ct)));
    }

    [Fact]
    public async Task A_deleted_draft_takes_its_history_with_it()
    {
        var client = dossiers.Citizen();
        var id = Id(await OpenAsync(client, parcel: 12));
        await BodyAsync(await PatchAsync(client, id, """{"data":{"a":1}}"""));
        Assert.Equal(2, await dossiers.InDbAsync(db => db.Set<DraftVersion>().CountAsync(v => v.DossierId == id, Ct)));
        using var deleted = await client.DeleteAsync($"/api/v1/dossiers/{id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, await dossiers.InDbAsync(db => db.Set<DraftRevision>().CountAsync(r => r.DossierId == id, Ct)));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/revisions", Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task A_draft_older_than_revisions_begins_with_the_state_it_was_in()
    {
        var client = dossiers.Citizen();
        var id = Id(await OpenAsync(client, parcel: 12));
        await dossiers.InDbAsync(async db =>
        {
            await db.Set<DraftRevision>().Where(r => r.DossierId == id).ExecuteDeleteAsync(Ct);
            await db.Set<DraftVersion>().Where(r => r.DossierId == id).ExecuteDeleteAsync(Ct);
            return await db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.DraftRevision, 0), Ct);
        });
        await BodyAsync(await PatchAsync(client, id, """{"data":{"thua":13}}"""));
        Assert.Equal(12, (await GetAsync(client, $"/api/v1/dossiers/{id}/revisions/1")).GetProperty("data").GetProperty("thua").GetInt32());
        Assert.Equal(13, (await GetAsync(client, $"/api/v1/dossiers/{id}/revisions/2")).GetProperty("data").GetProperty("thua").GetInt32());
    }

    [Theory]
    [InlineData("Drafts:MaxRevisions", "8", 1)]
    [InlineData("Drafts:MaxRevisionBytes", "2048", 200)]
    public async Task The_oldest_revisions_are_merged_into_one_that_still_holds_everything(string setting, string value, int typed)
    {
        await using var own = await dossiers.NewFactory().WithSetting(setting, value).StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var draft = await OpenAsync(client, parcel: 12);
        for (var i = 2; i <= 40; i++)
            await BodyAsync(await PatchAsync(client, Id(draft), $$$"""{"data":{"k{{{i}}}":"{{{new string('x', typed)}}}"}}"""));
        var kept = (await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/revisions?limit=100")).GetProperty("items").EnumerateArray().ToList();
        Assert.InRange(kept.Count, 2, 20);
        var oldest = kept[^1].GetProperty("number").GetInt32();
        Assert.Equal(40 - kept.Count + 1, oldest);
        Assert.True(kept[^1].GetProperty("isWhole").GetBoolean());
        var state = (await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/revisions/{oldest}")).GetProperty("data");
        Assert.Equal(oldest - 1, state.EnumerateObject().Count(p => p.Name.StartsWith('k')));
        Assert.Equal(12, state.GetProperty("thua").GetInt32());
        Assert.Equal(39, (await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/revisions/40")).GetProperty("data").EnumerateObject().Count(p => p.Name.StartsWith('k')));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{Id(draft)}/revisions/{oldest - 1}", Ct), 404, "DOS-0303");
        // The first ETag is too old to be understood: then nothing is overwritten unseen.
        var problem = await RefusedAsync(await PatchAsync(client, Id(draft), """{"data":{"thua":13}}""", Tag(draft), merge: true), 412, "CMN-0412");
        Assert.False(problem.GetProperty("baseKnown").GetBoolean());
    }
}
