using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Every other step of the administrators' pages: which operation it asks for, with what, and where it leads.</summary>
public sealed class AdminOperationTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private const string Drafts = "/admin/procedures/drafts/", Unit = "/admin/units/06658@2025-07-01";
    private static readonly Guid Id = AdminSamples.Id, Other = AdminSamples.Other;

    private HttpClient _browser = null!;
    private Office _office = null!;

    public async ValueTask InitializeAsync()
    {
        _browser = await city.SignedInAsync("administrator");
        _office = new Office(_browser);
        AdminSamples.Everything(city);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Page, form, what is typed, the operation, what it is sent, where it leads.</summary>
    public static TheoryData<string, string, string, string, string, string> OfProcedures => new()
    {
        { "/admin/procedures", "/admin/procedures/open", "code=1.000001&note=Mới", "POST admin/procedures/drafts", "\"code\":\"1.000001\"", Drafts + Id },
        { "/admin/procedures/1.013831", "/admin/procedures/1.013831/open", "note=Sửa", "POST admin/procedures/drafts", "\"code\":\"1.013831\"", Drafts + Id },
        { "/admin/procedures/1.013831", "/admin/procedures/1.013831/repeal", "note=Bỏ", "POST admin/procedures/drafts", "\"repeal\":true", Drafts + Id },
        { Drafts + Id, $"{Drafts}{Id}/withdrawal", "reason=Thôi", $"POST admin/procedures/drafts/{Id}/withdrawal", "\"reason\":\"Thôi\"", Drafts + Id },
        { $"{Drafts}{Id}/json", $"{Drafts}{Id}/json", "content={\"a\":1}", $"PUT admin/procedures/drafts/{Id}", "\"content\":{\"a\":1}", Drafts + Id },
    };

    /// <inheritdoc cref="OfProcedures"/>
    public static TheoryData<string, string, string, string, string, string> OfTextsAndDays => new()
    {
        {
            "/admin/templates/dossier-accepted/versions/3", "/admin/templates/dossier-accepted/versions/3/withdraw", "reason=Sai",
            "POST admin/notice-templates/dossier-accepted/versions/3/withdraw", "\"reason\":\"Sai\"", "/admin/templates/dossier-accepted"
        },
        { $"/admin/templates/drafts/{Id}", $"/admin/templates/drafts/{Id}/submit", "", $"POST admin/notice-templates/drafts/{Id}/submit", "", $"/admin/templates/drafts/{Id}" },
        {
            "/admin/calendar?year=2026", "/admin/calendar/2026/remove", "remove=2026-09-02&reason=TB", "PATCH admin/calendar/2026",
            "\"remove\":[\"2026-09-02\"]", "/admin/calendar?year=2026"
        },
        {
            "/admin/calendar?year=2026", "/admin/calendar/2026/confirmation", "reason=TB 5", "POST admin/calendar/2026/confirmation",
            "\"reason\":\"TB 5\"", "/admin/calendar?year=2026"
        },
    };

    /// <inheritdoc cref="OfProcedures"/>
    public static TheoryData<string, string, string, string, string, string> OfUnitsAndPeople => new()
    {
        { Unit, Unit + "/correction", "seatVi=Số 1", "PATCH admin/units/06658%402025-07-01", "\"seatVi\":\"Số 1\"", Unit },
        { Unit, Unit + "/place", "nameVi=Bưu cục&kind=postOffice", "POST admin/receiving-places", "\"unit\":\"06658\"", Unit },
        { Unit + "/places/p1", Unit + "/places/p1/change", "seatVi=Số 2", "PATCH admin/receiving-places/p1", "\"receives\":[\"direct\"]", Unit },
        { $"/admin/reorganisations/{Id}", $"/admin/reorganisations/{Id}/discard", "", $"DELETE admin/reorganisations/{Id}", "", $"/admin/reorganisations/{Id}" },
        { $"/admin/staff/{Other}", $"/admin/staff/{Other}/appoint", "unit=06658&roles=approver", $"POST admin/staff/{Other}/assignments", "\"roles\":[\"approver\"]", $"/admin/staff/{Other}" },
        { $"/admin/staff/{Other}", $"/admin/staff/{Other}/lock", "", $"DELETE admin/staff/{Other}/lock", "", $"/admin/staff/{Other}" },
        { $"/admin/staff/{Other}", $"/admin/staff/{Other}/sessions", "", $"DELETE admin/staff/{Other}/sessions", "", $"/admin/staff/{Other}" },
        { $"/admin/staff/{Other}", $"/admin/staff/{Other}/closing", "", $"POST admin/staff/{Other}/closing", "", $"/admin/staff/{Other}" },
        {
            $"/admin/staff/{Other}/assignments/{Id}", $"/admin/staff/{Other}/assignments/{Id}/change", "validTo=2027-01-31",
            $"PATCH admin/staff/{Other}/assignments/{Id}", "\"validTo\":\"2027-01-31\"", $"/admin/staff/{Other}/assignments/{Id}"
        },
        { $"/admin/data-requests/{Id}", $"/admin/data-requests/{Id}/start", "", $"POST data-requests/{Id}/start", "", $"/admin/data-requests/{Id}" },
        {
            $"/admin/data-requests/{Id}", $"/admin/data-requests/{Id}/completion", "evidence=CCCD", $"POST data-requests/{Id}/completion",
            "\"evidence\":\"CCCD\"", $"/admin/data-requests/{Id}"
        },
        {
            $"/admin/data-requests/{Id}", $"/admin/data-requests/{Id}/refusal", "reason=Không đủ&legalBasis=Điều 9", $"POST data-requests/{Id}/refusal",
            "\"legalBasis\":\"Điều 9\"", $"/admin/data-requests/{Id}"
        },
    };

    /// <inheritdoc cref="OfProcedures"/>
    public static TheoryData<string, string, string, string, string, string> OfSystems => new()
    {
        { "/admin/clients/acme", "/admin/clients/acme/edit", "name=Bưu điện", "PUT admin/clients/acme", "\"scopes\":[\"halong.events\"]", "/admin/clients/acme" },
        { "/admin/clients/acme", "/admin/clients/acme/deactivation", "", "POST admin/clients/acme/deactivation", "", "/admin/clients/acme" },
        { "/admin/clients/acme", "/admin/clients/acme/deletion", "", "DELETE admin/clients/acme", "", "/admin/clients" },
        {
            "/admin/clients", "/admin/clients/front-end", "clientId=app&name=App&redirectUris=https://a.example/cb", "POST admin/clients",
            "\"redirectUris\":[\"https://a.example/cb\"]", "/admin/clients/acme"
        },
        { "/admin/archive", "/admin/archive/export", "unit=06658&closedFrom=2026-01-01&closedTo=2026-06-30", "POST admin/archive-exports", "\"closedTo\":\"2026-06-30\"", $"/admin/archive/exports/{Id}" },
        { "/admin/archive", "/admin/archive/destruction", "unit=06658&legalBasis=Điều 1", "POST admin/destruction-lists", "\"unit\":\"06658\"", $"/admin/archive/destruction/{Id}" },
        {
            $"/admin/archive/destruction/{Id}", $"/admin/archive/destruction/{Id}/rejection", "reason=Còn giá trị",
            $"POST admin/destruction-lists/{Id}/rejection", "\"reason\":\"Còn giá trị\"", $"/admin/archive/destruction/{Id}"
        },
        { $"/admin/operations/messages/{Id}", $"/admin/operations/messages/{Id}/redrive", "", $"POST admin/messages/{Id}/redrive", "", "/admin/operations/messages" },
        { "/admin/operations/national", "/admin/operations/national/catalogue-sync", "", "POST admin/portal/catalogue-sync", "", "/admin/operations/national" },
        { "/admin/operations/national", "/admin/operations/national/compare", "", "POST admin/portal/compare", "", "/admin/operations/national" },
        { "/admin/operations/national", "/admin/operations/national/statistics", "", "POST admin/statistics/rebuild", "", "/admin/operations/national" },
    };

    [Theory]
    [MemberData(nameof(OfProcedures))]
    [MemberData(nameof(OfTextsAndDays))]
    [MemberData(nameof(OfUnitsAndPeople))]
    [MemberData(nameof(OfSystems))]
    public async Task A_step_asks_for_its_operation_and_leads_on(string page, string form, string typed, string operation, string sent, string to)
    {
        city.Answers(Uri.UnescapeDataString(operation), asked => asked.Method == "DELETE" ? Results.NoContent() : Results.Json(new { id = Id, client = new { clientId = "acme" } }));
        using var done = await SendAsync(page, form, typed);
        Assert.Equal((HttpStatusCode.SeeOther, to), (done.StatusCode, done.Headers.Location!.ToString()));
        var asked = city.Requests.Last(r => $"{r.Method} {Uri.UnescapeDataString(r.Path)}" == Uri.UnescapeDataString(operation));
        Assert.True(Guid.TryParse(asked.Once, out _));
        if (sent.Length == 0)
            Assert.Equal("", asked.Body);
        else
            Assert.Contains(JsonNode.Parse($"{{{sent}}}")!.ToJsonString()[1..^1], JsonNode.Parse(asked.Body)!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("review", "return", "reason=Thiếu căn cứ")]
    [InlineData("approved", "return", "reason=Thiếu căn cứ")]
    [InlineData("approved", "publication", "validFrom=2027-02-01")]
    public async Task A_draft_offers_only_what_its_state_allows(string state, string step, string typed)
    {
        city.Says($"admin/procedures/drafts/{Id}", AdminSamples.Draft(state));
        city.Says($"POST admin/procedures/drafts/{Id}/{step}", new { id = Id });
        using var done = await SendAsync(Drafts + Id, $"{Drafts}{Id}/{step}", typed);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var page = await _office.ReadAsync(Drafts + Id);
        Assert.DoesNotContain($"action=\"{Drafts}{Id}/edit\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"{Drafts}{Id}/{(state == "review" ? "publication" : "approval")}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_a_template_is_begun_where_none_is_open()
    {
        city.Says("admin/notice-templates", new[] { new { kind = "dossier-accepted", @class = "status", variables = new[] { "code" }, byTelephone = true, inForce = 3 } });
        city.Says("POST admin/notice-templates/dossier-accepted/drafts", new { id = Id }, 201);
        using var done = await SendAsync("/admin/templates/dossier-accepted", "/admin/templates/dossier-accepted/open", "note=Rõ hơn");
        Assert.Equal($"/admin/templates/drafts/{Id}", done.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_year_that_is_not_there_is_drafted_first()
    {
        city.Says("calendar", new { year = 2028, state = "missing", days = Array.Empty<object>() });
        city.Says("POST admin/calendar/drafts", new { year = 2028 }, 201);
        using var done = await SendAsync("/admin/calendar?year=2028", "/admin/calendar/2028/draft", "nationalDayNeighbour=before&reason=Dự thảo");
        Assert.Equal("/admin/calendar?year=2028", done.Headers.Location!.ToString());
        var body = JsonNode.Parse(city.Requests.Last(r => r.Path == "admin/calendar/drafts").Body)!;
        Assert.Equal((2028, 2, "before"), (body["year"]!.GetValue<int>(), body["tetDaysBefore"]!.GetValue<int>(), body["nationalDayNeighbour"]!.ToString()));
    }

    [Fact]
    public async Task A_client_that_is_disabled_can_be_enabled_and_nothing_else_is_changed()
    {
        city.Says("admin/clients/acme", AdminSamples.Client(disabled: true));
        city.Says("POST admin/clients/acme/activation", new { clientId = "acme" });
        Assert.DoesNotContain("action=\"/admin/clients/acme/edit\"", await _office.ReadAsync("/admin/clients/acme"), StringComparison.Ordinal);
        using var done = await SendAsync("/admin/clients/acme", "/admin/clients/acme/activation", "");
        Assert.Equal("/admin/clients/acme", done.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_new_secret_is_shown_and_the_old_one_is_said_to_end()
    {
        city.Says("POST admin/clients/acme/secret", new { client = new { clientId = "acme" }, clientSecret = "n3w" });
        using var done = await SendAsync("/admin/clients/acme", "/admin/clients/acme/secret", "");
        Assert.Contains("n3w", await done.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        Assert.Equal("\"7\"", city.Requests.Last(r => r.Path == "admin/clients/acme/secret").Version);
    }

    [Fact]
    public async Task An_import_is_tried_out_then_written_then_published_together()
    {
        city.Answers("POST admin/procedures/imports", asked => Results.Json(new
        {
            dryRun = asked.Path.EndsWith("true", StringComparison.Ordinal),
            importId = asked.Path.EndsWith("true", StringComparison.Ordinal) ? (Guid?)null : Id,
            total = 3,
            @new = 1,
            changed = 1,
            unchanged = 1,
            defects = new[] { new { path = "items[0].code", message = "trùng mã" } },
            items = Array.Empty<object>(),
        }));
        city.Says($"POST admin/procedures/imports/{Id}/publication", new { importId = Id, published = 2 });
        using var trial = await SendAsync("/admin/procedures", "/admin/procedures/import-trial", "items=[]");
        var tried = WebUtility.HtmlDecode(await trial.Content.ReadAsStringAsync(City.Ct));
        Assert.Contains("items[0].code: trùng mã", tried, StringComparison.Ordinal);
        Assert.DoesNotContain("publication", tried, StringComparison.Ordinal);
        using var written = await SendAsync("/admin/procedures", "/admin/procedures/import", "items=[]");
        var report = await written.Content.ReadAsStringAsync(City.Ct);
        Html.IsWellMade(report, "vi");
        using var published = await _office.SendAsync(report, $"/admin/procedures/imports/{Id}/publication", ("validFrom", "2027-01-01"));
        Assert.Equal("/admin/procedures", published.Headers.Location!.ToString());
    }

    [Fact]
    public async Task An_archive_page_is_opened_by_its_id()
    {
        using var list = await _browser.GetAsync($"/admin/archive?list={Id}", City.Ct);
        Assert.Equal($"/admin/archive/destruction/{Id}", list.Headers.Location!.ToString());
        using var export = await _browser.GetAsync($"/admin/archive?export={Id}", City.Ct);
        Assert.Equal($"/admin/archive/exports/{Id}", export.Headers.Location!.ToString());
        await _office.ReadAsync("/admin/archive?list=nothing");
    }

    [Fact]
    public async Task The_catalogue_can_be_downloaded()
    {
        city.Says("admin/procedures/export", new { items = Array.Empty<object>() });
        Assert.Contains("\"items\"", await _browser.GetStringAsync("/admin/procedures/export.json", City.Ct), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string page, string form, string typed) => await _office.SendAsync(
        await _office.ReadAsync(page), form,
        [.. typed.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(t => (t[..t.IndexOf('=', StringComparison.Ordinal)], t[(t.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);
}
