using System.ComponentModel;
using System.Diagnostics;

namespace HaLong.Portal.Tests;

/// <summary>The scripts of officials' pages, run by Node.js with a page of a few elements.</summary>
public sealed class WorkScriptTests
{
    [Fact]
    public async Task Keys_move_among_rows_select_open_and_press_what_stands_on_the_page() => Assert.Equal("a b b a true clicked focused help none", await RunAsync("keys.js", """
        const { press } = await import(process.argv[2]);
        const said = [];
        const box = { click: () => said.push('true') };
        const row = (name) => ({ name, focus() { page.activeElement = this; }, closest: () => ({ querySelector: () => box }) });
        const rows = [row('a'), row('b')];
        const page = {
          activeElement: null, querySelectorAll: () => rows, getElementById: () => ({ showModal: () => said.push('help') }),
          querySelector: (q) => q.includes('"n"') ? { matches: () => false, click: () => said.push('clicked') } : q.includes('"/"') ? { matches: () => true, focus: () => said.push('focused') } : null,
        };
        for (const key of ['j', 'ArrowDown', 'j', 'k']) { press(page, key); said.push(page.activeElement.name); }
        press(page, 'x'); press(page, 'n'); press(page, '/'); press(page, '?');
        console.log(said.join(' ') + (press(page, 'q') || press(page, 'Enter') ? '' : ' none'));
        """));

    [Fact]
    public async Task Counts_change_where_they_changed_and_not_when_the_sign_in_is_over() => Assert.Equal("5 2", await RunAsync("work-counts.js", """
        const { refresh } = await import(process.argv[2]);
        const places = [{ dataset: { count: 'mine' }, textContent: '3' }, { dataset: { count: 'unit' }, textContent: '2' }];
        const page = { querySelectorAll: () => places };
        await refresh(page, async () => ({ ok: true, json: async () => ({ mine: 5, unit: 2 }) }));
        await refresh(page, async () => ({ ok: true, redirected: true, json: async () => ({ mine: 9 }) }));
        await refresh(page, async () => ({ ok: false }));
        console.log(places.map((p) => p.textContent).join(' '));
        """));

    [Fact]
    public async Task A_folder_is_summed_up_before_it_is_sent() => Assert.Equal("2 tệp quét, 61 MB; bỏ qua 1 tệp khác. Quá 60 MB: hãy gửi làm nhiều lần.", await RunAsync("counter-scans.js", """
        const { tell } = await import(process.argv[2]);
        const place = {};
        tell(place, true, [{ type: 'application/pdf', size: 60 * 1048576 }, { type: 'image/jpeg', size: 5 }, { type: '', size: 9 }]);
        console.log(place.textContent);
        """));

    private static async Task<string> RunAsync(string script, string program)
    {
        var folder = Directory.CreateTempSubdirectory("halong-work-script").FullName;
        try
        {
            var (module, page) = (Path.Combine(folder, "script.mjs"), Path.Combine(folder, "page.mjs"));
            await using (var source = typeof(Work.QueueLine).Assembly.GetManifestResourceStream(script)!)
            await using (var copy = File.Create(module))
                await source.CopyToAsync(copy, City.Ct);
            await File.WriteAllTextAsync(page, program, City.Ct);
            using var node = Start(new ProcessStartInfo("node", [page, module]) { RedirectStandardOutput = true, RedirectStandardError = true });
            var (output, errors) = (node.StandardOutput.ReadToEndAsync(City.Ct), node.StandardError.ReadToEndAsync(City.Ct));
            await node.WaitForExitAsync(City.Ct);
            Assert.True(node.ExitCode == 0, await errors);
            return (await output).Trim();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not installed.");
            throw;
        }
    }
}
