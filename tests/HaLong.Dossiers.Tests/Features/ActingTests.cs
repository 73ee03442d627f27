using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

/// <summary>Delegates, representatives and helpers who work on other people's dossiers.</summary>
public sealed class ActingTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly string[] Everything = [Acts.DossierRead, Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit, Acts.ResultRead];

    [Fact]
    public async Task A_delegate_files_in_the_name_of_the_owner_and_everybody_can_see_who_did()
    {
        await using var listener = await dossiers.ListenAsync<DossierSubmitted>();
        var owner = Guid.CreateVersion7();
        var (client, actor) = dossiers.Delegate(owner, new TestRight(Everything));
        var id = await SubmittedAsync(client);

        var seen = await ViewAsync(dossiers.Citizen(owner), id);
        Assert.Equal((owner, actor, "online"), (seen.GetProperty("ownerId").GetGuid(), seen.GetProperty("actorId").GetGuid(), seen.GetProperty("channel").GetString()));
        Assert.NotEqual(JsonValueKind.Null, seen.GetProperty("delegationId").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("assistance").ValueKind);
        var step = (await GetAsync(dossiers.Citizen(owner), $"/api/v1/dossiers/{id}/timeline"))[0];
        Assert.Equal(("submit", "delegate"), (step.GetProperty("action").GetString(), step.GetProperty("role").GetString()));
        var told = await Eventually.ValueAsync(() => Task.FromResult(listener.Heard.SingleOrDefault(e => e.DossierId == id)), e => e is not null, "the dossier is told of");
        Assert.Equal((owner, actor, seen.GetProperty("delegationId").GetGuid()), (told!.OwnerId, told.ActorId, told.DelegationId));
        Assert.Null(told.AssistedSessionId);
    }

    [Fact]
    public async Task A_helper_files_in_a_session_and_the_help_stays_written_down()
    {
        await using var listener = await dossiers.ListenAsync<DossierSubmitted>();
        var owner = Guid.CreateVersion7();
        var right = new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit) { Unit = "06652", Place = "home" };
        var (client, helper, session) = dossiers.Assisted(owner, right);
        var id = await SubmittedAsync(client);

        var seen = await ViewAsync(dossiers.Citizen(owner), id);
        Assert.Equal((owner, helper, "assisted"), (seen.GetProperty("ownerId").GetGuid(), seen.GetProperty("actorId").GetGuid(), seen.GetProperty("channel").GetString()));
        var help = seen.GetProperty("assistance");
        Assert.Equal((session, helper, "06652", "home"), (help.GetProperty("sessionId").GetGuid(), help.GetProperty("assistedBy").GetGuid(), help.GetProperty("unit").GetString(), help.GetProperty("place").GetString()));
        Assert.Equal(["FORM_FILLING", "HOME_VISIT", "SCANNING"], help.GetProperty("kinds").EnumerateArray().Select(k => k.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("helper", (await GetAsync(dossiers.Citizen(owner), $"/api/v1/dossiers/{id}/timeline"))[0].GetProperty("role").GetString());
        var told = await Eventually.ValueAsync(() => Task.FromResult(listener.Heard.SingleOrDefault(e => e.DossierId == id)), e => e is not null, "the dossier is told of");
        Assert.Equal((session, helper, "06652", "home"), (told!.AssistedSessionId, told.AssistedBy, told.AssistanceUnit, told.AssistancePlace));
        Assert.Equal([Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit], right.Commits.Select(c => c.Act));
        Assert.Equal(id, right.DossierId);
    }

    [Fact]
    public async Task A_helper_with_his_own_token_files_nothing()
    {
        var helper = dossiers.Official(Roles.Helper);
        using var opened = await helper.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = "Cho tôi" }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, opened.StatusCode);
        using var listed = await helper.GetAsync("/api/v1/dossiers", Ct);
        Assert.Equal(HttpStatusCode.Forbidden, listed.StatusCode);
    }

    [Fact]
    public async Task Whoever_goes_on_by_himself_leaves_the_help_written_down()
    {
        var owner = Guid.CreateVersion7();
        var (client, helper, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierFill, Acts.DossierScan));
        var id = await DraftAsync(client);
        var filed = await BodyAsync(await PostAsync(dossiers.Citizen(owner), id, "submission"));
        Assert.Equal((owner, helper), (filed.GetProperty("actorId").GetGuid(), filed.GetProperty("assistance").GetProperty("assistedBy").GetGuid()));
    }

    [Fact]
    public async Task Only_the_acts_given_are_allowed()
    {
        var owner = Guid.CreateVersion7();
        var id = await DraftAsync(dossiers.Citizen(owner));
        var document = (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await ViewAsync(reader, id);
        using var content = await reader.GetAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct);
        Assert.Equal(HttpStatusCode.OK, content.StatusCode);
        await RefusedAsync(await reader.PatchAsJsonAsync($"/api/v1/dossiers/{id}", new { subject = "Khác" }, Ct), 403, "DOS-0027");
        await RefusedAsync(await UploadAsync(reader, id, 1, Samples.Pdf("x")), 403, "DOS-0027");
        await RefusedAsync(await reader.DeleteAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct), 403, "DOS-0027");
        await RefusedAsync(await PostAsync(reader, id, "submission"), 403, "DOS-0027");
        await RefusedAsync(await reader.DeleteAsync($"/api/v1/dossiers/{id}", Ct), 403, "DOS-0027");
        await RefusedAsync(await reader.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = "Mới" }, Ct), 403, "DOS-0027");
        await RefusedAsync(await reader.GetAsync("/api/v1/me/documents", Ct), 403, "DOS-0027");

        var (payer, _) = dossiers.Delegate(owner, new TestRight(Acts.PaymentPay));
        foreach (var path in new[] { $"/{id}", "", $"/{id}/timeline", $"/{id}/receipt", $"/{id}/documents/{document}" })
            await RefusedAsync(await payer.GetAsync("/api/v1/dossiers" + path, Ct), 403, "DOS-0027");
        Assert.Equal("DRAFT", (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_delegate_sees_what_the_limits_cover_and_the_rest_does_not_exist()
    {
        var owner = Guid.CreateVersion7();
        var mine = dossiers.Citizen(owner);
        var (land, free, other) = (await DraftAsync(mine, Land), await DraftAsync(mine, Free), await DraftAsync(mine, Land));
        var (byProcedure, _) = dossiers.Delegate(owner, new TestRight(Everything) { Procedures = [Land] });
        Assert.Equal([land, other], (await IdsAsync(byProcedure)).Order());
        await RefusedAsync(await byProcedure.GetAsync($"/api/v1/dossiers/{free}", Ct), 404, "DOS-0001");
        await RefusedAsync(await PostAsync(byProcedure, free, "submission"), 404, "DOS-0001");
        await RefusedAsync(await byProcedure.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Free, unitCode = Unit, subject = "Mới" }, Ct), 403, "DOS-0027");

        var (byDossier, _) = dossiers.Delegate(owner, new TestRight(Everything) { DossierId = land });
        Assert.Equal([land], await IdsAsync(byDossier));
        await RefusedAsync(await byDossier.GetAsync($"/api/v1/dossiers/{other}/timeline", Ct), 404, "DOS-0001");
        await RefusedAsync(await UploadAsync(byDossier, other, 1, Samples.Pdf("x")), 404, "DOS-0001");
        await RefusedAsync(await byDossier.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = "Mới" }, Ct), 403, "DOS-0027");

        var strangers = await DraftAsync(dossiers.Citizen());
        var (all, _) = dossiers.Delegate(owner, new TestRight(Everything));
        Assert.Equal(3, (await IdsAsync(all)).Count);
        foreach (var path in new[] { "", "/timeline", "/receipt", $"/documents/{Guid.CreateVersion7()}" })
            await RefusedAsync(await all.GetAsync($"/api/v1/dossiers/{strangers}{path}", Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task A_session_without_a_dossier_sees_none_and_the_first_it_works_on_is_its_only_one()
    {
        var owner = Guid.CreateVersion7();
        var mine = dossiers.Citizen(owner);
        var (first, second) = (await DraftAsync(mine), await DraftAsync(mine));
        var (client, _, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierFill, Acts.DossierScan));
        Assert.Empty(await IdsAsync(client));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{first}", Ct), 404, "DOS-0001");
        var edited = await BodyAsync(await client.PatchAsJsonAsync($"/api/v1/dossiers/{first}", new { subject = "Sửa giúp" }, Ct));
        Assert.Equal("Sửa giúp", edited.GetProperty("subject").GetString());

        await RefusedAsync(await client.PatchAsJsonAsync($"/api/v1/dossiers/{second}", new { subject = "Cái nữa" }, Ct), 403, "DOS-0027");
        await RefusedAsync(await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = "Mới" }, Ct), 409, "DOS-0030");
        Assert.NotEqual("Cái nữa", (await ViewAsync(mine, second)).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Two_dossiers_opened_at_once_in_one_session_become_one()
    {
        var owner = Guid.CreateVersion7();
        var (client, _, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierFill));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = "Một" }, Ct)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        Assert.Single(await IdsAsync(dossiers.Citizen(owner)));
    }

    [Fact]
    public async Task An_opening_that_broke_off_can_be_repeated()
    {
        var owner = Guid.CreateVersion7();
        var right = new TestRight(Acts.DossierFill) { DossierId = Guid.CreateVersion7() };
        var (client, _, _) = dossiers.Assisted(owner, right);
        Assert.Equal(right.DossierId, (await OpenAsync(client)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_long_upload_that_began_with_a_valid_right_ends_refused_when_it_is_revoked_meanwhile()
    {
        var owner = Guid.CreateVersion7();
        var id = (await OpenAsync(dossiers.Citizen(owner))).GetProperty("id").GetGuid();
        var right = new TestRight(Acts.DossierScan);
        var (client, _) = dossiers.Delegate(owner, right);
        using var content = new PausedContent(Samples.Pdf("dài", 200_000));
        using var form = new MultipartFormDataContent { { new StringContent("1"), "component" } };
        form.Add(content, "file", "don.pdf");
        var upload = client.PostAsync($"/api/v1/dossiers/{id}/documents", form, Ct);
        await content.HalfWay.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        right.Active = false;
        content.GoOn();
        await RefusedAsync(await upload, 403, "DOS-0028");
        Assert.Empty((await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("documents").EnumerateArray());
    }

    [Fact]
    public async Task What_is_revoked_writes_nothing_from_that_moment_and_reads_nothing_five_seconds_later()
    {
        var owner = Guid.CreateVersion7();
        var id = await DraftAsync(dossiers.Citizen(owner));
        var right = new TestRight(Everything);
        var (client, _) = dossiers.Delegate(owner, right);
        await ViewAsync(client, id);
        await BodyAsync(await client.PatchAsJsonAsync($"/api/v1/dossiers/{id}", new { subject = "Còn hiệu lực" }, Ct));
        right.Active = false;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await RefusedAsync(await client.PatchAsJsonAsync($"/api/v1/dossiers/{id}", new { subject = "Hết hiệu lực" }, Ct), 403, "DOS-0028");
        await RefusedAsync(await client.DeleteAsync($"/api/v1/dossiers/{id}", Ct), 403, "DOS-0028");
        await Eventually.Async(async () => (await client.GetAsync($"/api/v1/dossiers/{id}", Ct)).StatusCode == HttpStatusCode.Forbidden, "reading ends", TimeSpan.FromSeconds(7));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), watch.Elapsed.ToString());
        Assert.Equal("Còn hiệu lực", (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Reading_again_within_seconds_asks_identity_once_and_acting_for_oneself_never()
    {
        var owner = Guid.CreateVersion7();
        var id = await DraftAsync(dossiers.Citizen(owner));
        var (client, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        var before = dossiers.Neighbours.Checks;
        await ViewAsync(dossiers.Citizen(owner), id);
        Assert.Equal(before, dossiers.Neighbours.Checks);
        for (var i = 0; i < 5; i++)
            await ViewAsync(client, id);
        Assert.InRange(dossiers.Neighbours.Checks - before, 1, 2);
    }

    [Fact]
    public async Task A_right_that_is_unknown_opens_nothing()
    {
        var owner = Guid.CreateVersion7();
        var id = await DraftAsync(dossiers.Citizen(owner));
        foreach (var token in new[]
        {
            dossiers.Identity.Token(owner, [Roles.Citizen], actor: Guid.CreateVersion7(), delegation: Guid.CreateVersion7()),
            dossiers.Identity.Token(owner, [Roles.Citizen], actor: Guid.CreateVersion7(), assistedSession: Guid.CreateVersion7(), channel: "assisted"),
            dossiers.Identity.Token(owner, [Roles.Organisation], actor: Guid.CreateVersion7()),
        })
            await RefusedAsync(await dossiers.Factory.Client(token).GetAsync($"/api/v1/dossiers/{id}", Ct), 403, "DOS-0028");
    }

    [Fact]
    public async Task The_legal_representative_files_for_the_organisation()
    {
        var (firm, person) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        dossiers.Neighbours.Representatives.Add(person.ToString());
        var id = await SubmittedAsync(dossiers.Factory.Client(dossiers.Identity.Token(firm, [Roles.Organisation], actor: person)));
        var firmItself = dossiers.Factory.Client(dossiers.Identity.Token(firm, [Roles.Organisation]));
        Assert.Equal((firm, person), ((await ViewAsync(firmItself, id)).GetProperty("ownerId").GetGuid(), (await ViewAsync(firmItself, id)).GetProperty("actorId").GetGuid()));
        Assert.Equal("representative", (await GetAsync(firmItself, $"/api/v1/dossiers/{id}/timeline"))[0].GetProperty("role").GetString());
    }

    [Fact]
    public async Task Who_filed_it_for_the_owner_does_not_process_it_as_an_official()
    {
        var (owner, clerk) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (client, _) = dossiers.Delegate(owner, new TestRight(Everything), clerk);
        var id = await SubmittedAsync(client);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception, id: clerk), id, "acceptance"), 403, "DOS-0017");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: clerk), id, "assignment"), 403, "DOS-0017");
    }

    [Fact]
    public async Task A_unit_in_an_acting_token_does_not_open_the_units_dossiers()
    {
        var id = await SubmittedAsync(dossiers.Citizen());
        var (client, _, _) = dossiers.Assisted(Guid.CreateVersion7(), new TestRight(Everything));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
        using var inbox = await client.GetAsync("/api/v1/inbox", Ct);
        Assert.Equal(HttpStatusCode.Forbidden, inbox.StatusCode);
    }

    [Fact]
    public async Task A_key_of_the_owner_does_not_bring_a_delegate_the_owners_answer()
    {
        var owner = Guid.CreateVersion7();
        var id = await DraftAsync(dossiers.Citizen(owner));
        await BodyAsync(await PostAsync(dossiers.Citizen(owner), id, "submission", key: "nop-1"));
        var (client, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await RefusedAsync(await PostAsync(client, id, "submission", key: "nop-1"), 403, "DOS-0027");
    }

    private static async Task<List<Guid>> IdsAsync(HttpClient client) =>
        [.. (await GetAsync(client, "/api/v1/dossiers")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];

    /// <summary>A file that stops half-way until it is told to go on.</summary>
    private sealed class PausedContent : HttpContent
    {
        private readonly byte[] bytes;
        private readonly TaskCompletionSource halfWay = new(), goOn = new();

        public PausedContent(byte[] bytes)
        {
            this.bytes = bytes;
            Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }

        public Task HalfWay => halfWay.Task;

        public void GoOn() => goOn.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            halfWay.SetResult();
            await goOn.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return false;
        }
    }
}
