using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>What was agreed to, who assisted, and drafts that are to go.</summary>
public sealed class ConsentTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-0000000000b4");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("consent-purposes", DossierSamples.List(new { purpose = "surveys", version = 2, text = "Chúng tôi hỏi ý kiến bạn.", source = "Luật 91/2025" }));
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("given", false, false, true)]
    [InlineData("none", false, true, false)]
    [InlineData("outdated", false, true, true)]
    [InlineData("given", true, false, false)]
    [InlineData("notNeeded", false, false, false)]
    public async Task A_consent_offers_what_its_state_allows(string state, bool mandatory, bool give, bool withdraw)
    {
        city.Says("me/consents", DossierSamples.List(Consent(state, mandatory)));
        foreach (var language in new[] { "vi", "en" })
        {
            var html = await _browser.GetStringAsync("/me/consents?culture=" + language, City.Ct);
            Html.IsWellMade(html, language);
            Assert.Contains("Chúng tôi hỏi ý kiến bạn.", html, StringComparison.Ordinal);
            Assert.Equal((give, withdraw), (html.Contains("action=\"/me/consents/surveys\"", StringComparison.Ordinal), html.Contains("/surveys/withdrawal", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task It_is_given_to_the_text_that_was_shown_and_withdrawn_without_a_reason()
    {
        city.Says("me/consents", DossierSamples.List(Consent("outdated", false)));
        city.Says("POST me/consents", Consent("given", false), 201);
        city.Answers("DELETE me/consents/surveys", _ => Results.NoContent());
        (await _browser.SendFromAsync("/me/consents", "/me/consents/surveys")).LeadsTo("/me/consents");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"purpose":"surveys","textVersion":2,"granted":true}"""), JsonNode.Parse(city.Requests.Last(r => r.Method == "POST").Body)));
        (await _browser.SendFromAsync("/me/consents", "/me/consents/surveys/withdrawal")).LeadsTo("/me/consents");
        city.Refuses("POST me/consents", 409, "IDN-0701", "Văn bản đã đổi");
        var (answer, html) = await _browser.SendFromAsync("/me/consents", "/me/consents/surveys");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        city.Answers("me/consents/surveys/proof.pdf", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf"));
        Assert.Equal("%PDF-", await _browser.GetStringAsync("/me/consents/surveys/proof.pdf", City.Ct));
    }

    [Theory]
    [InlineData("vi", "active", true)]
    [InlineData("en", "ended", false)]
    public async Task Who_assisted_with_what_is_listed_and_an_open_session_is_ended_at_once(string language, string state, bool canEnd)
    {
        city.Says("me/assisted-sessions", DossierSamples.List(new
        {
            id = Id,
            reference = "00B4",
            state,
            helperName = "Lê Thị Thanh",
            purpose = "Khai sinh",
            dossierId = DossierSamples.Id,
            deeds = new Dictionary<string, int> { ["dossier.fill"] = 3 },
            openedAt = "2026-12-01T01:00:00Z",
            expiresAt = "2026-12-01T02:00:00Z",
            version = 3,
        }));
        var html = await _browser.GetStringAsync("/me/help?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        Assert.Contains(language == "vi" ? "Điền tờ khai: 3" : "Fill in forms: 3", html, StringComparison.Ordinal);
        Assert.Equal(canEnd, html.Contains($"/me/help/{Id}/end", StringComparison.Ordinal));
        if (!canEnd)
            return;
        city.Answers($"DELETE assisted-sessions/{Id}", _ => Results.NoContent());
        (await _browser.SendFormAsync(html, $"/me/help/{Id}/end")).LeadsTo("/me/help");
        Assert.Equal("\"3\"", city.Requests.Last(r => r.Method == "DELETE").Version);
        city.Refuses($"DELETE assisted-sessions/{Id}", 409, "IDN-0401", "Đã kết thúc");
        var (answer, _) = await _browser.SendFormAsync(html, $"/me/help/{Id}/end");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task A_draft_is_deleted_after_a_question_and_what_was_filed_is_not()
    {
        var (api, page) = ($"dossiers/{DossierSamples.Id}", $"/dossiers/{DossierSamples.Id}/removal");
        city.Says(api, DossierSamples.Of("DRAFT", DossierSamples.Wait("applicant", "Hoàn thiện")));
        Assert.Contains($"href=\"{page}\"", await _browser.GetStringAsync($"/dossiers/{DossierSamples.Id}", City.Ct), StringComparison.Ordinal);
        city.Refuses($"DELETE {api}", 412, "CMN-0412", "Đã có người thay đổi");
        var (answer, html) = await _browser.SendFromAsync(page, page);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        city.Answers($"DELETE {api}", _ => Results.NoContent());
        (await _browser.SendFormAsync(html, page)).LeadsTo("/dossiers");
        city.Refuses($"DELETE {api}", 404, "DOS-0003", "Không có");
        (await _browser.SendFormAsync(html, page)).LeadsTo("/dossiers");
        city.Says(api, DossierSamples.Of("SUBMITTED"));
        using var filed = await _browser.GetAsync(page, City.Ct);
        Assert.Equal($"/dossiers/{DossierSamples.Id}", filed.Headers.Location?.ToString());
    }

    private static object Consent(string state, bool mandatory) => new { purpose = "surveys", name = "Khảo sát", state, currentVersion = 2, at = state == "none" ? null : "2026-12-01T01:00:00Z", mandatory };
}
