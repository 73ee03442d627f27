using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Filing from the procedure to the code, as different people do it.</summary>
public sealed class FilingJourneyTests(Town town) : IClassFixture<Town>
{
    private static readonly string Start = $"/procedures/{SampleCity.Birth}";

    [Theory]
    [InlineData("vi", true)]
    [InlineData("en", false)]
    public async Task A_birth_is_filed_on_a_phone_with_and_without_scripts(string language, bool scripts)
    {
        var draft = Begin();
        await using var visit = await town.SignedInAsync(View.Phone with { Language = language, Scripts = scripts });
        var page = visit.Page;
        await page.GotoAsync(Start);
        await Visit.TurnAsync(page, () => page.Locator($"a[href='/filing/new/{SampleCity.Birth}']").ClickAsync());
        await page.Locator("#place").SelectOptionAsync("06688");
        await page.Locator("#subject").FillAsync("Khai sinh cho bé Nguyễn Ngọc Hà");
        await Visit.SendAsync(page);
        Assert.Equal($"/filing/{draft.Id}/form/1", Visit.At(page));

        await page.Locator("[name='/applicant/fullName']").FillAsync("Nguyễn Thị Hạnh");
        await page.Locator("[name='/applicant/personalNumber']").FillAsync("022194001234");
        await page.Locator("[name='/applicant/address/unit']").SelectOptionAsync("06688");
        await page.Locator("[name='/applicant/relation']").SelectOptionAsync("mother");
        await Visit.SendAsync(page);
        await page.Locator("[name='/child/fullName']").FillAsync("Nguyễn Ngọc Hà");
        await page.Locator("[name='/child/sex'][value=female]").CheckAsync();
        await Visit.SendAsync(page);
        await page.GotoAsync($"/filing/{draft.Id}/papers");
        await page.Locator("#component-1").SetInputFilesAsync(File("giay-chung-sinh-mo.pdf", 60_000));
        // Where a script sends what was chosen there is no button to press.
        if (await page.Locator("button[value=stay]").IsVisibleAsync())
        {
            await Visit.SendAsync(page, "main form[enctype] button[value=stay]");
            await Assertions.Expect(page.GetByText("Trang 1 bị mờ")).ToBeVisibleAsync();
        }

        await page.GotoAsync($"/filing/{draft.Id}/review");
        await Assertions.Expect(page.GetByText("Nguyễn Ngọc Hà", new() { Exact = true })).ToBeVisibleAsync();
        await Visit.SendAsync(page);

        Assert.Equal($"/filing/{draft.Id}/done", Visit.At(page));
        await Assertions.Expect(page.GetByText(SampleCity.Code)).ToBeVisibleAsync();
        Assert.Equal((1, 1), draft.Count);
        Assert.Equal("Nguyễn Thị Hạnh", draft.Data["applicant"]!["fullName"]!.GetValue<string>());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_birth_is_filed_by_keys_alone()
    {
        var draft = Begin();
        await using var visit = await town.SignedInAsync(View.Desktop);
        var (page, keys) = (visit.Page, new Keys(visit.Page));
        await page.GotoAsync(Start);
        await keys.GoToAsync($"a[href='/filing/new/{SampleCity.Birth}']");
        await Visit.TurnAsync(page, () => page.Keyboard.PressAsync("Enter"));
        await keys.GoToAsync("#place");
        await page.Keyboard.TypeAsync("Phường Hạ");
        await keys.GoToAsync("#subject");
        await page.Keyboard.TypeAsync("Khai sinh");
        await keys.SendAsync();
        await keys.GoToAsync("[name='/applicant/fullName']");
        await page.Keyboard.TypeAsync("Nguyễn Thị Hạnh");
        await keys.SendAsync();
        await keys.GoToAsync("[name='/child/sex']");
        await page.Keyboard.PressAsync("ArrowDown");
        await keys.GoToAsync("main form[method=post] button[value=on]");
        await Visit.TurnAsync(page, () => page.Keyboard.PressAsync("Space"));
        await page.GotoAsync($"/filing/{draft.Id}/review");
        await keys.GoToAsync("form[action$='/review'] button");
        await Visit.TurnAsync(page, () => page.Keyboard.PressAsync("Enter"));
        Assert.Equal($"/filing/{draft.Id}/done", Visit.At(page));
        Assert.Equal((1, 1), draft.Count);
        Assert.Equal("female", draft.Data["child"]!["sex"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pressing_twice_going_back_and_reloading_file_once()
    {
        var draft = Begin().Fill();
        await using var visit = await town.SignedInAsync(View.Desktop);
        var page = visit.Page;
        await page.GotoAsync($"/filing/new/{SampleCity.Birth}");
        await page.Locator("#place").SelectOptionAsync("06688");
        await Visit.TurnAsync(page, () => page.Locator("main form button").Last.DblClickAsync());
        await page.WaitForURLAsync($"**/filing/{draft.Id}/form/1");
        await page.GotoAsync($"/filing/{draft.Id}/review");
        await Visit.TurnAsync(page, () => page.Locator("main form button").Last.DblClickAsync());
        await page.WaitForURLAsync("**/done");
        // Back to the review of what is filed already, reloaded, and sent again from the browser's memory.
        await page.GoBackAsync();
        await page.ReloadAsync();
        await page.WaitForURLAsync($"**/{draft.Id}*");
        Assert.DoesNotContain("/review", Visit.At(page), StringComparison.Ordinal);
        Assert.Equal((1, 1), draft.Count);
    }

    [Fact]
    public async Task Two_tabs_that_change_different_fields_keep_both()
    {
        var draft = Begin();
        await using var visit = await town.SignedInAsync(View.Desktop);
        var (one, two) = (visit.Page, await visit.TabAsync());
        foreach (var tab in new[] { one, two })
            await tab.GotoAsync($"/filing/{draft.Id}/form/1");
        await one.Locator("[name='/applicant/fullName']").FillAsync("Nguyễn Thị Hạnh");
        await Visit.SendAsync(one);
        await two.GotoAsync($"/filing/{draft.Id}/form/2");
        await two.Locator("[name='/child/fullName']").FillAsync("Nguyễn Ngọc Hà");
        await Visit.SendAsync(two);
        Assert.Equal(("Nguyễn Thị Hạnh", "Nguyễn Ngọc Hà"), (draft.Data["applicant"]!["fullName"]!.GetValue<string>(), draft.Data["child"]!["fullName"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_another_tab_made_impossible_is_said_and_what_was_typed_is_still_there()
    {
        var draft = Begin();
        await using var visit = await town.SignedInAsync(View.Desktop);
        var page = visit.Page;
        await page.GotoAsync($"/filing/{draft.Id}/form/1");
        town.City.Refuses($"PATCH dossiers/{draft.Id}", 412, "CMN-0412", "Hồ sơ đã được thay đổi ở nơi khác.");
        await page.Locator("[name='/applicant/fullName']").FillAsync("Nguyễn Thị Hạnh");
        await Visit.SendAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("thay đổi ở nơi khác");
        await Assertions.Expect(page.Locator("[name='/applicant/fullName']")).ToHaveValueAsync("Nguyễn Thị Hạnh");
    }

    [Fact]
    public async Task A_session_that_ended_comes_back_to_the_page_where_it_was()
    {
        var draft = Begin().Fill();
        await using var visit = await town.StrangerAsync();
        var page = visit.Page;
        await page.GotoAsync("/sign-in");
        await page.GotoAsync($"/filing/{draft.Id}/form/2");
        var session = await visit.Context.CookiesAsync();
        await visit.Context.ClearCookiesAsync(new() { Name = "portal" });
        Assert.Contains(session, c => c.Name == "portal");
        await page.ReloadAsync();
        // Signed in again on the way, without a click.
        Assert.Equal($"/filing/{draft.Id}/form/2", Visit.At(page));
        await Assertions.Expect(page.Locator("[name='/child/fullName']")).ToHaveValueAsync("Nguyễn Ngọc Hà");
    }

    private SampleDraft Begin()
    {
        SampleCity.Tell(town.City);
        var draft = new SampleDraft(town.City).Tell();
        town.City.Answers($"dossiers/{draft.Id}/timeline", _ => Microsoft.AspNetCore.Http.Results.Json(SampleCity.Steps));
        return draft;
    }

    private static FilePayload File(string name, int bytes) => new() { Name = name, MimeType = "application/pdf", Buffer = [.. "%PDF-1.7\n"u8, .. new byte[bytes]] };
}
