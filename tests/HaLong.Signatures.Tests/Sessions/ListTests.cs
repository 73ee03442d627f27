using System.Net;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>Lists page by page: nothing twice, nothing left out, whatever they are narrowed to.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class ListTests(SessionFixture fixture)
{
    private const string Sessions = "/api/v1/signing-sessions";
    private const string Log = "/api/v1/admin/signing-events";

    /// <summary>All pages of a list, each of the size that was asked for but the last.</summary>
    private static async Task<List<JsonElement>> AllAsync(SessionPerson person, string path, int limit)
    {
        var (found, separator) = (new List<JsonElement>(), path.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        for (string? after = null; ;)
        {
            var page = (await person.GetAsync($"{path}{separator}limit={limit}{(after is null ? "" : "&after=" + after)}")).Succeeded().Body;
            found.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("after").GetString();
            if (after is null)
                return found;
            Assert.Equal(0, found.Count % limit);
        }
    }

    private static IEnumerable<Guid> Ids(IEnumerable<JsonElement> items) => items.Select(i => i.GetProperty("id").GetGuid());

    private async Task CancelAsync(Guid session) =>
        await fixture.As("dossier").CancelAsync(new CancelSigningSessionRequest { SessionId = session.ToString() });

    [Fact]
    public async Task My_sessions_come_newest_first_page_by_page_also_when_they_are_narrowed()
    {
        var (person, other) = (fixture.Person(), fixture.Person());
        var mine = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            mine.Add(await fixture.OpenAsync((person.Account, 1), (other.Account, 2)));
            await fixture.OpenAsync((other.Account, 1));
        }

        await CancelAsync(mine[1]);
        await CancelAsync(mine[3]);
        mine.Reverse();
        foreach (var limit in new[] { 1, 2, 4, 5, 100 })
            Assert.Equal(mine, Ids(await AllAsync(person, "/api/v1/me/signing-sessions", limit)));
        Assert.Equal([mine[1], mine[3]], Ids(await AllAsync(person, "/api/v1/me/signing-sessions?state=cancelled", 1)));
        Assert.Equal([mine[0], mine[2], mine[4]], Ids(await AllAsync(person, "/api/v1/me/signing-sessions?as=signer&state=OPEN", 2)));
        Assert.Empty(await AllAsync(person, "/api/v1/me/signing-sessions?state=expired", 2));
        // Who signs later sees them too, and that it is not his turn.
        Assert.All((await AllAsync(other, "/api/v1/me/signing-sessions", 100)).Where(s => mine.Contains(s.GetProperty("id").GetGuid())),
            s => Assert.False(s.GetProperty("myTurn").GetBoolean()));
    }

    [Fact]
    public async Task A_cursor_stays_good_while_new_sessions_come_and_means_the_same_in_the_other_list()
    {
        var person = fixture.Person();
        var (first, second) = (await fixture.OpenAsync((person.Account, 1)), await fixture.OpenAsync((person.Account, 1)));
        var page = (await person.ListAsync("?limit=1")).Succeeded().Body;
        Assert.Equal([second], Ids(page.GetProperty("items").EnumerateArray()));
        await fixture.OpenAsync((person.Account, 1));
        var rest = (await person.ListAsync("?limit=1&after=" + page.GetProperty("after").GetString())).Succeeded().Body;
        Assert.Equal((first, JsonValueKind.Null), (Assert.Single(Ids(rest.GetProperty("items").EnumerateArray())), rest.GetProperty("after").ValueKind));
        var made = (await person.ListAsync("?as=creator&after=" + page.GetProperty("after").GetString())).Succeeded().Body;
        Assert.Equal(0, made.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?after=%25", "after")]
    [InlineData("?after=WyJhIl0", "after")]
    [InlineData("?after=W10", "after")]
    [InlineData("?as=Creator", "as")]
    [InlineData("?state=", "state")]
    [InlineData("?state=signed", "state")]
    public async Task What_is_wrong_with_a_question_is_told_by_its_name(string query, string name)
    {
        var answer = await fixture.Person().ListAsync(query);
        answer.Refused(HttpStatusCode.BadRequest, "CMN-0400");
        Assert.Equal(name, Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_log_of_a_session_is_read_backwards_without_a_gap()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(2, (person.Account, 1));
        (await person.SignAsync(session, "code")).Succeeded();
        var written = (await fixture.LogAsync(session)).Select(l => l.Id).Reverse().ToList();
        foreach (var limit in new[] { 1, 3, 100 })
            Assert.Equal(written, (await AllAsync(person, $"{Sessions}/{session}/events", limit)).Select(e => e.GetProperty("id").GetInt64()));
        foreach (var query in new[] { "?limit=0", "?after=x", "?after=" + Cursor.Encode("1", "2"), "?after=" + Cursor.Encode("1.5") })
            (await person.GetAsync($"{Sessions}/{session}/events{query}")).Refused(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task An_auditor_pages_through_everything_of_his_unit_and_sees_no_word_of_a_person()
    {
        const string Unit = "06791";
        var (person, foreign) = (fixture.Person(), Guid.Parse((await fixture.As("dossier").CreateAsync(
            SessionFixture.Request([(Guid.CreateVersion7(), 1)], unit: "06792"))).SessionId));
        var sessions = new List<Guid>();
        for (var i = 0; i < 3; i++)
            sessions.Add(Guid.Parse((await fixture.As("dossier").CreateAsync(SessionFixture.Request([(person.Account, 1)], unit: Unit))).SessionId));
        (await person.SignAsync(sessions[0])).Succeeded();
        (await person.RefuseAsync(sessions[1], "Bí mật gia đình")).Succeeded();
        await CancelAsync(sessions[2]);

        var auditor = fixture.Person(roles: [Roles.Auditor], unit: Unit);
        var lines = await AllAsync(auditor, Log, 4);
        Assert.Equal(await fixture.QueryAsync(db => db.Set<SigningEvent>().Where(e => sessions.Contains(e.SessionId)).OrderByDescending(e => e.Id)
            .Select(e => e.Id).ToListAsync()), lines.Select(l => l.GetProperty("id").GetInt64()));
        Assert.DoesNotContain(lines, l => l.GetProperty("sessionId").GetGuid() == foreign);
        var text = string.Join(' ', lines.Select(l => l.GetRawText()));
        foreach (var word in new[] { "Bí mật", "Biên bản", "bàn giao", ScriptedProvider.Pin })
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);

        var one = await AllAsync(auditor, $"{Log}?session={sessions[1]}", 2);
        Assert.Equal(["refused", "requested", "opened"], one.Select(l => l.GetProperty("step").GetString()));
        Assert.Empty(await AllAsync(auditor, $"{Log}?session={foreign}", 2));
        // An auditor is no party: the session itself is not his to see.
        (await auditor.SessionAsync(sessions[0])).Refused(HttpStatusCode.NotFound, "SIG-0302");
    }
}
