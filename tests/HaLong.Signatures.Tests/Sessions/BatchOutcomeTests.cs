using System.Net;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>Batches that go wrong in part or as a whole, late or never, and what each document is told.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class BatchOutcomeTests(SessionFixture fixture)
{
    private const string Batches = "/api/v1/me/signing-batches";

    private SessionPerson Official() => fixture.Person(null, [Roles.Approver], "06658", strong: true);

    private static object Body(IEnumerable<Guid>? sessions = null, IEnumerable<Guid>? documents = null, string credential = "sign",
        string provider = ScriptedProvider.Word) =>
        new { sessionIds = sessions, documentIds = documents, provider, credentialId = credential, consent = ConsentText.Version };

    private async Task<List<Guid>> ShownAsync(SessionPerson official, int count, int documents = 1)
    {
        var sessions = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            sessions.Add(await fixture.OpenAsync(documents, (official.Account, 1)));
            await official.ViewAllAsync(sessions[^1]);
        }

        return sessions;
    }

    private async Task<List<Guid>> DocumentsAsync(Guid session) =>
        [.. (await fixture.SessionAsync(session)).Documents.OrderBy(d => d.Number).Select(d => d.Id)];

    private static (int Signed, int Failed, int Skipped, int Waiting, bool IsOver) Counts(JsonElement batch) => (batch.GetProperty("signed").GetInt32(),
        batch.GetProperty("failed").GetInt32(), batch.GetProperty("skipped").GetInt32(), batch.GetProperty("waiting").GetInt32(),
            batch.GetProperty("isOver").GetBoolean());

    private static Dictionary<Guid, (string? State, string? Code)> Outcomes(JsonElement batch) =>
        batch.GetProperty("orders").EnumerateArray().SelectMany(o => o.GetProperty("documents").EnumerateArray())
            .ToDictionary(d => d.GetProperty("documentId").GetGuid(), d => (d.GetProperty("state").GetString(), d.GetProperty("code").GetString()));

    private Task<int> BatchesOfAsync(SessionPerson official) => fixture.QueryAsync(db =>
        db.Set<SigningBatch>().CountAsync(b => b.AccountId == official.Account));

    [Fact]
    public async Task What_is_named_twice_is_signed_once()
    {
        var official = Official();
        var (one, two) = ((await ShownAsync(official, 1, 2))[0], (await ShownAsync(official, 1))[0]);
        var documents = await DocumentsAsync(one);
        var chosen = (await official.BatchAsync(Body(documents: [documents[0], documents[0]]))).Succeeded().Body;
        Assert.Equal((0, 0, 0, 1, false), Counts(chosen));
        Assert.Equal(1, Counts((await official.AuthoriseBatchAsync(chosen.GetProperty("id").GetString()!)).Succeeded().Body).Signed);
        var rest = (await official.BatchAsync(Body([one, two, one, two]))).Succeeded().Body;
        Assert.Equal((0, 0, 0, 2, false), Counts(rest));
        Assert.Equal((2, 0, 0, 0, true), Counts((await official.AuthoriseBatchAsync(rest.GetProperty("id").GetString()!)).Succeeded().Body));
        Assert.Equal(2, (await fixture.SessionAsync(one)).Signatures.Count);
    }

    [Fact]
    public async Task A_document_of_somebody_else_among_ones_own_leaves_all_of_them_alone()
    {
        var (official, other) = (Official(), Official());
        var (mine, his) = ((await ShownAsync(official, 1))[0], (await ShownAsync(other, 1))[0]);
        Guid[] mixed = [(await DocumentsAsync(mine))[0], (await DocumentsAsync(his))[0]];
        (await official.BatchAsync(Body(documents: mixed))).Refused(HttpStatusCode.NotFound, "SIG-0302");
        (await official.BatchAsync(Body([mine, his]))).Refused(HttpStatusCode.NotFound, "SIG-0302");
        (await official.BatchAsync(Body(documents: [mixed[0], Guid.CreateVersion7()]))).Refused(HttpStatusCode.NotFound, "SIG-0302");
        Assert.Equal((0, 0), (await BatchesOfAsync(official), await fixture.QueryAsync(db =>
            db.Set<SigningOrder>().CountAsync(o => o.AccountId == official.Account))));
        foreach (var session in new[] { mine, his })
            Assert.Equal((SignerState.Viewing, null), ((await fixture.SessionAsync(session)).Signers.Single().State,
                (await fixture.SessionAsync(session)).Documents.Single().HeldBy));
    }

    [Fact]
    public async Task Within_one_session_what_was_shown_is_signed_and_what_was_not_or_is_signed_already_is_skipped()
    {
        var official = Official();
        var session = await fixture.OpenAsync(3, (official.Account, 1));
        var documents = await DocumentsAsync(session);
        await official.ViewAsync(session, documents[0]);
        await official.ViewAsync(session, documents[1]);
        var first = (await official.BatchAsync(Body(documents: [documents[0]]))).Succeeded().Text("id")!;
        (await official.AuthoriseBatchAsync(first)).Succeeded();

        var batch = (await official.BatchAsync(Body(documents: documents))).Succeeded().Body;
        Assert.Equal((0, 0, 2, 1, false), Counts(batch));
        var done = (await official.AuthoriseBatchAsync(batch.GetProperty("id").GetString()!)).Succeeded().Body;
        Assert.Equal((1, 0, 2, 0, true), Counts(done));
        var outcomes = Outcomes(done);
        Assert.Equal((("skipped", "SIG-0310"), ("signed", null), ("skipped", "SIG-0306")),
            (outcomes[documents[0]], outcomes[documents[1]], outcomes[documents[2]]));
        var stands = await fixture.SessionAsync(session);
        Assert.Equal((SessionState.Open, SignerState.Viewing, documents[2]),
            (stands.State, stands.Signers[0].State, Assert.Single(stands.Remaining(stands.Signers[0])).Id));
    }

    [Fact]
    public async Task When_nothing_can_be_signed_each_document_is_named_with_its_code_and_nothing_is_kept()
    {
        var official = Official();
        var (unseen, ended) = (await fixture.OpenAsync(2, (official.Account, 1)), (await ShownAsync(official, 1))[0]);
        (await official.RefuseAsync(ended)).Succeeded();
        var answer = await official.BatchAsync(Body([unseen, ended]), "nothing-1");
        answer.Refused(HttpStatusCode.Conflict, "SIG-0318");
        var told = answer.Body.GetProperty("errors").EnumerateObject().ToDictionary(e => Guid.Parse(e.Name), e => e.Value[0].GetString());
        Assert.Equal(["SIG-0306", "SIG-0306", "SIG-0304"], (await DocumentsAsync(unseen)).Concat(await DocumentsAsync(ended)).Select(d => told[d]));
        Assert.Equal(0, await BatchesOfAsync(official));
        // The key was not used up.
        await official.ViewAllAsync(unseen);
        Assert.Equal((0, 0, 1, 2, false), Counts((await official.BatchAsync(Body([unseen, ended]), "nothing-1")).Succeeded().Body));
    }

    [Theory]
    [InlineData("decline", "declined", "DECLINED", HttpStatusCode.Conflict)]
    [InlineData("fail", "failed", "4004", HttpStatusCode.Conflict)]
    [InlineData("wrong", "done", "SIG-0325", HttpStatusCode.OK)]
    public async Task A_batch_that_brings_nothing_tells_each_document_why_and_leaves_them_to_the_next(string credential, string state, string code,
        HttpStatusCode status)
    {
        var official = Official();
        var sessions = await ShownAsync(official, 2);
        var id = (await official.BatchAsync(Body(sessions, credential: credential))).Succeeded().Text("id")!;
        Assert.Equal(status, (await official.AuthoriseBatchAsync(id)).Status);
        var over = (await official.GetAsync($"{Batches}/{id}")).Succeeded().Body;
        Assert.Equal((0, 2, 0, 0, true), Counts(over));
        Assert.Equal(state, over.GetProperty("orders")[0].GetProperty("state").GetString());
        Assert.All(Outcomes(over).Values, o => Assert.Equal(("failed", code), o));
        foreach (var session in sessions)
            Assert.Equal((SignerState.Failed, code, 1), ((await fixture.SessionAsync(session)).Signers[0].State,
                (await fixture.SessionAsync(session)).Signers[0].Code,
                (await fixture.SessionAsync(session)).Documents[0].Parts));
        var next = (await official.BatchAsync(Body(sessions))).Succeeded().Text("id")!;
        Assert.Equal((2, 0, 0, 0, true), Counts((await official.AuthoriseBatchAsync(next)).Succeeded().Body));
        // What became of the first one stays as it was.
        Assert.Equal((0, 2, 0, 0, true), Counts((await official.GetAsync($"{Batches}/{id}")).Succeeded().Body));
    }

    [Fact]
    public async Task Left_out_documents_of_a_session_of_several_are_signed_by_the_next_batch()
    {
        var official = Official();
        var session = (await ShownAsync(official, 1, 3))[0];
        var documents = await DocumentsAsync(session);
        var first = (await official.BatchAsync(Body([session], credential: "partial"))).Succeeded().Text("id")!;
        var done = (await official.AuthoriseBatchAsync(first)).Succeeded().Body;
        Assert.Equal(((2, 1, 0, 0, true), ("failed", "SIG-0329")), (Counts(done), Outcomes(done)[documents[0]]));
        Assert.Equal((SignerState.Failed, "SIG-0329"), ((await fixture.SessionAsync(session)).Signers[0].State,
            (await fixture.SessionAsync(session)).Signers[0].Code));
        var second = (await official.BatchAsync(Body([session]))).Succeeded().Body;
        Assert.Equal(documents[0], Assert.Single(Outcomes(second)).Key);
        (await official.AuthoriseBatchAsync(second.GetProperty("id").GetString()!)).Succeeded();
        Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
    }

    [Fact]
    public async Task A_credential_for_one_hash_with_a_code_signs_one_and_says_how_many_it_signs()
    {
        var official = Official();
        var sessions = await ShownAsync(official, 2);
        var refused = await official.BatchAsync(Body(sessions, credential: "single"));
        refused.Refused(HttpStatusCode.Conflict, "SIG-0319");
        Assert.Contains(" 1 ", refused.Text("title"), StringComparison.Ordinal);
        Assert.Equal(0, await BatchesOfAsync(official));
        var batch = (await official.BatchAsync(Body(sessions.Take(1), credential: "single"))).Succeeded().Body;
        var order = batch.GetProperty("orders")[0];
        Assert.Equal(("oneTimeCode", "09xx xxx 789"), (order.GetProperty("needs")[0].GetString(), order.GetProperty("codeSentTo").GetString()));
        Assert.Equal(1, Counts((await official.AuthoriseBatchAsync(batch.GetProperty("id").GetString()!)).Succeeded().Body).Signed);
        Assert.Contains(CeremonyStep.CodeSent, (await fixture.LogAsync(sessions[0])).Select(l => l.Step));
    }

    [Fact]
    public async Task Never_answered_a_batch_lapses_and_an_answer_that_comes_then_is_on_record_in_each_session()
    {
        var official = Official();
        var sessions = await ShownAsync(official, 2);
        var id = (await official.BatchAsync(Body(sessions, credential: "app"))).Succeeded().Text("id")!;
        Assert.Equal((0, 0, 0, 2, false), Counts((await official.AuthoriseBatchAsync(id)).Succeeded().Body));
        await fixture.WorkAsync(TimeSpan.FromSeconds(301));
        var lapsed = (await official.GetAsync($"{Batches}/{id}")).Succeeded().Body;
        Assert.Equal((0, 2, 0, 0, true), Counts(lapsed));
        Assert.All(Outcomes(lapsed).Values, o => Assert.Equal(("failed", "EXPIRED"), o));
        (await official.AuthoriseBatchAsync(id)).Refused(HttpStatusCode.Conflict, "SIG-0314");

        var order = await fixture.QueryAsync(db => db.Set<SigningOrder>().AsNoTracking().Include(o => o.Items).SingleAsync(o => o.BatchId == Guid.Parse(id)));
        fixture.Provider.Answer(order.Id, new HashOutcome(HashState.Signed,
            [.. order.Items.Select(i => ScriptedProvider.KeyOf(official.Account).SignHash(i.Hash))]));
        // Nobody asks about an order that is over; its provider tells, as often as it likes.
        for (var i = 0; i < 2; i++)
        {
            await fixture.Service.PublishAsync(new ProviderAnswered(order.Id, ScriptedProvider.Word));
            await Eventually.Async(() => fixture.QueryAsync(db => db.Set<SigningOrder>().AnyAsync(o => o.Id == order.Id && o.NoticedAt != null)),
                "the notice was heard");
            await fixture.WorkAsync();
        }

        foreach (var session in sessions)
        {
            var late = Assert.Single(await fixture.LogAsync(session), l => l.Step == CeremonyStep.AnsweredLate);
            Assert.Equal((ScriptedProvider.Word, SigningEvent.System), (late.Detail, late.Actor));
            Assert.Empty((await fixture.SessionAsync(session)).Signatures);
        }

        Assert.Equal((0, 2, 0, 0, true), Counts((await official.GetAsync($"{Batches}/{id}")).Succeeded().Body));
    }

    [Fact]
    public async Task A_batch_that_is_answered_in_the_app_is_finished_by_the_worker_but_for_what_was_refused_meanwhile()
    {
        var official = Official();
        var sessions = await ShownAsync(official, 2);
        var id = (await official.BatchAsync(Body(sessions, credential: "app"))).Succeeded().Text("id")!;
        (await official.RefuseAsync(sessions[0])).Succeeded();
        var order = await fixture.QueryAsync(db => db.Set<SigningOrder>().AsNoTracking().Include(o => o.Items).SingleAsync(o => o.BatchId == Guid.Parse(id)));
        fixture.Provider.Answer(order.Id, new HashOutcome(HashState.Signed,
            [.. order.Items.OrderBy(i => i.Number).Select(i => ScriptedProvider.KeyOf(official.Account).SignHash(i.Hash))]));
        await fixture.WorkAsync(TimeSpan.FromSeconds(10));
        var done = (await official.GetAsync($"{Batches}/{id}")).Succeeded().Body;
        Assert.Equal((1, 1, 0, 0, true), Counts(done));
        Assert.Equal((("failed", "SIG-0304"), ("signed", null)), (Outcomes(done)[(await DocumentsAsync(sessions[0]))[0]],
            Outcomes(done)[(await DocumentsAsync(sessions[1]))[0]]));
        Assert.Equal([SessionState.Refused, SessionState.Completed], [(await fixture.SessionAsync(sessions[0])).State,
            (await fixture.SessionAsync(sessions[1])).State]);
        Assert.Equal("SIG-0304", Assert.Single(await fixture.LogAsync(sessions[0]), l => l.Step == CeremonyStep.AnsweredLate).Detail);
    }

    [Fact]
    public async Task My_batches_come_newest_first_page_by_page_and_nobody_elses()
    {
        var official = Official();
        var ids = new List<string>();
        foreach (var session in await ShownAsync(official, 3))
            ids.Add((await official.BatchAsync(Body([session]))).Succeeded().Text("id")!);
        var page = (await official.GetAsync($"{Batches}?limit=2")).Succeeded().Body;
        var rest = (await official.GetAsync($"{Batches}?limit=2&after={page.GetProperty("after").GetString()}")).Succeeded().Body;
        Assert.Equal([ids[2], ids[1], ids[0]], page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray())
            .Select(b => b.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("after").ValueKind);
        Assert.Equal(0, (await Official().GetAsync(Batches)).Succeeded().Body.GetProperty("items").GetArrayLength());
        foreach (var query in new[] { "?limit=0", "?limit=101", "?after=x" })
            (await official.GetAsync(Batches + query)).Refused(HttpStatusCode.BadRequest, "CMN-0400");
        (await official.BatchAsync(Body([Guid.CreateVersion7()]), new string('k', 201))).Refused(HttpStatusCode.BadRequest, "CMN-0400");
        (await official.BatchAsync(Body([Guid.CreateVersion7()], provider: "nobody"))).Refused(HttpStatusCode.BadRequest, "SIG-0311");
    }
}
