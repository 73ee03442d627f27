namespace HaLong.Portal.Tests;

/// <summary>The script that waits for the money.</summary>
public sealed class PayScriptTests
{
    private const string Page = """
        const heard = {};
        const source = { readyState: 1, closed: 0, close() { this.closed++; }, addEventListener: (name, then) => { heard[name] = then; } };
        const line = { dataset: { events: '/payments/1/events', status: 'pending', waiting: 'waiting', late: 'late' } };
        let now = 0, reloads = 0, opened;
        script.watch(line, (address) => { opened = address; return source; }, () => { reloads++; }, () => now);
        const say = () => console.log(`${opened} ${line.textContent} closed ${source.closed} reloads ${reloads}`);

        """;

    [Fact]
    public async Task Another_state_than_the_page_shows_brings_the_page_up_to_date()
    {
        var said = await Script.PlayAsync("pay.js", Page + """
            heard.state({ data: 'pending' }); say();
            heard.state({ data: 'settled' }); say();
            """);
        Assert.Equal(["/payments/1/events waiting closed 0 reloads 0", "/payments/1/events waiting closed 1 reloads 1"], said);
    }

    [Fact]
    public async Task A_broken_line_is_taken_up_again_and_an_ended_session_is_said()
    {
        var said = await Script.PlayAsync("pay.js", Page + """
            source.readyState = 0; heard.error(); say();
            source.readyState = 2; heard.error(); say();
            """);
        Assert.Equal(["/payments/1/events waiting closed 0 reloads 0", "/payments/1/events late closed 1 reloads 0"], said);
    }

    [Fact]
    public async Task A_page_that_is_left_open_stops_looking_after_a_while()
    {
        var said = await Script.PlayAsync("pay.js", Page + """
            now = 15 * 60 * 1000 + 1; heard.state({ data: 'pending' }); say();
            """);
        Assert.Equal(["/payments/1/events late closed 1 reloads 0"], said);
    }

    [Fact]
    public async Task The_code_is_handed_on_as_a_file_and_choosing_no_app_is_no_error()
    {
        var said = await Script.PlayAsync("pay.js", """
            const button = { dataset: { image: '/payments/1/qr.png', name: 'HL1.png' } };
            await script.share(button, { share: async ({ files }) => console.log(`${files[0].name} ${files[0].type} ${await files[0].text()}`) }, async (a) => a);
            await script.share(button, { share: async () => { throw Object.assign(new Error(), { name: 'AbortError' }); } }, async (a) => a);
            console.log('done');
            """);
        Assert.Equal(["HL1.png image/png /payments/1/qr.png", "done"], said);
    }
}
