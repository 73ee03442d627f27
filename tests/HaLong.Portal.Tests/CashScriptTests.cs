namespace HaLong.Portal.Tests;

/// <summary>What adds up while somebody counts.</summary>
public sealed class CashScriptTests
{
    [Fact]
    public async Task Notes_are_added_up_and_what_is_no_number_adds_up_to_nothing()
    {
        Assert.Equal("120000 120.000 đ 1.234.567 đ 0 đ true", await Scripts.RunAsync("cash.js", """
            import { amount, money, sum } from './cash.mjs';
            const note = (value, pieces) => ({ value: pieces, dataset: { value } });
            console.log(sum([note('50000', '2'), note('20000', ' 1 '), note('10000', '')]), money(120000), money(amount('1.234.567')), money(0), Number.isNaN(amount('x')));
            """));
    }

    [Fact]
    public async Task The_change_is_said_as_soon_as_enough_was_handed_over()
    {
        Assert.Equal("true - 80.000 đ", await Scripts.RunAsync("cash.js", """
            import { watch } from './cash.mjs';
            const output = { textContent: '-' }, line = { hidden: true, querySelector: () => output };
            let typed;
            const form = { dataset: { change: '120000' }, elements: { handed: { value: '100.000' } }, querySelector: () => line, addEventListener: (_, f) => { typed = f; } };
            watch({ querySelectorAll: (what) => what === '[data-change]' ? [form] : [] });
            typed();
            const before = `${line.hidden} ${output.textContent}`;
            form.elements.handed.value = '200.000';
            typed();
            console.log(before, output.textContent);
            """));
    }
}
