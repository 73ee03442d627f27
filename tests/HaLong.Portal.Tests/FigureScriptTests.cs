namespace HaLong.Portal.Tests;

/// <summary>Figures refresh themselves gently.</summary>
public sealed class FigureScriptTests
{
    private const string Page = """
        import { refresh } from './figures.mjs';
        const detail = (open) => ({ open });
        const next = { childNodes: ['new'] };
        const make = ({ focus = false, selected = '', hidden = false } = {}) => {
          const paused = { hidden: true }, details = [detail(true), detail(false)];
          const live = { shown: 'old', contains: () => focus, querySelectorAll: () => details, replaceChildren: (...all) => { live.shown = all.join(); details.splice(0, 2, detail(false), detail(false)); } };
          return { live, details, paused, page: { hidden, activeElement: {}, getSelection: () => selected, getElementById: () => paused } };
        };

        """;

    [Fact]
    public async Task New_figures_take_the_place_of_the_old_ones_and_what_was_opened_stays_open() =>
        Assert.Equal("new new true,false true", await RunAsync("""
            const m = make();
            console.log(await refresh(m.live, m.page, async () => next), m.live.shown, m.details.map((d) => d.open).join(), m.paused.hidden);
            """));

    [Theory]
    [InlineData("{ focus: true }")]
    [InlineData("{ selected: 'x' }")]
    [InlineData("{ hidden: true }")]
    public async Task Nothing_moves_while_somebody_reads_in_them_selects_or_looks_elsewhere(string state) =>
        Assert.Equal("kept old", await RunAsync($"const m = make({state}); console.log(await refresh(m.live, m.page, async () => next), m.live.shown);"));

    [Fact]
    public async Task Who_begins_to_read_while_they_are_fetched_is_not_disturbed_either() =>
        Assert.Equal("kept old", await RunAsync("""
            const m = make();
            console.log(await refresh(m.live, m.page, async () => { m.live.contains = () => true; return next; }), m.live.shown);
            """));

    [Theory]
    [InlineData("async () => null")]
    [InlineData("async () => { throw new Error('down'); }")]
    public async Task Without_an_answer_the_old_figures_stay_and_it_is_said(string load) =>
        Assert.Equal("old old false", await RunAsync($"const m = make(); console.log(await refresh(m.live, m.page, {load}), m.live.shown, m.paused.hidden);"));

    private static Task<string> RunAsync(string script) => Scripts.RunAsync("figures.js", Page + script);
}
