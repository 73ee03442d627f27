using System.Net;
using System.Text.Json;
using HaLong.Identity.Codes;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Registration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Registration;

/// <summary>Registering, with the consumer WarnOwner behind it.</summary>
public sealed class RegistrationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_citizen_registers_and_signs_in_with_the_telephone_or_the_personal_number()
    {
        var person = new Registrant();
        Assert.Equal(HttpStatusCode.OK, await person.RegisterAsync(site));

        var account = await site.DatabaseAsync(db => db.Accounts.SingleAsync(a => a.Phone == person.Phone, Ct));
        Assert.Equal(("citizen", 1, "Đỗ Thị Bưởi", person.National), (account.Kind, account.Level, account.DisplayName, account.UserName));
        Assert.Equal(["citizen"], account.Roles);
        var profile = await site.DatabaseAsync(db => db.Profiles.SingleAsync(p => p.AccountId == account.Id, Ct));
        Assert.Equal(("male", true, false), (profile.Sex, profile.PhoneConfirmedAt is not null, profile.EmailConfirmedAt is not null));
        var consent = await site.DatabaseAsync(db => db.Consents.SingleAsync(c => c.AccountId == account.Id, Ct));
        Assert.Equal(("account-terms", 1, true, "online"), (consent.Purpose, consent.TextVersion, consent.Granted, consent.Channel));
        foreach (var name in new[] { person.National, person.Phone, person.PersonalNumber })
        {
            using var answer = await site.NewBrowser().SubmitSignInAsync(name, Registrant.GoodPassword);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_chosen_user_name_works_and_one_that_is_taken_is_refused_before_anything_is_used_up()
    {
        var first = new Registrant();
        Assert.Equal(HttpStatusCode.OK, await first.RegisterAsync(site, "buoi.85"));
        var second = new Registrant();
        using var http = site.Service.Client();
        var id = (await second.StartAsync(http)).Body.GetProperty("id").GetGuid();
        var code = await site.Phones.CodeAsync(second.Phone);
        var (status, body) = await Registrant.ConfirmAsync(http, id, code, "BUOI.85");

        Assert.Equal((HttpStatusCode.Conflict, "IDN-0110"), (status, body.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await Registrant.ConfirmAsync(http, id, code, "buoi.86")).Status);
    }

    [Fact]
    public async Task Members_of_a_family_share_a_telephone()
    {
        var mother = new Registrant();
        var child = new Registrant { Phone = mother.Phone };
        Assert.Equal(HttpStatusCode.OK, await mother.RegisterAsync(site));
        Assert.Equal(HttpStatusCode.OK, await child.RegisterAsync(site));

        Assert.Equal(2, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.Phone == mother.Phone, Ct)));
        using var answer = await site.NewBrowser().SubmitSignInAsync(child.PersonalNumber, Registrant.GoodPassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task What_looks_odd_is_warned_of_and_accepted()
    {
        using var http = site.Service.Client();
        var (status, body) = await new Registrant("185301000007").StartAsync(http, ("birthDate", "1999-02-03"), ("sex", "male"), ("phone", "01681234567"));

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(["UNKNOWN_PROVINCE_CODE", "BIRTH_YEAR_MISMATCH", "SEX_MISMATCH", "PHONE_CONVERTED"], Words(body, "code"));
        Assert.Equal(["personalNumber", "birthDate", "sex", "phone"], Words(body, "field"));
        await site.Phones.CodeAsync("+84381234567");
    }

    [Theory]
    [InlineData("personalNumber", "02208500012")]
    [InlineData("personalNumber", null)]
    [InlineData("personalNumber", "022 085 000 123")]
    [InlineData("fullName", "")]
    [InlineData("fullName", "A")]
    [InlineData("fullName", "<script>")]
    [InlineData("fullName", "12345")]
    [InlineData("birthDate", "12/04/1985")]
    [InlineData("birthDate", "2999-01-01")]
    [InlineData("birthDate", "1800-01-01")]
    [InlineData("sex", "unknown")]
    [InlineData("phone", "02033825000")]
    [InlineData("phone", "0951234567")]
    [InlineData("phone", "")]
    [InlineData("email", "not an address")]
    [InlineData("termsAccepted", false)]
    [InlineData("termsAccepted", null)]
    public async Task What_is_wrong_is_named_by_its_field(string field, object? value)
    {
        using var http = site.Service.Client();
        var (status, body) = await new Registrant().StartAsync(http, (field, value));

        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0109"), (status, body.GetProperty("code").GetString()));
        Assert.Equal([field], body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        using var http = site.Service.Client();
        var (status, body) = await Registrant.ReadAsync(await http.PostAsync(new Uri("/api/v1/registrations", UriKind.Relative), new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), Ct));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["birthDate", "fullName", "personalNumber", "phone", "termsAccepted"], body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public async Task Terms_that_are_not_in_force_cannot_be_agreed_to()
    {
        using var http = site.Service.Client();
        var (status, body) = await new Registrant().StartAsync(http, ("termsVersion", 7));

        Assert.Equal((HttpStatusCode.Conflict, "IDN-0622"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Wrong_replayed_and_late_codes_make_no_account()
    {
        var person = new Registrant();
        using var http = site.Service.Client();
        var id = (await person.StartAsync(http)).Body.GetProperty("id").GetGuid();
        var code = await site.Phones.CodeAsync(person.Phone);
        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0102"), CodeOf(await Registrant.ConfirmAsync(http, id, code == "000000" ? "000001" : "000000")));
        Assert.Equal((HttpStatusCode.NotFound, "IDN-0101"), CodeOf(await Registrant.ConfirmAsync(http, Guid.CreateVersion7(), code)));
        Assert.Equal(0, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.Phone == person.Phone, Ct)));
        Assert.Equal(HttpStatusCode.OK, (await Registrant.ConfirmAsync(http, id, code)).Status);
        Assert.Equal((HttpStatusCode.NotFound, "IDN-0101"), CodeOf(await Registrant.ConfirmAsync(http, id, code)));

        var late = new Registrant();
        id = (await late.StartAsync(http)).Body.GetProperty("id").GetGuid();
        code = await site.Phones.CodeAsync(late.Phone);
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0102"), CodeOf(await Registrant.ConfirmAsync(http, id, code)));
        site.Clock.Advance(RegistrationDesk.Lifetime);
        Assert.Equal((HttpStatusCode.NotFound, "IDN-0101"), CodeOf(await Registrant.ConfirmAsync(http, id, code)));
    }

    [Fact]
    public async Task A_code_can_be_asked_for_again_after_a_minute()
    {
        var person = new Registrant();
        using var http = site.Service.Client();
        var id = (await person.StartAsync(http)).Body.GetProperty("id").GetGuid();
        await site.Phones.CodeAsync(person.Phone);
        using var early = await http.PostAsync(new Uri($"/api/v1/registrations/{id}/resend", UriKind.Relative), null, Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
        Assert.InRange(early.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 50, 60);

        site.Clock.Advance(TimeSpan.FromSeconds(61));
        var (status, body) = await Registrant.ReadAsync(await http.PostAsync(new Uri($"/api/v1/registrations/{id}/resend", UriKind.Relative), null, Ct));
        Assert.Equal((HttpStatusCode.Accepted, id), (status, body.GetProperty("id").GetGuid()));
        Assert.Equal(HttpStatusCode.OK, (await Registrant.ConfirmAsync(http, id, await site.Phones.CodeAsync(person.Phone, 2))).Status);
        Assert.Equal((HttpStatusCode.NotFound, "IDN-0101"), CodeOf(await Registrant.ReadAsync(await http.PostAsync(new Uri($"/api/v1/registrations/{id}/resend", UriKind.Relative), null, Ct))));
    }

    [Theory]
    [InlineData("short", null, "password")]
    [InlineData("dothibuoi12", null, "password")]
    [InlineData(Registrant.GoodPassword, "0912345678", "userName")]
    [InlineData(Registrant.GoodPassword, "ab", "userName")]
    [InlineData(Registrant.GoodPassword, "tên-có-dấu", "userName")]
    public async Task A_weak_password_or_a_name_like_a_number_is_refused_and_costs_no_try(string password, string? userName, string field)
    {
        var person = new Registrant();
        using var http = site.Service.Client();
        var id = (await person.StartAsync(http)).Body.GetProperty("id").GetGuid();
        var code = await site.Phones.CodeAsync(person.Phone);
        for (var i = 0; i < 6; i++)
        {
            var (status, body) = await Registrant.ConfirmAsync(http, id, code, userName, password);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Equal([field], body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        }

        Assert.Equal(HttpStatusCode.OK, (await Registrant.ConfirmAsync(http, id, code)).Status);
    }

    [Fact]
    public async Task Fifty_parallel_registrations_of_one_number_make_one_account()
    {
        var people = Enumerable.Range(0, 50).Select(_ => new Registrant()).ToList();
        var number = people[0].PersonalNumber;
        using var http = site.Service.Client();
        var started = await Task.WhenAll(people.Select(p => p.StartAsync(http, ("personalNumber", number))));
        Assert.All(started, s => Assert.Equal(HttpStatusCode.Accepted, s.Status));
        var codes = await Task.WhenAll(people.Select(p => site.Phones.CodeAsync(p.Phone)));

        var answers = await Task.WhenAll(people.Select((_, i) => Registrant.ConfirmAsync(http, started[i].Body.GetProperty("id").GetGuid(), codes[i])));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers.Select(a => a.Body.ToString()).Distinct());
        await using var scope = site.Service.Services.CreateAsyncScope();
        var index = scope.ServiceProvider.GetRequiredService<PersonalNumbers>().IndexOf(PersonalNumber.TryParse(number)!);
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var account = await db.Accounts.SingleAsync(a => a.PersonalNumberIndex == index, Ct);
        Assert.Equal(1, await db.Consents.CountAsync(c => c.AccountId == account.Id, Ct));
        Assert.Equal(1, await db.Accounts.CountAsync(a => people.Select(p => p.Phone).Contains(a.Phone), Ct));
    }

    [Fact]
    public async Task Of_parallel_confirmations_of_one_registration_one_is_taken()
    {
        var person = new Registrant();
        using var http = site.Service.Client();
        var id = (await person.StartAsync(http)).Body.GetProperty("id").GetGuid();
        var code = await site.Phones.CodeAsync(person.Phone);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Registrant.ConfirmAsync(http, id, code)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(1, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.Phone == person.Phone, Ct)));
    }

    [Fact]
    public async Task The_draft_is_sealed_and_gone_when_it_is_done_or_has_run_out()
    {
        var person = new Registrant();
        using var http = site.Service.Client();
        var id = (await person.StartAsync(http)).Body.GetProperty("id").GetGuid();
        var row = await site.DatabaseAsync(db => db.Registrations.AsNoTracking().SingleAsync(r => r.Id == id, Ct));
        Assert.DoesNotContain(person.PersonalNumber, System.Text.Encoding.UTF8.GetString(row.SealedDraft), StringComparison.Ordinal);
        await Registrant.ConfirmAsync(http, id, await site.Phones.CodeAsync(person.Phone));
        Assert.False(await site.DatabaseAsync(db => db.Registrations.AnyAsync(r => r.Id == id, Ct)));

        var other = (await new Registrant().StartAsync(http)).Body.GetProperty("id").GetGuid();
        await site.DatabaseAsync(async db =>
        {
            await CodeCleanup.RunOnceAsync(db, site.Clock.GetUtcNow().AddHours(3), Ct);
            return 0;
        });
        Assert.False(await site.DatabaseAsync(db => db.Registrations.AnyAsync(r => r.Id == other, Ct)));
    }

    [Fact]
    public async Task An_account_that_is_new_is_told_to_the_platform()
    {
        await using var heard = await Staff.Heard.OnAsync(site);
        var person = new Registrant();
        await person.RegisterAsync(site);
        var id = await site.DatabaseAsync(db => db.Accounts.Where(a => a.Phone == person.Phone).Select(a => a.Id).SingleAsync(Ct));

        Assert.Equal("citizen", (await heard.OneAsync<HaLong.Identity.Contracts.Events.AccountRegistered>(e => e.AccountId == id)).Kind);
    }

    private static (HttpStatusCode Status, string? Code) CodeOf((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("code").GetString());

    private static IEnumerable<string?> Words(JsonElement body, string name) => body.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty(name).GetString());
}
