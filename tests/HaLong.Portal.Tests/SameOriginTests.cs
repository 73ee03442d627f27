using System.Net;

namespace HaLong.Portal.Tests;

/// <summary>Nothing changes because a page of somebody else sent it, not even with a form's own token.</summary>
public sealed class SameOriginTests(City city) : IClassFixture<City>
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task What_comes_from_elsewhere_is_refused(string header, string value)
    {
        var before = city.Requests.Count;
        using var response = await SendAsync(header, value);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before, city.Requests.Count);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "")]
    [InlineData("X-Nothing", "said")]
    public async Task Our_own_pages_and_programs_are_served(string header, string value)
    {
        city.Says("tracking/X-1", new { code = "X-1", status = "SUBMITTED", statusName = "Đã nộp", step = 1, steps = 6 });
        using var response = await SendAsync(header, value.Length == 0 ? city.Url : value);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Đã nộp", await response.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_from_elsewhere_leads_here_as_ever()
    {
        using var browser = city.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tracking") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using var response = await browser.SendAsync(request, City.Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string header, string value)
    {
        var browser = city.Browser();
        var page = await browser.GetStringAsync("/tracking", City.Ct);
        var request = new HttpRequestMessage(HttpMethod.Post, "/tracking")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = Html.FormToken(page), ["code"] = "X-1" }),
        };
        request.Headers.Add(header, value);
        return await browser.SendAsync(request, City.Ct);
    }
}
