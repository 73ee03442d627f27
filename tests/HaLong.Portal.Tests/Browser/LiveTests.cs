using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>What scripts add: nothing typed is lost whatever happens in between, and "paid" is there when the money is.</summary>
public sealed class LiveTests(Town town) : IClassFixture<Town>
{
    private const string Name = "[name='/applicant/fullName']", Line = "#saving";

    [Fact]
    public async Task What_is_typed_is_saved_without_a_click_and_said_to_be()
    {
        var (draft, page, visit) = await TypingAsync();
        await using var _ = visit;
        await page.Locator(Name).FillAsync("Nguyễn Thị Hạnh");
        await Assertions.Expect(page.Locator(Line)).ToContainTextAsync("Đã lưu lúc");
        Assert.Equal("Nguyễn Thị Hạnh", Saved(draft));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_session_that_ends_while_somebody_types_loses_nothing()
    {
        SampleCity.Tell(town.City);
        var draft = new SampleDraft(town.City).Tell();
        await using var visit = await town.StrangerAsync(View.Phone);
        var page = visit.Page;
        await page.GotoAsync($"/sign-in?to=/filing/{draft.Id}/form/1");
        await visit.Context.ClearCookiesAsync(new() { Name = "portal" });
        await page.Locator(Name).FillAsync("Nguyễn Thị Hạnh");
        var again = page.Locator("#session a[href^='/sign-in']");
        await Assertions.Expect(again).ToBeVisibleAsync();
        Assert.Empty(await Axe.FaultsAsync(page));
        await Visit.TurnAsync(page, () => again.ClickAsync());
        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync("Nguyễn Thị Hạnh");
        await Assertions.Expect(page.Locator(Line)).ToContainTextAsync("Đã lưu lúc");
        Assert.Equal("Nguyễn Thị Hạnh", Saved(draft));
    }

    [Fact]
    public async Task Off_line_it_is_kept_on_the_device_and_saved_when_the_line_is_back()
    {
        var (draft, page, visit) = await TypingAsync();
        await using var _ = visit;
        await visit.Context.SetOfflineAsync(true);
        await page.Locator(Name).FillAsync("Nguyễn Thị Hạnh");
        await Assertions.Expect(page.Locator(Line)).ToContainTextAsync("sẽ tự thử lại");
        Assert.Null(Saved(draft));
        await visit.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator(Line)).ToContainTextAsync("Đã lưu lúc");
        Assert.Equal("Nguyễn Thị Hạnh", Saved(draft));
    }

    [Theory]
    [InlineData("[data-mine]", "Nguyễn Thị Hạnh")]
    [InlineData("[data-theirs]", "Trần Văn Nam")]
    public async Task Two_tabs_that_change_the_same_field_are_asked_which_one_stays(string choice, string stays)
    {
        var (draft, one, visit) = await TypingAsync();
        await using var _ = visit;
        var two = await visit.TabAsync();
        await two.GotoAsync($"/filing/{draft.Id}/form/1");
        await two.Locator(Name).FillAsync("Trần Văn Nam");
        await Assertions.Expect(two.Locator(Line)).ToContainTextAsync("Đã lưu lúc");
        await one.Locator(Name).FillAsync("Nguyễn Thị Hạnh");
        await Assertions.Expect(one.Locator("#collision")).ToContainTextAsync("Trần Văn Nam");
        Assert.Empty(await Axe.FaultsAsync(one));
        await one.Locator($"#collision {choice}").ClickAsync();
        await Assertions.Expect(one.Locator("#collision")).ToBeHiddenAsync();
        await Assertions.Expect(one.Locator(Name)).ToHaveValueAsync(stays);
        await one.ReloadAsync();
        await Assertions.Expect(one.Locator(Name)).ToHaveValueAsync(stays);
    }

    [Fact]
    public async Task Paid_is_shown_as_soon_as_the_bank_has_told()
    {
        SampleCity.Tell(town.City);
        town.City.Says($"payments/{SampleCity.Payment}", SampleCity.PaymentOf("pending", SampleCity.OpenAttempt));
        await using var visit = await town.SignedInAsync(View.Phone);
        var page = visit.Page;
        await page.GotoAsync($"/payments/{SampleCity.Payment}");
        await Assertions.Expect(page.Locator("#watch")).ToContainTextAsync("tự đổi ngay");
        town.City.Says($"payments/{SampleCity.Payment}", SampleCity.PaymentOf("settled"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Đã nhận tiền");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Without_scripts_the_page_of_a_payment_looks_again_by_itself()
    {
        SampleCity.Tell(town.City);
        town.City.Says($"payments/{SampleCity.Payment}", SampleCity.PaymentOf("pending", SampleCity.OpenAttempt));
        await using var visit = await town.SignedInAsync(View.Phone with { Scripts = false });
        var page = visit.Page;
        await page.GotoAsync($"/payments/{SampleCity.Payment}");
        town.City.Says($"payments/{SampleCity.Payment}", SampleCity.PaymentOf("settled"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Đã nhận tiền", new() { Timeout = 60_000 });
    }

    private static string? Saved(SampleDraft draft) => draft.Data["applicant"]?["fullName"]?.GetValue<string>();

    private async Task<(SampleDraft Draft, IPage Page, Visit Visit)> TypingAsync()
    {
        SampleCity.Tell(town.City);
        var draft = new SampleDraft(town.City).Tell();
        var visit = await town.SignedInAsync(View.Desktop);
        await visit.Page.GotoAsync($"/filing/{draft.Id}/form/1");
        return (draft, visit.Page, visit);
    }
}
