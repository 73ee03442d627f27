using System.Net;
using System.Security.Cryptography;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>From the first look to the last signature.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class SigningTests(SessionFixture fixture)
{
    [Fact]
    public async Task Two_in_turn_sign_and_independent_judges_find_both_signatures()
    {
        var (one, two) = (fixture.Person(), fixture.Person());
        var session = await fixture.OpenAsync((one.Account, 1), (two.Account, 2));
        await two.ViewAllAsync(session);
        (await two.BeginAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0305");

        Assert.Equal("done", (await one.SignAsync(session)).Succeeded().Text("state"));
        Assert.True((await two.SessionAsync(session)).Body.GetProperty("myTurn").GetBoolean());
        // He was shown the file before the other one signed.
        (await two.BeginAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0306");
        Assert.Equal("done", (await two.SignAsync(session)).Succeeded().Text("state"));

        var view = (await one.SessionAsync(session)).Succeeded().Body;
        Assert.Equal("completed", view.GetProperty("state").GetString());
        var file = await fixture.FileAsync(session);
        Assert.Equal(view.GetProperty("documents")[0].GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(file)));
        using var judge = new Judge();
        var root = TestPki.Default.Root.ExportCertificatePem();
        judge.OpenSsl(file, root).Succeeded();
        judge.Qpdf(file).Succeeded();
        Assert.Equal(2, judge.PdfSig(file, root).Succeeded().Count("Signature Validation: Signature is Valid."));
        Assert.All((await fixture.SessionAsync(session)).Signatures, s => Assert.Equal("B-T", s.Level));
    }

    [Fact]
    public async Task A_signature_under_our_own_authority_shows_in_its_place_carries_its_evidence_and_is_valid()
    {
        var person = fixture.Person();
        var root = await fixture.GiveOwnKeyAsync(person.Account);
        var request = SessionFixture.Request([(person.Account, 1)]);
        request.Signers[0].Place = new V1.SignaturePlace { Document = 1, Page = 1, X = 20, Y = 20, Width = 150, Height = 50 };
        var session = Guid.Parse((await fixture.As("dossier").CreateAsync(request)).SessionId);
        Assert.Equal("done", (await person.SignAsync(session)).Succeeded().Text("state"));

        Assert.Equal("B-LT", (await fixture.SessionAsync(session)).Signatures.Single().Level);
        var file = await fixture.FileAsync(session);
        var report = await new Neighbour(fixture.Service.Grpc(fixture.Identity.ServiceToken("dossier")))
            .ValidatePdfAsync(new V1.ValidatePdfRequest { Pdf = Google.Protobuf.ByteString.CopyFrom(file) });
        Assert.Equal(("VALID", "B-LT"), (report.Indication, report.Signatures.Single().Level));
        var pdf = HaLong.Signatures.Pdf.PdfFile.Open(file);
        var boxes = pdf.Array(HaLong.Signatures.Pdf.PageTree.Last(pdf)!.Dictionary["Annots"])!.Items.Select(a => HaLong.Signatures.Pdf.PdfBox.Of(pdf,
            pdf.Dictionary(a)?["Rect"]));
        Assert.Contains(new HaLong.Signatures.Pdf.PdfBox(20, 20, 170, 70), boxes);
        using var judge = new Judge();
        judge.OpenSsl(file, root).Succeeded();
        judge.Qpdf(file).Succeeded();
    }

    [Theory]
    [InlineData("right", "VALID", "B-LT")]
    [InlineData("ocsp", "VALID", "B-LT")]
    [InlineData("garbage", "UNKNOWN", "B-T")]
    [InlineData("revoked", "UNKNOWN", "B-T")]
    public async Task A_signature_under_a_listed_root_is_valid_where_its_issuer_says_that_the_certificate_holds(string mode, string indication, string level)
    {
        var person = fixture.Person();
        ScriptedProvider.Use(person.Account, fixture.Listed.Pki.Signer);
        fixture.Listed.Mode = mode;
        var session = await fixture.OpenAsync((person.Account, 1));
        Assert.Equal("done", (await person.SignAsync(session)).Succeeded().Text("state"));
        Assert.Equal(level, (await fixture.SessionAsync(session)).Signatures.Single().Level);
        var report = await new Neighbour(fixture.Service.Grpc(fixture.Identity.ServiceToken("dossier")))
            .ValidatePdfAsync(new V1.ValidatePdfRequest { Pdf = Google.Protobuf.ByteString.CopyFrom(await fixture.FileAsync(session)) });
        Assert.Equal((indication, level), (report.Indication, report.Signatures.Single().Level));
    }

    [Fact]
    public async Task The_log_says_who_was_shown_which_bytes_agreed_to_what_and_signed()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        var before = (await fixture.SessionAsync(session)).Documents.Single().Sha256;
        await person.SignAsync(session, "code");

        var log = await fixture.LogAsync(session);
        Assert.Equal(
        [
            CeremonyStep.Opened, CeremonyStep.Requested, CeremonyStep.Viewed, CeremonyStep.Consented, CeremonyStep.Began,
                CeremonyStep.CodeSent, CeremonyStep.Signed,
            CeremonyStep.Completed,
        ], log.Select(l => l.Step));
        Assert.Equal(before, log[2].Sha256);
        Assert.Equal((before, ConsentText.Version, person.Account.ToString()), (log[3].Sha256, log[3].Detail, log[3].Actor));
        Assert.Equal(((await fixture.SessionAsync(session)).Documents.Single().Sha256, "B-T"), (log[6].Sha256, log[6].Detail));
        foreach (var sql in new[] { "UPDATE signing_event SET detail = ''", "DELETE FROM signing_event", "TRUNCATE session_signature",
            "UPDATE session_content SET bytes = ''" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        var seen = (await person.GetAsync($"/api/v1/signing-sessions/{session}/events?limit=2")).Succeeded().Body;
        Assert.Equal(["completed", "signed"], seen.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("step").GetString()));
        var next = (await person.GetAsync($"/api/v1/signing-sessions/{session}/events?limit=2&after={seen.GetProperty("after").GetString()}")).Body;
        Assert.Equal("codeSent", next.GetProperty("items")[0].GetProperty("step").GetString());
    }

    [Fact]
    public async Task What_was_not_shown_or_not_agreed_to_is_not_signed()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(2, (person.Account, 1));
        (await person.StatusAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0313");
        (await person.AuthoriseAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0313");
        (await person.BeginAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0306");
        var first = (await fixture.SessionAsync(session)).Documents.Single(d => d.Number == 1);
        var bytes = await person.ViewAsync(session, first.Id);
        Assert.Equal(first.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await person.BeginAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0306");
        await person.ViewAllAsync(session);
        (await person.BeginAsync(session, consent: "2020-01-01")).Refused(HttpStatusCode.BadRequest, "SIG-0307");
        (await person.BeginAsync(session, provider: "nobody")).Refused(HttpStatusCode.BadRequest, "SIG-0311");
        (await person.BeginAsync(session, "nothing")).Refused(HttpStatusCode.NotFound, "SIG-0312");
        Assert.Empty(await fixture.QueryAsync(db => db.Set<SigningOrder>().Where(o => o.AccountId == person.Account)
            .ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_wrong_PIN_is_told_as_the_provider_tells_it_and_the_order_stays()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await person.ViewAllAsync(session);
        var begun = (await person.BeginAsync(session)).Succeeded();
        Assert.Equal(("begun", "pin"), (begun.Text("state"), begun.Body.GetProperty("needs")[0].GetString()));
        (await person.AuthoriseAsync(session, "000000")).Refused(HttpStatusCode.BadRequest, "TST-0001");
        // Begun again, it is the same order; signed again, it is the same signature.
        Assert.Equal(begun.Text("id"), (await person.BeginAsync(session)).Succeeded().Text("id"));
        Assert.Equal("done", (await person.AuthoriseAsync(session)).Succeeded().Text("state"));
        Assert.Equal("done", (await person.AuthoriseAsync(session)).Succeeded().Text("state"));
        Assert.Equal("done", (await person.StatusAsync(session)).Text("state"));
        (await person.BeginAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0304");
        Assert.Single((await fixture.SessionAsync(session)).Signatures);
        Assert.Equal(1, fixture.Provider.Begun[Guid.Parse(begun.Text("id")!)]);
    }

    [Theory]
    [InlineData("decline", "declined", "DECLINED")]
    [InlineData("fail", "failed", "4004")]
    public async Task A_provider_that_brings_no_signature_leaves_the_signer_free_to_begin_again(string credential, string state,
        string code)
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        (await person.SignAsync(session, credential)).Refused(HttpStatusCode.Conflict, "SIG-0314");
        var order = (await person.StatusAsync(session)).Succeeded();
        Assert.Equal((state, code), (order.Text("state"), order.Text("code")));
        var signer = (await person.SessionAsync(session)).Body.GetProperty("signers")[0];
        Assert.Equal(("failed", code), (signer.GetProperty("state").GetString(), signer.GetProperty("code").GetString()));
        Assert.Equal("done", (await person.SignAsync(session)).Succeeded().Text("state"));
    }

    [Fact]
    public async Task A_provider_that_refuses_to_begin_says_why()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await person.ViewAllAsync(session);
        (await person.BeginAsync(session, "refuse-begin")).Refused(HttpStatusCode.Conflict, "TST-0002");
        Assert.Equal(("failed", "TST-0002"), ((await person.StatusAsync(session)).Text("state"), (await person.StatusAsync(session))
            .Text("code")));
        Assert.Equal("done", (await person.SignAsync(session)).Text("state"));
    }

    [Fact]
    public async Task What_a_provider_left_out_is_signed_the_next_time()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(3, (person.Account, 1));
        var order = (await person.SignAsync(session, "partial")).Succeeded().Body;
        Assert.Equal([("failed", "SIG-0329"), ("signed", null), ("signed", null)], order.GetProperty("documents").EnumerateArray()
            .Select(d => (d.GetProperty("state").GetString()!, d.GetProperty("code").GetString())));
        Assert.Equal("failed", (await person.SessionAsync(session)).Body.GetProperty("signers")[0].GetProperty("state").GetString());
        var rest = (await person.SignAsync(session)).Succeeded().Body;
        Assert.Equal(1, rest.GetProperty("documents").GetArrayLength());
        Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
    }

    [Fact]
    public async Task A_signature_that_is_none_is_not_put_into_the_document()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        var order = (await person.SignAsync(session, "wrong")).Succeeded().Body;
        Assert.Equal(("failed", "SIG-0325"), (order.GetProperty("documents")[0].GetProperty("state").GetString(),
            order.GetProperty("documents")[0].GetProperty("code").GetString()));
        var stands = await fixture.SessionAsync(session);
        Assert.Equal((1, SignerState.Failed), (stands.Documents.Single().Parts, stands.Signers.Single().State));
        Assert.Equal(stands.Documents.Single().OriginalSha256, stands.Documents.Single().Sha256);
    }

    [Fact]
    public async Task Signatures_of_an_own_device_are_made_over_the_hashes_that_are_shown()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(2, (person.Account, 1));
        await person.ViewAllAsync(session);
        var order = (await person.BeginAsync(session, "token")).Succeeded().Body;
        Assert.Equal("signatures", order.GetProperty("needs")[0].GetString());
        (await person.AuthoriseAsync(session, signatures: ["***"])).Refused(HttpStatusCode.BadRequest, "SIG-0315");
        var key = ScriptedProvider.KeyOf(person.Account);
        var signatures = order.GetProperty("documents").EnumerateArray().Select(d =>
            Convert.ToBase64String(key.SignHash(d.GetProperty("hash").GetBytesFromBase64()))).ToArray();
        var done = (await person.AuthoriseAsync(session, signatures: signatures)).Succeeded().Body;
        Assert.All(done.GetProperty("documents").EnumerateArray(), d => Assert.Null(d.GetProperty("hash").GetString()));
        Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
    }

    [Fact]
    public async Task A_credential_that_signs_two_at_a_time_signs_in_several_turns()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(3, (person.Account, 1));
        Assert.Equal(2, (await person.SignAsync(session, "small")).Succeeded().Body.GetProperty("documents").GetArrayLength());
        Assert.Equal("viewing", (await person.SessionAsync(session)).Body.GetProperty("signers")[0].GetProperty("state").GetString());
        Assert.Equal(1, (await person.SignAsync(session, "small")).Succeeded().Body.GetProperty("documents").GetArrayLength());
        Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
    }

    [Fact]
    public async Task Another_credential_gives_up_the_order_before()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await person.ViewAllAsync(session);
        var first = Guid.Parse((await person.BeginAsync(session, "pending")).Succeeded().Text("id")!);
        var second = (await person.BeginAsync(session)).Succeeded().Text("id");
        Assert.NotEqual(first.ToString(), second);
        Assert.Equal("done", (await person.AuthoriseAsync(session)).Succeeded().Text("state"));
        var given = await fixture.QueryAsync(db => db.Set<SigningOrder>().SingleAsync(o => o.Id == first));
        Assert.Equal((OrderState.Expired, "GIVEN_UP"), (given.State, given.Code));
    }

    [Fact]
    public async Task Events_tell_others_ids_and_hashes_in_order()
    {
        await using var probe = await SigningProbe.ListenAsync(fixture.Service.Broker);
        var (one, two) = (fixture.Person(), fixture.Person());
        var session = await fixture.OpenAsync((one.Account, 1), (two.Account, 2));
        await one.SignAsync(session);
        await two.SignAsync(session);
        await Eventually.Async(() => Task.FromResult(probe.NamesOf(session).Count == 3), "three events");
        Assert.Equal(["completed", "requested", "requested"], probe.NamesOf(session).Order());
        var completed = probe.Of(session).Single(h => h.Name.Contains("completed", StringComparison.Ordinal)).Message;
        Assert.Equal("dossier", completed.GetProperty("createdBy").GetString());
        Assert.Equal((await fixture.SessionAsync(session)).Documents.Single().Sha256,
            completed.GetProperty("documents")[0].GetProperty("sha256").GetString());
        Assert.Equal(new[] { one.Account, two.Account }.Order(), probe.Of(session).Where(h => h.Name.Contains("requested", StringComparison.Ordinal))
            .Select(h => h.Message.GetProperty("accountId").GetGuid()).Order());
    }
}
