using System.Net;
using System.Net.Http.Json;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class AccessTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly string[] AllRoles = [Roles.Citizen, Roles.Organisation, Roles.Helper, .. Roles.OfOfficials];
    private static readonly string[] Applicants = [Roles.Citizen, Roles.Organisation];
    private static readonly string[] Filers = [Roles.Citizen, Roles.Organisation, Roles.Reception];

    public static TheoryData<string, string, string[]> Operations() => new()
    {
        { "POST", "", Applicants }, { "GET", "", Applicants }, { "PATCH", "/{id}", Filers }, { "DELETE", "/{id}", Filers },
        { "POST", "/{id}/documents", Filers }, { "DELETE", "/{id}/documents/{id}", Filers }, { "POST", "/{id}/submission", Filers },
        { "PUT", "/{id}/placement", Filers }, { "POST", "/counter", [Roles.Reception] }, { "POST", "/{id}/competent-unit", [Roles.Chief] },
        { "POST", "/{id}/acceptance", [Roles.Reception] }, { "POST", "/{id}/assignment", [Roles.Officer, Roles.Approver, Roles.Chief] }, { "POST", "/{id}/approval", [Roles.Approver] },
        { "POST", "/{id}/return", [Roles.Reception, Roles.Officer] },
        { "POST", "/{id}/forwarding", [Roles.Reception, Roles.Chief] }, { "POST", "/{id}/release", [Roles.Officer, Roles.Approver, Roles.Chief] },
        { "POST", "/{id}/supplement-requests", [Roles.Reception, Roles.Officer] }, { "POST", "/{id}/supplement-permission", [Roles.Approver, Roles.Chief] },
        { "POST", "/{id}/supplement", Applicants }, { "POST", "/{id}/withdrawal", Applicants }, { "POST", "/{id}/opinions", [Roles.Officer] },
        { "POST", "/{id}/opinions/{id}/answer", [Roles.Officer, Roles.Approver] }, { "POST", "/{id}/opinions/{id}/closure", [Roles.Officer, Roles.Approver] },
        { "POST", "/{id}/fee-request", [Roles.Officer] }, { "POST", "/{id}/extension", [Roles.Approver, Roles.Leader] },
        { "POST", "/{id}/refusal", [Roles.Reception, Roles.Approver] }, { "POST", "/{id}/stop", [Roles.Approver] }, { "POST", "/{id}/result", [Roles.Approver] },
        { "POST", "/{id}/originals-return", [Roles.Reception, Roles.Officer] },
        { "POST", "/{id}/notes", [Roles.Reception, Roles.Officer, Roles.Approver, Roles.Chief, Roles.Leader] },
        { "GET", "/{id}/opinions", [.. Roles.OfOfficials] },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Every_other_role_is_refused_with_403(string method, string path, string[] allowed)
    {
        var uri = "/api/v1/dossiers" + path.Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
        foreach (var role in AllRoles)
        {
            using var answer = await SendAsync(dossiers.Official(role), method, uri);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden != allowed.Contains(role), $"{role} {method} {path}: {answer.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Without_a_token_or_with_the_token_of_a_service_or_partner_nothing_works(string method, string path, string[] allowed)
    {
        Assert.NotEmpty(allowed);
        var uri = "/api/v1/dossiers" + path.Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
        using var anonymous = await SendAsync(dossiers.Factory.Client(), method, uri);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        foreach (var token in new[] { dossiers.Identity.ServiceToken("payment"), dossiers.Identity.PartnerToken() })
        {
            using var answer = await SendAsync(dossiers.Factory.Client(token), method, uri);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Somebody_elses_dossier_does_not_exist()
    {
        var owner = dossiers.Citizen();
        var id = await DraftAsync(owner);
        var document = (await ViewAsync(owner, id)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        var other = dossiers.Citizen();
        foreach (var (method, path) in new[]
        {
            ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/documents"), ("GET", $"/documents/{document}"), ("DELETE", $"/documents/{document}"),
            ("POST", "/submission"), ("GET", "/timeline"), ("GET", "/receipt"), ("PUT", "/placement"), ("GET", "/duplicates"), ("GET", "/submission-receipt"),
            ("GET", "/submission-receipt/qr.png"),
        })
            await RefusedAsync(await SendAsync(other, method, $"/api/v1/dossiers/{id}{path}"), 404, "DOS-0001");
        Assert.Empty((await GetAsync(other, "/api/v1/dossiers")).GetProperty("items").EnumerateArray());
        Assert.Equal("DRAFT", (await ViewAsync(owner, id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_dossier_of_another_unit_does_not_exist_for_officials()
    {
        var id = await SubmittedAsync(dossiers.Citizen());
        foreach (var (role, action) in new[] { (Roles.Reception, "acceptance"), (Roles.Officer, "assignment"), (Roles.Approver, "approval"), (Roles.Officer, "return") })
        {
            await RefusedAsync(await SendAsync(dossiers.Official(role, OtherUnit), "POST", $"/api/v1/dossiers/{id}/{action}"), 404, "DOS-0001");
            await RefusedAsync(await SendAsync(dossiers.Factory.Client(dossiers.Identity.Token(roles: [role])), "POST", $"/api/v1/dossiers/{id}/{action}"), 404, "DOS-0001");
        }
        await RefusedAsync(await dossiers.Official(Roles.Officer, OtherUnit).GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
        await BodyAsync(await dossiers.Official(Roles.Leader).GetAsync($"/api/v1/dossiers/{id}", Ct));
    }

    [Fact]
    public async Task A_draft_is_its_owners_alone()
    {
        var id = await DraftAsync(dossiers.Citizen());
        foreach (var role in Roles.OfOfficials)
            await RefusedAsync(await dossiers.Official(role).GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task A_unit_in_a_citizens_token_opens_nothing()
    {
        var id = await SubmittedAsync(dossiers.Citizen());
        var citizen = dossiers.Factory.Client(dossiers.Identity.Token(roles: [Roles.Citizen], unit: Unit));
        await RefusedAsync(await citizen.GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
    }

    [Theory]
    [InlineData("/api/v1/inbox", Roles.Citizen)]
    [InlineData("/api/v1/inbox/receiving", Roles.Citizen)]
    [InlineData("/api/v1/inbox/receiving", Roles.Chief)]
    [InlineData("/api/v1/inbox/unit-choices", Roles.Reception)]
    [InlineData("/api/v1/inbox/unit-choices", Roles.Leader)]
    [InlineData("/api/v1/me/documents", Roles.Officer)]
    public async Task Lists_are_for_whom_they_are_made(string path, string role)
    {
        using var answer = await dossiers.Official(role).GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/dossiers/00000000-0000-0000-0000-000000000000")]
    public async Task Ids_that_are_none_are_not_found(string path)
    {
        using var answer = await dossiers.Citizen().GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_openapi_document_describes_every_operation()
    {
        var document = await GetAsync(dossiers.Factory.Client(), "/openapi/v1.json");
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (p.Name, o.Name, o.Value))).ToList();
        Assert.InRange(operations.Count, 75, 200);
        Assert.All(operations, o => Assert.False(string.IsNullOrWhiteSpace(o.Value.GetProperty("summary").GetString()), o.Item1));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string uri) => client.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), uri) { Content = method is "GET" or "DELETE" ? null : JsonContent.Create(new { decision = "x" }) }, Ct);
}
