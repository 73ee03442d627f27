using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class DuplicateTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object Confirmed = new { confirmDuplicate = true, duplicateReason = " Thửa đất có hai chủ sử dụng. " };

    [Fact]
    public async Task The_same_matter_again_is_shown_to_the_applicant_who_may_file_none_the_less_and_the_officer_sees_why()
    {
        var (owner, client) = New();
        var first = await FiledAsync(client, "Cấp giấy lần đầu", 12);
        var second = await CompleteAsync(client, "cap giay LAN DAU", 12);
        var problem = await RefusedAsync(await PostAsync(client, second, "submission"), 409, "DOS-0505");
        Assert.Contains(first.Code, Assert.Single(problem.GetProperty("errors").GetProperty("duplicates").EnumerateArray()).GetString(), StringComparison.Ordinal);
        var shown = await GetAsync(client, $"/api/v1/dossiers/{second}/duplicates");
        Assert.Equal(first.Code, Assert.Single(shown.GetProperty("items").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal("DRAFT", (await ViewAsync(client, second)).GetProperty("status").GetString());

        await RefusedAsync(await PostAsync(client, second, "submission", new { confirmDuplicate = true }), 400, "DOS-0506");
        await RefusedAsync(await PostAsync(client, second, "submission", new { confirmDuplicate = true, duplicateReason = new string('x', 501) }), 400, "DOS-0506");
        await BodyAsync(await PostAsync(client, second, "submission", Confirmed));
        var decision = (await ViewAsync(dossiers.Official(Roles.Reception), second)).GetProperty("filing").GetProperty("duplicates");
        Assert.Equal(
            ("Thửa đất có hai chủ sử dụng.", owner, first.Code),
            (decision.GetProperty("reason").GetString(), decision.GetProperty("by").GetGuid(), decision.GetProperty("others")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Another_parcel_another_procedure_and_another_owner_are_no_duplicates()
    {
        var (_, client) = New();
        await FiledAsync(client, "Cấp giấy", 1);
        await FiledAsync(client, "Cấp giấy", 2);
        await FiledAsync(client, "Cấp giấy", 1, Free);
        var filed = await FiledAsync(New().Client, "Cấp giấy", 1);
        Assert.Equal(JsonValueKind.Null, (await ViewAsync(dossiers.Official(Roles.Reception), filed.Id)).GetProperty("filing").GetProperty("duplicates").ValueKind);
    }

    [Fact]
    public async Task Of_two_tabs_that_file_the_same_at_once_one_is_asked()
    {
        for (var round = 0; round < 5; round++)
        {
            var (_, client) = New();
            var drafts = new[] { await CompleteAsync(client, "Cấp giấy", round), await CompleteAsync(client, "Cấp giấy", round) };
            var answers = await Task.WhenAll(drafts.Select((id, i) => PostAsync(client, id, "submission", key: $"tab{i}-{round}")));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
            await RefusedAsync(answers.Single(a => a.StatusCode == HttpStatusCode.Conflict), 409, "DOS-0505");
        }
    }

    [Theory]
    [InlineData("RETURNED", 10, true)]
    [InlineData("RETURNED", 100, false)]
    [InlineData("PROCESSING", 1000, true)]
    [InlineData("WITHDRAWN", 1, false)]
    [InlineData("NOT_ACCEPTED", 1, false)]
    [InlineData("PROCESSING", 1, false, "REFUSED")]
    [InlineData("RESOLVED", 1, false, "REFUSED")]
    [InlineData("RETURNED", 1, false, "REFUSED")]
    [InlineData("RETURNED", 1, true, "APPROVED")]
    public async Task Open_ones_count_always_finished_ones_for_a_while_and_failed_or_refused_ones_never(string status, int daysAgo, bool counts, string? outcome = null)
    {
        var (_, client) = New();
        var (id, _) = await FiledAsync(client, "Cấp giấy", 7);
        var at = TimeProvider.System.GetUtcNow().AddDays(-daysAgo);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s
            .SetProperty(d => d.Status, status).SetProperty(d => d.Outcome, outcome).SetProperty(d => d.SubmittedAt, at), Ct));
        using var answer = await PostAsync(client, await CompleteAsync(client, "Cấp giấy", 7), "submission");
        Assert.Equal(counts ? HttpStatusCode.Conflict : HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_confirmation_without_duplicates_leaves_no_trace()
    {
        var (_, client) = New();
        var id = await CompleteAsync(client, "Cấp giấy", 1);
        await BodyAsync(await PostAsync(client, id, "submission", Confirmed));
        Assert.Equal(JsonValueKind.Null, (await ViewAsync(client, id)).GetProperty("filing").GetProperty("duplicates").ValueKind);
    }

    [Fact]
    public async Task Nobody_sees_the_duplicates_of_somebody_elses_dossier()
    {
        var (id, _) = await FiledAsync(New().Client, "Cấp giấy", 1);
        foreach (var stranger in new[] { dossiers.Citizen(), dossiers.Official(Roles.Officer, OtherUnit) })
            await RefusedAsync(await stranger.GetAsync($"/api/v1/dossiers/{id}/duplicates", Ct), 404, "DOS-0001");
        Assert.Equal(0, (await GetAsync(dossiers.Official(Roles.Officer), $"/api/v1/dossiers/{id}/duplicates")).GetProperty("items").GetArrayLength());
    }

    private (Guid Owner, HttpClient Client) New()
    {
        var owner = Guid.CreateVersion7();
        return (owner, dossiers.Citizen(owner));
    }

    private static async Task<Guid> CompleteAsync(HttpClient client, string subject, int parcel, string procedure = Land)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = procedure, unitCode = Unit, subject, data = new { thua = parcel } }, Ct);
        var id = (await BodyAsync(response, HttpStatusCode.Created)).GetProperty("id").GetGuid();
        for (var component = 1; component <= (procedure == Free ? 2 : 1); component++)
            await BodyAsync(await UploadAsync(client, id, component, Samples.Pdf()), HttpStatusCode.Created);
        return id;
    }

    private static async Task<(Guid Id, string Code)> FiledAsync(HttpClient client, string subject, int parcel, string procedure = Land)
    {
        var id = await CompleteAsync(client, subject, parcel, procedure);
        return (id, (await BodyAsync(await PostAsync(client, id, "submission"))).GetProperty("code").GetString()!);
    }
}
