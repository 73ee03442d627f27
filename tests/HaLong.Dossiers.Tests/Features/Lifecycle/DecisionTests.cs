using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class DecisionTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object Grounds = new { legalBasis = "Điều 19.8 Nghị định 61/2018/NĐ-CP", reason = "Thửa đất đang có tranh chấp" };

    [Fact]
    public async Task Reception_refuses_in_writing_and_the_dossier_is_over()
    {
        await using var told = await dossiers.ListenAsync<DossierNotAccepted>();
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "refusal", Grounds), 403, "DOS-0019");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", new { reason = "Thiếu căn cứ" }), 400, "DOS-0006");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", Grounds));
        Assert.Equal(("NOT_ACCEPTED", JsonValueKind.Null), (view.GetProperty("status").GetString(), view.GetProperty("waitingFor").ValueKind));
        Assert.Empty(view.GetProperty("lifecycle").GetProperty("possible").EnumerateArray());
        var form = (await GetAsync(client, $"/api/v1/dossiers/{id}/forms"))[0];
        Assert.Equal(("REFUSAL", "03", "Thửa đất đang có tranh chấp"), (form.GetProperty("kind").GetString(), form.GetProperty("number").GetString(), form.GetProperty("data").GetProperty("reason").GetString()));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", Grounds), 409, "DOS-0008");
        await RefusedAsync(await PostAsync(client, id, "withdrawal", new { reason = "Muộn" }), 409, "DOS-0008");
        await Eventually.Async(() => Task.FromResult(told.Heard.Any(e => e.DossierId == id && e.Sequence == 2)), "DossierNotAccepted is heard");
    }

    [Fact]
    public async Task A_refusal_after_appraisal_is_signed_and_handed_over_like_a_result()
    {
        await using var refused = await dossiers.ListenAsync<DossierRefused>();
        await using var ready = await dossiers.ListenAsync<DossierResultReady>();
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        // Its fees need not be paid.
        var id = await dossiers.ProcessingAsync(client, Land, officer);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver, id: officer), id, "refusal", Grounds), 403, "DOS-0018");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", Grounds), 403, "DOS-0019");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "refusal", Grounds));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "fee-request", new { reason = "Muộn" }), 409, "DOS-0008");
        var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the refusal is signed");
        Assert.Equal("REFUSED", view.GetProperty("lifecycle").GetProperty("outcome").GetString());
        view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "return"));
        Assert.Equal("RETURNED", view.GetProperty("status").GetString());
        await Eventually.Async(() => Task.FromResult(ready.Heard.Any(e => e.DossierId == id && e.Outcome == "REFUSED")), "DossierResultReady is heard");
        Assert.Equal(view.GetProperty("resultDocumentId").GetGuid(), refused.Heard.Single(e => e.DossierId == id).ResultDocumentId);
    }

    [Fact]
    public async Task The_agency_gives_one_new_appointment_with_an_apology()
    {
        await using var told = await dossiers.ListenAsync<DossierDeadlineExtended>();
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        var due = (await ViewAsync(client, id)).GetProperty("dueAt").GetDateTimeOffset();
        var later = NextWorkingDay(LocalTime.Date(due).AddDays(7));
        await RefusedAsync(await ExtendAsync(dossiers.Official(Roles.Officer, id: officer), id, later), 403, "DOS-0019");
        await RefusedAsync(await ExtendAsync(dossiers.Official(Roles.Approver, id: officer), id, later), 403, "DOS-0018");
        await RefusedAsync(await ExtendAsync(dossiers.Official(Roles.Leader), id, NextSaturday(later)), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Leader), id, "extension", new { dueDate = later }), 400, "DOS-0006");
        await RefusedAsync(await ExtendAsync(dossiers.Official(Roles.Leader), await SubmittedAsync(client, Free), later), 409, "DOS-0008");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ExtendAsync(dossiers.Official(Roles.Leader), id, later)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        await RefusedAsync(await ExtendAsync(dossiers.Official(Roles.Approver), id, later.AddDays(7)), 409, "DOS-0106");
        var view = await ViewAsync(client, id);
        Assert.Equal((later, 1), (LocalTime.Date(view.GetProperty("dueAt").GetDateTimeOffset()), view.GetProperty("lifecycle").GetProperty("extensions").GetInt32()));
        var letter = (await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).EnumerateArray().Single(f => f.GetProperty("kind").GetString() == "APOLOGY").GetProperty("data");
        Assert.Equal((due, view.GetProperty("dueAt").GetDateTimeOffset()), (letter.GetProperty("dueAt").GetDateTimeOffset(), letter.GetProperty("newDueAt").GetDateTimeOffset()));
        await Eventually.Async(() => Task.FromResult(told.Heard.Any(e => e.DossierId == id && e.PreviousDueAt == due)), "DossierDeadlineExtended is heard");
    }

    [Fact]
    public async Task On_the_due_day_itself_it_is_too_late_to_extend()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ProcessingAsync(client);
        // Received so long ago that it is due by now.
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE clock_entry SET at = at - interval '60 days' WHERE dossier_id = {id}", Ct));
        await RefusedAsync(await ExtendAsync(dossiers.Official(Roles.Approver), id, NextWorkingDay(LocalTime.Date(TimeProvider.System.GetUtcNow()).AddDays(30))), 409, "DOS-0107");
    }

    [Theory]
    [InlineData("PROCESSING")]
    [InlineData("SUPPLEMENT_PROCESSING")]
    [InlineData("WAIT_PAYMENT")]
    public async Task An_approver_stops_the_handling_on_a_legal_ground(string state)
    {
        await using var told = await dossiers.ListenAsync<DossierStopped>();
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        if (state == "SUPPLEMENT_PROCESSING")
            await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "supplement-requests", new { items = new[] { new { component = 1, reason = "Thiếu" } } }));
        if (state == "WAIT_PAYMENT")
            await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "fee-request", new { fees = new[] { new { kind = "duty", name = "Thuế", amount = 5 } }, reason = "x" }));
        Assert.Equal(state, (await ViewAsync(client, id)).GetProperty("status").GetString());
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver, id: officer), id, "stop", Grounds), 403, "DOS-0018");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "stop", new { legalBasis = "Điều 1" }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "stop", Grounds, ifMatch: "\"1\""), 412, "CMN-0412");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "stop", Grounds));
        Assert.Equal(("STOPPED", 8), (view.GetProperty("status").GetString(), view.GetProperty("lifecycle").GetProperty("portalStatus").GetInt32()));
        Assert.Contains((await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).EnumerateArray(), f => f.GetProperty("kind").GetString() == "STOP" && f.GetProperty("number").GetString() == "05");
        await RefusedAsync(await PostAsync(client, id, "supplement", new { }), 409, "DOS-0008");
        await Eventually.Async(() => Task.FromResult(told.Heard.Any(e => e.DossierId == id)), "DossierStopped is heard");
    }

    [Fact]
    public async Task The_applicant_withdraws_before_the_end_and_the_fact_says_what_becomes_of_the_money()
    {
        await using var told = await dossiers.ListenAsync<DossierWithdrawn>();
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var (free, paid, accepted) = (await SubmittedAsync(client, Free), await SubmittedAsync(client), await SubmittedAsync(client));
        await dossiers.PayAsync(client, paid);
        await dossiers.PayAsync(client, accepted);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), accepted, "acceptance"));
        await RefusedAsync(await PostAsync(client, free, "withdrawal", new { }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(dossiers.Citizen(), free, "withdrawal", new { reason = "Của người khác" }), 404, "DOS-0001");
        await RefusedAsync(await PostAsync(client, await DraftAsync(client), "withdrawal", new { reason = "Nháp" }), 409, "DOS-0008");
        var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await RefusedAsync(await PostAsync(reader, free, "withdrawal", new { reason = "Thử" }), 403, "DOS-0027");
        foreach (var id in new[] { free, paid, accepted })
        {
            var view = await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không còn nhu cầu" }, key: "rut-" + id));
            Assert.Equal(("WITHDRAWN", "Không còn nhu cầu"), (view.GetProperty("status").GetString(), view.GetProperty("lifecycle").GetProperty("withdrawalReason").GetString()));
        }
        await RefusedAsync(await PostAsync(client, free, "withdrawal", new { reason = "Lần nữa" }), 409, "DOS-0008");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), free, "acceptance"), 409, "DOS-0008");
        await Eventually.Async(() => Task.FromResult(told.Heard.Count == 3), "three withdrawals are heard");
        Assert.Equal(
            [("SUBMITTED", 0L, "none"), ("SUBMITTED", 150_000L, "refund"), ("ACCEPTED", 150_000L, "review")],
            new[] { free, paid, accepted }.Select(id => told.Heard.Single(e => e.DossierId == id)).Select(e => (e.FromStatus, e.PaidAmount, e.FeeTreatment)));
    }

    [Fact]
    public async Task A_withdrawal_and_an_approval_at_once_leave_one_truth()
    {
        for (var i = 0; i < 3; i++)
        {
            var client = dossiers.Citizen();
            var id = await dossiers.ProcessingAsync(client);
            var (withdrawn, approved) = (PostAsync(client, id, "withdrawal", new { reason = "Thôi" }), PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
            await Task.WhenAll(withdrawn, approved);
            // An approval that comes first can still be withdrawn while it is being signed; one that comes second is refused.
            var (first, second) = ((await withdrawn).StatusCode, (await approved).StatusCode);
            Assert.Contains(HttpStatusCode.OK, new[] { first, second });
            var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() is "WITHDRAWN" or "RESOLVED", "it is decided");
            Assert.Equal(first == HttpStatusCode.OK ? "WITHDRAWN" : "RESOLVED", view.GetProperty("status").GetString());
        }
    }

    private static Task<HttpResponseMessage> ExtendAsync(HttpClient official, Guid id, DateOnly day) =>
        PostAsync(official, id, "extension", new { dueDate = day, reason = "Cần xác minh thêm tại thực địa" });

    private static DateOnly NextWorkingDay(DateOnly day) => Play.Calendar.RollForward(day);

    private static DateOnly NextSaturday(DateOnly day) => day.AddDays(((int)DayOfWeek.Saturday - (int)day.DayOfWeek + 7) % 7);
}
