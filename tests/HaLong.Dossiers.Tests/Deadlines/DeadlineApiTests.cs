using System.Net.Http.Headers;
using System.Text.Json;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class DeadlineApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Before_the_receipt_it_says_what_would_be_if_it_were_accepted_now()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        var view = await DeadlineAsync(client, id);
        Assert.Equal(("notStarted", JsonValueKind.Null, JsonValueKind.Null), (view.GetProperty("state").GetString(), view.GetProperty("dueAt").ValueKind, view.GetProperty("remaining").ValueKind));
        Assert.True(view.GetProperty("provisionalDueAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        Assert.Equal(0, view.GetProperty("days").GetArrayLength());
        Assert.Single(view.GetProperty("outlook").EnumerateArray());
        Assert.Equal("notStarted", (await DeadlineAsync(client, await DraftAsync(client))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_accepted_dossier_explains_its_date_as_the_dossier_and_the_receipt_tell_it()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.AcceptedAsync(client, Free);
        var view = await DeadlineAsync(client, id);
        var dossier = await ViewAsync(client, id);
        Assert.Equal(dossier.GetProperty("dueAt").GetDateTimeOffset(), view.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(dossier.GetProperty("dueAssumed").GetBoolean(), view.GetProperty("assumed").GetBoolean());
        Assert.Equal(("running", "inTime", "OSS-2025"), (view.GetProperty("state").GetString(), view.GetProperty("punctuality").GetString(), view.GetProperty("regime").GetString()));
        Assert.Equal(dossier.GetProperty("acceptedAt").GetDateTimeOffset(), view.GetProperty("steps")[0].GetProperty("at").GetDateTimeOffset());
        var days = view.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(view.GetProperty("limit").GetProperty("amount").GetInt32(), days.Count(d => d.GetProperty("counts").GetBoolean()));
        Assert.True(view.GetProperty("remaining").GetProperty("workingDays").GetInt32() > 0);
        Assert.Equal(view.GetProperty("dueAt").GetDateTimeOffset(), view.GetProperty("statistical").GetProperty("dueAt").GetDateTimeOffset());
        Assert.NotEmpty(view.GetProperty("outlook").EnumerateArray());
        Assert.Contains(view.GetProperty("assumptions").EnumerateArray(), a => a.GetProperty("what").GetString() == "workWindows");
    }

    [Fact]
    public async Task It_speaks_both_languages()
    {
        var owner = Guid.CreateVersion7();
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2026-02-09T14:00", owner);
        var vietnamese = await DeadlineAsync(dossiers.Citizen(owner), id);
        var english = dossiers.Citizen(owner);
        english.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        var view = await DeadlineAsync(english, id);
        Assert.Equal("17 ngày làm việc", vietnamese.GetProperty("limit").GetProperty("words").GetProperty("text").GetString());
        Assert.Equal("17 working days", view.GetProperty("limit").GetProperty("words").GetProperty("text").GetString());
        Assert.Contains(view.GetProperty("days").EnumerateArray(), d => d.GetProperty("words").GetProperty("text").GetString() == "Tue 17 Feb 2026: not counted, holiday: Lunar New Year – first day");
        Assert.Contains(vietnamese.GetProperty("days").EnumerateArray(), d => d.GetProperty("words").GetProperty("text").GetString() == "thứ Ba 17/02/2026: không tính, nghỉ lễ: Tết Âm lịch – mùng 1 Tết");
        Assert.Equal("overdue", view.GetProperty("punctuality").GetString());
        Assert.True(view.GetProperty("remaining").GetProperty("workingDays").GetInt32() < 0);
        Assert.True(view.GetProperty("remaining").GetProperty("workingMinutes").GetInt64() < 0);
    }

    [Theory]
    [InlineData("2024-03-20T09:00", "early")]
    [InlineData("2024-03-27T18:30", "onTime")]
    [InlineData("2024-03-28T07:30", "late")]
    public async Task At_the_end_it_says_whether_it_was_in_time(string resolved, string punctuality)
    {
        var owner = Guid.CreateVersion7();
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-03-04T09:00", owner, resolved);
        var view = await DeadlineAsync(dossiers.Citizen(owner), id);
        Assert.Equal(("stopped", punctuality), (view.GetProperty("state").GetString(), view.GetProperty("punctuality").GetString()));
        Assert.Equal(["start", "stop"], view.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("effect").GetString()));
        Assert.Equal(0, view.GetProperty("outlook").GetArrayLength());
    }

    [Fact]
    public async Task A_result_that_is_signed_stops_the_clock()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        var view = await DeadlineAsync(client, id);
        Assert.Equal(("stopped", "early"), (view.GetProperty("state").GetString(), view.GetProperty("punctuality").GetString()));
        Assert.Null((await dossiers.InDbAsync(async db => await db.Clocks.FindAsync([id], Ct)))!.CalendarVersion);
    }

    [Fact]
    public async Task Who_may_not_see_the_dossier_does_not_see_its_deadline()
    {
        var owner = Guid.CreateVersion7();
        var id = await dossiers.AcceptedAsync(dossiers.Citizen(owner), Free);
        foreach (var stranger in new[] { dossiers.Citizen(), dossiers.Official(Roles.Officer, OtherUnit), dossiers.Delegate(Guid.CreateVersion7(), new TestRight(Acts.DossierRead)).Client })
            await RefusedAsync(await stranger.GetAsync($"/api/v1/dossiers/{id}/deadline", Ct), 404, "DOS-0001");
        await RefusedAsync(await dossiers.Delegate(owner, new TestRight(Acts.ResultRead)).Client.GetAsync($"/api/v1/dossiers/{id}/deadline", Ct), 403, "DOS-0027");
        await RefusedAsync(await dossiers.Factory.Client().GetAsync($"/api/v1/dossiers/{id}/deadline", Ct), 401, "CMN-0401");
        await RefusedAsync(await dossiers.Citizen(owner).GetAsync($"/api/v1/dossiers/{Guid.CreateVersion7()}/deadline", Ct), 404, "DOS-0001");
        var draft = await DraftAsync(dossiers.Citizen(owner));
        await RefusedAsync(await dossiers.Official(Roles.Officer).GetAsync($"/api/v1/dossiers/{draft}/deadline", Ct), 404, "DOS-0001");

        Assert.Equal("running", (await DeadlineAsync(dossiers.Delegate(owner, new TestRight(Acts.DossierRead)).Client, id)).GetProperty("state").GetString());
        Assert.Equal("running", (await DeadlineAsync(dossiers.Official(Roles.Approver), id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Whether_a_delegate_may_look_is_asked_and_without_an_answer_nothing_is_shown()
    {
        var owner = Guid.CreateVersion7();
        var id = await dossiers.AcceptedAsync(dossiers.Citizen(owner), Free);
        var (friend, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await RefusedAsync(await friend.GetAsync($"/api/v1/dossiers/{id}/deadline", Ct), 503, "DOS-0029");
            Assert.Equal("running", (await DeadlineAsync(dossiers.Citizen(owner), id)).GetProperty("state").GetString());
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }

    [Fact]
    public async Task An_officials_look_is_reported_to_the_owner()
    {
        await using var reads = await dossiers.ListenAsync<PersonalDataRead>();
        var (owner, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await dossiers.AcceptedAsync(dossiers.Citizen(owner), Free);
        await DeadlineAsync(dossiers.Citizen(owner), id);
        await DeadlineAsync(dossiers.Official(Roles.Officer, id: officer), id);
        var read = await Eventually.ValueAsync(() => Task.FromResult(reads.Heard.FirstOrDefault(r => r.ActorId == officer)), r => r is not null, "the report");
        Assert.Equal(("deadline", id, Roles.Officer), (read!.What, read.ObjectId!.Value, read.ActorRole));
        Assert.DoesNotContain(reads.Heard, r => r.ActorId == owner);
    }

    private static Task<JsonElement> DeadlineAsync(HttpClient client, Guid id) => GetAsync(client, $"/api/v1/dossiers/{id}/deadline");
}
