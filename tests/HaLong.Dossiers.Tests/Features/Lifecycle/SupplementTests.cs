using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class SupplementTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object List = new
    {
        items = new object[] { new { component = 1, reason = "Thiếu chữ ký" }, new { field = "/thua", name = "Số thửa", reason = "Không khớp bản đồ" } },
        legalBasis = "Điều 17 Nghị định 61/2018/NĐ-CP",
    };

    [Fact]
    public async Task Reception_asks_once_and_the_complete_answer_brings_the_dossier_back()
    {
        await using var asked = await dossiers.ListenAsync<DossierSupplementRequested>();
        await using var answered = await dossiers.ListenAsync<DossierSupplemented>();
        var client = dossiers.Citizen();
        var reception = dossiers.Official(Roles.Reception);
        var id = await SubmittedAsync(client, Free);
        var view = await BodyAsync(await PostAsync(reception, id, "supplement-requests", List));
        Assert.Equal(("SUPPLEMENT_RECEPTION", "applicant", 5), (Status(view), Who(view), view.GetProperty("lifecycle").GetProperty("portalStatus").GetInt32()));
        var list = view.GetProperty("lifecycle").GetProperty("supplement");
        Assert.Equal(list.GetProperty("deadline").GetDateTimeOffset(), view.GetProperty("waitingFor").GetProperty("latest").GetDateTimeOffset());
        Assert.Equal(["Thiếu chữ ký", "Không khớp bản đồ"], list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("reason").GetString()));

        // Everything missing at once; nothing but what was asked for.
        var missing = await RefusedAsync(await PostAsync(client, id, "supplement", new { }), 400, "DOS-0036");
        Assert.Equal(["/thua", "component1"], missing.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await UploadAsync(client, id, 2, Samples.Pdf("khác")), 409, "DOS-0037");
        await RefusedAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 13, khac = 1 } }), 400, "DOS-0006");
        Assert.Equal(HttpStatusCode.Created, (await UploadAsync(client, id, 1, Samples.Pdf("đã ký"))).StatusCode);
        await RefusedAsync(await PostAsync(client, id, "acceptance"), 403, "CMN-0403");
        await RefusedAsync(await PostAsync(reception, id, "acceptance"), 409, "DOS-0008");

        view = await BodyAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 13 }, note = "Đã sửa" }, key: "bo-sung"));
        Assert.Equal(("SUBMITTED", 13), (Status(view), view.GetProperty("data").GetProperty("thua").GetInt32()));
        using var again = await PostAsync(client, id, "supplement", new { data = new { thua = 13 }, note = "Đã sửa" }, key: "bo-sung");
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        await RefusedAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 14 } }), 409, "DOS-0008");
        Assert.Equal(3, view.GetProperty("documents").GetArrayLength());

        var all = await GetAsync(client, $"/api/v1/dossiers/{id}/supplement-requests");
        Assert.Equal(("RECEPTION", "Đã sửa"), (all[0].GetProperty("stage").GetString(), all[0].GetProperty("answerNote").GetString()));
        await Eventually.Async(() => Task.FromResult(answered.Heard.Any(e => e.DossierId == id)), "DossierSupplemented is heard");
        Assert.Equal((2L, 3L, 2), (asked.Heard.Single(e => e.DossierId == id).Sequence, answered.Heard.Single(e => e.DossierId == id).Sequence, asked.Heard.Single(e => e.DossierId == id).Items));
        Assert.Null(answered.Heard.Single(e => e.DossierId == id).DueAt);
    }

    [Fact]
    public async Task During_handling_the_clock_stands_and_then_runs_anew()
    {
        var client = dossiers.Citizen();
        var officer = Guid.CreateVersion7();
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        var before = await ViewAsync(client, id);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "supplement-requests", List), 403, "DOS-0031");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", List), 403, "DOS-0019");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "supplement-requests", List));
        Assert.Equal(("SUPPLEMENT_PROCESSING", JsonValueKind.Null), (Status(view), view.GetProperty("dueAt").ValueKind));
        (await UploadAsync(client, id, 1, Samples.Pdf("đã ký"))).EnsureSuccessStatusCode();
        view = await BodyAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 13 } }));
        Assert.Equal("PROCESSING", Status(view));
        Assert.True(view.GetProperty("dueAt").GetDateTimeOffset() >= before.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(["Start", "Pause", "Restart"], await ClockAsync(id));
    }

    [Fact]
    public async Task A_second_request_needs_a_supervisors_permission_and_is_flagged()
    {
        var client = dossiers.Citizen();
        var reception = dossiers.Official(Roles.Reception);
        var id = await SubmittedAsync(client, Free);
        await BodyAsync(await PostAsync(reception, id, "supplement-requests", new { items = new[] { new { field = "/thua", reason = "Thiếu" } } }));
        await BodyAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 1 } }));
        await RefusedAsync(await PostAsync(reception, id, "supplement-requests", List), 409, "DOS-0034");
        await RefusedAsync(await PostAsync(reception, id, "supplement-permission", new { reason = "Tự cho phép" }), 403, "DOS-0019");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Chief), id, "supplement-permission", new { reason = " " }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Chief, OtherUnit), id, "supplement-permission", new { reason = "Khác" }), 404, "DOS-0001");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Chief), id, "supplement-permission", new { reason = "Phát sinh tình tiết mới" }));
        var view = await BodyAsync(await PostAsync(reception, id, "supplement-requests", List));
        Assert.True(view.GetProperty("lifecycle").GetProperty("askedTwice").GetBoolean());
        Assert.True(view.GetProperty("lifecycle").GetProperty("supplement").GetProperty("flagged").GetBoolean());
    }

    [Theory]
    [InlineData("""{"items":[]}""", "items")]
    [InlineData("""{}""", "items")]
    [InlineData("""{"items":[{"component":9,"reason":"x"}]}""", "items[0]")]
    [InlineData("""{"items":[{"component":1,"field":"/a","reason":"x"}]}""", "items[0]")]
    [InlineData("""{"items":[{"field":"a","reason":"x"}]}""", "items[0]")]
    [InlineData("""{"items":[{"component":1,"reason":""}]}""", "items[0].reason")]
    [InlineData("""{"items":[{"component":1,"reason":"x"},{"component":1,"reason":"y"}]}""", "items")]
    [InlineData("""{"items":[{"component":1,"reason":"x"}],"deadline":"2020-01-01"}""", "deadline")]
    public async Task A_list_names_what_is_wrong_and_until_when(string body, string field)
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        var refused = await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", JsonElement.Parse(body)), 400, "DOS-0006");
        Assert.Contains(refused.GetProperty("errors").EnumerateObject(), e => e.Name == field);
    }

    [Fact]
    public async Task Of_many_answers_at_once_one_counts()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items = new[] { new { field = "/thua", reason = "Thiếu" } } }));
        await RefusedAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 1 } }, ifMatch: "\"1\""), 412, "CMN-0412");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PostAsync(client, id, "supplement", new { data = new { thua = i } })));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        Assert.Equal(["submit", "requestSupplement", "supplement"], await StepsAsync(client, id));
    }

    [Fact]
    public async Task A_delegate_answers_within_his_right_and_strangers_do_not()
    {
        var owner = Guid.CreateVersion7();
        var id = await SubmittedAsync(dossiers.Citizen(owner), Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items = new[] { new { field = "/thua", reason = "Thiếu" } } }));
        await RefusedAsync(await PostAsync(dossiers.Citizen(), id, "supplement", new { data = new { thua = 1 } }), 404, "DOS-0001");
        var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await RefusedAsync(await PostAsync(reader, id, "supplement", new { data = new { thua = 1 } }), 403, "DOS-0027");
        var (filer, actor) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead, Acts.DossierSubmit));
        var view = await BodyAsync(await PostAsync(filer, id, "supplement", new { data = new { thua = 1 } }));
        Assert.Equal((actor, "SUBMITTED"), (view.GetProperty("actorId").GetGuid(), Status(view)));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception, id: actor), id, "acceptance"), 403, "DOS-0017");
    }

    [Fact]
    public async Task Without_an_answer_reception_waits_for_the_deadline_before_it_refuses()
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", List));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", new { legalBasis = "Điều 17", reason = "Không bổ sung" }), 409, "DOS-0042");
    }

    private async Task<List<string>> ClockAsync(Guid id) => await dossiers.InDbAsync(db => Task.FromResult(
        db.ClockEntries.Where(c => c.DossierId == id).OrderBy(c => c.Number).AsEnumerable().Select(c => c.Effect.ToString()).ToList()));

    private static async Task<IEnumerable<string?>> StepsAsync(HttpClient client, Guid id) =>
        (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString());

    private static string? Status(JsonElement view) => view.GetProperty("status").GetString();

    private static string? Who(JsonElement view) => view.GetProperty("waitingFor").GetProperty("who").GetString();
}
