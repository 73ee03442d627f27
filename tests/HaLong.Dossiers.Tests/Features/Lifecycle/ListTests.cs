using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Features;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary>Lists of the lifecycle page by page, and what helpers and the signing service have to do with it.</summary>
public sealed class ListTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Questions_to_a_unit_come_page_by_page_the_first_deadline_first()
    {
        const string Asked = "066790";
        var officer = Guid.CreateVersion7();
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow());
        var expected = new List<Guid>();
        foreach (var days in new[] { 40, 10, 30, 20, 50 })
        {
            var id = await dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);
            await BodyAsync(await PostAsync(mine, id, "opinions", new { unitCode = Asked, question = $"Hạn {days} ngày", deadline = today.AddDays(days) }));
            expected.Add(id);
        }

        var theirs = dossiers.Official(Roles.Officer, Asked);
        var listed = await PagesAsync(theirs, "/api/v1/inbox/opinions?limit=2", "dossierId");

        Assert.Equal([expected[1], expected[3], expected[2], expected[0], expected[4]], listed);
        Assert.DoesNotContain(expected[0], await PagesAsync(dossiers.Official(Roles.Officer, "066800"), "/api/v1/inbox/opinions?limit=2", "dossierId"));
    }

    [Fact]
    public async Task What_is_withdrawn_is_asked_no_longer()
    {
        const string Asked = "066810";
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "opinions", new { unitCode = Asked, question = "Hỏi" }));
        var theirs = dossiers.Official(Roles.Officer, Asked);
        var opinion = (await GetAsync(theirs, $"/api/v1/dossiers/{id}/opinions"))[0].GetProperty("id").GetGuid();

        await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không còn nhu cầu" }));

        Assert.Empty(await PagesAsync(theirs, "/api/v1/inbox/opinions?limit=2", "dossierId"));
        await RefusedAsync(await PostAsync(theirs, id, $"opinions/{opinion}/answer", new { answer = "Muộn rồi" }), 409, "DOS-0008");
    }

    [Fact]
    public async Task Absences_of_a_unit_come_page_by_page_the_newest_first()
    {
        const string Own = "066820";
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow());
        var chief = dossiers.Official(Roles.Chief, Own);
        var made = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var (officer, substitute) = (OfficerOf(Own), OfficerOf(Own));
            var body = new { officerId = officer, substituteId = substitute, from = today, to = today.AddDays(i) };
            made.Add((await BodyAsync(await chief.PostAsJsonAsync("/api/v1/absences", body, Ct), System.Net.HttpStatusCode.Created)).GetProperty("id").GetGuid());
        }

        Assert.Equal(made.AsEnumerable().Reverse(), await PagesAsync(dossiers.Official(Roles.Reception, Own), "/api/v1/absences?limit=2", "id"));
    }

    [Fact]
    public async Task A_helper_completes_a_dossier_beside_its_owner_and_the_help_stays_written_down()
    {
        var owner = Guid.CreateVersion7();
        var id = await SubmittedAsync(dossiers.Citizen(owner), Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items = new[] { new { component = 1, reason = "Mờ" } } }));
        var (helper, actor, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierScan, Acts.DossierSubmit) { DossierId = id });

        (await UploadAsync(helper, id, 1, Samples.Pdf("quét lại"))).EnsureSuccessStatusCode();
        var view = await BodyAsync(await PostAsync(helper, id, "supplement"));

        Assert.Equal("SUBMITTED", view.GetProperty("status").GetString());
        var help = view.GetProperty("assistance");
        Assert.Equal(actor, help.GetProperty("assistedBy").GetGuid());
        Assert.Contains("SCANNING", help.GetProperty("kinds").EnumerateArray().Select(k => k.GetString()));
        var step = (await GetAsync(dossiers.Citizen(owner), $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Last();
        Assert.Equal(("supplement", "helper"), (step.GetProperty("action").GetString(), step.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task A_refusal_waits_for_the_signing_service_like_any_result()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ProcessingAsync(client);
        dossiers.Neighbours.SignatureDown = true;
        try
        {
            await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "refusal", new { legalBasis = "Điều 19", reason = "Đang có tranh chấp" }));
            var waiting = await WaitForAsync(client, id, d => d.GetProperty("signingAttempts").GetInt32() >= 2, "signing is tried again");
            Assert.Equal("signature", waiting.GetProperty("waitingFor").GetProperty("who").GetString());
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the refusal is signed after all");
        Assert.Equal("REFUSED", view.GetProperty("lifecycle").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_withdrawal_while_it_is_being_signed_ends_the_signing_too()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ProcessingAsync(client);
        dossiers.Neighbours.SignatureDown = true;
        try
        {
            await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
            await WaitForAsync(client, id, d => d.GetProperty("signingAttempts").GetInt32() >= 1, "signing is tried");
            await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không còn nhu cầu" }));
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }

        await dossiers.Factory.PublishAsync(new ResultSigningDue(id, 1));
        var other = await dossiers.ResolvedAsync(client);

        Assert.Equal("RESOLVED", (await ViewAsync(client, other)).GetProperty("status").GetString());
        var view = await ViewAsync(client, id);
        Assert.Equal(("WITHDRAWN", JsonValueKind.Null), (view.GetProperty("status").GetString(), view.GetProperty("resultDocumentId").ValueKind));
    }

    private Guid OfficerOf(string unit)
    {
        var id = Guid.CreateVersion7();
        dossiers.Neighbours.Officials[id.ToString()] = (unit, [Roles.Officer]);
        return id;
    }

    private static async Task<List<Guid>> PagesAsync(HttpClient client, string path, string key)
    {
        var (listed, after) = (new List<Guid>(), (string?)null);
        do
        {
            var page = await GetAsync(client, $"{path}&after={after}");
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, 2);
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(key).GetGuid()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        return listed;
    }
}
