using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>An official signs many results with one authorisation, and each has an outcome of its own.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class BatchTests(SessionFixture fixture)
{
    private const string Batches = "/api/v1/me/signing-batches";

    private SessionPerson Official(Guid? account = null, bool strong = true) => fixture.Person(account, [Roles.Approver], "06658", strong);

    private static object Body(IEnumerable<Guid>? sessions = null, IEnumerable<Guid>? documents = null, string credential = "sign",
        string consent = ConsentText.Version) =>
        new { sessionIds = sessions, documentIds = documents, provider = ScriptedProvider.Word, credentialId = credential, consent };

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

    private static int Number(JsonElement batch, string name) => batch.GetProperty(name).GetInt32();

    private static IEnumerable<JsonElement> Outcomes(JsonElement batch) =>
        batch.GetProperty("orders").EnumerateArray().SelectMany(o => o.GetProperty("documents").EnumerateArray());

    [Fact]
    public async Task Two_hundred_documents_are_prepared_in_a_handful_of_queries_and_signed_with_one_authorisation()
    {
        var official = Official();
        var sessions = new List<Guid>();
        // Ten sessions of twenty results of 40 kB.
        for (var i = 0; i < 10; i++)
            sessions.Add(Guid.Parse((await fixture.As("dossier").CreateAsync(SessionFixture.Request([(official.Account, 1)], 20,
                SamplePdfs.Table(40_000)))).SessionId));
        await ShowAllAsync(official, sessions);

        fixture.Queries.Count = 0;
        var batch = (await official.BatchAsync(Body(sessions))).Succeeded().Body;
        // Sessions, signers, documents, contents: as many queries for two hundred as for two. Inserts come in a few statements.
        Assert.InRange(fixture.Queries.Count, 1, 60);
        Assert.Equal(200, Number(batch, "waiting"));
        Assert.Single(batch.GetProperty("orders").EnumerateArray());
        Assert.Equal("pin", batch.GetProperty("orders")[0].GetProperty("needs")[0].GetString());

        var id = batch.GetProperty("id").GetString()!;
        var done = (await official.AuthoriseBatchAsync(id)).Succeeded().Body;
        Assert.Equal((200, 0, 0, 0, true), (Number(done, "signed"), Number(done, "failed"), Number(done, "skipped"), Number(done,
            "waiting"), done.GetProperty("isOver").GetBoolean()));
        Assert.Equal(10, await fixture.QueryAsync(db => db.Set<SigningSession>().CountAsync(s => sessions.Contains(s.Id)
            && s.State == SessionState.Completed)));
        using var judge = new Judge();
        judge.OpenSsl(await fixture.FileAsync(sessions[3], 7), TestPki.Default.Root.ExportCertificatePem()).Succeeded();
        // Given again, nothing changes.
        Assert.Equal(200, Number((await official.AuthoriseBatchAsync(id)).Succeeded().Body, "signed"));
    }

    // What two hundred requests would do: each file on record as shown.
    private async Task ShowAllAsync(SessionPerson official, List<Guid> sessions) => await fixture.QueryAsync(async db =>
    {
        foreach (var session in await db.Set<SigningSession>().Include(s => s.Documents).Include(s => s.Signers).Where(s =>
            sessions.Contains(s.Id)).ToListAsync())
        {
            session.Documents.ForEach(d => session.Show(d, session.Signers.Single(), official.Account.ToString(),
                fixture.Time.GetUtcNow()));
            db.AddRange(session.Log);
        }

        return await db.SaveChangesAsync();
    });

    [Fact]
    public async Task What_cannot_be_signed_is_skipped_with_its_code_and_the_rest_is_signed()
    {
        var (official, other) = (Official(), Official());
        var shared = await fixture.OpenAsync((official.Account, 1), (other.Account, 1));
        await official.ViewAllAsync(shared);
        (await other.SignAsync(shared)).Succeeded();
        var held = await fixture.OpenAsync((official.Account, 1), (other.Account, 1));
        await official.ViewAllAsync(held);
        await other.ViewAllAsync(held);
        (await other.BeginAsync(held)).Succeeded();
        var unseen = await fixture.OpenAsync((official.Account, 1));
        var later = await fixture.OpenAsync((other.Account, 1), (official.Account, 2));
        await official.ViewAllAsync(later);
        var ended = (await ShownAsync(official, 1))[0];
        (await official.RefuseAsync(ended)).Succeeded();
        var good = await ShownAsync(official, 2);

        var batch = (await official.BatchAsync(Body([shared, held, unseen, later, ended, .. good]))).Succeeded().Body;
        Assert.Equal((2, 5), (Number(batch, "waiting"), Number(batch, "skipped")));
        var codes = Outcomes(batch).ToDictionary(o => o.GetProperty("sessionId").GetGuid(), o => o.GetProperty("code").GetString());
        Assert.Equal(("SIG-0306", "SIG-0308", "SIG-0306", "SIG-0305", "SIG-0304"), (codes[shared], codes[held], codes[unseen], codes[later],
            codes[ended]));
        var done = (await official.AuthoriseBatchAsync(batch.GetProperty("id").GetString()!)).Succeeded().Body;
        Assert.Equal((2, 5), (Number(done, "signed"), Number(done, "skipped")));
    }

    [Fact]
    public async Task A_provider_that_leaves_one_out_leaves_the_rest_signed()
    {
        var official = Official();
        var sessions = await ShownAsync(official, 3);
        var batch = (await official.BatchAsync(Body(sessions, credential: "partial"))).Succeeded().Body;
        var done = (await official.AuthoriseBatchAsync(batch.GetProperty("id").GetString()!)).Succeeded().Body;
        Assert.Equal((2, 1), (Number(done, "signed"), Number(done, "failed")));
        Assert.Equal("SIG-0329", Outcomes(done).Single(o => o.GetProperty("state").GetString() == "failed").GetProperty("code")
            .GetString());
        Assert.Equal(2, await fixture.QueryAsync(db => db.Set<SigningSession>().CountAsync(s => sessions.Contains(s.Id)
            && s.State == SessionState.Completed)));
    }

    [Fact]
    public async Task A_small_credential_signs_in_several_orders_with_one_PIN_and_one_that_sends_codes_is_refused()
    {
        var official = Official();
        var sessions = await ShownAsync(official, 3);
        var refused = await official.BatchAsync(Body(sessions, credential: "single"));
        refused.Refused(HttpStatusCode.Conflict, "SIG-0319");
        var batch = (await official.BatchAsync(Body(sessions, credential: "small"))).Succeeded().Body;
        Assert.Equal(2, batch.GetProperty("orders").GetArrayLength());
        var id = batch.GetProperty("id").GetString()!;
        (await official.AuthoriseBatchAsync(id, "000000")).Refused(HttpStatusCode.BadRequest, "TST-0001");
        Assert.Equal(3, Number((await official.GetAsync($"{Batches}/{id}")).Succeeded().Body, "waiting"));
        Assert.Equal(3, Number((await official.AuthoriseBatchAsync(id)).Succeeded().Body, "signed"));
    }

    [Fact]
    public async Task Documents_may_be_chosen_one_by_one()
    {
        var official = Official();
        var session = (await ShownAsync(official, 1, documents: 3))[0];
        var documents = (await fixture.SessionAsync(session)).Documents.OrderBy(d => d.Number).Select(d => d.Id).ToList();
        var batch = (await official.BatchAsync(Body(documents: documents.Take(2)))).Succeeded().Body;
        // Through the session's own door a batch is not authorised.
        (await official.AuthoriseAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0308");
        (await official.BeginAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0308");
        Assert.Equal(2, Number((await official.AuthoriseBatchAsync(batch.GetProperty("id").GetString()!)).Succeeded().Body, "signed"));
        Assert.Equal(SignerState.Viewing, (await fixture.SessionAsync(session)).Signers.Single().State);
        (await official.BatchAsync(Body(documents: documents.Take(1)))).Refused(HttpStatusCode.Conflict, "SIG-0318");
        Assert.Equal(1, Number((await official.BatchAsync(Body([session]))).Succeeded().Body, "waiting"));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_batch_and_other_content_under_it_is_refused()
    {
        var official = Official();
        var sessions = await ShownAsync(official, 2);
        var first = (await official.BatchAsync(Body(sessions), "once")).Succeeded().Text("id");
        Assert.Equal(first, (await official.BatchAsync(Body(sessions), "once")).Succeeded().Text("id"));
        (await official.BatchAsync(Body(sessions.Take(1)), "once")).Refused(HttpStatusCode.UnprocessableEntity, "CMN-0422");
        (await official.BatchAsync(Body(sessions), new string('k', 201))).Refused(HttpStatusCode.BadRequest, "CMN-0400");
        // Without a key it is another batch, and finds everything held by the first.
        var again = await official.BatchAsync(Body(sessions));
        again.Refused(HttpStatusCode.Conflict, "SIG-0318");
        Assert.All(again.Body.GetProperty("errors").EnumerateObject(), e => Assert.Equal("SIG-0308", e.Value[0].GetString()));

        await official.BatchAsync(Body((await ShownAsync(official, 1)).AsEnumerable()));
        var page = (await official.GetAsync(Batches + "?limit=1")).Succeeded().Body;
        var rest = (await official.GetAsync($"{Batches}?limit=1&after={page.GetProperty("after").GetString()}")).Succeeded().Body;
        Assert.Equal(first, rest.GetProperty("items")[0].GetProperty("id").GetString());
        (await official.GetAsync(Batches + "?limit=0")).Refused(HttpStatusCode.BadRequest, "CMN-0400");
        (await official.GetAsync(Batches + "?after=x")).Refused(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task A_batch_whose_process_died_is_finished_by_the_worker()
    {
        var official = Official();
        var sessions = await ShownAsync(official, 25);
        var id = (await official.BatchAsync(Body(sessions))).Succeeded().Text("id")!;
        // Answered, twenty embedded, and then it dies.
        fixture.Fault.Arm(2, behindIt: true);
        Assert.Equal(HttpStatusCode.InternalServerError, (await official.AuthoriseBatchAsync(id)).Status);
        fixture.Fault.Disarm();
        var half = (await official.GetAsync($"{Batches}/{id}")).Succeeded().Body;
        Assert.Equal((20, 5, false), (Number(half, "signed"), Number(half, "waiting"), half.GetProperty("isOver").GetBoolean()));
        await fixture.WorkAsync(TimeSpan.FromSeconds(61));
        Assert.Equal(25, Number((await official.GetAsync($"{Batches}/{id}")).Succeeded().Body, "signed"));
        Assert.Equal(25, await fixture.QueryAsync(db => db.Set<SessionSignature>().CountAsync(s => sessions.Contains(s.SessionId))));
    }

    [Fact]
    public async Task Only_officials_with_a_strong_sign_in_and_only_their_own()
    {
        var official = Official();
        var session = (await ShownAsync(official, 1))[0];
        (await Official(official.Account, strong: false).BatchAsync(Body([session]))).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await fixture.Person(official.Account, strong: true).BatchAsync(Body([session]))).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        (await Official().BatchAsync(Body([session]))).Refused(HttpStatusCode.NotFound, "SIG-0302");
        (await official.BatchAsync(Body([session, Guid.CreateVersion7()]))).Refused(HttpStatusCode.NotFound, "SIG-0302");
        (await official.BatchAsync(Body(documents: [Guid.CreateVersion7()]))).Refused(HttpStatusCode.NotFound, "SIG-0302");
        var id = (await official.BatchAsync(Body([session]))).Succeeded().Text("id")!;
        (await Official().GetAsync($"{Batches}/{id}")).Refused(HttpStatusCode.NotFound, "SIG-0321");
        (await Official().AuthoriseBatchAsync(id)).Refused(HttpStatusCode.NotFound, "SIG-0321");
        (await Official(official.Account, strong: false).AuthoriseBatchAsync(id)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
    }

    [Fact]
    public async Task What_is_wrong_with_a_batch_is_told()
    {
        var official = Official();
        var session = (await ShownAsync(official, 1))[0];
        (await official.BatchAsync(Body())).Refused(HttpStatusCode.BadRequest, "SIG-0320");
        (await official.BatchAsync(Body([session], [session]))).Refused(HttpStatusCode.BadRequest, "SIG-0320");
        (await official.BatchAsync(Body([]))).Refused(HttpStatusCode.BadRequest, "SIG-0320");
        (await official.BatchAsync(Body(documents: Enumerable.Range(0, 201).Select(_ => Guid.CreateVersion7()))))
            .Refused(HttpStatusCode.BadRequest, "SIG-0320");
        (await official.BatchAsync(Body([session], consent: "old"))).Refused(HttpStatusCode.BadRequest, "SIG-0307");
        (await official.BatchAsync(Body([session], credential: "nothing"))).Refused(HttpStatusCode.NotFound, "SIG-0312");
        (await official.BatchAsync(Body([session], credential: "refuse-begin"))).Refused(HttpStatusCode.Conflict, "TST-0002");
        var many = new ConcurrentBag<Guid>();
        foreach (var _ in Enumerable.Range(0, 11))
            many.Add(Guid.Parse((await fixture.As("dossier").CreateAsync(SessionFixture.Request([(official.Account, 1)], 20))).SessionId));
        (await official.BatchAsync(Body(many))).Refused(HttpStatusCode.BadRequest, "SIG-0320");
    }
}
