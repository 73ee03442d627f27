using System.Net;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>The applicant's list, and the store of documents.</summary>
public sealed class DossierListTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task What_waits_for_the_applicant_comes_first_also_when_it_is_not_on_the_first_page()
    {
        city.Answers("dossiers", asked => Results.Json(asked.Path switch
        {
            "dossiers?limit=100" => DossierSamples.List(
                DossierSamples.Line(1, "PROCESSING", "officer", "Hồ sơ mới"), DossierSamples.Line(2, "DRAFT", "applicant", "Bản nháp"),
                DossierSamples.Line(9, "SUPPLEMENT_RECEPTION", "applicant", "Hồ sơ cũ")),
            _ => DossierSamples.List(DossierSamples.Line(1, "PROCESSING", "officer", "Hồ sơ mới"), DossierSamples.Line(2, "DRAFT", "applicant", "Bản nháp")),
        }));
        using var browser = await city.SignedInAsync();
        var html = await browser.GetStringAsync("/dossiers", City.Ct);
        Html.IsWellMade(html, "vi");
        var (old, draft, fresh) = (At("Hồ sơ cũ"), At("Bản nháp"), At("Hồ sơ mới"));
        Assert.True(old < draft && draft < fresh);
        Assert.Contains("/dossiers/0198e000-0000-7000-8000-000000000109/supplement", html, StringComparison.Ordinal);
        Assert.Contains("/filing/0198e000-0000-7000-8000-000000000102/form", html, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(html, "<strong>Bản nháp</strong>"));

        int At(string name) => html.IndexOf($"<strong>{name}</strong>", StringComparison.Ordinal) is >= 0 and var at ? at : throw new InvalidOperationException(name);
    }

    [Fact]
    public async Task A_state_is_asked_of_the_api_and_kept_on_the_next_page()
    {
        city.Answers("dossiers", _ => Results.Json(new { items = new[] { DossierSamples.Line(1, "RETURNED") }, after = "abc=" }));
        using var browser = await city.SignedInAsync();
        var html = await browser.GetStringAsync("/dossiers?status=RETURNED", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Equal("dossiers?limit=20&status=RETURNED", city.Requests.Last().Path);
        Assert.Contains("href=\"/dossiers?status=RETURNED&amp;after=abc%3D\"", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"RETURNED\" selected", html, StringComparison.Ordinal);
        // What is no state is not passed on.
        await browser.GetStringAsync("/dossiers?status=%27x", City.Ct);
        Assert.DoesNotContain(city.Requests, r => r.Path.Contains("27x", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SUPPLEMENT_PROCESSING")]
    [InlineData("WITHDRAWN")]
    public async Task A_state_that_the_api_does_not_find_is_looked_for_here(string state)
    {
        city.Answers("dossiers", asked => asked.Path.Contains("status=", StringComparison.Ordinal)
            ? Results.Json(new { status = 400, code = "DOS-0001", title = "Trạng thái không tồn tại." }, contentType: "application/problem+json", statusCode: 400)
            : Results.Json(DossierSamples.List(DossierSamples.Line(1, "PROCESSING", name: "Chứng thực"), DossierSamples.Line(2, state))));
        using var browser = await city.SignedInAsync();
        var html = await browser.GetStringAsync("/dossiers?status=" + state, City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("<strong>Đăng ký khai sinh</strong>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Chứng thực", html, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{state}\" selected", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("khai sinh", true)]
    [InlineData("dang ky KHAI", true)]
    [InlineData("H49-3", true)]
    [InlineData("đất đai", false)]
    public async Task Words_are_found_with_and_without_diacritics_over_several_pages(string words, bool isFound)
    {
        city.Answers("dossiers", asked => asked.Path.Contains("after=2", StringComparison.Ordinal)
            ? Results.Json(DossierSamples.List(DossierSamples.Line(3, "PROCESSING")))
            : Results.Json(new { items = new[] { DossierSamples.Line(1, "PROCESSING", name: "Chứng thực") }, after = "2" }));
        using var browser = await city.SignedInAsync();
        var html = await browser.GetStringAsync("/dossiers?q=" + Uri.EscapeDataString(words), City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Equal(isFound, html.Contains("<strong>Đăng ký khai sinh</strong>", StringComparison.Ordinal));
        Assert.Equal(!isFound, html.Contains("Không có hồ sơ nào như vậy.", StringComparison.Ordinal));
        Assert.DoesNotContain("Chứng thực", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_yet_leads_to_the_procedures_and_a_broken_api_is_said_to_be_so()
    {
        city.Says("dossiers", DossierSamples.List());
        using var browser = await city.SignedInAsync();
        Assert.Contains("You have no dossiers yet.", await browser.GetStringAsync("/dossiers?culture=en", City.Ct), StringComparison.Ordinal);
        city.Refuses("dossiers", 503, "CMN-0503", "Tạm thời gián đoạn");
        using var down = await browser.GetAsync("/dossiers", City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Contains("Tạm thời gián đoạn", await down.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_says_whether_a_paper_still_counts_and_how_often_it_was_used()
    {
        var file = Guid.Parse("0198e000-0000-7000-8000-0000000000d1");
        city.Says("me/documents", new
        {
            items = new[]
            {
                new
                {
                    id = file, dossierId = DossierSamples.Id, code = "H49-1", kind = "result", name = "Giấy khai sinh", procedureName = "Đăng ký khai sinh", fileName = "kq.pdf",
                    issuedAt = "2026-11-20T02:00:00Z", state = "expired", validUntil = "2026-11-30", reuseCount = 2,
                },
            },
            after = "n",
        });
        using var browser = await city.SignedInAsync();
        var html = await browser.GetStringAsync("/documents?kind=result&q=khai", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Equal("me/documents?limit=20&kind=result&search=khai", city.Requests.Last().Path);
        foreach (var word in new[] { "Giấy khai sinh", "Hết hạn từ 30/11/2026", "đã dùng lại 2 lần", $"/verify/{file:N}", $"/dossiers/{DossierSamples.Id}/documents/{file}", "/documents?kind=result&amp;q=khai&amp;after=n" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Says("me/documents", DossierSamples.List());
        Html.IsWellMade(await browser.GetStringAsync("/documents?culture=en", City.Ct), "en");
    }

    [Theory]
    [InlineData("/dossiers")]
    [InlineData("/documents")]
    [InlineData("/messages")]
    [InlineData("/me")]
    [InlineData("/me/sessions")]
    [InlineData("/feedback")]
    public async Task Strangers_are_asked_to_sign_in(string page)
    {
        using var browser = city.Browser();
        using var answer = await browser.GetAsync(page, City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/connect/authorize", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
