using System.Net;
using System.Text.Json.Nodes;

namespace HaLong.Portal.Tests;

/// <summary>Rating a dossier, complaints and proposals.</summary>
public sealed class RatingTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly string Page = $"/dossiers/{DossierSamples.Id}/rating", Api = $"dossiers/{DossierSamples.Id}/rating";
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-0000000000b3");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says($"dossiers/{DossierSamples.Id}", DossierSamples.Of("RETURNED"));
        city.Says(Api, new { stars = (int?)null });
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Five_choices_are_offered_in_words(string language)
    {
        var html = await _browser.GetStringAsync($"{Page}?culture={language}", City.Ct);
        Html.IsWellMade(html, language);
        Assert.Equal(5, html.Split("name=\"stars\"").Length - 1);
    }

    [Fact]
    public async Task It_is_given_once_however_often_the_button_is_pressed()
    {
        city.Says("POST " + Api, new { stars = 4, comment = "Nhanh", ratedAt = "2026-12-01T01:00:00Z" });
        var page = await _browser.GetStringAsync(Page, City.Ct);
        for (var click = 0; click < 2; click++)
            (await _browser.SendFormAsync(page, Page, ("stars", "4"), ("comment", "Nhanh"))).LeadsTo(Page);
        var sent = city.Requests.Where(r => r is { Method: "POST" } && r.Path == Api).TakeLast(2).ToList();
        Assert.Equal(sent[0].Once, sent[1].Once);
        Assert.Equal(4, JsonNode.Parse(sent[0].Body)!["stars"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_was_given_is_shown_and_can_be_changed_only_as_long_as_the_api_says()
    {
        city.Says(Api, new { stars = 2, comment = "Chậm", ratedAt = "2026-12-01T01:00:00Z", changeableUntil = "2026-12-31T01:00:00Z" });
        Assert.Contains("Sửa đánh giá", await _browser.GetStringAsync(Page, City.Ct), StringComparison.Ordinal);
        city.Says(Api, new { stars = 2, comment = "Chậm", ratedAt = "2026-10-01T01:00:00Z", changeableUntil = (string?)null });
        var html = await _browser.GetStringAsync(Page, City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.DoesNotContain("name=\"stars\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_keeps_the_words_and_what_is_not_over_is_not_rated()
    {
        city.Refuses("POST " + Api, 400, "DOS-0845", "Chưa đúng", new { stars = new[] { "Từ 1 đến 5." } });
        var (answer, html) = await _browser.SendFromAsync(Page, Page, ("stars", "9"), ("comment", "Lời <i>"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Lời &lt;i&gt;</textarea>", html, StringComparison.Ordinal);
        city.Says($"dossiers/{DossierSamples.Id}", DossierSamples.Of("PROCESSING"));
        var open = await _browser.GetStringAsync(Page, City.Ct);
        Assert.DoesNotContain("name=\"stars\"", open, StringComparison.Ordinal);
        city.Refuses(Api, 403, "DOS-0847", "Người hỗ trợ không đánh giá");
        using var helper = await _browser.GetAsync(Page, City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, helper.StatusCode);
    }

    [Fact]
    public async Task A_complaint_about_a_dossier_is_sent_once_and_leads_to_its_page()
    {
        city.Says("POST feedback", Feedback("received"), 201);
        var page = await _browser.GetStringAsync($"/feedback/new?dossier={DossierSamples.Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        for (var click = 0; click < 2; click++)
            (await _browser.SendFormAsync(page, "/feedback/new", ("kind", "complaint"), ("text", "Sai tên"))).LeadsTo($"/feedback/{Id}");
        var sent = city.Requests.Where(r => r.Path == "feedback").TakeLast(2).ToList();
        Assert.Equal(sent[0].Once, sent[1].Once);
        Assert.Equal(DossierSamples.Id, JsonNode.Parse(sent[0].Body)!["dossierId"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task A_proposal_to_an_agency_that_is_refused_keeps_what_was_typed()
    {
        city.Says("units", DossierSamples.List(new { code = "06688", nameVi = "Phường Hạ Long", nameEn = "Ha Long Ward" }));
        city.Refuses("POST feedback", 400, "DOS-0850", "Chưa đúng", new { text = new[] { "Có từ 1 đến 4000 ký tự." } });
        var (answer, html) = await _browser.SendFromAsync("/feedback/new", "/feedback/new", ("kind", "proposal"), ("text", " "), ("unit", "06688"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("<option value=\"06688\" selected", html, StringComparison.Ordinal);
        Assert.Contains("value=\"proposal\" required checked", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Own_ones_and_published_answers_are_listed(string language)
    {
        city.Says("me/feedback", new { items = new[] { Feedback("received"), Feedback("answered") }, after = "q" });
        var mine = await _browser.GetStringAsync("/feedback?culture=" + language, City.Ct);
        Html.IsWellMade(mine, language);
        Assert.Contains("/feedback?after=q", mine, StringComparison.Ordinal);
        city.Says("feedback/published", DossierSamples.List(new { id = Id, kind = "proposal", text = "Mở thêm quầy", answer = "Đã mở", answeredOn = "2026-11-30" }));
        using var anybody = city.Browser();
        var published = await anybody.GetStringAsync("/feedback/published?culture=" + language, City.Ct);
        Html.IsWellMade(published, language);
        Assert.Contains("Đã mở", published, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_agency_asks_is_answered_and_its_answer_is_judged()
    {
        city.Says($"feedback/{Id}", Feedback("awaitingSupplement"));
        var page = await _browser.GetStringAsync($"/feedback/{Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Refuses($"POST feedback/{Id}/supplement", 412, "CMN-0412", "Đã có người thay đổi");
        var (stale, html) = await _browser.SendFormAsync(page, $"/feedback/{Id}/supplement", ("text", "Vào ngày 12"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Vào ngày 12</textarea>", html, StringComparison.Ordinal);
        city.Says($"POST feedback/{Id}/supplement", Feedback("received"));
        (await _browser.SendFormAsync(html, $"/feedback/{Id}/supplement", ("text", "Vào ngày 12"))).LeadsTo($"/feedback/{Id}");
        city.Says($"feedback/{Id}", Feedback("answered"));
        city.Says($"POST feedback/{Id}/opinion", Feedback("answered"));
        (await _browser.SendFromAsync($"/feedback/{Id}", $"/feedback/{Id}/opinion", ("satisfied", "false"))).LeadsTo($"/feedback/{Id}");
        var judged = city.Requests.Last(r => r.Path == $"feedback/{Id}/opinion");
        Assert.Equal(("{\"satisfied\":false}", "\"7\""), (judged.Body, judged.Version));
    }

    private static object Feedback(string state) => new
    {
        id = Id,
        dossierId = DossierSamples.Id,
        kind = "complaint",
        text = "Sai tên",
        receivedAt = "2026-12-01T01:00:00Z",
        state,
        stateName = state,
        dueAt = "2026-12-20T01:00:00Z",
        late = false,
        supplementQuestion = "Ngày nào?",
        supplementUntil = "2026-12-10T01:00:00Z",
        answer = state == "answered" ? "Đã sửa" : null,
        answeredAt = state == "answered" ? "2026-12-05T01:00:00Z" : null,
        upheld = state == "answered",
        legalBasis = "QĐ 766",
    };
}
