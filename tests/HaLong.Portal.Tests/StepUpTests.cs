using System.Net;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>The API may want a stronger or newer sign-in, and pages follow the roles of the token.</summary>
public sealed class StepUpTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_demand_for_a_stronger_sign_in_is_passed_on_and_leads_back()
    {
        using var browser = await city.SignedInAsync();
        city.Answers("dossiers", _ => new Challenge("Bearer error=\"insufficient_user_authentication\", acr_values=\"urn:halong:acr:strong\", max_age=600"));
        Assert.Equal("/dossiers?after=1", await City.SignInAsync(browser, "/dossiers?after=1"));
        Assert.Equal(("urn:halong:acr:strong", "600"), city.Demanded);
    }

    [Fact]
    public async Task A_sign_in_that_is_over_demands_nothing_more_than_a_sign_in()
    {
        using var browser = await city.SignedInAsync();
        city.Answers("dossiers", _ => new Challenge("Bearer error=\"invalid_token\""));
        Assert.Equal("/dossiers", await City.SignInAsync(browser, "/dossiers"));
        Assert.Equal(("", ""), city.Demanded);
    }

    [Theory]
    [InlineData("citizen", "/dossiers", "/work")]
    [InlineData("officer", "/work", "/admin")]
    [InlineData("administrator", "/admin", "/cash")]
    [InlineData("cashier", "/cash", "/admin")]
    public async Task The_menu_follows_the_roles(string role, string has, string hasNot)
    {
        using var browser = await city.SignedInAsync(role);
        city.Says("dossiers", new { items = Array.Empty<object>(), after = (string?)null });
        var html = await browser.GetStringAsync("/dossiers", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains($"<a href=\"{has}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"<a href=\"{hasNot}\"", html, StringComparison.Ordinal);
    }

    private sealed class Challenge(string value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            httpContext.Response.Headers.WWWAuthenticate = value;
            return Task.CompletedTask;
        }
    }
}
