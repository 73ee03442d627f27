using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using HaLong.Identity.AccessLog;
using HaLong.Identity.PersonalData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.PersonalData;

public sealed class DisclosureTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly object AtTheCounter = new { purpose = DisclosurePurpose.Counter, note = "Đối chiếu thẻ căn cước tại quầy" };

    [Fact]
    public async Task An_official_sees_the_number_with_a_purpose_and_the_person_sees_who_looked_and_why()
    {
        var person = await site.PersonAsync("shown", "022195300001");

        var answer = await site.PostAsync(await site.TokenAsync("reception", strong: true), Path(person), AtTheCounter);

        Assert.Equal((HttpStatusCode.OK, "022195300001"), (answer.Status, answer.Body.GetProperty("personalNumber").GetString()));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var seen = (await site.GetAsync(await site.TokenAsync("shown"), "/api/v1/me/access-log")).Body.GetProperty("items")[0];
        Assert.Equal(("personal-number", "counter-verification", "Đối chiếu thẻ căn cước tại quầy", "reception"), (seen.GetProperty("what").GetString(),
            seen.GetProperty("purpose").GetString(), seen.GetProperty("note").GetString(), seen.GetProperty("actor").GetProperty("role").GetString()));
    }

    [Fact]
    public async Task The_owner_sees_the_own_number_without_a_record()
    {
        var person = await site.PersonAsync("owner", "022195300002");

        var answer = await site.PostAsync(await site.TokenAsync("owner", strong: true), Path(person));

        Assert.Equal("022195300002", answer.Body.GetProperty("personalNumber").GetString());
        Assert.Equal(0, await site.DatabaseAsync(db => db.AccessRecords.CountAsync(r => r.SubjectId == person)));
    }

    [Theory]
    [InlineData("owner1", true)]
    [InlineData("reception", false)]
    public async Task A_sign_in_with_one_factor_is_not_enough(string caller, bool own)
    {
        var person = await site.PersonAsync(own ? caller : "weak", own ? "022195300003" : "022195300004");

        var answer = await site.PostAsync(await site.TokenAsync(caller), Path(person), AtTheCounter);

        Assert.Equal((HttpStatusCode.Unauthorized, "CMN-0470"), (answer.Status, answer.Code));
        Assert.Contains("insufficient_user_authentication", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("helper")]
    [InlineData("cashier")]
    [InlineData("leader")]
    [InlineData("administrator")]
    public async Task For_everybody_else_other_people_do_not_exist(string role)
    {
        var answer = await site.PostAsync(await site.TokenAsync(role, strong: true), Path(await site.IdOfAsync("officer")), AtTheCounter);

        Assert.Equal((HttpStatusCode.NotFound, "IDN-0004"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("officer", DisclosurePurpose.Counter)]
    [InlineData("approver", DisclosurePurpose.Inspection)]
    [InlineData("reception", DisclosurePurpose.Complaint)]
    [InlineData("auditor", DisclosurePurpose.Counter)]
    public async Task A_purpose_belongs_to_a_role(string role, string purpose)
    {
        var answer = await site.PostAsync(await site.TokenAsync(role, strong: true), Path(await site.IdOfAsync("citizen")), new { purpose, note = "Lý do đủ dài" });

        Assert.Equal((HttpStatusCode.Forbidden, "IDN-0607"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("approver", DisclosurePurpose.Complaint)]
    [InlineData("auditor", DisclosurePurpose.Complaint)]
    [InlineData("auditor", DisclosurePurpose.Inspection)]
    public async Task And_who_has_the_role_may_claim_it(string role, string purpose) => Assert.Equal(
        HttpStatusCode.OK,
        (await site.PostAsync(await site.TokenAsync(role, strong: true), Path(await site.IdOfAsync("citizen")), new { purpose, note = "Lý do đủ dài" })).Status);

    [Theory]
    [InlineData(null, null, "note,purpose")]
    [InlineData("curiosity", "Tôi muốn biết lắm", "purpose")]
    [InlineData("counter-verification", "ngắn", "note")]
    [InlineData("counter-verification", "          ngắn      ", "note")]
    [InlineData("dossier-processing", "Lý do đủ dài", "dossierId")]
    public async Task The_purpose_must_be_said_properly(string? purpose, string? note, string fields)
    {
        var answer = await site.PostAsync(await site.TokenAsync("reception", strong: true), Path(await site.IdOfAsync("citizen")), new { purpose, note });

        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0606"), (answer.Status, answer.Code));
        Assert.Equal(fields.Split(','), answer.Fields);
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync(
            await site.TokenAsync("reception", strong: true), Path(await site.IdOfAsync("citizen")), new { purpose = "complaint", note = new string('x', 501) })).Status);
    }

    [Fact]
    public async Task For_a_dossier_it_must_have_been_opened_at_the_officials_unit()
    {
        var person = await site.PersonAsync("filed", "022195300005");
        var dossier = Guid.CreateVersion7();
        var body = new { purpose = DisclosurePurpose.Dossier, note = "Thẩm định hồ sơ đất đai", dossierId = dossier };
        var officer = await site.TokenAsync("officer", strong: true);
        Assert.Equal("IDN-0608", (await site.PostAsync(officer, Path(person), body)).Code);

        // Opened at another unit, of another person, or by another service: still not.
        await OpenedAsync(person, dossier, "06652", "dossier");
        await OpenedAsync(await site.IdOfAsync("citizen"), dossier, "06688", "dossier");
        await OpenedAsync(person, dossier, "06688", "payment");
        Assert.Equal("IDN-0608", (await site.PostAsync(officer, Path(person), body)).Code);

        await OpenedAsync(person, dossier, "06688", "dossier");
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(officer, Path(person), body)).Status);
        Assert.Equal("IDN-0608", (await site.PostAsync(await site.TokenAsync("officer", strong: true, unit: "06673"), Path(person), body)).Code);
    }

    [Fact]
    public async Task Unknown_and_closed_accounts_are_the_same_404_and_one_without_a_number_says_so()
    {
        var token = await site.TokenAsync("reception", strong: true);
        var closed = await site.PersonAsync("gone", "022195300006");
        await site.SqlAsync($"UPDATE account SET is_closed = true WHERE id = '{closed}'");
        var bare = await site.PersonAsync("bare", "022195300007");
        await site.SqlAsync($"UPDATE account SET sealed_personal_number = NULL, personal_number_index = NULL WHERE id = '{bare}'");

        Assert.Equal("IDN-0004", (await site.PostAsync(token, Path(Guid.CreateVersion7()), AtTheCounter)).Code);
        Assert.Equal("IDN-0004", (await site.PostAsync(token, Path(closed), AtTheCounter)).Code);
        Assert.Equal("IDN-0610", (await site.PostAsync(token, Path(bare), AtTheCounter)).Code);
    }

    [Fact]
    public async Task Without_a_person_behind_the_token_or_for_somebody_else_nothing_is_shown()
    {
        var person = await site.IdOfAsync("citizen");
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(null, Path(person), AtTheCounter)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(site.ServiceToken(), Path(person), AtTheCounter)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(await site.ActingTokenAsync("citizen", "helper"), Path(person), AtTheCounter)).Status);
    }

    [Fact]
    public async Task Thirty_an_hour_is_enough_even_when_asked_for_at_once_and_the_rest_is_counted_for_the_alert()
    {
        await site.PersonAsync("busy", "022195300008", "reception", "06688");
        var person = await site.IdOfAsync("citizen");
        var token = await site.TokenAsync("busy", strong: true, roles: ["reception"], unit: "06688");
        var outcomes = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "halong.identity.disclosures" && i.Meter.Scope == site.Service.Services.GetRequiredService<IMeterFactory>()) l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Add(tags.ToArray().Single(t => t.Key == "outcome").Value!.ToString()!));
        listener.Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 36).Select(_ => site.PostAsync(token, Path(person), AtTheCounter)));

        Assert.Equal(30, answers.Count(a => a.Status == HttpStatusCode.OK));
        var limited = answers.Where(a => a.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(6, limited.Count);
        Assert.All(limited, a => Assert.Equal("IDN-0609", a.Code));
        Assert.All(limited, a => Assert.InRange(a.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 50, 60));
        Assert.True(outcomes.Count(o => o == "limited") >= 6);
        // Others are not held back, and neither is the same official an hour later.
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(await site.TokenAsync("auditor", strong: true), Path(person), new { purpose = "inspection", note = "Kiểm tra định kỳ" })).Status);
        var soon = site.Clock.GetUtcNow();
        await site.SqlAsync("ALTER TABLE access_log DISABLE TRIGGER USER");
        await site.SqlAsync($"UPDATE access_log SET at = '{soon.AddHours(-1).AddSeconds(-5):O}' WHERE actor_id = (SELECT id FROM account WHERE user_name = 'busy')");
        await site.SqlAsync("ALTER TABLE access_log ENABLE TRIGGER USER");
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(token, Path(person), AtTheCounter)).Status);
    }

    private static string Path(Guid person) => $"/api/v1/accounts/{person}/personal-number/disclosures";

    private Task<int> OpenedAsync(Guid person, Guid dossier, string unit, string service) => site.InScopeAsync<AccessLedger, int>(async l => await l.AppendAsync(
        new Reading([person], await site.IdOfAsync("officer"), "officer", unit, service, "dossier", dossier, "dossier-processing", null, site.Clock.GetUtcNow()), null, default));
}
