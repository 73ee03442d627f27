using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Delegations;

public sealed class OfferDelegationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Path = "/api/v1/me/delegations";

    [Fact]
    public async Task An_offer_without_dates_is_for_a_year_from_today_and_allows_nothing_yet()
    {
        await using var ear = await Ear.OnAsync<DelegationOffered>(site);
        var (principal, actor) = (await site.PersonAsync(name: "Lê Thị Giao"), await site.PersonAsync());
        using var response = await (await site.AsAsync(principal)).PostAsJsonAsync(Path, Offer(new { accountId = actor.Id }), Ct);
        var body = await BodyAsync(response, HttpStatusCode.Created);
        Assert.EndsWith(body.GetProperty("id").GetString()!, response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(("offered", "given", false), (body.GetProperty("state").GetString(), body.GetProperty("side").GetString(), body.GetProperty("active").GetBoolean()));
        Assert.Equal(("Lê Thị Giao", JsonValueKind.Null), (body.GetProperty("principal").GetProperty("name").GetString(), body.GetProperty("procedures").ValueKind));
        var from = DateOnly.Parse(body.GetProperty("from").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((LocalTime.Date(site.Clock.GetUtcNow()), from.AddYears(1).AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            (from, body.GetProperty("to").GetString()));
        var told = await ear.HearAsync(e => e.DelegationId == body.GetProperty("id").GetGuid());
        Assert.Equal((principal.Id, actor.Id), (told.PrincipalId, told.DelegateId));
    }

    [Fact]
    public async Task The_answer_is_the_same_whether_or_not_somebody_has_the_number()
    {
        var principal = await site.AsAsync(await site.PersonAsync());
        var known = await site.PersonAsync(name: "Phạm Thị Có");
        var answers = new List<JsonElement>();
        foreach (var (number, name) in new[] { (known.Number, known.Name), (known.Number, "Tên Khác Hẳn"), (NewNumber(), "Phạm Thị Có") })
            answers.Add(await OfferAsync(principal, new { personalNumber = number, name }));
        foreach (var answer in answers)
        {
            Assert.Equal(JsonValueKind.Null, answer.GetProperty("delegate").GetProperty("accountId").ValueKind);
            Assert.Equal(answers[0].EnumerateObject().Select(p => p.Name), answer.EnumerateObject().Select(p => p.Name));
            Assert.DoesNotContain("0220", answer.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_one_with_number_and_name_sees_the_offer_and_a_slip_of_either_reaches_nobody()
    {
        var principal = await site.AsAsync(await site.PersonAsync());
        var known = await site.PersonAsync(name: "Phạm Thị Có");
        var id = (await OfferAsync(principal, new { personalNumber = known.Number, name = "  phạm thi  CÓ " })).GetProperty("id").GetString();
        await OfferAsync(principal, new { personalNumber = known.Number, name = "Phạm Văn Có" });

        var mine = (await GetAsync(await site.AsAsync(known), Path + "?side=received")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(id, Assert.Single(mine).GetProperty("id").GetString());
        Assert.Equal("received", mine[0].GetProperty("side").GetString());
    }

    [Fact]
    public async Task Who_registers_after_the_offer_finds_it_and_can_accept()
    {
        var giver = await site.PersonAsync();
        var principal = await site.AsAsync(giver);
        var number = NewNumber();
        var id = (await OfferAsync(principal, new { personalNumber = number, name = "Người Mới Đến" })).GetProperty("id").GetGuid();
        Assert.Null(await site.DatabaseAsync(db => db.Delegations.Where(d => d.Id == id).Select(d => d.DelegateId).SingleAsync()));
        var newcomer = await site.PersonAsync(name: "Người Mới Đến");
        await site.DatabaseAsync(async db =>
        {
            var vault = site.Numbers();
            vault.Set(await db.Accounts.SingleAsync(a => a.Id == newcomer.Id), HaLong.Identity.Domain.PersonalNumber.TryParse(number)!);
            return await db.SaveChangesAsync();
        });
        var client = await site.AsAsync(newcomer);
        var accepted = await BodyAsync(await client.PostAsync($"{Path}/{id}/acceptance", null, Ct));
        Assert.True(accepted.GetProperty("active").GetBoolean());
        var seen = await GetAsync(principal, $"{Path}/{id}");
        Assert.Equal((newcomer.Id, "Người Mới Đến"), (seen.GetProperty("delegate").GetProperty("accountId").GetGuid(), seen.GetProperty("delegate").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        var client = await site.AsAsync(await site.PersonAsync());
        var problem = await RefusedAsync(await client.PostAsJsonAsync(Path, new
        {
            @delegate = new { personalNumber = "12", name = " " },
            acts = new[] { "dossier.fly" },
            procedures = new[] { "1.0; drop" },
            from = site.Day(-1),
            to = site.Day(-2),
            note = new string('x', 501),
        }, Ct), 400, "IDN-0401");
        Assert.Equal(["acts", "delegate.name", "delegate.personalNumber", "from", "note", "procedures", "to"],
            problem.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, 730, true)]
    [InlineData(0, 731, false)]
    [InlineData(366, 370, true)]
    [InlineData(367, 370, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 5, true)]
    public async Task A_period_starts_within_a_year_and_lasts_at_most_two(int from, int to, bool valid)
    {
        var client = await site.AsAsync(await site.PersonAsync());
        using var answer = await client.PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }, from: site.Day(from), until: site.Day(to)), Ct);
        Assert.Equal(valid ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_his_own_delegate_by_account_or_by_number()
    {
        var person = await site.PersonAsync();
        var client = await site.AsAsync(person);
        foreach (var to in new object[] { new { accountId = person.Id }, new { personalNumber = person.Number, name = person.Name }, new { personalNumber = person.Number, name = "Ai Khác" } })
            Assert.True((await RefusedAsync(await client.PostAsJsonAsync(Path, Offer(to), Ct), 400, "IDN-0401")).GetProperty("errors").TryGetProperty("delegate", out _));
    }

    [Fact]
    public async Task A_delegate_is_named_in_one_way()
    {
        var client = await site.AsAsync(await site.PersonAsync());
        foreach (var to in new object?[] { null, new { }, new { name = "Chỉ Có Tên" }, new { accountId = Guid.CreateVersion7(), personalNumber = NewNumber(), name = "Cả Hai" } })
            await RefusedAsync(await client.PostAsJsonAsync(Path, Offer(to!), Ct), 400, "IDN-0401");
    }

    [Fact]
    public async Task Signing_and_opening_accounts_cannot_be_delegated()
    {
        var client = await site.AsAsync(await site.PersonAsync());
        await RefusedAsync(await client.PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }, ["dossier.read", "dossier.sign"]), Ct), 400, "IDN-0406");
        await RefusedAsync(await client.PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }, ["account.open"]), Ct), 400, "IDN-0401");
        await RefusedAsync(await client.PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }, []), Ct), 400, "IDN-0401");
    }

    [Fact]
    public async Task Twenty_offers_a_day_are_enough()
    {
        var client = await site.AsAsync(await site.PersonAsync());
        for (var i = 0; i < 20; i++)
            await OfferAsync(client, new { accountId = Guid.CreateVersion7() });
        using var answer = await client.PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }), Ct);
        Assert.NotNull(answer.Headers.RetryAfter);
        await RefusedAsync(answer, 429, "IDN-0407");
    }

    [Fact]
    public async Task An_offer_repeated_under_its_key_is_one_offer()
    {
        var person = await site.PersonAsync();
        var client = await site.AsAsync(person);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var body = Offer(new { accountId = Guid.CreateVersion7() });
        var first = await BodyAsync(await client.PostAsJsonAsync(Path, body, Ct), HttpStatusCode.Created);
        var second = await BodyAsync(await client.PostAsJsonAsync(Path, body, Ct), HttpStatusCode.Created);
        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        Assert.Equal(1, await site.DatabaseAsync(db => db.Delegations.CountAsync(d => d.PrincipalId == person.Id)));
    }

    [Fact]
    public async Task Officials_helpers_partners_and_nobody_cannot_offer()
    {
        foreach (var role in new[] { "helper", "officer", "administrator" })
        {
            using var answer = await site.Service.Client(await site.TokenAsync(role)).PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }), Ct);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var anonymous = await site.Service.Client().PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var service = await site.Service.Client(site.ServiceToken()).PostAsJsonAsync(Path, Offer(new { accountId = Guid.CreateVersion7() }), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, service.StatusCode);
    }

    [Fact]
    public async Task Where_the_city_asks_for_it_only_a_strong_session_gives_and_accepts()
    {
        await using var strict = await site.StartReplicaAsync(f => f.WithSetting("Delegations:RequireStrong", "true"));
        var (principal, actor) = (await site.PersonAsync(), await site.PersonAsync());
        async Task<HttpClient> ClientAsync(TestPerson who, bool strong) => strict.Client(await site.TokenAsync(who.UserName, strong));
        await RefusedAsync(await (await ClientAsync(principal, false)).PostAsJsonAsync(Path, Offer(new { accountId = actor.Id }), Ct), 401, "CMN-0470");
        var id = (await OfferAsync(await ClientAsync(principal, true), new { accountId = actor.Id })).GetProperty("id").GetGuid();
        await RefusedAsync(await (await ClientAsync(actor, false)).PostAsync($"{Path}/{id}/acceptance", null, Ct), 401, "CMN-0470");
        await BodyAsync(await (await ClientAsync(actor, true)).PostAsync($"{Path}/{id}/acceptance", null, Ct));
    }
}
