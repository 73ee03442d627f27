using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class AssignmentTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static DateOnly Today => LocalTime.Date(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_forwarded_dossier_waits_in_the_pool_until_one_officer_takes_it_up()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.AcceptedAsync(client, Free);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "forwarding"), 403, "DOS-0019");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "forwarding", new { note = "Kèm 02 bản vẽ" }));
        Assert.Equal(("PROCESSING", "UNASSIGNED"), (view.GetProperty("status").GetString(), view.GetProperty("waitingFor").GetProperty("reason").GetString()));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }), 409, "DOS-0033");
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(dossiers.Official(Roles.Officer), id, "assignment")));
        Assert.Single(claims, c => c.StatusCode == HttpStatusCode.OK);
        Assert.All(claims, c => Assert.Contains(c.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment"), 409, "DOS-0032");
    }

    [Fact]
    public async Task It_is_handed_over_with_a_reason_by_who_has_it_or_a_supervisor_and_told_once_that_handling_began()
    {
        await using var started = await dossiers.ListenAsync<DossierProcessingStarted>();
        var client = dossiers.Citizen();
        var (officer, colleague, third) = (Officer(), Officer(), Officer());
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: third), id, "assignment", new { officerId = third, reason = "Của tôi" }), 403, "DOS-0031");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "assignment", new { officerId = colleague }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "assignment", new { officerId = Guid.CreateVersion7(), reason = "Ai đó" }), 400, "DOS-0024");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "assignment", new { officerId = colleague, reason = "Đi công tác" }));
        Assert.Equal(colleague, view.GetProperty("officerId").GetGuid());
        view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Chief), id, "assignment", new { officerId = third, reason = "Cân đối việc" }));
        Assert.Equal(third, view.GetProperty("officerId").GetGuid());
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "assignment"), 400, "DOS-0006");

        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "release", new { reason = "Không phải của tôi" }), 403, "DOS-0031");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: third), id, "release", new { }), 400, "DOS-0006");
        view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: third), id, "release", new { reason = "Quá tải" }));
        Assert.Equal(JsonValueKind.Null, view.GetProperty("officerId").ValueKind);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Chief), id, "release", new { reason = "Lần nữa" }), 409, "DOS-0033");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "assignment"));
        var steps = (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString());
        Assert.Equal(["submit", "accept", "assign", "reassign", "reassign", "release", "assign"], steps);
        Assert.Single(started.Heard, e => e.DossierId == id);
        // The reasons are for colleagues: they stand in the control slip, not in the timeline.
        var forms = await GetAsync(dossiers.Official(Roles.Officer), $"/api/v1/dossiers/{id}/forms");
        Assert.Contains(forms.EnumerateArray(), f => f.GetProperty("kind").GetString() == "CONTROL" && f.GetProperty("data").GetProperty("handOver").GetProperty("note").GetString() == "Đi công tác");
        Assert.DoesNotContain((await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).EnumerateArray(), f => f.GetProperty("kind").GetString() == "CONTROL");
    }

    [Fact]
    public async Task While_an_officer_is_away_the_substitute_does_his_work_and_nothing_new_is_given_to_him()
    {
        var (officer, substitute) = (Officer(), Officer());
        var id = await dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);
        var waiting = await dossiers.AcceptedAsync(dossiers.Citizen(), Free);
        var standIn = dossiers.Official(Roles.Officer, id: substitute);
        var opinion = new { unitCode = OtherUnit, question = "Có tranh chấp không?" };
        await RefusedAsync(await PostAsync(standIn, id, "opinions", opinion), 403, "DOS-0031");
        var absence = await BodyAsync(await AwayAsync(dossiers.Official(Roles.Officer, id: officer), null, substitute, Today, Today.AddDays(2)), HttpStatusCode.Created);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Chief), waiting, "assignment", new { officerId = officer }), 409, "DOS-0046");
        await BodyAsync(await PostAsync(standIn, id, "opinions", opinion));
        var step = (await GetAsync(standIn, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Last();
        Assert.EndsWith("(by a substitute)", step.GetProperty("noteEn").GetString(), StringComparison.Ordinal);
        // Whoever stands in does not decide either.
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver, id: substitute), id, "stop", new { legalBasis = "Điều 1", reason = "Thử" }), 403, "DOS-0018");

        var listed = (await GetAsync(standIn, "/api/v1/absences?limit=100")).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("id").GetGuid());
        Assert.Contains(absence.GetProperty("id").GetGuid(), listed);
        Assert.Empty((await GetAsync(dossiers.Official(Roles.Officer, OtherUnit), "/api/v1/absences")).GetProperty("items").EnumerateArray());
        var path = $"/api/v1/absences/{absence.GetProperty("id").GetGuid()}";
        await RefusedAsync(await dossiers.Official(Roles.Chief, OtherUnit).DeleteAsync(path, Ct), 404, "DOS-0047");
        await RefusedAsync(await standIn.DeleteAsync(path, Ct), 404, "DOS-0047");
        using var stale = new HttpRequestMessage(HttpMethod.Delete, path) { Headers = { { "If-Match", "\"1\"" } } };
        await RefusedAsync(await dossiers.Official(Roles.Chief).SendAsync(stale, Ct), 412, "CMN-0412");
        Assert.Equal(HttpStatusCode.NoContent, (await dossiers.Official(Roles.Chief).DeleteAsync(path, Ct)).StatusCode);
        await RefusedAsync(await PostAsync(standIn, id, "opinions", opinion), 403, "DOS-0031");
    }

    [Fact]
    public async Task Absences_have_their_order()
    {
        var (officer, substitute, third) = (Officer(), Officer(), Officer());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        await RefusedAsync(await AwayAsync(mine, third, substitute, Today, Today), 403, "DOS-0019");
        await RefusedAsync(await AwayAsync(dossiers.Official(Roles.Reception), officer, substitute, Today, Today), 403, "DOS-0019");
        await RefusedAsync(await AwayAsync(mine, null, officer, Today, Today), 400, "DOS-0006");
        await RefusedAsync(await AwayAsync(mine, null, substitute, Today, Today.AddDays(-1)), 400, "DOS-0006");
        await RefusedAsync(await AwayAsync(mine, null, Guid.CreateVersion7(), Today, Today), 400, "DOS-0024");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AwayAsync(dossiers.Official(Roles.Chief), officer, substitute, Today.AddDays(30), Today.AddDays(40))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        await RefusedAsync(answers.First(a => a.StatusCode != HttpStatusCode.Created), 409, "DOS-0048");
        // The substitute is away himself, or already stands for nobody then.
        await RefusedAsync(await AwayAsync(dossiers.Official(Roles.Chief), third, officer, Today.AddDays(35), Today.AddDays(36)), 409, "DOS-0048");
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await RefusedAsync(await AwayAsync(mine, null, third, Today, Today), 503, "DOS-0010");
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }

    private Guid Officer()
    {
        var id = Guid.CreateVersion7();
        dossiers.Neighbours.Officials[id.ToString()] = (Unit, [Roles.Officer]);
        return id;
    }

    private static Task<HttpResponseMessage> AwayAsync(HttpClient client, Guid? officer, Guid substitute, DateOnly from, DateOnly to) =>
        client.PostAsJsonAsync("/api/v1/absences", new { officerId = officer, substituteId = substitute, from, to }, Ct);
}
