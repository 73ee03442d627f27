using System.Net;
using HaLong.Identity.Tests.Staff;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

/// <summary>A small reorganisation of today's units: Quảng Tân joins Quảng Hà.</summary>
public sealed class ReorganisationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task An_official_whose_unit_is_merged_in_mid_session_loses_the_token_and_a_refresh_gives_the_new_unit()
    {
        var id = await site.OfficialAsync("in.mid.session", ("06895", ["officer", "cashier"]));
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("in.mid.session");
        Assert.Equal("06895", Browser.Read(tokens).GetClaim("unit").Value);
        var draft = await site.SubmitAsync(Merger("06895", "06913", site.Today()));
        (await site.ApplyAsync(draft["id"].GetGuid())).Expect(HttpStatusCode.OK);

        var epoch = int.Parse(Browser.Read(tokens).GetClaim("epoch").Value, null);
        await Eventually.Async(
            () => site.DatabaseAsync(db => db.Revocations.AnyAsync(r => r.Subject == id.ToString() && r.Epoch > epoch)), "the token is void", TimeSpan.FromSeconds(5));
        var refreshed = Browser.Read(await Browser.OkAsync(await browser.RefreshAsync(tokens.Text("refresh_token"))));
        Assert.Equal("06913", refreshed.GetClaim("unit").Value);
        Assert.Equal(["cashier", "officer"], refreshed.Claims.Where(c => c.Type == "role").Select(c => c.Value).Order());
        Assert.True(int.Parse(refreshed.GetClaim("epoch").Value, null) > epoch);
    }

    [Fact]
    public async Task Decided_ahead_it_takes_effect_with_its_day()
    {
        var day = site.Today().AddDays(40);
        var id = await site.OfficialAsync("decided.ahead", ("06922", ["officer"]));
        var epoch = await EpochAsync(id);
        var draft = await site.SubmitAsync(Merger("06922", "06931", day));
        Assert.DoesNotContain("late", draft["report"].Codes("warnings"));
        (await site.ApplyAsync(draft["id"].GetGuid())).Expect(HttpStatusCode.OK);

        Assert.Equal(epoch, await EpochAsync(id));
        Assert.Contains((await site.GetAsync("/api/v1/units?level=commune&limit=100")).Items, u => u.Text("code") == "06922");
        Assert.DoesNotContain((await site.GetAsync($"/api/v1/units?level=commune&limit=100&at={day.Iso()}")).Items, u => u.Text("code") == "06922");
        Assert.Equal("06922", (await site.GetAsync("/api/v1/me", await site.TokenAsync("decided.ahead")))["unit"].Text("code"));
        var work = await site.DatabaseAsync(db => db.Assignments.Where(a => a.AccountId == id).OrderBy(a => a.ValidFrom).ToListAsync());
        Assert.Equal([(day.AddDays(-1), "06922"), (null, "06931")], work.Select(a => ((DateOnly?)a.ValidTo, a.UnitCode)));
        Assert.Equal("06931@2025-07-01", (await site.GetAsync($"/api/v1/units/06922@2025-07-01/mapping?to={day.Iso()}"))["unit"].Text("id"));
        Assert.Equal("06922@2025-07-01", (await site.GetAsync("/api/v1/units/06922@2025-07-01/mapping"))["unit"].Text("id"));
    }

    [Fact]
    public async Task Applied_by_several_at_once_it_happens_once()
    {
        var id = await site.OfficialAsync("applied.at.once", ("06946", ["officer"]));
        var draft = (await site.SubmitAsync(Merger("06946", "06967", site.Today())))["id"].GetGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.ApplyAsync(draft)));

        Assert.All(answers, a => a.Expect(HttpStatusCode.OK));
        Assert.Equal(2, await site.DatabaseAsync(db => db.Assignments.CountAsync(a => a.AccountId == id)));
        Assert.Equal(["reorganisation.submitted", "reorganisation.applied"], (await site.AuditOfAsync(draft.ToString())).Select(e => e.Text("action")));
    }

    [Fact]
    public async Task Of_two_drafts_about_one_unit_only_one_can_be_applied()
    {
        var first = (await site.SubmitAsync(Merger("06978", "06979", site.Today())))["id"].GetGuid();
        var second = (await site.SubmitAsync(Merger("06978", "06985", site.Today())))["id"].GetGuid();
        var answers = await Task.WhenAll(site.ApplyAsync(first), site.ApplyAsync(second));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "IDN-0743");
        Assert.Equal(1, await site.DatabaseAsync(db => db.UnitTransitions.CountAsync(t => t.FromId == "06978@2025-07-01")));
    }

    [Fact]
    public async Task Nobody_is_left_in_a_unit_that_is_closed_while_he_is_appointed()
    {
        var draft = (await site.SubmitAsync(Merger("07069", "07081", site.Today())))["id"].GetGuid();
        var token = await site.AdministratorAsync();
        var people = new List<Guid>();
        for (var n = 0; n < 5; n++)
            people.Add(await site.CreatedAsync("appointed-" + n, "07090", "reception"));
        var apply = site.ApplyAsync(draft);
        var answers = await Task.WhenAll(people.Select(p => site.GrantAsync(token, p, "07069@2025-07-01", "officer")));
        (await apply).Expect(HttpStatusCode.OK);

        var stranded = await site.DatabaseAsync(db => db.Assignments.CountAsync(a => a.UnitId == "07069@2025-07-01" && (a.ValidTo == null || a.ValidTo >= site.Today())));
        Assert.Equal(0, stranded);
        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.Created or HttpStatusCode.BadRequest, a.Text));
    }

    [Fact]
    public async Task Requests_for_roles_in_a_unit_that_ends_are_withdrawn()
    {
        var id = await site.CreatedAsync("asking.in.vain", "07093", "officer");
        var grant = (await site.GrantAsync(await site.AdministratorAsync(), id, "07093", "approver"))["id"].GetGuid();
        var draft = await site.SubmitAsync(Merger("07093", "07114", site.Today()));
        Assert.Equal(1, draft["report"].GetProperty("grantsWithdrawn").GetInt32());
        (await site.ApplyAsync(draft["id"].GetGuid())).Expect(HttpStatusCode.OK);

        Assert.Equal("withdrawn", (await site.ReadAsync($"grants/{grant}", await site.SecondAsync())).Json.Text("state"));
        (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync())).Refused(HttpStatusCode.Conflict, "IDN-0715");
    }

    [Fact]
    public async Task A_helper_goes_along_too()
    {
        var helper = await site.IdOfAsync("helper");
        await site.AssignAsync(helper, "07132", StaffKit.Terms(["helper"], primary: true));
        (await site.ApplyAsync((await site.SubmitAsync(Merger("07132", "07135", site.Today())))["id"].GetGuid())).Expect(HttpStatusCode.OK);

        Assert.Equal("07135", await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == helper).Select(a => a.UnitCode).SingleAsync()));
    }

    [Fact]
    public async Task A_draft_is_discarded_and_then_gone()
    {
        var draft = await site.SubmitAsync(Merger("07147", "07168", site.Today()));
        var path = $"/api/v1/admin/reorganisations/{draft["id"].GetGuid()}";
        (await site.CallAsync(HttpMethod.Delete, path, await site.AdministratorAsync(), ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        (await site.CallAsync(HttpMethod.Delete, path, await site.AdministratorAsync(), ifMatch: draft.Etag)).Expect(HttpStatusCode.NoContent);

        (await site.CallAsync(HttpMethod.Delete, path, await site.AdministratorAsync())).Refused(HttpStatusCode.Conflict, "IDN-0744");
        (await site.ApplyAsync(draft["id"].GetGuid())).Refused(HttpStatusCode.Conflict, "IDN-0744");
        Assert.Equal("discarded", (await site.GetAsync(path, await site.SecondAsync())).Json.Text("state"));
    }

    [Fact]
    public async Task Reorganisations_are_listed_latest_first()
    {
        var one = (await site.SubmitAsync(Merger("07183", "07192", site.Today())))["id"].GetGuid();
        var two = (await site.SubmitAsync(Merger("07183", "07192", site.Today())))["id"].GetGuid();
        var first = (await site.ReadAsync("reorganisations?limit=1", await site.AdministratorAsync())).Expect(HttpStatusCode.OK);
        var second = await site.ReadAsync("reorganisations?limit=1&after=" + first["after"].GetString(), await site.AdministratorAsync());

        Assert.Equal([two, one], new[] { first, second }.Select(p => Assert.Single(p.Items).GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task They_belong_to_the_province_and_putting_them_into_effect_to_strong_sign_ins()
    {
        var local = await site.LocalAsync("06688");
        var nobody = Guid.CreateVersion7();
        (await site.PostAsync("reorganisations", local, Merger("06685", "06688", site.Today()))).Refused(HttpStatusCode.Forbidden, "IDN-0701");
        (await site.ReadAsync("reorganisations", local)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
        (await site.ReadAsync($"reorganisations/{nobody}", local)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
        (await site.PostAsync($"reorganisations/{nobody}/application", local)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/reorganisations/{nobody}", local)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
        (await site.PostAsync($"reorganisations/{nobody}/application", await site.TokenAsync("administrator2"))).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await site.PostAsync($"reorganisations/{nobody}/application", await site.SecondAsync())).Refused(HttpStatusCode.NotFound, "IDN-0741");
        (await site.ReadAsync($"reorganisations/{nobody}", await site.SecondAsync())).Refused(HttpStatusCode.NotFound, "IDN-0741");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/reorganisations/{nobody}", await site.SecondAsync())).Refused(HttpStatusCode.NotFound, "IDN-0741");
    }

    [Theory]
    [InlineData("{}", "effective,legalBasis,units")]
    [InlineData("""{"effective":"2027-01-01","legalBasis":"x","ends":[null]}""", "ends[0]")]
    [InlineData("""{"effective":"2027-01-01","legalBasis":"x","units":[{"code":"ab","kind":"realm","level":"moon"}]}""", "units[0].code,units[0].kind,units[0].level,units[0].nameEn,units[0].nameVi,units[0].shortNameVi")]
    [InlineData("""{"effective":"2027-01-01","legalBasis":"x","transitions":[{"kind":"split"}]}""", "transitions[0].from,transitions[0].part")]
    [InlineData("""{"effective":"2027-01-01","legalBasis":"x","transitions":[{"from":"a","to":"b","kind":"fusion"}]}""", "transitions[0].kind")]
    [InlineData("""{"effective":"2027-01-01","legalBasis":"x","transitions":[{"from":"a","to":"b","kind":"split","part":true,"automatic":true}]}""", "transitions[0].automatic")]
    [InlineData("""{"effective":"2027-01-01","legalBasis":"x","ends":["a"],"splitChoices":[{}],"staffMoves":[{}],"groups":[{}],"receivingPlaces":[{}]}""",
        "groups[0].unitCodes,receivingPlaces[0].kind,receivingPlaces[0].nameEn,receivingPlaces[0].nameVi,receivingPlaces[0].receives,receivingPlaces[0].unit,splitChoices[0].from,staffMoves[0].to")]
    public async Task A_document_that_cannot_be_read_is_refused_with_everything_that_is_wrong(string body, string fields) => Assert.Equal(
        fields,
        string.Join(',', (await site.PostAsync("reorganisations", await site.AdministratorAsync(), body)).Refused(HttpStatusCode.BadRequest, "IDN-0745").Fields.Order(StringComparer.Ordinal)));

    private static Dictionary<string, object?> Merger(string from, string to, DateOnly effective) => new()
    {
        ["effective"] = effective.Iso(),
        ["legalBasis"] = "Nghị quyết thử nghiệm",
        ["transitions"] = new[] { new { from = from + "@2025-07-01", to, kind = "merge" } },
    };

    private Task<int> EpochAsync(Guid id) => site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.Epoch).SingleAsync());
}
