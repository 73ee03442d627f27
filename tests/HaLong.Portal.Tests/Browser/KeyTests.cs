using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Without a mouse: all is reached in order, and the focus is always to be seen.</summary>
public sealed class KeyTests(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData("home")]
    [InlineData("search")]
    [InlineData("tracking, details")]
    [InlineData("filing, form 1")]
    [InlineData("filing, papers looked at")]
    [InlineData("dossier, with its result")]
    public async Task Everything_is_reached_and_seen(string name)
    {
        var place = Places.Of(name);
        SampleCity.Tell(town.City);
        place.Says?.Invoke(town.City);
        await using var visit = place.Roles is { } roles ? await town.SignedInAsync(View.Desktop, roles) : await town.StrangerAsync();
        await visit.Page.GotoAsync(place.Address);
        if (place.Then is { } then)
            await then(visit.Page);
        var faults = await new Keys(visit.Page).WalkAsync();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task The_first_key_skips_to_the_content()
    {
        SampleCity.Tell(town.City);
        await using var visit = await town.StrangerAsync();
        var page = visit.Page;
        await page.GotoAsync("/procedures?q=khai");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".ds-skip-link")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_the_ways_open_and_close_without_scripts_too(bool scripts)
    {
        SampleCity.Tell(town.City);
        await using var visit = await town.SignedInAsync(View.Phone with { Scripts = scripts });
        var page = visit.Page;
        await page.GotoAsync("/");
        var way = page.Locator("#ways a[href='/dossiers']");
        await Assertions.Expect(way).ToBeHiddenAsync();
        await page.Locator("header [popovertarget=ways]").First.ClickAsync();
        await Assertions.Expect(way).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(way).ToBeHiddenAsync();
        await page.Locator("header [popovertarget=ways]").First.ClickAsync();
        await Visit.TurnAsync(page, () => way.ClickAsync());
        Assert.Equal("/dossiers", Visit.At(page));
    }

    [Fact]
    public async Task Paying_is_begun_by_keys()
    {
        SampleCity.Tell(town.City);
        var address = $"payments/{SampleCity.Payment}";
        await using var visit = await town.SignedInAsync(View.Desktop);
        var (page, keys) = (visit.Page, new Keys(visit.Page));
        await page.GotoAsync("/" + address);
        town.City.Answers($"POST {address}/attempts", _ =>
        {
            town.City.Says(address, SampleCity.PaymentOf("pending", SampleCity.OpenAttempt));
            return Microsoft.AspNetCore.Http.Results.Json(SampleCity.OpenAttempt, statusCode: 201);
        });
        await keys.GoToAsync("button[value=vietqr]");
        await Visit.TurnAsync(page, () => page.Keyboard.PressAsync("Enter"));
        await Assertions.Expect(page.Locator("img.qr")).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }
}
