using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HaLong.Portal.Tests;

/// <summary>A session says when it ends; asking makes it go on.</summary>
public sealed class SessionWatchTests(City city) : IClassFixture<City>
{
    // Timers and clock of a made-up browser, and a dialog as the page has it.
    private const string Page = """
        let now = 1000000, timers = [], answer = 1800, asked = 0;
        const data = {};
        const store = { setItem: (k, v) => { data[k] = v; }, getItem: (k) => data[k] };
        const part = (dataset = {}) => ({ dataset, textContent: 'asked', addEventListener(name, then) { this[name] = then; } });
        const [title, words, stay, again] = [part({ over: 'over' }), part({ over: 'signed out', away: 'away', last: 'last' }), part(), part()];
        const dialog = { ...part({ seconds: '1800', idle: '1800' }), open: false, showModal() { this.open = true; }, close() { this.open = false; },
          querySelector: (n) => ({ h2: title, '[role=status]': words, '[data-stay]': stay, a: again })[n] };
        const watch = script.watch(dialog, { store, now: () => now, here: () => '/filing/1/form/2',
          later: (then, wait) => { const timer = { then, at: now + wait }; timers.push(timer); return timer; }, never: (t) => { timers = timers.filter((x) => x !== t); },
          ask: async () => { asked++; if (answer instanceof Error) throw answer; return answer; } });
        const pass = async (seconds) => { now += seconds * 1000; const due = timers.filter((t) => t.at <= now); timers = timers.filter((t) => t.at > now); for (const t of due) await t.then(); };
        const say = () => console.log(`${dialog.open} ${words.textContent} asked ${asked} ${again.href ?? ''}`.trim());

        """;

