using System.Net;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>Refusals and cancellations: once, under the revision that was seen, and what they leave behind.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class EndTests(SessionFixture fixture)
{
    private const string Sessions = "/api/v1/signing-sessions";

    private static async Task<Guid> OwnAsync(SessionPerson person)
    {
        var form = new MultipartFormDataContent { { new StringContent("Nộp tờ khai"), "purpose" },
            { new ByteArrayContent(SamplePdfs.Table()), "file", "a.pdf" } };
        return Guid.Parse((await person.SendAsync(new HttpRequestMessage(HttpMethod.Post, Sessions) { Content = form })).Succeeded().Text("id")!);
    }

    private static Task<SessionAnswer> CancelAsync(SessionPerson person, Guid session, string? match = null, string? key = null) =>
        person.PostAsync($"{Sessions}/{session}/cancellation", new { }, match, key);

    private static async Task<string> TagAsync(SessionPerson person, Guid session) =>
        (await person.SessionAsync(session)).Succeeded().Raw.Headers.ETag!.ToString();

    [Fact]
    public async Task A_cancellation_is_done_once_under_its_key_and_only_by_the_revision_that_was_seen()
    {
        var person = fixture.Person();
        var session = await OwnAsync(person);
        var seen = await TagAsync(person, session);
        await person.ViewAllAsync(session);
        (await CancelAsync(person, session, seen)).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        Assert.Equal(SessionState.Open, (await fixture.SessionAsync(session)).State);
        (await CancelAsync(person, session, "W/" + await TagAsync(person, session))).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");

        var now = await TagAsync(person, session);
        var first = (await CancelAsync(person, session, now, "cancel-1")).Succeeded();
        var again = (await CancelAsync(person, session, now, "cancel-1")).Succeeded();
        Assert.Equal(("cancelled", first.Body.GetRawText()), (again.Text("state"), again.Body.GetRawText()));
        Assert.Equal(await TagAsync(person, session), first.Raw.Headers.ETag!.ToString());
        Assert.NotEqual(now, first.Raw.Headers.ETag!.ToString());
        Assert.Single(await fixture.LogAsync(session), l => l.Step == CeremonyStep.Cancelled);
        (await CancelAsync(person, session, "*")).Refused(HttpStatusCode.Conflict, "SIG-0304");
    }

    [Fact]
    public async Task Any_revision_is_named_by_a_star_or_among_others()
    {
        var person = fixture.Person();
        var (one, two) = (await OwnAsync(person), await OwnAsync(person));
        Assert.Equal("cancelled", (await CancelAsync(person, one, "*")).Succeeded().Text("state"));
        Assert.Equal("cancelled", (await CancelAsync(person, two, $"\"1\", {await TagAsync(person, two)}")).Succeeded().Text("state"));
    }

    [Fact]
    public async Task Another_reason_under_the_same_key_is_another_request()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        (await person.RefuseAsync(session, "Sai tên", key: "refuse-1")).Succeeded();
        (await person.RefuseAsync(session, "Sai ngày", key: "refuse-1")).Refused(HttpStatusCode.UnprocessableEntity, "CMN-0422");
        Assert.Equal("Sai tên", (await fixture.SessionAsync(session)).Signers.Single().Reason);
    }

    [Fact]
    public async Task A_refusal_that_was_refused_may_be_sent_again_under_its_key_when_its_turn_has_come()
    {
        var (one, two) = (fixture.Person(), fixture.Person());
        var session = await fixture.OpenAsync((one.Account, 1), (two.Account, 2));
        (await two.RefuseAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0305");
        Assert.Equal(SessionState.Open, (await fixture.SessionAsync(session)).State);
        (await one.SignAsync(session)).Succeeded();
        (await one.RefuseAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0310");
        var refused = (await two.RefuseAsync(session, "  Không đồng ý với phụ lục số 2  ")).Succeeded().Body;
        Assert.Equal(["signed", "refused"], refused.GetProperty("signers").EnumerateArray().Select(s => s.GetProperty("state").GetString()));
        Assert.Equal("Không đồng ý với phụ lục số 2", refused.GetProperty("signers")[1].GetProperty("reason").GetString());
        // The first one's signature stays in the file; the refusal is in the log without its words.
        Assert.Single((await fixture.SessionAsync(session)).Signatures);
        var line = Assert.Single(await fixture.LogAsync(session), l => l.Step == CeremonyStep.Refused);
        Assert.Equal((two.Account.ToString(), ""), (line.Actor, line.Detail));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("*501")]
    [InlineData("a\0b")]
    public async Task A_reason_has_1_to_500_characters(string? reason)
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        (await person.RefuseAsync(session, reason == "*501" ? new string('x', 501) : reason)).Refused(HttpStatusCode.BadRequest, "SIG-0328");
        Assert.Equal(SessionState.Open, (await fixture.SessionAsync(session)).State);
    }

    [Fact]
    public async Task The_longest_reason_is_taken_with_all_its_marks()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        var reason = new string('ữ', 500);
        Assert.Equal(reason, (await person.RefuseAsync(session, reason)).Succeeded().Body.GetProperty("signers")[0].GetProperty("reason").GetString());
        Assert.Equal(reason, (await fixture.As("dossier").GetAsync(new GetSigningSessionRequest { SessionId = session.ToString() })).Signers[0].Reason);
    }

    [Fact]
    public async Task What_was_under_way_ends_with_the_session_and_is_told_so()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await person.ViewAllAsync(session);
        (await person.BeginAsync(session, "pending")).Succeeded();
        Assert.Equal("cancelled", (await fixture.As("dossier").CancelAsync(new CancelSigningSessionRequest { SessionId = session.ToString() })).State);
        var signer = (await person.SessionAsync(session)).Body.GetProperty("signers")[0];
        Assert.Equal(("failed", "SIG-0304"), (signer.GetProperty("state").GetString(), signer.GetProperty("code").GetString()));
        Assert.All((await fixture.SessionAsync(session)).Documents, d => Assert.Null(d.HeldBy));
        (await person.RefuseAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0304");
        // Looking is still possible, and on record.
        await person.ViewAllAsync(session);
        Assert.Equal(CeremonyStep.Viewed, (await fixture.LogAsync(session))[^1].Step);
    }

    [Fact]
    public async Task A_file_that_is_handed_out_says_what_it_is_and_is_kept_nowhere()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(2, (person.Account, 1));
        var document = (await fixture.SessionAsync(session)).Documents.Single(d => d.Number == 2);
        var answer = await person.GetAsync($"{Sessions}/{session}/documents/{document.Id}/content");
        Assert.Equal((HttpStatusCode.OK, "application/pdf", true), (answer.Status, answer.Raw.Content.Headers.ContentType?.MediaType,
            answer.Raw.Headers.CacheControl?.NoStore));
        Assert.Equal(document.Sha256, Assert.Single(answer.Raw.Headers.GetValues("X-Content-Sha256")));
        var line = (await fixture.LogAsync(session))[^1];
        Assert.Equal((CeremonyStep.Viewed, document.Id, document.Sha256), (line.Step, line.DocumentId, line.Sha256));
        Assert.Equal(0, await fixture.QueryAsync(db => db.Set<SigningOrder>().CountAsync(o => o.AccountId == person.Account)));
    }
}
