using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Filing.Checks;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class DefectTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    /// <summary>Birth registration: its copies can be ordered for an optional fee.</summary>
    private const string Birth = "1.001193";

    [Fact]
    public async Task Everything_that_is_wrong_is_told_in_one_answer_grouped_by_field_and_nothing_is_lost()
    {
        var client = dossiers.Citizen();
        var id = (await OpenAsync(client, "1.013831")).GetProperty("id").GetGuid();
        var document = await BodyAsync(await UploadAsync(client, id, 2, Samples.Pdf($"{id}")), HttpStatusCode.Created);
        using (var stored = await dossiers.Factory.Services.GetRequiredService<FileStore>().LocalAsync(document.GetProperty("sha256").GetString()!, Ct))
            File.Delete(stored.Path);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.UnitId, "06655@2020-01-01"), Ct));
        await Eventually.Async(async () => (await ViewAsync(client, id)).GetProperty("documents")[0].GetProperty("preflight").GetProperty("state").GetString() == "checked", "the file was looked for");
        var before = await ViewAsync(client, id);

        var problem = await RefusedAsync(
            await PostAsync(client, id, "submission", new { confirmDuplicate = true, feeChoices = new object[] { new { fee = 99 } } }), 400, "DOS-0501");
        Assert.Equal(
            ["component1", "component2", "component3", "duplicateReason", "feeChoices[0]", "unitCode"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Where(n => !n.StartsWith("/data", StringComparison.Ordinal) && !n.StartsWith("documents.", StringComparison.Ordinal)).Order());
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), e => e.Name.StartsWith("/data/", StringComparison.Ordinal));
        Assert.Contains("Việt Hưng", problem.GetProperty("errors").GetProperty("unitCode")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("Tuần Châu", problem.GetProperty("errors").GetProperty("unitCode")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(before.GetRawText(), (await ViewAsync(client, id)).GetRawText());
    }

    [Fact]
    public async Task A_refused_filing_leaves_its_key_free_and_the_mended_draft_is_filed_under_it()
    {
        var client = dossiers.Citizen();
        var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
        await RefusedAsync(await PostAsync(client, id, "submission", key: "again"), 400, "DOS-0007");
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf()), HttpStatusCode.Created);
        Assert.Equal("SUBMITTED", (await BodyAsync(await PostAsync(client, id, "submission", key: "again"))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_procedure_that_has_ended_cannot_be_filed_any_more()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client, Birth);
        await EndAsync(true);
        try
        {
            var problem = await RefusedAsync(await PostAsync(client, id, "submission"), 400, "DOS-0501");
            Assert.Contains("procedureCode", problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        }
        finally
        {
            await EndAsync(false);
        }

        Task<int> EndAsync(bool ended) => dossiers.InDbAsync(db => db.Procedures.Where(p => p.Code == Birth)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.ValidTo, ended ? LocalTime.Date(TimeProvider.System.GetUtcNow()).AddDays(-1) : (DateOnly?)null), Ct));
    }

    [Fact]
    public async Task Optional_fees_that_are_chosen_are_due_with_the_others()
    {
        var client = dossiers.Citizen();
        var id = (await OpenAsync(client, Birth)).GetProperty("id").GetGuid();
        await BodyAsync(await Drafts.Patching.PatchAsync(client, id, $$"""{"data":{{Forms.FilledForms.Birth}}}"""));
        await BodyAsync(await Drafts.Patching.PatchAsync(client, id, """{"data":{"thua":null}}"""));
        var procedure = await GetAsync(client, $"/api/v1/procedures/{Birth}");
        foreach (var component in procedure.GetProperty("components").EnumerateArray().Where(c => c.GetProperty("required").GetBoolean()))
            await BodyAsync(await UploadAsync(client, id, component.GetProperty("number").GetInt32(), Samples.Pdf()), HttpStatusCode.Created);
        var fees = procedure.GetProperty("fees").EnumerateArray().ToList();
        var number = fees.FindIndex(f => f.GetProperty("optional").GetBoolean()) + 1;
        await RefusedAsync(await PostAsync(client, id, "submission", new { feeChoices = new[] { new { fee = number, quantity = 0 } } }), 400, "DOS-0508");
        await RefusedAsync(await PostAsync(client, id, "submission", new { feeChoices = new object?[] { null } }), 400, "DOS-0508");
        var view = await BodyAsync(await PostAsync(client, id, "submission", new { feeChoices = new[] { new { fee = number, quantity = 3 } } }));
        Assert.Contains(
            (fees[number - 1].GetProperty("nameVi").GetString(), fees[number - 1].GetProperty("amountVnd").GetInt64() * 3),
            view.GetProperty("fees").EnumerateArray().Select(f => (f.GetProperty("nameVi").GetString(), f.GetProperty("amount").GetInt64())));
    }

    [Fact]
    public async Task A_procedure_without_an_online_channel_is_filed_at_the_counter_only()
    {
        var direct = await dossiers.InDbAsync(async db => (await db.Procedures.AsNoTracking().ToListAsync(Ct)).First(p => !p.Content.Contains("\"online\"", StringComparison.Ordinal)).Code);
        using var refused = await dossiers.Citizen().PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = direct, unitCode = Unit, subject = "x" }, Ct);
        await RefusedAsync(refused, 400, "DOS-0005");
    }

    [Fact]
    public void One_kind_of_defect_keeps_its_code_and_a_neighbour_that_is_down_comes_first()
    {
        var defects = new Defects();
        Assert.Null(defects.ToError());
        defects.Add(DossierErrors.MissingComponents.WithField("component1", "Một", "One"));
        defects.Add(DossierErrors.MissingComponents, "component2", "Hai", "Two");
        Assert.Equal((DossierErrors.MissingComponents.Code, 2), (defects.ToError()!.Code, defects.ToError()!.FieldMessages.Count));
        defects.Add(SubmissionErrors.ProcedureEnded);
        Assert.Equal((SubmissionErrors.Incomplete.Code, "dossier"), (defects.ToError()!.Code, defects.ToError()!.FieldMessages[2].Field));
        defects.Add(DossierErrors.IdentityUnavailable);
        Assert.Equal(DossierErrors.IdentityUnavailable, defects.ToError());
    }
}