    [Fact]
    public async Task Every_page_of_a_session_says_how_long_it_lasts_and_whose_it_is_without_saying_who()
    {
        using var browser = await city.SignedInAsync();
        var html = await browser.GetStringAsync("/tracking", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Matches("<dialog [^>]*data-seconds=\"1800\" data-idle=\"1800\" data-who=\"[0-9a-f]{12}\"", html);
        Html.IsWellMade(await browser.GetStringAsync("/tracking?culture=en", City.Ct), "en");
        using var nobody = city.Browser();
        Assert.DoesNotContain("<dialog", await nobody.GetStringAsync("/tracking", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_tells_the_seconds_and_who_is_signed_out_is_told_so_without_a_redirect()
    {
        using var browser = await city.SignedInAsync();
        var seconds = await browser.GetFromJsonAsync<JsonObject>("/session", City.Ct);
        Assert.Equal(1800, seconds!["seconds"]!.GetValue<int>());
        using var nobody = city.Browser();
        using var refused = await nobody.GetAsync("/session", City.Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
        Assert.True(refused.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/signing/{0}/authorisation?to=%2Ffiling%2F1", "/signing/{0}?to=%2Ffiling%2F1")]
    [InlineData("/me/signature/{0}/pin", "/me/signature/{0}")]
    [InlineData("/payments/{0}/attempts", "/payments/{0}")]
    [InlineData("/filing/{0}/papers/{0}/removal", "/filing/{0}/papers")]
    [InlineData("/filing/{0}/signature", "/filing/{0}/review")]
    public async Task A_form_that_was_sent_too_late_leads_back_to_its_page(string form, string page)
    {
        var id = Guid.CreateVersion7();
        using var browser = city.Browser();
        using var nothing = new FormUrlEncodedContent([]);
        using var late = await browser.PostAsync(At(form, id), nothing, City.Ct);
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await outside.GetAsync(late.Headers.Location, City.Ct);
        using var done = await browser.GetAsync(back.Headers.Location!.PathAndQuery, City.Ct);
        Assert.Equal(At(form, id), done.Headers.Location!.ToString());
        using var shown = await browser.GetAsync(done.Headers.Location, City.Ct);
        Assert.Equal(At(page, id), shown.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Two_minutes_before_the_end_the_visitor_is_asked_and_may_stay()
    {
        var said = await Script.PlayAsync("session.js", Page + """
            await pass(1679); say();
            await pass(1); say();
            await stay.click(); say();
            await pass(1680); say();
            """);
        Assert.Equal(["false asked asked 0", "true asked asked 0", "false asked asked 1", "true asked asked 1"], said);
    }

    [Fact]
    public async Task Who_does_nothing_is_signed_out_and_led_back_to_the_page()
    {
        var said = await Script.PlayAsync("session.js", Page + "await pass(1680); await pass(120); say(); await stay.click();");
        Assert.Equal(["true signed out asked 0 /sign-in?to=%2Ffiling%2F1%2Fform%2F2"], said);
    }

    [Fact]
    public async Task Who_types_is_not_asked_and_another_tab_counts()
    {
        var said = await Script.PlayAsync("session.js", Page + """
            await pass(1600); watch.touch(); await pass(80); say();
            await pass(1600); store.setItem('session-end', String(now + 1800000)); await pass(80); say();
            """);
        Assert.Equal(["false asked asked 1", "false asked asked 1"], said);
    }

    [Fact]
    public async Task Without_a_line_it_is_said_and_asked_again_and_an_ended_session_is_over()
    {
        var said = await Script.PlayAsync("session.js", Page + """
            answer = new Error('offline'); await pass(1680); await stay.click(); say();
            answer = null; await stay.click(); say();
            """);
        Assert.Equal(["true away asked 1", "true signed out asked 2 /sign-in?to=%2Ffiling%2F1%2Fform%2F2"], said);
    }

    [Fact]
    public async Task A_session_that_lasts_no_longer_is_said_once_and_never_asked_for_again_and_again()
    {
        var said = await Script.PlayAsync("session.js", Page + """
            answer = 100; await pass(1600); watch.touch(); await pass(80); say();
            await stay.click(); say();
            watch.alive(); await pass(40); say();
            await pass(60); say();
            """);
        Assert.Equal(["true last asked 1", "false last asked 2", "false last asked 2", "true signed out asked 2 /sign-in?to=%2Ffiling%2F1%2Fform%2F2"], said);
    }

    [Fact]
    public async Task What_somebody_else_typed_is_not_left_in_the_tab()
    {
        var said = await Script.PlayAsync("session.js", """
            const store = { 'typed:me:/a': '1', 'typed:you:/b': '2', other: '3', removeItem(k) { delete this[k]; } };
            script.forget(store, 'me'); console.log(Object.keys(store).join(' '));
            script.forget(store, ''); console.log(Object.keys(store).join(' '));
            """);
        Assert.Equal(["typed:me:/a other removeItem", "other removeItem"], said);
    }

    [Fact]
    public async Task A_form_that_was_sent_is_not_sent_again_until_there_is_an_answer()
    {
        var said = await Script.PlayAsync("once.js", """
            let submit, late;
            const button = { type: 'submit', set: {}, setAttribute(n, v) { this.set[n] = v; }, removeAttribute(n) { delete this.set[n]; } };
            const form = (method) => ({ getAttribute: () => method, elements: [button, { type: 'text' }] });
            const forms = script.guard({ addEventListener: (name, then) => { submit = then; } }, (then) => { late = then; }, () => {});
            const press = (target) => { const event = { target, defaultPrevented: false, preventDefault() { this.defaultPrevented = true; } }; submit(event); return event.defaultPrevented; };
            const mine = form('post');
            console.log(press(mine), button.set['aria-disabled'], press(mine));
            forms.free(); console.log(button.set['aria-disabled'], press(mine));
            late(); console.log(press(mine));
            const search = form('get'); console.log(press(search), press(search));
            """);
        Assert.Equal(["false true true", "undefined false", "false", "false false"], said);
    }

    private static string At(string path, Guid id) => path.Replace("{0}", id.ToString(), StringComparison.Ordinal);
}
