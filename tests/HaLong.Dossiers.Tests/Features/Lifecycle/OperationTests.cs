using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary>What holds for every operation of an official, whatever it does.</summary>
public sealed class OperationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Operation.All.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task It_leads_where_the_table_says_with_a_new_revision_and_one_more_step(int number)
    {
        var operation = Operation.All[number];
        var client = dossiers.Citizen();
        var id = await operation.MakeAsync(dossiers, client);
        var before = await ViewAsync(client, id);

        using var answer = await PostAsync(operation.By(dossiers), id, operation.Path, operation.Body, ifMatch: Tag(before));

        var view = await BodyAsync(answer);
        Assert.Equal(operation.To, view.GetProperty("status").GetString());
        Assert.NotEqual(Version(before), Version(view));
        Assert.Equal($"\"{Version(view)}\"", answer.Headers.ETag?.ToString());
        var steps = await GetAsync(client, $"/api/v1/dossiers/{id}/timeline");
        Assert.Equal(Enumerable.Range(1, steps.GetArrayLength()), steps.EnumerateArray().Select(s => s.GetProperty("step").GetInt32()));
        Assert.Equal(operation.Role, steps[steps.GetArrayLength() - 1].GetProperty("role").GetString());
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task With_a_stale_revision_nothing_happens(int number)
    {
        var operation = Operation.All[number];
        var client = dossiers.Citizen();
        var id = await operation.MakeAsync(dossiers, client);
        var before = await ViewAsync(client, id);

        await RefusedAsync(await PostAsync(operation.By(dossiers), id, operation.Path, operation.Body, ifMatch: "\"1\""), 412, "CMN-0412");

        Assert.Equal(Version(before), Version(await ViewAsync(client, id)));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Repeated_with_its_key_it_happens_once_and_the_answer_is_the_first_one(int number)
    {
        var operation = Operation.All[number];
        var client = dossiers.Citizen();
        var id = await operation.MakeAsync(dossiers, client);
        var official = operation.By(dossiers);
        var key = Guid.CreateVersion7().ToString();
        var before = await dossiers.InDbAsync(db => db.Timeline.CountAsync(t => t.DossierId == id, Ct));

        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await PostAsync(official, id, operation.Path, operation.Body, key: key);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(i > 0, answer.Headers.Contains("Idempotency-Replayed"));
            answers.Add(await answer.Content.ReadAsStringAsync(Ct));
        }

        Assert.Single(answers.Distinct());
        var (steps, forms) = await dossiers.InDbAsync(async db => (
            await db.Timeline.Where(t => t.DossierId == id && t.Action != "resolve").CountAsync(Ct),
            await db.IssuedForms.Where(f => f.DossierId == id).Select(f => f.Serial).ToListAsync(Ct)));
        Assert.Equal(before + 1, steps);
        Assert.Equal(forms.Distinct().Count(), forms.Count);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task For_another_unit_the_dossier_does_not_exist(int number)
    {
        var operation = Operation.All[number];
        var id = await operation.MakeAsync(dossiers, dossiers.Citizen());

        await RefusedAsync(await PostAsync(operation.By(dossiers, OtherUnit), id, operation.Path, operation.Body), 404, "DOS-0001");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Nobody_makes_it_on_his_own_dossier(int number)
    {
        var operation = Operation.All[number];
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var id = await operation.MakeAsync(dossiers, client);

        await RefusedAsync(await PostAsync(dossiers.Official(operation.Role, id: owner), id, operation.Path, operation.Body), 403, "DOS-0017");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task When_the_dossier_is_over_it_is_refused(int number)
    {
        var operation = Operation.All[number];
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không còn nhu cầu" }));
        var before = await ViewAsync(client, id);

        await RefusedAsync(await PostAsync(operation.By(dossiers), id, operation.Path, operation.Body), 409, "DOS-0008");

        Assert.Equal(before.GetRawText(), (await ViewAsync(client, id)).GetRawText());
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Of_several_at_once_one_happens(int number)
    {
        var operation = Operation.All[number];
        if (operation.Path is "supplement-permission" or "notes" or "opinions" or "fee-request")
            return; // These may happen again and again: each is one more.
        var client = dossiers.Citizen();
        var id = await operation.MakeAsync(dossiers, client);
        var official = operation.By(dossiers);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(official, id, operation.Path, operation.Body)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        // The others lost the race, or came too late for the state or their part in it.
        Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Forbidden }));
        var reached = (await ViewAsync(client, id)).GetProperty("status").GetString();
        // A decision may be signed by now.
        Assert.Contains(reached, operation.Path is "approval" or "refusal" ? new[] { operation.To, "RESOLVED" } : [operation.To]);
    }

    private static uint Version(JsonElement view) => view.GetProperty("version").GetUInt32();

    private static string Tag(JsonElement view) => $"\"{Version(view)}\"";
}
