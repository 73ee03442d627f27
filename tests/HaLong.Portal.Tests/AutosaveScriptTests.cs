namespace HaLong.Portal.Tests;

/// <summary>The script that saves while somebody types: nothing typed is lost, and nothing of others is overwritten.</summary>
public sealed class AutosaveScriptTests
{
    // A form with a text, a choice and a box; a browser whose clock stands until it is told to go on; a server that answers what a play says.
    private const string Page = """
        const data = {}, sent = [], told = [];
        const store = { getItem: (k) => data[k] ?? null, setItem: (k, v) => { data[k] = v; }, removeItem: (k) => { delete data[k]; } };
        const text = (name, value) => ({ name, type: 'text', value, defaultValue: value });
        const choice = (name, value, checked) => ({ name, type: 'radio', value, checked, defaultChecked: checked });
        function page(version, name, sex = '') {
          const elements = [text('/name', name), choice('/sex', 'm', sex === 'm'), choice('/sex', 'f', sex === 'f'), { name: '/twin', type: 'checkbox', value: 'true', checked: false, defaultChecked: false }];
          elements.version = { value: version }; elements.__RequestVerificationToken = { value: 't' };
          return { elements, dataset: { autosave: '/saved', version, asked: '2' } };
        }
        let timers = [], answer = { status: 200, version: 'v2', at: '10:42', asked: 2, fields: {} }, reloads = 0, more = 0;
        const line = { dataset: { saving: 'saving', saved: 'saved {0}', failed: 'failed', over: 'over', conflict: 'conflict', restored: 'restored' } };
        const buttons = { ul: { replaceChildren: (...all) => told.push(...all) }, '[data-mine]': {}, '[data-theirs]': {} };
        const box = { hidden: true, querySelector: (n) => buttons[n] };
        const open = (form) => script.autosave(form, line, box, { who: 'me', store, tell: (n) => told.push(n), more: () => { more++; }, reload: () => { reloads++; }, item: (t) => t,
          later: (then, wait) => { const t = { then, wait }; timers.push(t); return t; }, never: (t) => { timers = timers.filter((x) => x !== t); },
          send: async (address, body, last) => { sent.push(`${body.get('version')} ${body.getAll('changed')} ${body.get('/name')} ${body.get('/sex')}${last ? ' last' : ''}`); if (answer instanceof Error) throw answer; return answer; } });
        const pass = async () => { const due = timers; timers = []; for (const t of due) await t.then(); };
        const say = (...x) => console.log([line.textContent, ...x].join(' | '));
        const type = (form, keeper, value) => { form.elements[0].value = value; keeper.typed(); };

        """;

    [Fact]
    public async Task What_is_typed_is_saved_a_second_later_and_then_no_longer_kept()
    {
        var said = await PlayAsync("""
            const form = page('v1', 'Na'), keeper = open(form);
            type(form, keeper, 'Bé'); type(form, keeper, 'Bé Na');
            console.log(timers.length, timers[0].wait, data['typed:me:/saved']);
            await pass(); say(sent, form.elements.version.value, Object.keys(data).length, told);
            await pass(); say(sent.length);
            """);
        Assert.Equal(["1 1000 {\"version\":\"v1\",\"sent\":false,\"fields\":{\"/name\":[\"Bé Na\"]}}", "saved 10:42 | v1 /name Bé Na null | v2 | 0 | session-alive", "saved 10:42 | 1"], said);
    }

    [Fact]
    public async Task The_next_change_is_made_against_the_last_and_others_changes_are_shown()
    {
        var said = await PlayAsync("""
            const form = page('v1', 'Na'), keeper = open(form);
            answer = { ...answer, fields: { '/name': 'Bé Na', '/sex': 'f', '/twin': 'true' } };
            type(form, keeper, 'Bé Na'); await pass();
            console.log(form.elements[2].checked, form.elements[3].checked, timers.length);
            type(form, keeper, 'Na'); await pass(); console.log(sent.join(' ; '));
            """);
        Assert.Equal(["true true 0", "v1 /name Bé Na null ; v2 /name Na f"], said);
    }

