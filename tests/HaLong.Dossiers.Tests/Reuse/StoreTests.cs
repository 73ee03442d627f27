using System.Net;
using System.Text.Json;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Reuse;

/// <summary>The citizen's document store over HTTP.</summary>
public sealed class StoreTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_store_holds_results_and_papers_of_filed_dossiers_newest_first_and_keeps_them_when_those_are_closed()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        await DraftAsync(client, Free);
        var all = await ItemsAsync(client);
        Assert.Equal(["result", "component", "component"], all.Select(i => i.GetProperty("kind").GetString()));
        Assert.All(all, i => Assert.Equal((id, "valid", 0), (i.GetProperty("dossierId").GetGuid(), i.GetProperty("state").GetString(), i.GetProperty("reuseCount").GetInt32())));
        Assert.Equal(["ISSUED_RESULT", "UPLOADED", "UPLOADED"], all.Select(i => i.GetProperty("origin").GetString()));
        Assert.Equal([null, 2, 1], all.Select(i => i.GetProperty("component") is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : (int?)null));
        Assert.All(all, i => Assert.False(string.IsNullOrEmpty(i.GetProperty("name").GetString())));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "return", new { receivedBy = "Nguyễn Văn Dân" }));
        Assert.Equal(3, (await ItemsAsync(client)).Count);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(all[1].GetProperty("href").GetString(), Ct)).StatusCode);
        Assert.Empty(await ItemsAsync(dossiers.Citizen()));
    }

    [Fact]
    public async Task It_can_be_narrowed_and_leafed_through()
    {
        var client = dossiers.Citizen();
        var (land, free) = (await SubmittedAsync(client), await SubmittedAsync(client, Free));
        Assert.Equal([free, free], (await ItemsAsync(client, $"procedure={Free}")).Select(Of));
        Assert.Equal([land], (await ItemsAsync(client, $"procedure={Land}&kind=component")).Select(Of));
        Assert.Empty(await ItemsAsync(client, "kind=result"));
        Assert.Equal(3, (await ItemsAsync(client, "search=DON.PDF")).Count);
        Assert.Equal([free, free], (await ItemsAsync(client, $"search=don {Uri.EscapeDataString((await ViewAsync(client, free)).GetProperty("code").GetString()!)}")).Select(Of));
        foreach (var pattern in new[] { "%25", "_", "\\" })
            Assert.Empty(await ItemsAsync(client, "search=" + pattern + "zzz"));
        var leafed = new List<Guid>();
        for (string? after = null; ;)
        {
            var page = await GetAsync(client, $"/api/v1/me/documents?limit=2&after={after}");
            leafed.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            after = page.GetProperty("after").GetString();
            if (after is null)
                break;
        }
        Assert.Equal((await ItemsAsync(client)).Select(i => i.GetProperty("id").GetGuid()), leafed);
    }

    [Theory]
    [InlineData("kind=receipt", "DOS-0006")]
    [InlineData("procedure=a%20b", "DOS-0006")]
    [InlineData("search=%00", "DOS-0006")]
    [InlineData("after=WyJ4Il0", "DOS-0006")]
    [InlineData("limit=0", "CMN-0400")]
    public async Task A_wrong_question_is_refused(string query, string code) =>
        await RefusedAsync(await dossiers.Citizen().GetAsync("/api/v1/me/documents?" + query, Ct), 400, code);

    [Fact]
    public async Task A_corrected_result_stays_as_what_was_replaced()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "return", new { receivedBy = "Nguyễn Văn Dân" }));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "result", new { decision = "Chấp thuận, sửa tên.", reason = "Sai tên" }));
        var results = await Eventually.ValueAsync(() => ItemsAsync(client, "kind=result"), r => r.Count == 2, "the corrected result is there");
        Assert.Equal(["valid", "replaced"], results.Select(r => r.GetProperty("state").GetString()));
        Assert.Equal(results[0].GetProperty("id").GetGuid(), results[1].GetProperty("replacedBy").GetGuid());
    }

    [Fact]
    public async Task Who_acts_for_the_owner_sees_what_his_limits_cover_and_that_is_recorded()
    {
        await using var reads = await dossiers.ListenAsync<PersonalDataRead>();
        var owner = Guid.CreateVersion7();
        await dossiers.ResolvedAsync(dossiers.Citizen(owner));
        var (resultsOnly, friend) = dossiers.Delegate(owner, new TestRight(Acts.ResultRead));
        Assert.Equal(["result"], (await ItemsAsync(resultsOnly)).Select(i => i.GetProperty("kind").GetString()));
        var (papersOnly, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await RefusedAsync(await papersOnly.GetAsync("/api/v1/me/documents", Ct), 403, "DOS-0027");
        Assert.Equal(2, (await ItemsAsync(papersOnly, "kind=component")).Count);
        var (elsewhere, _) = dossiers.Delegate(owner, new TestRight(Acts.ResultRead) { Procedures = [Land] });
        Assert.Empty(await ItemsAsync(elsewhere));
        await Eventually.Async(() => Task.FromResult(reads.Heard.Any(r => r.ActorId == friend && r.What == "document-list")), "the reading is recorded");

        dossiers.Neighbours.IdentityDown = true;
        await RefusedAsync(await dossiers.Delegate(owner, new TestRight(Acts.ResultRead)).Client.GetAsync("/api/v1/me/documents", Ct), 503, "DOS-0029");
        dossiers.Neighbours.IdentityDown = false;
        Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Official(Roles.Officer).GetAsync("/api/v1/me/documents", Ct)).StatusCode);
    }

    private static Guid Of(JsonElement item) => item.GetProperty("dossierId").GetGuid();

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string query = "") =>
        [.. (await GetAsync(client, "/api/v1/me/documents?" + query)).GetProperty("items").EnumerateArray()];
}
