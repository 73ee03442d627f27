using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class LifecycleTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_dossier_with_fees_travels_from_filing_to_return_and_tells_every_fact_in_sequence()
    {
        await using var feePaid = await dossiers.ListenAsync<DossierFeePaid>();
        await using var accepted = await dossiers.ListenAsync<DossierAccepted>();
        await using var started = await dossiers.ListenAsync<DossierProcessingStarted>();
        await using var approved = await dossiers.ListenAsync<DossierApproved>();
        await using var ready = await dossiers.ListenAsync<DossierResultReady>();
        await using var returned = await dossiers.ListenAsync<DossierReturned>();
        var client = dossiers.Citizen(check: "4321");
        var (officer, approver) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var id = await SubmittedAsync(client);
        await dossiers.PayAsync(client, id);
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        Assert.Equal(("ACCEPTED", "officer"), (view.GetProperty("status").GetString(), Who(view)));
        Assert.False(view.GetProperty("dueAssumed").GetBoolean());
        view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "assignment"));
        Assert.Equal(("PROCESSING", officer), (view.GetProperty("status").GetString(), view.GetProperty("officerId").GetGuid()));
        view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver, id: approver), id, "approval", new { decision = "Chấp thuận cấp Giấy chứng nhận." }));
        Assert.Equal(("PROCESSING", "signature"), (view.GetProperty("status").GetString(), Who(view)));
        Assert.Equal(approver, view.GetProperty("approval").GetProperty("approverId").GetGuid());
        view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        var result = view.GetProperty("resultDocumentId").GetGuid();
        view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "return"));
        Assert.Equal(("RETURNED", JsonValueKind.Null), (view.GetProperty("status").GetString(), view.GetProperty("waitingFor").ValueKind));

        await Eventually.Async(() => Task.FromResult(returned.Heard.Any(e => e.DossierId == id)), "DossierReturned is heard");
        Assert.Equal(
            [2L, 3L, 4L, 5L, 6L, 7L],
            [feePaid.Heard.Single(e => e.DossierId == id).Sequence, accepted.Heard.Single(e => e.DossierId == id).Sequence, started.Heard.Single(e => e.DossierId == id).Sequence,
             approved.Heard.Single(e => e.DossierId == id).Sequence, ready.Heard.Single(e => e.DossierId == id).Sequence, returned.Heard.Single(e => e.DossierId == id).Sequence]);
        Assert.Equal(result, ready.Heard.Single(e => e.DossierId == id).ResultDocumentId);

        var steps = (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().ToList();
        Assert.Equal(["submit", "requestPayment", "pay", "accept", "assign", "approve", "resolve", "return"], steps.Select(s => s.GetProperty("action").GetString()));
        Assert.Equal(Enumerable.Range(1, 8), steps.Select(s => s.GetProperty("step").GetInt32()));
        Assert.Equal(["citizen", "system", "system", "reception", "officer", "approver", "system", "officer"], steps.Select(s => s.GetProperty("role").GetString()));
        Assert.Equal("RETURNED", steps[^1].GetProperty("to").GetString());

        using var file = await client.GetAsync($"/api/v1/dossiers/{id}/documents/{result}", Ct);
        var text = await PdfTools.RunAsync("pdftotext", await file.Content.ReadAsByteArrayAsync(Ct), "-enc", "UTF-8");
        Assert.Contains("Chấp thuận cấp Giấy chứng nhận.", text, StringComparison.Ordinal);
        Assert.Contains(view.GetProperty("code").GetString()!, text, StringComparison.Ordinal);

        var mine = (await GetAsync(client, "/api/v1/me/documents?kind=result")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal((result, id), (mine.GetProperty("id").GetGuid(), mine.GetProperty("dossierId").GetGuid()));
        using var byHref = await client.GetAsync(mine.GetProperty("href").GetString(), Ct);
        Assert.Equal(HttpStatusCode.OK, byHref.StatusCode);
    }

    [Fact]
    public async Task Acceptance_gives_an_appointment_at_closing_time_and_the_receipt_says_it()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/receipt", Ct), 404, "DOS-0021");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        var due = TimeZoneInfo.ConvertTime(view.GetProperty("dueAt").GetDateTimeOffset(), LocalTime.Zone);
        Assert.Equal(new TimeSpan(17, 0, 0), due.TimeOfDay);

        using var receipt = await client.GetAsync($"/api/v1/dossiers/{id}/receipt", Ct);
        Assert.Equal("application/pdf", receipt.Content.Headers.ContentType?.ToString());
        var bytes = await receipt.Content.ReadAsByteArrayAsync(Ct);
        var text = await PdfTools.RunAsync("pdftotext", bytes, "-enc", "UTF-8");
        Assert.Contains("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", text, StringComparison.Ordinal);
        Assert.Contains(view.GetProperty("code").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains($"17 giờ 00 phút, ngày {due:dd} tháng {due:MM} năm {due:yyyy}", text, StringComparison.Ordinal);
        Assert.Contains("Đơn đăng ký đất đai", text, StringComparison.Ordinal);
        // Its seal may have been appended meanwhile.
        Assert.Equal(bytes, (await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/receipt", Ct))[..bytes.Length]);
        Assert.Equal(bytes, (await dossiers.Official(Roles.Officer).GetByteArrayAsync($"/api/v1/dossiers/{id}/receipt", Ct))[..bytes.Length]);
        Assert.Contains(view.GetProperty("documents").EnumerateArray(), d => d.GetProperty("kind").GetString() == "receipt");
    }

    [Fact]
    public async Task An_unknown_time_limit_is_assumed_and_says_so()
    {
        var client = dossiers.Citizen();
        var id = (await OpenAsync(client, "1.014028")).GetProperty("id").GetGuid();
        for (var component = 1; component <= 10; component++)
            await UploadAsync(client, id, component, Samples.Pdf());
        await BodyAsync(await PostAsync(client, id, "submission"));
        Assert.True((await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"))).GetProperty("dueAssumed").GetBoolean());
    }

    [Theory]
    [InlineData("acceptance", Roles.Reception, new[] { "SUBMITTED" })]
    [InlineData("assignment", Roles.Officer, new[] { "ACCEPTED", "PROCESSING" })]
    [InlineData("approval", Roles.Approver, new[] { "PROCESSING" })]
    [InlineData("return", Roles.Reception, new[] { "RESOLVED" })]
    public async Task In_every_other_state_a_transition_is_refused(string action, string role, string[] possible)
    {
        var client = dossiers.Citizen();
        var states = new Dictionary<string, Func<Task<Guid>>>
        {
            ["SUBMITTED"] = () => SubmittedAsync(client, Free),
            ["ACCEPTED"] = () => dossiers.AcceptedAsync(client, Free),
            ["PROCESSING"] = () => dossiers.ProcessingAsync(client),
            ["RESOLVED"] = () => dossiers.ResolvedAsync(client),
        };
        foreach (var (state, make) in states.Where(s => !possible.Contains(s.Key)))
        {
            var id = await make();
            var before = await ViewAsync(client, id);
            await RefusedAsync(await PostAsync(dossiers.Official(role), id, action, Body(action)), 409, "DOS-0008");
            Assert.Equal((state, before.GetProperty("version").GetUInt32()), ((await ViewAsync(client, id)).GetProperty("status").GetString(), before.GetProperty("version").GetUInt32()));
        }
        var draft = await DraftAsync(client);
        await RefusedAsync(await PostAsync(dossiers.Official(role), draft, action, Body(action)), 404, "DOS-0001");
    }

    [Theory]
    [InlineData("acceptance", Roles.Reception)]
    [InlineData("assignment", Roles.Officer)]
    [InlineData("approval", Roles.Approver)]
    [InlineData("return", Roles.Officer)]
    public async Task Stale_revisions_are_refused_for_officials_too(string action, string role)
    {
        var id = await SubmittedAsync(dossiers.Citizen());
        await RefusedAsync(await PostAsync(dossiers.Official(role), id, action, Body(action), ifMatch: "\"1\""), 412, "CMN-0412");
    }

    [Fact]
    public async Task Of_many_officials_at_once_one_accepts_and_one_takes_the_dossier_up()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        var acceptances = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(dossiers.Official(Roles.Reception), id, "acceptance")));
        Assert.Single(acceptances, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(acceptances, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        var assignments = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(dossiers.Official(Roles.Officer), id, "assignment")));
        Assert.Single(assignments, a => a.StatusCode == HttpStatusCode.OK);
        var approvals = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(dossiers.Official(Roles.Approver), id, "approval", Body("approval"))));
        Assert.Single(approvals, a => a.StatusCode == HttpStatusCode.OK);
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        Assert.Single((await ViewAsync(client, id)).GetProperty("documents").EnumerateArray(), d => d.GetProperty("kind").GetString() == "receipt");
        Assert.Equal(5, (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).GetArrayLength());
    }

    [Theory]
    [InlineData("acceptance", Roles.Reception)]
    [InlineData("assignment", Roles.Officer)]
    [InlineData("approval", Roles.Approver)]
    public async Task Nobody_processes_his_own_dossier(string action, string role)
    {
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var id = action switch
        {
            "acceptance" => await SubmittedAsync(client, Free),
            "assignment" => await dossiers.AcceptedAsync(client, Free),
            _ => await dossiers.ProcessingAsync(client),
        };
        await RefusedAsync(await PostAsync(dossiers.Official(role, id: owner), id, action, Body(action)), 403, "DOS-0017");
    }

    [Fact]
    public async Task The_case_officer_does_not_approve_even_when_he_may_approve_others()
    {
        var officer = Guid.CreateVersion7();
        var id = await dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver, id: officer), id, "approval", Body("approval")), 403, "DOS-0018");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    [InlineData("a\0b")]
    public async Task A_decision_needs_words(string? decision)
    {
        var id = await dossiers.ProcessingAsync(dossiers.Citizen());
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision }), 400, "DOS-0006");
    }

    [Fact]
    public async Task A_dossier_can_be_given_to_another_officer_of_the_unit_only()
    {
        var client = dossiers.Citizen();
        var (colleague, stranger, reception) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        dossiers.Neighbours.Officials[colleague.ToString()] = (Unit, [Roles.Officer]);
        dossiers.Neighbours.Officials[stranger.ToString()] = (OtherUnit, [Roles.Officer]);
        dossiers.Neighbours.Officials[reception.ToString()] = (Unit, [Roles.Reception]);
        var id = await dossiers.AcceptedAsync(client, Free);
        foreach (var wrong in new[] { stranger, reception, Guid.CreateVersion7() })
            await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment", new { officerId = wrong }), 400, "DOS-0024");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment", new { officerId = colleague }));
        Assert.Equal(colleague, view.GetProperty("officerId").GetGuid());
    }

    private static string? Who(JsonElement view) => view.GetProperty("waitingFor").GetProperty("who").GetString();

    private static object? Body(string action) => action == "approval" ? new { decision = "Chấp thuận." } : null;
}
