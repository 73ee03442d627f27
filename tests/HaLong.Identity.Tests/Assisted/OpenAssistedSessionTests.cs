using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Delegations;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.AssistedHelp;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Assisted;

public sealed class OpenAssistedSessionTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task The_code_goes_to_the_telephone_on_file_and_nothing_is_allowed_yet()
    {
        await using var ear = await Ear.OnAsync<AssistedSessionOpened>(site);
        var (helper, citizen) = (await site.HelperAsync(), await site.CitizenAsync());
        using var response = await (await site.AsAsync(helper)).PostAsJsonAsync(Api, Ask(citizen, place: "home"), Ct);
        var body = await BodyAsync(response, HttpStatusCode.Created);
        Assert.EndsWith(body.GetProperty("id").GetString()!, response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(("awaitingConsent", "home", JsonValueKind.Null), (body.GetProperty("state").GetString(), body.GetProperty("place").GetProperty("kind").GetString(), body.GetProperty("consent").ValueKind));
        Assert.DoesNotContain("khu 2", body.GetRawText(), StringComparison.Ordinal);
        var id = body.GetProperty("id").GetGuid();
        Assert.Equal("+84" + (await PhoneOfAsync(citizen))[1..], (await site.SmsAsync(id))!.Value.Phone);
        Assert.Equal(citizen.Id, (await ear.HearAsync(e => e.SessionId == id)).CitizenId);
        // The address is in the row, but not for who only reads the row.
        Assert.NotNull(await site.DatabaseAsync(db => db.AssistedSessions.Where(s => s.Id == id).Select(s => s.SealedAddress).SingleAsync()));
    }

    [Fact]
    public async Task Known_and_unknown_people_get_the_same_answer_and_only_the_known_one_an_sms()
    {
        var helper = await site.AsAsync(await site.HelperAsync());
        var (known, silent) = (await site.CitizenAsync(), await site.PersonAsync(name: "Ông Không Máy"));
        var answers = new List<(JsonElement Body, bool Sent)>();
        foreach (var request in new[] { Ask(known), Ask(silent), Ask(known.Number[..11] + "x", "x"), Ask(NewNumber(), "Người Lạ"), Ask((await site.CitizenAsync()).Number, "Tên Khác") }.Where((_, i) => i != 2))
        {
            var body = await BodyAsync(await helper.PostAsJsonAsync(Api, request, Ct), HttpStatusCode.Created);
            answers.Add((body, await site.SmsAsync(body.GetProperty("id").GetGuid()) is not null));
        }

        Assert.Equal([true, false, false, false], answers.Select(a => a.Sent));
        foreach (var (body, _) in answers)
        {
            Assert.Equal(answers[0].Body.EnumerateObject().Select(p => (p.Name, p.Value.ValueKind)), body.EnumerateObject().Select(p => (p.Name, p.Value.ValueKind)));
            Assert.Equal("awaitingConsent", body.GetProperty("state").GetString());
            Assert.DoesNotContain("0220", body.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("0987", body.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        var helper = await site.AsAsync(await site.HelperAsync());
        var problem = await RefusedAsync(await helper.PostAsJsonAsync(Api, new
        {
            citizen = new { personalNumber = "12", name = " ", phone = "0987000001" },
            purpose = "",
            place = new { kind = "street", text = "", unit = "x y" },
            acts = new[] { "dossier.fly" },
        }, Ct), 400, "IDN-0501");
        Assert.Equal(["acts", "citizen.name", "citizen.personalNumber", "citizen.phone", "place.kind", "place.text", "place.unit", "purpose"],
            problem.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await helper.PostAsJsonAsync(Api, new { }, Ct), 400, "IDN-0501");
        await RefusedAsync(await helper.PostAsJsonAsync(Api, Ask(NewNumber(), "A", ["account.open"], "0203123456"), Ct), 400, "IDN-0501");
    }

    [Fact]
    public async Task Signing_is_refused_with_its_own_code_and_reading_results_is_not_a_helpers_business()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        await RefusedAsync(await helper.PostAsJsonAsync(Api, Ask(citizen, ["dossier.fill", "dossier.sign"]), Ct), 400, "IDN-0502");
        await RefusedAsync(await helper.PostAsJsonAsync(Api, Ask(citizen, ["result.read"]), Ct), 400, "IDN-0501");
        await RefusedAsync(await helper.PostAsJsonAsync(Api, Ask(citizen, []), Ct), 400, "IDN-0501");
    }

    [Fact]
    public async Task A_telephone_typed_for_somebody_who_has_an_account_is_not_used()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var mine = NewPhone();
        var id = await OpenAsync(helper, Ask(citizen.Number, citizen.Name, ["account.open", "dossier.fill"], mine));
        Assert.Equal("+84" + (await PhoneOfAsync(citizen))[1..], (await site.SmsAsync(id))!.Value.Phone);

        // With a wrong name the number is taken all the same: no code for anybody.
        var other = await OpenAsync(await site.AsAsync(await site.HelperAsync()), Ask(citizen.Number, "Tên Khác", ["account.open"], mine));
        Assert.Null(await site.SmsAsync(other));
    }

    [Fact]
    public async Task One_open_session_of_a_helper_with_a_citizen_and_another_helper_may_open_his_own()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var first = await OpenAsync(helper, Ask(citizen));
        await RefusedAsync(await helper.PostAsJsonAsync(Api, Ask(citizen), Ct), 409, "IDN-0506");
        await OpenAsync(await site.AsAsync(await site.HelperAsync()), Ask(citizen));
        await BodyAsync(await helper.DeleteAsync($"{Api}/{first}", Ct), HttpStatusCode.NoContent);
        await OpenAsync(helper, Ask(citizen));
    }

    [Fact]
    public async Task A_session_that_lapsed_makes_room_before_anybody_has_tidied_up()
    {
        await using var ear = await Ear.OnAsync<AssistedSessionClosed>(site);
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var first = await OpenAsync(helper, Ask(citizen));
        await site.LapseAsync(first);
        Assert.Equal("expired", (await SessionAsync(helper, first)).GetProperty("state").GetString());
        await OpenAsync(helper, Ask(citizen));
        Assert.Equal("expired", (await ear.HearAsync(e => e.SessionId == first)).State);
    }

    [Fact]
    public async Task Of_many_openings_at_once_one_opens()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => helper.PostAsJsonAsync(Api, Ask(citizen), Ct)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
    }

    [Fact]
    public async Task Five_sessions_an_hour_are_enough_for_one_citizen_known_or_not_and_twenty_for_one_helper()
    {
        foreach (var (number, name) in new[] { ((await site.CitizenAsync()).Number, "Bà Nguyễn Thị Cụ"), (NewNumber(), "Người Lạ") })
        {
            for (var i = 0; i < 5; i++)
                await OpenAsync(await site.AsAsync(await site.HelperAsync()), Ask(number, name));
            using var answer = await (await site.AsAsync(await site.HelperAsync())).PostAsJsonAsync(Api, Ask(number, name), Ct);
            Assert.NotNull(answer.Headers.RetryAfter);
            await RefusedAsync(answer, 429, "IDN-0510");
        }

        var helper = await site.AsAsync(await site.HelperAsync());
        for (var i = 0; i < 20; i++)
            await OpenAsync(helper, Ask(NewNumber(), "Người Lạ"));
        await RefusedAsync(await helper.PostAsJsonAsync(Api, Ask(NewNumber(), "Người Lạ"), Ct), 429, "IDN-0510");
    }

    [Fact]
    public async Task Only_helpers_with_a_unit_and_in_their_own_name_open_sessions()
    {
        var citizen = await site.CitizenAsync();
        foreach (var role in new[] { "citizen", "reception", "administrator" })
        {
            using var answer = await site.Service.Client(await site.TokenAsync(role)).PostAsJsonAsync(Api, Ask(citizen), Ct);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await RefusedAsync(await (await site.AsAsync(await site.HelperAsync(unit: null))).PostAsJsonAsync(Api, Ask(citizen), Ct), 403, "IDN-0514");
        using var anonymous = await site.Service.Client().PostAsJsonAsync(Api, Ask(citizen), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    [Fact]
    public async Task A_helper_assists_no_official_and_not_himself()
    {
        var helper = await site.HelperAsync();
        var client = await site.AsAsync(helper);
        Assert.Null(await site.SmsAsync(await OpenAsync(client, Ask(helper))));
        var official = await site.PersonAsync(ServiceDefaults.Roles.Officer, "Cán bộ", Unit, NewPhone());
        Assert.Null(await site.SmsAsync(await OpenAsync(client, Ask(official))));
    }

    [Fact]
    public async Task An_opening_repeated_under_its_key_is_one_session()
    {
        var client = await site.AsAsync(await site.HelperAsync());
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var request = Ask(await site.CitizenAsync());
        Assert.Equal(await OpenAsync(client, request), await OpenAsync(client, request));
    }

    private Task<string> PhoneOfAsync(TestPerson person) => site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == person.Id).Select(a => a.Phone!).SingleAsync());
}
