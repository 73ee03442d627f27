using System.Net;
using System.Net.Http.Headers;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.DataRequests;
using HaLong.Identity.Delegations;
using HaLong.Identity.Persistence;
using HaLong.Identity.Tests.Administration;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Organisations;
using HaLong.Identity.Tests.PersonalData;
using HaLong.Identity.Tests.Staff;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using People = HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Counter;

public sealed class VerifyAccountTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 0xFF, 0xD9];

    private Task<HaLong.Identity.Domain.Account> AccountAsync(Guid id) => site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id));

    [Fact]
    public async Task An_official_verifies_from_the_paper_and_the_owner_is_told_and_tokens_of_level_1_are_void()
    {
        await using var heard = await Ear.OnAsync<AccountVerified>(site);
        var person = await site.PersonAsync(name: "Trần Thị Xác", phone: "+84912000511", canSignIn: true);
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(person.UserName);
        var old = tokens.Text("access_token");
        Assert.Equal(HttpStatusCode.OK, (await StaffKit.GetAsync(site, "/api/v1/me", old)).Status);

        var verified = (await site.VerifyAsync(await site.ReceptionAsync(), person.Id, CounterKit.Document(person, "0912 000 511"))).Expect(HttpStatusCode.OK);

        Assert.Equal((2, "birthDate", false), (verified["level"].GetInt32(), Assert.Single(verified["corrected"].EnumerateArray()).GetString(), verified["takenOver"].GetBoolean()));
        await Eventually.Async(async () => (await StaffKit.GetAsync(site, "/api/v1/me", old)).Status == HttpStatusCode.Unauthorized, "the token of level 1 is void", TimeSpan.FromSeconds(5));
        Assert.Equal("2", Browser.Read(await Browser.OkAsync(await browser.RefreshAsync(tokens.Text("refresh_token")))).GetPayloadValue<object>("loa").ToString());
        Assert.Equal((2, "counter", "06688"), await heard.HearAsync(e => e.AccountId == person.Id) is var e ? (e.Level, e.Method, e.UnitCode) : default);
        Assert.Equal("vi", (await site.Phones.NoticeAsync("+84912000511", "account-verified")).Language);
        var audit = Assert.Single(await site.AuditOfAsync(person.Id.ToString()));
        Assert.Equal(("account.verified", "06688"), (audit.Text("action"), audit.Text("actorUnit")));
        Assert.DoesNotContain("Xác", audit.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(person.Number, audit.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_and_birth_date_become_those_of_the_document_and_what_was_before_is_kept_sealed_for_auditors()
    {
        var person = await site.PersonAsync(name: "nguyen thi sua");
        var document = CounterKit.Document(person, changes: ("fullName", "Nguyễn Thị Sửa"));

        var verified = (await site.VerifyAsync(await site.ChiefAsync(), person.Id, document)).Expect(HttpStatusCode.OK);

        Assert.Equal(["name", "birthDate"], verified["corrected"].EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(["sealed"], await site.DatabaseAsync(db => db.Database.SqlQueryRaw<string>(
            "SELECT CASE WHEN position('sua'::bytea IN sealed_correction) > 0 THEN 'open' ELSE 'sealed' END AS \"Value\" FROM account_verification WHERE account_id = {0}", person.Id).ToListAsync()));
        var account = await AccountAsync(person.Id);
        Assert.Equal(("Nguyễn Thị Sửa", new DateOnly(1990, 5, 17)), (account.DisplayName, account.BirthDate));

        var path = $"{CounterKit.Path}/{person.Id}/verifications";
        var seen = Assert.Single((await StaffKit.GetAsync(site, path, await site.TokenAsync("auditor", strong: true))).Expect(HttpStatusCode.OK).Items);
        var correction = seen.GetProperty("correction");
        Assert.Equal(("nguyen thi sua", "Nguyễn Thị Sửa", "1990-05-17"), (correction.Text("nameBefore"), correction.Text("nameAfter"), correction.Text("birthDateAfter")));
        Assert.Equal(("identityCard", "06688", "Xuất trình tại quầy số 2"), (seen.Text("documentKind"), seen.Text("unit"), seen.Text("note")));
        Assert.Contains((await StaffKit.GetAsync(site, "/api/v1/me/access-log", await site.TokenAsync(person.UserName))).Items, r => r.Text("what") == "verification");
        // An auditor of another unit sees nothing of it, and other roles have nothing to see.
        await site.OfficialAsync("auditor.elsewhere", ("06685", ["auditor"]));
        Assert.Empty((await StaffKit.GetAsync(site, path, await site.TokenAsync("auditor.elsewhere", strong: true))).Expect(HttpStatusCode.OK).Items);
        (await StaffKit.GetAsync(site, path, await site.ReceptionAsync())).Expect(HttpStatusCode.Forbidden);
        (await StaffKit.GetAsync(site, path, await site.TokenAsync("auditor"))).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await StaffKit.GetAsync(site, $"{CounterKit.Path}/{Guid.CreateVersion7()}/verifications", await site.TokenAsync("auditor", strong: true))).Refused(HttpStatusCode.NotFound, "IDN-0004");
        (await StaffKit.GetAsync(site, path + "?after=x", await site.TokenAsync("auditor", strong: true))).Refused(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task Everything_that_does_not_hold_is_told_at_once_and_nothing_changes()
    {
        var person = await site.PersonAsync(phone: "+84912000512");
        var document = CounterKit.Document(person, "0912000599", ("personalNumber", People.NewNumber()), ("documentSeen", false), ("faceCompared", null), ("expiresOn", "2020-01-01"));

        var refused = (await site.VerifyAsync(await site.ReceptionAsync(), person.Id, document)).Refused(HttpStatusCode.BadRequest, "IDN-1173");

        Assert.Equal(["documentSeen", "expiresOn", "faceCompared", "personalNumber", "phone"], refused.Fields.Order());
        Assert.Equal((1, 0), ((await AccountAsync(person.Id)).Level, await site.DatabaseAsync(db => db.AccountVerifications.CountAsync(v => v.AccountId == person.Id))));
    }

    [Fact]
    public async Task Twice_is_once_and_under_its_key_the_same_answer()
    {
        var person = await site.PersonAsync();
        var (token, document, key) = (await site.ReceptionAsync(), CounterKit.Document(person), Guid.CreateVersion7().ToString());

        var first = (await site.VerifyAsync(token, person.Id, document, key: key)).Expect(HttpStatusCode.OK);
        Assert.Equal(first.Text, (await site.VerifyAsync(token, person.Id, document, key: key)).Expect(HttpStatusCode.OK).Text);
        (await site.VerifyAsync(token, person.Id, document)).Refused(HttpStatusCode.Conflict, "IDN-1176");
        (await site.VerifyAsync(token, person.Id, document, ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        // A later correction is another verification.
        Assert.Equal(["name"], (await site.VerifyAsync(token, person.Id, CounterKit.Document(person, changes: ("fullName", "Nguyễn Văn Thử Lại")))).Expect(HttpStatusCode.OK)
            ["corrected"].EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task Two_officials_at_once_verify_once()
    {
        var person = await site.PersonAsync();
        string[] officials = [await site.ReceptionAsync(), await site.ChiefAsync()];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => site.VerifyAsync(officials[i % 2], person.Id, CounterKit.Document(person))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Contains(a.Code, new[] { "IDN-1176", "CMN-0409" }));
        Assert.Equal(1, await site.DatabaseAsync(db => db.AccountVerifications.CountAsync(v => v.AccountId == person.Id)));
    }

    [Fact]
    public async Task Nobody_verifies_himself_his_household_or_whom_he_may_act_for()
    {
        var reception = await site.ReceptionAsync();
        var self = await site.IdOfAsync("reception");
        var official = await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == self).Select(a => new { a.Email, a.DisplayName }).SingleAsync());
        (await site.VerifyAsync(reception, self, new { })).Refused(HttpStatusCode.Forbidden, "IDN-1174");
        var family = await site.PersonAsync(phone: "+84901000003");
        (await site.VerifyAsync(reception, family.Id, CounterKit.Document(family, "0901000003"))).Refused(HttpStatusCode.Forbidden, "IDN-1175");
        var mailbox = await site.PersonAsync();
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == mailbox.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Email, official.Email!.ToUpperInvariant())));
        (await site.VerifyAsync(reception, mailbox.Id, CounterKit.Document(mailbox))).Refused(HttpStatusCode.Forbidden, "IDN-1175");
        var principal = await site.PersonAsync();
        await site.DatabaseAsync(db =>
        {
            var delegation = Delegation.Offer(Guid.CreateVersion7(), principal.Id, new(self, null, null),
                new(["dossier.fill"], [], null, site.Today(), site.Today().AddDays(9), null), site.Clock.GetUtcNow());
            delegation.Accept(self, site.Today(), site.Clock.GetUtcNow());
            db.Delegations.Add(delegation);
            return db.SaveChangesAsync();
        });
        (await site.VerifyAsync(reception, principal.Id, CounterKit.Document(principal))).Refused(HttpStatusCode.Forbidden, "IDN-1175");
        (await site.VerifyAsync(await site.ChiefAsync(), principal.Id, CounterKit.Document(principal))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_open_accounts_of_citizens_are_verified_at_the_counter()
    {
        var token = await site.ReceptionAsync();
        var gone = await site.PersonAsync();
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == gone.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsClosed, true)));
        foreach (var id in new[] { gone.Id, Guid.CreateVersion7(), await site.IdOfAsync("officer"), await site.IdOfAsync("helper"), await site.OrganisationAsync(await site.VerifiedAsync()) })
        {
            (await site.VerifyAsync(token, id, CounterKit.Document(gone))).Refused(HttpStatusCode.NotFound, "IDN-0004");
            (await site.UndoAsync(token, id)).Refused(HttpStatusCode.NotFound, "IDN-0004");
        }
    }

    [Fact]
    public async Task An_account_without_a_number_gets_that_of_the_document_unless_it_is_another_persons()
    {
        var (bare, owner) = (await site.PersonAsync(), await site.PersonAsync());
        await site.SqlAsync($"UPDATE account SET sealed_personal_number = NULL, personal_number_index = NULL WHERE id = '{bare.Id}'");
        var token = await site.ReceptionAsync();

        (await site.VerifyAsync(token, bare.Id, CounterKit.Document(owner))).Refused(HttpStatusCode.Conflict, "IDN-1180");
        (await site.VerifyAsync(token, bare.Id, CounterKit.Document(bare))).Expect(HttpStatusCode.OK);
        Assert.Equal(bare.Number, site.Numbers().Of(await AccountAsync(bare.Id))!.Value);
    }

    [Fact]
    public async Task An_account_that_a_stranger_opened_under_ones_number_becomes_the_owners()
    {
        var person = await site.PersonAsync(phone: "+84912000513", canSignIn: true);
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(person.UserName);

        var verified = (await site.VerifyAsync(await site.ReceptionAsync(), person.Id, CounterKit.Document(person, "0912000514", ("takeOver", true)))).Expect(HttpStatusCode.OK);

        Assert.True(verified["takenOver"].GetBoolean());
        var account = await AccountAsync(person.Id);
        Assert.Equal(("+84912000514", "", 2), (account.Phone, account.PasswordHash, account.Level));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.Text("refresh_token"))));
        await site.Phones.NoticeAsync("+84912000514", "account-verified");
        // The old telephone hears that it is no longer the account's, whoever took it away, and nothing of the verification.
        await site.Phones.NoticeAsync("+84912000513", "phone-changed");
        Assert.DoesNotContain(site.Phones.NoticesOf("+84912000513"), n => n.Template == "account-verified");
    }

    [Fact]
    public async Task The_official_who_has_just_verified_stores_an_image_sealed_like_the_persons_own()
    {
        var person = await site.PersonAsync();
        await site.VerifiedAtCounterAsync(person);
        ByteArrayContent Image(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        Task<Calls.Answer> PutAsync(string token, byte[] bytes, string side = "front", Guid? id = null) =>
            Calls.CallAsync(site, token, HttpMethod.Put, $"{CounterKit.Path}/{id ?? person.Id}/identity-documents/{side}", Image(bytes));
        var reception = await site.ReceptionAsync();

        Assert.Equal(HttpStatusCode.Created, (await PutAsync(reception, Jpeg)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(reception, Jpeg)).Status);
        Assert.Equal(Jpeg, (await Calls.GetAsync(site, await site.StrongAsync(person), "/api/v1/me/identity-documents/front")).Bytes);
        Assert.Equal("IDN-0604", (await PutAsync(reception, [1, 2, 3])).Code);
        Assert.Equal("IDN-0602", (await PutAsync(reception, Jpeg, "left")).Code);
        Assert.Equal((HttpStatusCode.Conflict, "IDN-1181"), await PutAsync(await site.ChiefAsync(), Jpeg) is var other ? (other.Status, other.Code) : default);
        Assert.Equal("IDN-1181", (await PutAsync(reception, Jpeg, id: (await site.PersonAsync()).Id)).Code);
        Assert.Equal("IDN-0004", (await PutAsync(reception, Jpeg, id: Guid.CreateVersion7())).Code);
        Assert.Equal("CMN-0470", (await PutAsync(await site.TokenAsync("reception"), Jpeg)).Code);
        Assert.Equal(2, (await site.AuditOfAsync(person.Id.ToString())).Count(e => e.Text("action") == "account.document_stored"));
        await site.DatabaseAsync(db => db.AccountVerifications.Where(v => v.AccountId == person.Id).ExecuteUpdateAsync(v => v.SetProperty(x => x.VerifiedAt, site.Clock.GetUtcNow().AddDays(-2))));
        Assert.Equal("IDN-1181", (await PutAsync(reception, Jpeg)).Code);
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("helper")]
    [InlineData("officer")]
    [InlineData("cashier")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    public async Task Other_roles_verify_nobody(string role)
    {
        var person = await site.PersonAsync();
        var token = await site.TokenAsync(role, strong: true);
        (await site.VerifyAsync(token, person.Id, CounterKit.Document(person))).Expect(HttpStatusCode.Forbidden);
        (await site.UndoAsync(token, person.Id)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_second_official_undoes_it_and_everything_is_as_before()
    {
        await using var heard = await Ear.OnAsync<AccountVerificationUndone>(site);
        var person = await site.PersonAsync(name: "le van huy", phone: "+84912000515");
        (await site.VerifyAsync(await site.ReceptionAsync(), person.Id, CounterKit.Document(person, "0912000515", ("fullName", "Lê Văn Hủy")))).Expect(HttpStatusCode.OK);

        (await site.UndoAsync(await site.ReceptionAsync(), person.Id)).Refused(HttpStatusCode.Forbidden, "IDN-1178");
        var chief = await site.ChiefAsync();
        foreach (var reason in new[] { null, "ngắn", new string('x', 501) })
            Assert.Equal(["reason"], (await site.UndoAsync(chief, person.Id, reason)).Refused(HttpStatusCode.BadRequest, "IDN-1179").Fields);
        (await site.UndoAsync(chief, person.Id, ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        (await site.UndoAsync(await site.TokenAsync("chief"), person.Id)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        var epoch = (await AccountAsync(person.Id)).Epoch;
        (await site.UndoAsync(chief, person.Id)).Expect(HttpStatusCode.NoContent);

        var account = await AccountAsync(person.Id);
        Assert.Equal((1, "le van huy", (DateOnly?)null, epoch + 1), (account.Level, account.DisplayName, account.BirthDate, account.Epoch));
        Assert.Equal((1, "06688"), await heard.HearAsync(e => e.AccountId == person.Id) is var e ? (e.Level, e.UnitCode) : default);
        await site.Phones.NoticeAsync("+84912000515", "verification-undone");
        Assert.Equal(["account.verified", "account.verification_undone"], (await site.AuditOfAsync(person.Id.ToString())).Select(a => a.Text("action")));
        (await site.UndoAsync(chief, person.Id)).Refused(HttpStatusCode.Conflict, "IDN-1177");
        (await site.VerifyAsync(chief, person.Id, CounterKit.Document(person, "0912000515"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_is_known_by_a_provider_as_well_keeps_his_level()
    {
        var person = await site.PersonAsync();
        await site.VerifiedAtCounterAsync(person);
        await site.DatabaseAsync(db =>
        {
            db.ExternalLogins.Add(new()
            {
                Id = Guid.CreateVersion7(),
                AccountId = person.Id,
                Issuer = "https://sso.example",
                Subject = person.Number,
                Provider = "vneid",
                LinkedAt = site.Clock.GetUtcNow(),
                Assurance = 2,
            });
            return db.SaveChangesAsync();
        });

        (await site.UndoAsync(await site.ChiefAsync(), person.Id)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(2, (await AccountAsync(person.Id)).Level);
    }

    [Fact]
    public async Task What_has_changed_since_stays_and_relatives_and_oneself_undo_nothing()
    {
        var person = await site.PersonAsync(name: "le van doi", phone: "+84901000011");
        (await site.VerifyAsync(await site.ReceptionAsync(), person.Id, CounterKit.Document(person, "0901000011", ("fullName", "Lê Văn Đợi")))).Expect(HttpStatusCode.OK);
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == person.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.DisplayName, "Lê Văn Đội")));
        // The chief's own telephone.
        (await site.UndoAsync(await site.ChiefAsync(), person.Id)).Refused(HttpStatusCode.Forbidden, "IDN-1175");
        (await site.UndoAsync(await site.ReceptionAsync(), await site.IdOfAsync("reception"))).Refused(HttpStatusCode.Forbidden, "IDN-1174");

        (await site.UndoAsync(await site.ElsewhereAsync(), person.Id)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("Lê Văn Đội", (await AccountAsync(person.Id)).DisplayName);
    }

    [Fact]
    public async Task The_copy_of_ones_data_tells_of_it_and_with_the_account_the_representation_ends()
    {
        var person = await site.PersonAsync();
        await site.VerifiedAtCounterAsync(person);
        var firm = await site.OrganisationAsync(person);
        await site.ClaimAsync(person);

        await using var scope = site.Service.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var copy = new List<string>();
        foreach (var section in services.GetServices<ExportSection>().Where(s => s.Name is "verifications" or "organisations"))
            copy.Add(System.Text.Json.JsonSerializer.Serialize(await section.ReadAsync(services, person.Id, default)));
        Assert.Equal(2, copy.Count);
        Assert.Contains(copy, c => c.Contains("identityCard", StringComparison.Ordinal));
        Assert.Contains(copy, c => c.Contains(firm.ToString(), StringComparison.Ordinal) && c.Contains("claimed", StringComparison.Ordinal));

        var db = services.GetRequiredService<IdentityDbContext>();
        var account = await db.Accounts.SingleAsync(a => a.Id == person.Id);
        Assert.Equal(2, await services.GetServices<ErasureStep>().Single(s => s.What == "organisations").RunAsync(services, account, default));
        await db.SaveChangesAsync();
        Assert.Equal((0, 0), (await db.Representatives.CountAsync(r => r.AccountId == person.Id && r.State == "active"),
            await db.OrganisationClaims.CountAsync(c => c.ClaimantId == person.Id && c.State == "claimed")));
    }
}
