using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed partial class SubmissionTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_filed_dossier_gets_its_code_and_tells_everybody_once()
    {
        await using var submitted = await dossiers.ListenAsync<DossierSubmitted>();
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var id = await DraftAsync(client);
        using var response = await PostAsync(client, id, "submission", ifMatch: $"\"{(await ViewAsync(client, id)).GetProperty("version").GetUInt32()}\"");
        var view = await BodyAsync(response);
        Assert.Equal(("SUBMITTED", "reception"), (view.GetProperty("status").GetString(), view.GetProperty("waitingFor").GetProperty("who").GetString()));
        Assert.Matches(Own2018(), view.GetProperty("code").GetString());
        Assert.Contains(LocalTime.Date(TimeProvider.System.GetUtcNow()).ToString("yyMMdd", CultureInfo.InvariantCulture), view.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal($"\"{view.GetProperty("version").GetUInt32()}\"", response.Headers.ETag?.Tag);

        await Eventually.Async(() => Task.FromResult(submitted.Heard.Any(e => e.DossierId == id)), "DossierSubmitted is heard");
        var fact = Assert.Single(submitted.Heard, e => e.DossierId == id);
        Assert.Equal((view.GetProperty("code").GetString(), 1L, Land, Unit, owner, owner, "online"), (fact.Code, fact.Sequence, fact.ProcedureCode, fact.UnitCode, fact.OwnerId, fact.ActorId, fact.Channel));
        Assert.Equal([("phi", 100_000L, true), ("lePhi", 50_000L, true)], fact.Fees.Select(f => (f.Kind, f.Amount, f.Assumed)));
        Assert.Equal(view.GetProperty("submittedAt").GetDateTimeOffset(), fact.OccurredAt);
    }

    [Fact]
    public async Task All_missing_components_are_told_at_once_in_the_language_asked_for()
    {
        var client = dossiers.Citizen();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var id = (await OpenAsync(client, "1.013831")).GetProperty("id").GetGuid();
        await BodyAsync(await UploadAsync(client, id, 2, Samples.Pdf()), HttpStatusCode.Created);
        var problem = await RefusedAsync(await PostAsync(client, id, "submission"), 400, "DOS-0501");
        var errors = problem.GetProperty("errors").EnumerateObject().ToDictionary(p => p.Name, p => p.Value[0].GetString());
        Assert.Equal(["component1", "component3"], errors.Keys.Where(k => !k.StartsWith('/')).Order());
        Assert.DoesNotContain(errors.Values, e => e!.Contains('Đ', StringComparison.Ordinal));
        Assert.Equal("DRAFT", (await ViewAsync(client, id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_stale_revision_is_refused_and_changes_nothing()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client);
        var id = draft.GetProperty("id").GetGuid();
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf()), HttpStatusCode.Created);
        await RefusedAsync(await PostAsync(client, id, "submission", ifMatch: $"\"{draft.GetProperty("version").GetUInt32()}\""), 412, "CMN-0412");
        Assert.Equal("DRAFT", (await ViewAsync(client, id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Filing_twice_is_refused_but_a_repeated_request_gets_its_answer_again()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        var first = await BodyAsync(await PostAsync(client, id, "submission", key: "sub-1"));
        var again = await BodyAsync(await PostAsync(client, id, "submission", key: "sub-1"));
        Assert.Equal(first.GetProperty("code").GetString(), again.GetProperty("code").GetString());
        await RefusedAsync(await PostAsync(client, id, "submission", key: "sub-2"), 409, "DOS-0008");
        await RefusedAsync(await PostAsync(client, id, "submission"), 409, "DOS-0008");
    }

    [Fact]
    public async Task A_refused_submission_leaves_its_key_free()
    {
        var client = dossiers.Citizen();
        var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
        await RefusedAsync(await PostAsync(client, id, "submission", key: "free-1"), 400, "DOS-0007");
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf()), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(client, id, "submission", key: "free-1"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Fifty_submissions_of_one_draft_at_once_give_one_code_and_one_event(bool withKey, bool withIfMatch)
    {
        await using var submitted = await dossiers.ListenAsync<DossierSubmitted>();
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        var match = withIfMatch ? $"\"{(await ViewAsync(client, id)).GetProperty("version").GetUInt32()}\"" : null;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(client, id, "submission", ifMatch: match, key: withKey ? "same" : null)));
        var codes = new HashSet<string>();
        foreach (var answer in answers.Where(a => a.StatusCode == HttpStatusCode.OK))
            codes.Add((await BodyAsync(answer)).GetProperty("code").GetString()!);
        Assert.Single(codes);
        if (withKey)
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        else
        {
            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
            Assert.All(answers, a => Assert.Contains((int)a.StatusCode, withIfMatch ? [200, 412, 409] : new[] { 200, 409 }));
        }
        await Eventually.Async(() => Task.FromResult(submitted.Heard.Any(e => e.DossierId == id)), "the event is heard");
        // A fact is heard a moment before its row is gone.
        await Eventually.Async(
            async () => await dossiers.InDbAsync(db => db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE payload->>'dossierId' = {id.ToString()}").SingleAsync(Ct)) == 0,
            "nothing is left to be told");
        Assert.Single(submitted.Heard, e => e.DossierId == id);
        Assert.Equal(1, (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).GetArrayLength());
    }

    [Fact]
    public async Task A_hundred_submissions_of_different_drafts_at_once_give_a_hundred_codes()
    {
        var client = dossiers.Citizen();
        var ids = new List<Guid>();
        for (var i = 0; i < 100; i++)
            ids.Add(await DraftAsync(client));
        var answers = await Task.WhenAll(ids.Select(id => PostAsync(client, id, "submission")));
        var codes = new HashSet<string>();
        foreach (var answer in answers)
            codes.Add((await BodyAsync(answer)).GetProperty("code").GetString()!);
        Assert.Equal(100, codes.Count);
    }

    [Fact]
    public async Task A_late_repeat_with_the_same_key_gets_the_first_answer_though_the_dossier_has_gone_on()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        var first = await BodyAsync(await PostAsync(client, id, "submission", key: "late"));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        using var repeated = await PostAsync(client, id, "submission", key: "late");
        Assert.Equal(first.GetRawText(), (await BodyAsync(repeated)).GetRawText());
        await RefusedAsync(await PostAsync(client, id, "submission"), 409, "DOS-0008");
    }

    [Fact]
    public async Task Removing_a_required_document_while_filing_never_leaves_an_incomplete_filed_dossier()
    {
        var client = dossiers.Citizen();
        for (var round = 0; round < 8; round++)
        {
            var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
            var document = (await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf()), HttpStatusCode.Created)).GetProperty("id").GetGuid();
            await Task.WhenAll(PostAsync(client, id, "submission"), client.DeleteAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct));
            var view = await ViewAsync(client, id);
            Assert.Equal(view.GetProperty("status").GetString() == "SUBMITTED", view.GetProperty("documents").GetArrayLength() == 1);
        }
    }

    [Fact]
    public async Task Beyond_9999_dossiers_of_a_day_the_code_widens()
    {
        await using var own = await dossiers.NewFactory().WithSetting($"Dossiers:Agencies:{Unit}", "000.00.07.H49").StartAsync(waitForBus: false);
        await own.InScopeAsync((DossierDbContext db) => db.Database.ExecuteSqlAsync(
            $"INSERT INTO code_counter (agency, day, last) VALUES ('000.00.07.H49', {LocalTime.Date(TimeProvider.System.GetUtcNow())}, 9998)", Ct));
        var client = own.Client(dossiers.Identity.Token());
        Assert.Matches(@"^000\.00\.07\.H49-\d{6}-9999$", await FileAsync());
        Assert.Matches(@"^H49\.07-\d{6}-10000$", await FileAsync());

        async Task<string?> FileAsync()
        {
            var id = await DraftAsync(client);
            return (await BodyAsync(await PostAsync(client, id, "submission"))).GetProperty("code").GetString();
        }
    }

    [Fact]
    public async Task A_procedure_without_fees_is_filed_without_fees()
    {
        await using var submitted = await dossiers.ListenAsync<DossierSubmitted>();
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        await Eventually.Async(() => Task.FromResult(submitted.Heard.Any(e => e.DossierId == id)), "the event is heard");
        Assert.Empty(submitted.Heard.Single(e => e.DossierId == id).Fees);
        Assert.Equal(JsonValueKind.Null, (await ViewAsync(client, id)).GetProperty("payment").ValueKind);
    }

    [GeneratedRegex(@"^000\.00\.01\.H49-\d{6}-\d{4}$")]
    private static partial Regex Own2018();
}
