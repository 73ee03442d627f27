using System.Net;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class OpinionTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string ThirdUnit = "06661";

    [Fact]
    public async Task Two_agencies_are_asked_at_once_and_the_last_answer_lets_the_handling_go_on()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        var due = (await ViewAsync(client, id)).GetProperty("dueAt").GetDateTimeOffset();
        await BodyAsync(await AskAsync(mine, id, OtherUnit));
        var view = await BodyAsync(await AskAsync(mine, id, ThirdUnit));
        Assert.Equal(("WAIT_OPINION", 4, 2), (view.GetProperty("status").GetString(), view.GetProperty("lifecycle").GetProperty("portalStatus").GetInt32(), view.GetProperty("lifecycle").GetProperty("openOpinions").GetInt32()));
        Assert.Equal(due, view.GetProperty("dueAt").GetDateTimeOffset());

        var theirs = dossiers.Official(Roles.Officer, OtherUnit);
        var asked = (await GetAsync(theirs, "/api/v1/inbox/opinions?limit=100")).GetProperty("items").EnumerateArray().Single(o => o.GetProperty("dossierId").GetGuid() == id);
        var opinion = asked.GetProperty("id").GetGuid();
        // Who is asked may look, and sees the own question only.
        await ViewAsync(theirs, id);
        Assert.Equal(1, (await GetAsync(theirs, $"/api/v1/dossiers/{id}/opinions")).GetArrayLength());
        await RefusedAsync(await theirs.GetAsync($"/api/v1/dossiers/{await dossiers.ProcessingAsync(client)}/opinions", Ct), 404, "DOS-0001");
        await RefusedAsync(await AnswerAsync(dossiers.Official(Roles.Officer, ThirdUnit), id, opinion), 404, "DOS-0040");
        await RefusedAsync(await AnswerAsync(mine, id, opinion), 404, "DOS-0040");
        await RefusedAsync(await AnswerAsync(theirs, id, opinion, " "), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(theirs, id, $"opinions/{opinion}/answer", new { answer = "x" }, ifMatch: "\"1\""), 412, "CMN-0412");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AnswerAsync(dossiers.Official(Roles.Approver, OtherUnit), id, opinion)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        await RefusedAsync(await AnswerAsync(theirs, id, opinion), 409, "DOS-0041");
        // Answered: the dossier is not theirs any more.
        await RefusedAsync(await theirs.GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
        Assert.Equal("WAIT_OPINION", (await ViewAsync(client, id)).GetProperty("status").GetString());

        var all = await GetAsync(mine, $"/api/v1/dossiers/{id}/opinions");
        Assert.Equal(["Không có tranh chấp.", null], all.EnumerateArray().Select(o => o.GetProperty("answer").GetString()));
        await BodyAsync(await AnswerAsync(dossiers.Official(Roles.Officer, ThirdUnit), id, all[1].GetProperty("id").GetGuid()));
        Assert.Equal("PROCESSING", (await ViewAsync(client, id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_agency_that_does_not_answer_in_time_is_waited_for_no_longer_and_a_late_answer_is_marked()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        await BodyAsync(await AskAsync(mine, id, OtherUnit));
        await BodyAsync(await AskAsync(mine, id, ThirdUnit));
        var ids = (await GetAsync(mine, $"/api/v1/dossiers/{id}/opinions")).EnumerateArray().Select(o => o.GetProperty("id").GetGuid()).ToList();
        await RefusedAsync(await PostAsync(mine, id, $"opinions/{ids[0]}/closure", new { reason = "Chờ lâu" }), 409, "DOS-0042");
        await RefusedAsync(await PostAsync(mine, id, $"opinions/{Guid.CreateVersion7()}/closure", new { reason = "Chờ lâu" }), 404, "DOS-0040");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, $"opinions/{ids[0]}/closure", new { reason = "Chờ lâu" }), 403, "DOS-0031");
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE opinion_request SET deadline = now() - interval '1 hour' WHERE dossier_id = {id}", Ct));
        await BodyAsync(await AnswerAsync(dossiers.Official(Roles.Officer, OtherUnit), id, ids[0]));
        await RefusedAsync(await PostAsync(mine, id, $"opinions/{ids[1]}/closure", new { }), 400, "DOS-0006");
        var view = await BodyAsync(await PostAsync(mine, id, $"opinions/{ids[1]}/closure", new { reason = "Tự xác minh" }));
        Assert.Equal("PROCESSING", view.GetProperty("status").GetString());
        Assert.All((await GetAsync(mine, $"/api/v1/dossiers/{id}/opinions")).EnumerateArray(), o => Assert.True(o.GetProperty("late").GetBoolean()));
        await RefusedAsync(await AnswerAsync(dossiers.Official(Roles.Officer, ThirdUnit), id, ids[1]), 409, "DOS-0041");
    }

    [Theory]
    [InlineData("06688", "Hỏi", null, 400, "DOS-0006")]
    [InlineData("06652", "", null, 400, "DOS-0006")]
    [InlineData("06652", "Hỏi", "2020-01-01", 400, "DOS-0006")]
    [InlineData("99999", "Hỏi", null, 400, "DOS-0004")]
    [InlineData(null, "Hỏi", null, 400, "DOS-0004")]
    public async Task A_question_goes_to_another_unit_that_exists(string? unitCode, string question, string? deadline, int status, string code)
    {
        var officer = Guid.CreateVersion7();
        var id = await dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "opinions", new { unitCode, question, deadline }), status, code);
    }

    [Fact]
    public async Task Nobody_gives_an_opinion_about_his_own_dossier()
    {
        var (owner, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await dossiers.ProcessingAsync(dossiers.Citizen(owner), officer: officer);
        await BodyAsync(await AskAsync(dossiers.Official(Roles.Officer, id: officer), id, OtherUnit));
        var opinion = (await GetAsync(dossiers.Official(Roles.Officer), $"/api/v1/dossiers/{id}/opinions"))[0].GetProperty("id").GetGuid();
        await RefusedAsync(await AnswerAsync(dossiers.Official(Roles.Officer, OtherUnit, owner), id, opinion), 403, "DOS-0017");
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient officer, Guid id, string unit) =>
        PostAsync(officer, id, "opinions", new { unitCode = unit, question = "Thửa đất có tranh chấp không?" });

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient official, Guid id, Guid opinion, string answer = "Không có tranh chấp.") =>
        PostAsync(official, id, $"opinions/{opinion}/answer", new { answer });
}
