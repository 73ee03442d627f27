using System.Net;
using System.Text.Json;
using HaLong.Identity.Contracts;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Drafts.Patching;

namespace HaLong.Dossiers.Tests.Drafts;

/// <summary>Two devices on one draft, over HTTP and on the real database.</summary>
public sealed class ConflictTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_stale_revision_is_answered_field_by_field()
    {
        var client = dossiers.Citizen();
        var seen = await OpenAsync(client, parcel: 12);
        var theirs = await BodyAsync(await PatchAsync(client, Id(seen), """{"data":{"thua":13,"to":"5"}}"""));
        using var response = await PatchAsync(client, Id(seen), """{"data":{"thua":14,"ghiChu":"x"}}""", Tag(seen));
        var problem = await RefusedAsync(response, 412, "CMN-0412");
        var conflict = Assert.Single(problem.GetProperty("conflicts").EnumerateArray());
        Assert.Equal("/data/thua", conflict.GetProperty("pointer").GetString());
        Assert.Equal((12, 14, 13), (Number(conflict, "base"), Number(conflict, "mine"), Number(conflict, "theirs")));
        var mergeable = Assert.Single(problem.GetProperty("mergeable").EnumerateArray());
        Assert.Equal(("/data/ghiChu", "x"), (mergeable.GetProperty("pointer").GetString(), mergeable.GetProperty("mine").GetString()));
        Assert.True(problem.GetProperty("baseKnown").GetBoolean());
        Assert.Equal(Tag(theirs), problem.GetProperty("currentRevision").GetString());
        Assert.Equal(Tag(theirs), Tag(await ViewAsync(client, Id(seen))));
    }

    [Fact]
    public async Task A_conflict_is_solved_with_the_revision_that_the_answer_names()
    {
        var client = dossiers.Citizen();
        var seen = await OpenAsync(client, parcel: 12);
        await BodyAsync(await PatchAsync(client, Id(seen), """{"data":{"thua":13}}"""));
        var problem = await RefusedAsync(await PatchAsync(client, Id(seen), """{"data":{"thua":14}}""", Tag(seen), merge: true), 412, "CMN-0412");
        var solved = await BodyAsync(await PatchAsync(client, Id(seen), """{"data":{"thua":14}}""", problem.GetProperty("currentRevision").GetString()));
        Assert.Equal(14, Number(solved.GetProperty("data"), "thua"));
    }

    [Fact]
    public async Task Fields_that_nobody_else_changed_are_merged_when_asked_for_and_only_then()
    {
        var client = dossiers.Citizen();
        var seen = await OpenAsync(client, parcel: 12);
        await BodyAsync(await PatchAsync(client, Id(seen), """{"data":{"to":"5"}}"""));
        var problem = await RefusedAsync(await PatchAsync(client, Id(seen), """{"data":{"ghiChu":"x"}}""", Tag(seen)), 412, "CMN-0412");
        Assert.Empty(problem.GetProperty("conflicts").EnumerateArray());
        Assert.Contains("merge=true", problem.GetProperty("advice").GetString(), StringComparison.Ordinal);
        await RefusedAsync(await PatchAsync(client, Id(seen), """{"data":{"ghiChu":"x"}}""", Tag(seen), merge: false), 412, "CMN-0412");

        // The screen sends everything it knows; the old values in it undo nothing.
        var merged = await BodyAsync(await PatchAsync(client, Id(seen), """{"subject":"Cấp giấy lần đầu","data":{"thua":12,"ghiChu":"x"}}""", Tag(seen), merge: true));
        Assert.Equal((12, "5", "x"), (Number(merged.GetProperty("data"), "thua"), merged.GetProperty("data").GetProperty("to").GetString(), merged.GetProperty("data").GetProperty("ghiChu").GetString()));
    }

    [Fact]
    public async Task A_document_attached_in_between_is_no_conflict()
    {
        var client = dossiers.Citizen();
        var opened = await OpenAsync(client, parcel: 12);
        await BodyAsync(await UploadAsync(client, Id(opened), 1, Samples.Pdf()), HttpStatusCode.Created);
        var afterUpload = await ViewAsync(client, Id(opened));
        Assert.NotEqual(Tag(opened), Tag(afterUpload));
        // One device knows the state before the upload, another the one after it; neither knows of the other's change.
        await BodyAsync(await PatchAsync(client, Id(opened), """{"data":{"to":"5"}}""", Tag(afterUpload)));
        var one = await BodyAsync(await PatchAsync(client, Id(opened), """{"data":{"a":1}}""", Tag(opened), merge: true));
        var two = await BodyAsync(await PatchAsync(client, Id(opened), """{"data":{"b":2}}""", Tag(afterUpload), merge: true));
        Assert.Equal(3, two.GetProperty("data").EnumerateObject().Count() - 1);
        Assert.NotEqual(Tag(one), Tag(two));
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("nonsense")]
    [InlineData("W/\"5\"")]
    [InlineData("\"99999999999999999999\"")]
    public async Task A_revision_that_nobody_knows_overwrites_nothing_unseen(string tag)
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        var problem = await RefusedAsync(await PatchAsync(client, Id(draft), """{"data":{"thua":99}}""", tag, merge: true), 412, "CMN-0412");
        Assert.False(problem.GetProperty("baseKnown").GetBoolean());
        var conflict = Assert.Single(problem.GetProperty("conflicts").EnumerateArray());
        Assert.Equal((99, 12), (Number(conflict, "mine"), Number(conflict, "theirs")));
        Assert.Equal(JsonValueKind.Null, conflict.GetProperty("base").ValueKind);
    }

    [Fact]
    public async Task Twenty_patches_from_two_devices_within_a_second_lose_nothing()
    {
        var owner = Guid.CreateVersion7();
        HttpClient[] devices = [dossiers.Citizen(owner), dossiers.Citizen(owner)];
        var draft = await OpenAsync(devices[0], parcel: 12);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            PatchAsync(devices[i % 2], Id(draft), "{\"data\":{\"section\":{\"f" + i + "\":\"" + new string('x', i) + "\"}}}", Tag(draft), merge: true)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var kept = (await ViewAsync(devices[1], Id(draft))).GetProperty("data").GetProperty("section");
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(i, kept.GetProperty($"f{i}").GetString()!.Length));
        var revisions = await GetAsync(devices[0], $"/api/v1/dossiers/{Id(draft)}/revisions?limit=100");
        Assert.Equal(Enumerable.Range(1, 21).Reverse(), revisions.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task The_same_burst_without_revisions_is_put_in_a_row()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PatchAsync(client, Id(draft), $$$"""{"data":{"k{{{i}}}":{{{i}}}}}""", key: $"burst-{Id(draft)}-{i}")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(20, (await ViewAsync(client, Id(draft))).GetProperty("data").EnumerateObject().Count(p => p.Name.StartsWith('k')));
    }

    [Fact]
    public async Task The_same_key_saves_once_and_another_revision_under_it_is_another_request()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        var first = await BodyAsync(await PatchAsync(client, Id(draft), """{"data":{"a":1}}""", Tag(draft), key: "save-1"));
        using var again = await PatchAsync(client, Id(draft), """{"data":{"a":1}}""", Tag(draft), key: "save-1");
        Assert.Equal(Tag(first), Tag(await BodyAsync(again)));
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        await RefusedAsync(await PatchAsync(client, Id(draft), """{"data":{"a":1}}""", Tag(first), key: "save-1"), 422, "CMN-0422");
        // A conflict leaves its key free.
        await RefusedAsync(await PatchAsync(client, Id(draft), """{"data":{"a":2}}""", Tag(draft), key: "save-2"), 412, "CMN-0412");
        await BodyAsync(await PatchAsync(client, Id(draft), """{"data":{"a":2}}""", Tag(first), key: "save-3"));
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_makes_no_revision()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, parcel: 12);
        var same = await BodyAsync(await PatchAsync(client, Id(draft), """{"subject":" Cấp giấy lần đầu ","data":{"thua":12.0,"none":null}}"""));
        Assert.Equal(Tag(draft), Tag(same));
    }

    [Fact]
    public async Task Filing_while_somebody_still_types_takes_the_patch_or_refuses_it_and_never_half()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        var filing = PostAsync(client, id, "submission");
        var typing = Enumerable.Range(0, 6).Select(i => PatchAsync(client, id, $$$"""{"data":{"k{{{i}}}":{{{i}}}}}""")).ToList();
        await Task.WhenAll(typing.Append(filing));
        var taken = 0;
        foreach (var answer in typing)
        {
            if ((await answer).StatusCode == HttpStatusCode.OK)
                taken++;
            else
                Assert.Equal(HttpStatusCode.Conflict, (await answer).StatusCode);
        }

        if ((await filing).StatusCode != HttpStatusCode.OK)
            await BodyAsync(await PostAsync(client, id, "submission"));
        Assert.Equal(taken, (await ViewAsync(client, id)).GetProperty("data").EnumerateObject().Count(p => p.Name.StartsWith('k')));
        await RefusedAsync(await PatchAsync(client, id, """{"data":{"late":1}}"""), 409, "DOS-0008");
    }

    [Fact]
    public async Task Somebody_elses_draft_does_not_exist_and_a_right_that_ended_saves_nothing()
    {
        var owner = Guid.CreateVersion7();
        var draft = await OpenAsync(dossiers.Citizen(owner), parcel: 12);
        await RefusedAsync(await PatchAsync(dossiers.Citizen(), Id(draft), """{"data":{"a":1}}""", "\"1\""), 404, "DOS-0001");
        using var official = await PatchAsync(dossiers.Official(HaLong.ServiceDefaults.Roles.Officer), Id(draft), """{"data":{"a":1}}""");
        Assert.Equal(HttpStatusCode.Forbidden, official.StatusCode);
        var right = new TestRight(Acts.DossierFill);
        var (delegated, _) = dossiers.Delegate(owner, right);
        await BodyAsync(await PatchAsync(delegated, Id(draft), """{"data":{"a":1}}"""));
        right.Active = false;
        await Eventually.Async(async () => (await PatchAsync(delegated, Id(draft), """{"data":{"a":2}}""")).StatusCode == HttpStatusCode.Forbidden, "the ended right is refused");
        Assert.Equal(1, Number((await ViewAsync(dossiers.Citizen(owner), Id(draft))).GetProperty("data"), "a"));
    }

    private static int Number(JsonElement element, string property) => element.GetProperty(property).GetInt32();
}