    [Fact]
    public async Task Without_a_line_it_is_tried_again_later_and_later_and_at_once_when_there_is_one()
    {
        var said = await PlayAsync("""
            const form = page('v1', 'Na'), keeper = open(form);
            answer = new Error('offline'); type(form, keeper, 'A'); await pass(); say(timers[0].wait);
            await pass(); say(timers[0].wait);
            answer = { status: 200, version: 'v2', at: '10:43', asked: 2 }; await keeper.back(); await Promise.resolve(); say(sent.length, timers.length);
            """);
        Assert.Equal(["failed | 5000", "failed | 10000", "saved 10:43 | 3 | 0"], said);
    }

    [Fact]
    public async Task When_the_session_is_over_nothing_is_sent_any_more_and_it_is_there_after_the_next_sign_in()
    {
        var said = await PlayAsync("""
            const form = page('v1', 'Na'), keeper = open(form);
            answer = { status: 401 }; type(form, keeper, 'Bé'); await pass(); say(told);
            type(form, keeper, 'Bé Na'); await pass(); await keeper.back(); console.log(sent.length);
            answer = { status: 200, version: 'v2', at: '10:50', asked: 2 };
            const later = page('v1', 'Na'); open(later); say(later.elements[0].value); await pass(); say(sent[1]);
            """);
        Assert.Equal(["over | session-over", "1", "restored | Bé Na", "saved 10:50 | v1 /name Bé Na null"], said);
    }

    [Fact]
    public async Task Leaving_the_page_sends_what_is_left_and_a_form_that_is_sent_is_not_sent_twice()
    {
        var said = await PlayAsync("""
            const form = page('v1', 'Na'), keeper = open(form);
            type(form, keeper, 'A'); await keeper.save(true); console.log(sent[0]);
            type(form, keeper, 'B'); console.log(keeper.submitting(), timers.length); await keeper.save(true); console.log(sent.length);
            """);
        Assert.Equal(["v1 /name A null last", "[ '/name' ] 0", "1"], said);
    }

    [Theory]
    [InlineData("v2", "Na", "undefined Na")]
    [InlineData("v1", "Na", "restored B")]
    public async Task A_form_that_was_sent_and_saved_is_not_put_back_and_one_that_got_lost_is(string version, string name, string expected)
    {
        var said = await PlayAsync($$"""
            const form = page('v1', 'Na'), keeper = open(form);
            type(form, keeper, 'B'); keeper.submitting();
            const next = page('{{version}}', '{{name}}'); open(next); console.log(line.textContent, next.elements[0].value);
            """);
        Assert.Equal([expected], said);
    }

    [Fact]
    public async Task Two_tabs_at_one_field_are_asked_which_to_keep()
    {
        var said = await PlayAsync("""
            const stale = { status: 412, version: 'v5', conflicts: [{ name: '/name', label: 'Name', theirs: 'Mi' }] }, fine = answer;
            for (const which of ['[data-mine]', '[data-theirs]']) {
              const form = page('v1', 'Na'), keeper = open(form);
              answer = stale; type(form, keeper, 'Bé'); await pass(); say(box.hidden, told.at(-1));
              type(form, keeper, 'Bé Na'); console.log(timers.length);
              answer = fine; await buttons[which].onclick(); console.log(sent.at(-1), form.elements[0].value, box.hidden, Object.keys(data).length);
            }
            """);
        Assert.Equal(["conflict | false | Name: Mi", "0", "v5 /name Bé Na null Bé Na true 0", "conflict | false | Name: Mi", "0", "v1 /name Bé null Mi true 0"], said);
    }

    [Fact]
    public async Task A_refusal_is_shown_in_the_words_of_the_api_and_a_new_question_is_fetched()
    {
        var said = await PlayAsync("""
            const form = page('v1', 'Na'), keeper = open(form);
            answer = { status: 422, title: 'too long' }; type(form, keeper, 'A'); await pass(); say(timers.length);
            answer = { status: 200, version: 'v2', at: '10:42', asked: 3 }; type(form, keeper, 'B'); await pass(); say(more);
            """);
        Assert.Equal(["too long | 0", "saved 10:42 | 1"], said);
    }

    private static Task<string[]> PlayAsync(string play) => Script.PlayAsync("autosave.js", Page + play);
}
