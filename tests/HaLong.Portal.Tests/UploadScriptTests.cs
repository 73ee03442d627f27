namespace HaLong.Portal.Tests;

/// <summary>The script that sends papers: a broken line costs a piece, not the file.</summary>
public sealed class UploadScriptTests
{
    // A platform that takes pieces, and a line that can break before or after one.
    private const string Page = """
        const all = new Uint8Array(600 * 1024).map((_, i) => i % 251), blob = new Blob([all]);
        const asked = [], waits = [], percents = [], kept = {};
        let received = 0, breaks = {}, gone = false, stopped = false, refusal = null, made = 0;
        const answer = (status, headers = {}, more = {}) => ({ status, headers: new Map(Object.entries(headers)), ...more });
        const env = {
          base: '/uploads', papers: '/papers', token: 't', pause: async (ms) => { waits.push(ms); }, progress: (p) => percents.push(p), broken: (p) => percents.push(`broken ${p}`), stopped: () => stopped,
          known: () => kept.at ?? null, remember: (at) => { kept.at = at; },
          call: async (method, address, headers, body) => {
            asked.push(`${method} ${headers?.['Upload-Offset'] ?? ''}`.trim());
            if (refusal) return refusal;
            const broken = breaks[asked.length];
            if (broken === 'before') throw new Error('offline');
            if (method === 'POST') { received = 0; gone = false; made++; return answer(201, { Location: `/uploads/u${made}` }); }
            if (gone) return answer(404);
            if (method === 'HEAD') return answer(200, { 'Upload-Offset': String(received) });
            if (method === 'DELETE') return answer(204);
            if (Number(headers['Upload-Offset']) !== received) return answer(409);
            received += body.size;
            if (broken === 'after') throw new Error('offline');
            return answer(204, { 'Upload-Offset': String(received) });
          } };
        const send = () => script.upload(blob, 'tờ khai.pdf', 'once', env);

        """;

    [Fact]
    public async Task A_file_goes_up_in_pieces_and_says_how_far_it_is()
    {
        var said = await PlayAsync("console.log(await send()); console.log(asked.join(', ')); console.log(percents.join(' '), received, kept.at);");
        Assert.Equal(["u1", "POST, PATCH 0, PATCH 262144, PATCH 524288", "42 85 100 614400 null"], said);
    }

    [Theory]
    [InlineData("before", "POST, PATCH 0, PATCH 262144, HEAD, PATCH 262144, PATCH 524288")]
    [InlineData("after", "POST, PATCH 0, PATCH 262144, HEAD, PATCH 524288")]
    public async Task A_line_that_breaks_is_waited_for_and_what_has_come_is_not_sent_again(string when, string expected)
    {
        var said = await PlayAsync($$"""breaks = { 3: '{{when}}' }; await send(); console.log(asked.join(', ')); console.log(waits.join(' '), percents[1]);""");
        Assert.Equal([expected, "1000 broken 42"], said);
    }

    [Fact]
    public async Task The_longer_the_line_is_away_the_longer_it_is_waited()
    {
        var said = await PlayAsync("breaks = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [n, 'before'])); await send(); console.log(waits.join(' '), made);");
        Assert.Equal(["1000 2000 4000 8000 16000 30000 30000 1"], said);
    }

    [Fact]
    public async Task The_same_file_goes_on_after_a_reload_and_begins_anew_when_nobody_waited_for_it()
    {
        var said = await PlayAsync("""
            await send(); received = 300000; asked.length = 0; kept.at = "/uploads/u1";
            console.log(await send(), asked.join(', '));
            gone = true; asked.length = 0; kept.at = "/uploads/u1";
            console.log(await send(), asked.join(', '));
            """);
        Assert.Equal(["u1 HEAD, PATCH 300000, PATCH 562144", "u2 HEAD, POST, PATCH 0, PATCH 262144, PATCH 524288"], said);
    }

    [Fact]
    public async Task A_refusal_is_final_and_in_the_words_of_the_platform()
    {
        var said = await PlayAsync("""
            for (const [status, title] of [[413, 'too large'], [401, undefined]]) {
              refusal = { status, title };
              await send().catch((e) => console.log(e.message, e.over));
            }
            console.log(asked.length, waits.length);
            """);
        Assert.Equal(["too large false", " true", "2 0"], said);
    }

    [Fact]
    public async Task An_upload_that_is_given_up_is_taken_back()
    {
        var said = await PlayAsync("""
            env.progress = () => { stopped = true; };
            console.log(await send(), asked.at(-1), kept.at);
            """);
        Assert.Equal(["null DELETE null"], said);
    }

    [Fact]
    public async Task What_a_file_is_its_first_bytes_say()
    {
        var said = await PlayAsync("""
            const is = (...bytes) => script.isPaper(new Blob([new Uint8Array(bytes)]));
            console.log(await is(0x25, 0x50, 0x44, 0x46, 1), await is(0xff, 0xd8, 0xff, 1), await is(0x89, 0x50, 0x4e, 0x47), await is(0x50, 0x4b, 3, 4), await is());
            """);
        Assert.Equal(["true true true false false"], said);
    }

    [Fact]
    public async Task Uploads_become_a_paper_under_one_key_however_often_it_is_tried()
    {
        var said = await PlayAsync("""
            const bodies = []; let tries = 0;
            env.call = async (method, address, headers, body) => { bodies.push(`${address} ${body.getAll('upload')} ${body.get('component')} ${body.get('join')} ${body.get('once')}`); if (tries++ === 0) throw new Error(); return { status: 201, id: 'd1' }; };
            console.log(await script.attach(['u1', 'u2'], true, 3, 'key', env), bodies.length, new Set(bodies).size, bodies[0]);
            env.call = async () => ({ status: 409, title: 'full' });
            await script.attach(['u1'], false, 3, 'key', env).catch((e) => console.log(e.message));
            """);
        Assert.Equal(["d1 2 1 /papers/uploaded u1,u2 3 true key", "full"], said);
    }

    private static Task<string[]> PlayAsync(string play) => Script.PlayAsync("uploads.js", Page + play);
}
