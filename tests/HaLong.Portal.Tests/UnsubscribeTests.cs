using System.Net;

namespace HaLong.Portal.Tests;

/// <summary>The link at the end of an optional letter.</summary>
public sealed class UnsubscribeTests(City city) : IClassFixture<City>
{
    private const string Page = "/unsubscribe/abc-DEF_1", Api = "notices/unsubscribe/abc-DEF_1";

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Opening_it_changes_nothing_and_pressing_the_button_ends_the_letters_without_a_sign_in(string language)
    {
        city.Says(Api, new { state = "wanted", text = "Ngừng nhận lời mời" });
        city.Says("POST " + Api, new { state = "ended", text = "Bạn sẽ không nhận nữa" });
        using var browser = city.Browser();
        var before = city.Requests.Count;
        using var opened = await browser.GetAsync($"{Page}?culture={language}", City.Ct);
        var html = await opened.Content.ReadAsStringAsync(City.Ct);
        Html.IsWellMade(html, language);
        Assert.Equal("no-referrer", opened.Headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotContain(city.Requests.Skip(before), r => r.Method == "POST");
        var (answer, done) = await browser.SendFormAsync(html, Page);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Bạn sẽ không nhận nữa", done, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"{Page}\"", done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_none_is_said_to_be_so_and_strangers_cannot_send_the_form()
    {
        city.Refuses(Api, 404, "NTF-0404", "Liên kết không hợp lệ");
        using var browser = city.Browser();
        using var none = await browser.GetAsync(Page, City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Html.IsWellMade(await none.Content.ReadAsStringAsync(City.Ct), "vi");
        using var form = new FormUrlEncodedContent([]);
        using var forged = await browser.PostAsync(Page, form, City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }
}
