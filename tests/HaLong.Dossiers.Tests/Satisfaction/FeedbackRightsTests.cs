using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Tests.Statistics;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Satisfaction.SatisfactionKit;

namespace HaLong.Dossiers.Tests.Satisfaction;

/// <summary>In whose name feedback is sent, who is above the unit, and what is recorded and stored.</summary>
public sealed class FeedbackRightsTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Delegates_and_helpers_do_not_complain_for_others_and_officials_may_as_persons()
    {
        var account = Guid.CreateVersion7();
        var body = new { unitCode = Unit, kind = "complaint", text = "x" };
        var (friend, _) = dossiers.Delegate(account, new TestRight(Acts.DossierRead));
        var (helper, _, _) = dossiers.Assisted(account, new TestRight(Acts.DossierRead));
        foreach (var client in new[] { friend, helper })
        {
            using var sent = await client.PostAsJsonAsync("/api/v1/feedback", body, Ct);
            using var listed = await client.GetAsync("/api/v1/me/feedback", Ct);
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (sent.StatusCode, listed.StatusCode));
        }

        await BodyAsync(await dossiers.Official(Roles.Officer, OtherUnit).PostAsJsonAsync("/api/v1/feedback", body, Ct), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Whoever_is_above_sees_a_unit_from_its_first_feedback_on()
    {
        await SampleFacts.UnitsAsync(dossiers, ("22", "", "province"));
        var unit = NewUnit();
        var id = await SendAsync(dossiers.Citizen(), unit);

        var seen = await GetAsync(dossiers.Official(Roles.Leader, Province), $"/api/v1/admin/feedback?unit={unit}");

        Assert.Equal(id, Assert.Single(seen.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        // The second one about it does not trip over what the first one noted.
        await SendAsync(dossiers.Citizen(), unit);
    }

    [Fact]
    public async Task That_the_agency_read_it_is_told_to_the_author_and_reading_ones_own_is_not()
    {
        var (unit, account) = (NewUnit(), Guid.CreateVersion7());
        var author = dossiers.Citizen(account);
        var id = await SendAsync(author, unit);
        await using var heard = await dossiers.ListenAsync<PersonalDataRead>();

        await GetAsync(author, $"/api/v1/feedback/{id}");
        await GetAsync(author, "/api/v1/me/feedback");
        await GetAsync(Chief(dossiers, unit), $"/api/v1/admin/feedback/{id}");
        await GetAsync(Chief(dossiers, unit), "/api/v1/admin/feedback");

        await Eventually.Async(() => Task.FromResult(heard.Heard.Count(h => h.SubjectIds.Contains(account)) == 2), "both reads of the agency");
        Assert.Equal(["feedback", "feedback-list"], heard.Heard.Where(h => h.SubjectIds.Contains(account)).Select(h => h.What).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_draft_is_nothing_to_complain_about_and_a_unit_that_is_gone_still_is()
    {
        var owner = dossiers.Citizen();
        var draft = (await OpenAsync(owner, Free)).GetProperty("id").GetGuid();
        await RefusedAsync(await owner.PostAsJsonAsync("/api/v1/feedback", new { dossierId = draft, kind = "complaint", text = "x" }, Ct), 404, "DOS-0001");

        var filed = await DossierAsync(dossiers, owner);
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier SET unit_code = '99998' WHERE id = {filed}", Ct));
        var sent = await BodyAsync(
            await owner.PostAsJsonAsync("/api/v1/feedback", new { dossierId = filed, kind = "complaint", text = "x" }, Ct), HttpStatusCode.Created);
        Assert.Equal("99998", sent.GetProperty("unitCode").GetString());
    }

    [Fact]
    public async Task A_new_piece_has_its_date_its_source_and_its_address()
    {
        var (unit, author) = (NewUnit(), dossiers.Citizen());
        author.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        using var response = await author.PostAsJsonAsync("/api/v1/feedback", new { unitCode = unit, kind = "proposal", text = "  Mở cửa sớm.  " }, Ct);
        var sent = await BodyAsync(response, HttpStatusCode.Created);

        Assert.Equal($"/api/v1/feedback/{sent.GetProperty("id").GetGuid()}", response.Headers.Location!.ToString());
        Assert.Equal(("Mở cửa sớm.", "received", false), (sent.GetProperty("text").GetString(), sent.GetProperty("stateName").GetString(),
            sent.GetProperty("late").GetBoolean()));
        Assert.Contains("766", sent.GetProperty("legalBasis").GetString(), StringComparison.Ordinal);
        // Fifteen working days are three weeks at least.
        Assert.True(sent.GetProperty("dueAt").GetDateTimeOffset() - sent.GetProperty("receivedAt").GetDateTimeOffset() > TimeSpan.FromDays(20));
        using var read = await author.GetAsync(response.Headers.Location, Ct);
        Assert.Equal(response.Headers.ETag, read.Headers.ETag);
    }

    [Fact]
    public async Task A_step_with_the_same_key_happens_once()
    {
        var unit = NewUnit();
        var id = await SendAsync(dossiers.Citizen(), unit);
        var chief = Chief(dossiers, unit);
        var answer = new { answer = "Đã nhắc nhở.", upheld = true, toPublish = false };

        var first = await BodyAsync(await StepAsync(chief, id, "answer", answer, key: "a-1"));
        var second = await BodyAsync(await StepAsync(chief, id, "answer", answer, key: "a-1"));

        Assert.Equal(first.GetRawText(), second.GetRawText());
        await RefusedAsync(await StepAsync(chief, id, "publication", new { text = "a", answer = "b" }), 409, "DOS-0855");
        var stored = await dossiers.InDbAsync(db => db.Set<Feedback>().AsNoTracking().SingleAsync(f => f.Id == id, Ct));
        Assert.Equal((true, true, null), (stored.OnTime, stored.Upheld, stored.DueAt));
        Assert.NotNull(stored.AnsweredBy);
    }

    [Fact]
    public async Task Only_texts_without_numbers_of_persons_become_public_and_each_field_is_named()
    {
        var unit = NewUnit();
        var id = await SendAsync(dossiers.Citizen(), unit);
        var chief = Chief(dossiers, unit);
        await BodyAsync(await StepAsync(chief, id, "answer", new { answer = "Đã sửa.", upheld = true }));

        var refused = await RefusedAsync(await StepAsync(chief, id, "publication", new { text = "Số 001099012345", answer = "Gửi a@b.vn" }), 400, "DOS-0854");

        Assert.Equal(["answer", "text"], refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        using var anybody = dossiers.Factory.Client();
        Assert.Empty((await GetAsync(anybody, $"/api/v1/feedback/published?unit={unit}")).GetProperty("items").EnumerateArray());
    }
}
