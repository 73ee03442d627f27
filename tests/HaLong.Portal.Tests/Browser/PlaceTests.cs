using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>
/// Every place: nothing that keeps anybody out, nothing cut off, nothing broken behind it. On a desktop in Vietnamese, light and dark, and on a phone in English; one of
/// them for half of the places (by the length of their names, so that it is always the same half), unless HALONG_GALLERY=all.
/// </summary>
public abstract class PlaceTests(Town town)
{
    private protected async Task LookAsync(Place place)
    {
        Assert.SkipUnless(Gallery.IsWhole || place.Name.Length % 4 < 2, "Looked at with HALONG_GALLERY=all.");
        SampleCity.Tell(town.City);
        place.Says?.Invoke(town.City);
        await using var visit = place.Roles is { } roles ? await town.SignedInAsync(View.Desktop, roles) : await town.StrangerAsync();
        var page = visit.Page;
        List<string> faults = [];
        if (Gallery.IsWhole || place.Name.Length % 4 == 0)
            await OnDesktopAsync(page, place, faults);
        if (Gallery.IsWhole || place.Name.Length % 4 == 1)
            await OnPhoneAsync(visit, place, faults);
        faults.AddRange(visit.Faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task OnDesktopAsync(IPage page, Place place, List<string> faults)
    {
        await GoAsync(page, place);
        await Album.KeepAsync(page, place.Name, "desktop");
        faults.AddRange(await Axe.FaultsAsync(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        faults.AddRange(await Axe.FaultsAsync(page, contrastOnly: true));
        await Album.KeepAsync(page, place.Name, "desktop-dark");
    }

    private async Task OnPhoneAsync(Visit visit, Place place, List<string> faults)
    {
        var page = visit.Page;
        // A state that comes of sending something has come, and may not come twice.
        SampleCity.Tell(town.City);
        place.Says?.Invoke(town.City);
        await visit.Context.AddCookiesAsync([new() { Name = ".AspNetCore.Culture", Value = "c%3Den%7Cuic%3Den", Url = town.City.Url }]);
        await page.SetViewportSizeAsync(View.Phone.Width, View.Phone.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await GoAsync(page, place);
        Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));
        faults.AddRange(await Axe.FaultsAsync(page));
        faults.AddRange(await Axe.TooWideAsync(page));
        await Album.KeepAsync(page, place.Name, "phone");
        // The narrowest screen that WCAG (1.4.10) asks for.
        await page.SetViewportSizeAsync(320, 640);
        faults.AddRange(await Axe.TooWideAsync(page));
    }

    private static async Task GoAsync(IPage page, Place place)
    {
        await page.GotoAsync("about:blank");
        var answer = await page.GotoAsync(place.Address);
        if (place.Says is null)
            Assert.Equal(place.Status, answer!.Status);
        if (place.Then is { } then)
            await then(page);
    }
}

public sealed class PublicPlaceTests(Town town) : PlaceTests(town), IClassFixture<Town>
{
    public static TheoryData<string> All => [.. Places.Everybodys.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public Task A_page_for_everybody_keeps_nobody_out(string place) => LookAsync(Places.Of(place));
}

public sealed class FilingPlaceTests(Town town) : PlaceTests(town), IClassFixture<Town>
{
    public static TheoryData<string> All => [.. Places.Filing.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public Task A_step_of_filing_keeps_nobody_out(string place) => LookAsync(Places.Of(place));
}

public sealed class CitizenPlaceTests(Town town) : PlaceTests(town), IClassFixture<Town>
{
    public static TheoryData<string> All => [.. Places.Citizens.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public Task A_citizens_page_keeps_nobody_out(string place) => LookAsync(Places.Of(place));
}
