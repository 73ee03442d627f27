using System.Diagnostics.Metrics;
using System.Net;
using Grpc.Core;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>What services ask for, and what falls due by the clock.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class KeepingTests(SessionFixture fixture)
{
    [Fact]
    public async Task The_same_request_makes_one_session_also_at_the_same_moment()
    {
        var request = SessionFixture.Request([(Guid.CreateVersion7(), 1)], 2);
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await fixture.As("dossier")
            .CreateAsync(request))));
        Assert.Single(made.Select(m => m.ToString()).Distinct());
        Assert.Equal(("open", 2, "waiting"), (made[0].State, made[0].Documents.Count, made[0].Signers[0].State));
        Assert.Single(await fixture.LogAsync(Guid.Parse(request.SessionId)), l => l.Step == CeremonyStep.Opened);
        var other = request.Clone();
        other.Purpose = "Việc khác";
        Assert.Equal((StatusCode.InvalidArgument, "SIG-0303"), await SignatureFixture.RefusedAsync(async () => await fixture.As("dossier")
            .CreateAsync(other)));
        Assert.Equal((StatusCode.InvalidArgument, "SIG-0303"), await SignatureFixture.RefusedAsync(async () => await fixture.As("payment")
            .CreateAsync(request)));
    }

    [Fact]
    public async Task Files_that_cannot_be_signed_are_refused_when_the_session_is_made()
    {
        async Task<string> Refused(byte[] pdf) => (await SignatureFixture.RefusedAsync(async () =>
            await fixture.As("dossier").CreateAsync(SessionFixture.Request([(Guid.CreateVersion7(), 1)], 1, pdf)))).Code;
        Assert.Equal("SIG-0002", await Refused("hello"u8.ToArray()));
        Assert.Equal("SIG-0005", await Refused(SamplePdfs.Encrypted()));
        var signed = Cryptography(SamplePdfs.Table());
        signed[400] ^= 1;
        Assert.Equal("SIG-0323", await Refused(signed));
        Assert.Equal("SIG-0301", (await SignatureFixture.RefusedAsync(async () =>
            await fixture.As("dossier").CreateAsync(new CreateSigningSessionRequest { SessionId = "x" }))).Code);
        var placed = SessionFixture.Request([(Guid.CreateVersion7(), 1)]);
        placed.Signers[0].Place = new SignaturePlace { Document = 1, Page = 2, X = 10, Y = 10, Width = 100, Height = 40 };
        Assert.Equal("SIG-0505", (await SignatureFixture.RefusedAsync(async () => await fixture.As("dossier").CreateAsync(placed))).Code);
        placed.Signers[0].Place = new SignaturePlace { Document = 1, Page = 1, X = 10, Y = 10, Width = 100, Height = 40 };
        Assert.Equal("open", (await fixture.As("dossier").CreateAsync(placed)).State);
        Assert.Equal(new VisiblePlace(1, 1, 10, 10, 100, 40), (await fixture.SessionAsync(Guid.Parse(placed.SessionId))).Signers.Single()
            .Place);
    }

    private static byte[] Cryptography(byte[] pdf) => [.. pdf, .. HaLong.Signatures.Cryptography.PadesSigner.Sign(pdf,
        TestPki.Default.Signer,
        new HaLong.Signatures.Pdf.SignatureDetails("x", "", "", TestPki.Now))];

    [Fact]
    public async Task A_session_belongs_to_the_client_that_made_it()
    {
        var request = SessionFixture.Request([(Guid.CreateVersion7(), 1)]);
        var (dossier, payment) = (fixture.As("dossier"), fixture.As("payment"));
        var made = await dossier.CreateAsync(request);
        var get = new GetSigningSessionRequest { SessionId = request.SessionId };
        Assert.Equal(made, await dossier.GetAsync(get));
        var document = new GetSigningDocumentRequest { SessionId = request.SessionId, DocumentId = made.Documents[0].DocumentId };
        Assert.Equal(request.Documents[0].Pdf, (await dossier.GetDocumentAsync(document)).Pdf);
        var cancel = new CancelSigningSessionRequest { SessionId = request.SessionId };
        foreach (var call in new Func<Task>[]
        {
            async () => await payment.GetAsync(get), async () => await payment.GetDocumentAsync(document), async () =>
                await payment.CancelAsync(cancel),
            async () => await dossier.GetAsync(new GetSigningSessionRequest { SessionId = "x" }),
        })
            Assert.Equal((StatusCode.NotFound, "SIG-0302"), await SignatureFixture.RefusedAsync(call));
        Assert.Equal("SIG-0317", (await SignatureFixture.RefusedAsync(async () => await dossier.GetDocumentAsync(
            new GetSigningDocumentRequest { SessionId = request.SessionId, DocumentId = Guid.Empty.ToString() }))).Code);
        var person = new SigningSessions.SigningSessionsClient(fixture.Service.Grpc(fixture.Identity.Token()));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () => await person.GetAsync(get)))
            .StatusCode);

        Assert.Equal("cancelled", (await dossier.CancelAsync(cancel)).State);
        Assert.Equal("cancelled", (await dossier.CancelAsync(cancel)).State);
        var refused = fixture.Person();
        var session = await fixture.OpenAsync((refused.Account, 1));
        (await refused.RefuseAsync(session)).Succeeded();
        Assert.Equal((StatusCode.FailedPrecondition, "SIG-0304"), await SignatureFixture.RefusedAsync(async () =>
            await dossier.CancelAsync(new CancelSigningSessionRequest { SessionId = session.ToString() })));
        Assert.Equal("Nội dung chưa đúng", (await dossier.GetAsync(new GetSigningSessionRequest { SessionId = session.ToString() }))
            .Signers[0].Reason);
    }

    [Fact]
    public async Task Reminders_the_deadline_and_the_end_of_retention_come_by_the_clock()
    {
        await using var probe = await SigningProbe.ListenAsync(fixture.Service.Broker);
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await fixture.WorkAsync(TimeSpan.FromDays(4));
        Assert.DoesNotContain(await fixture.LogAsync(session), l => l.Step == CeremonyStep.Reminded);
        await fixture.WorkAsync(TimeSpan.FromDays(5.1));
        await fixture.WorkAsync(TimeSpan.FromDays(9.1));
        await fixture.WorkAsync(TimeSpan.FromDays(10.1));
        await fixture.WorkAsync(TimeSpan.FromDays(10.2));
        Assert.Equal([CeremonyStep.Opened, CeremonyStep.Requested, CeremonyStep.Reminded, CeremonyStep.Reminded, CeremonyStep.Expired],
            (await fixture.LogAsync(session)).Select(l => l.Step));
        await Eventually.Async(() => Task.FromResult(probe.NamesOf(session).Count == 4), "four events");
        Assert.Equal(["expired", "reminder-due", "reminder-due", "requested"], probe.NamesOf(session).Order());
        (await person.BeginAsync(session)).Refused(HttpStatusCode.Conflict, "SIG-0304");

        var document = (await fixture.SessionAsync(session)).Documents.Single().Id;
        await fixture.WorkAsync(TimeSpan.FromDays(39));
        Assert.Equal(1, await fixture.QueryAsync(db => db.Set<ContentPart>().CountAsync(c => c.DocumentId == document)));
        await fixture.WorkAsync(TimeSpan.FromDays(41));
        await fixture.WorkAsync(TimeSpan.FromDays(42));
        Assert.Equal(0, await fixture.QueryAsync(db => db.Set<ContentPart>().CountAsync(c => c.DocumentId == document)));
        Assert.Single(await fixture.LogAsync(session), l => l.Step == CeremonyStep.ContentsDeleted);
        (await person.GetAsync($"/api/v1/signing-sessions/{session}/documents/{document}/content")).Refused(HttpStatusCode.NotFound,
            "SIG-0316");
        Assert.Equal((StatusCode.NotFound, "SIG-0316"), await SignatureFixture.RefusedAsync(async () => await fixture.As("dossier")
            .GetDocumentAsync(
            new GetSigningDocumentRequest { SessionId = session.ToString(), DocumentId = document.ToString() })));
    }

    [Fact]
    public async Task Other_ends_of_a_session_are_told_too()
    {
        await using var probe = await SigningProbe.ListenAsync(fixture.Service.Broker);
        var person = fixture.Person();
        var (refused, cancelled) = (await fixture.OpenAsync((person.Account, 1)), await fixture.OpenAsync((person.Account, 1)));
        (await person.RefuseAsync(refused)).Succeeded();
        await fixture.As("dossier").CancelAsync(new CancelSigningSessionRequest { SessionId = cancelled.ToString() });
        await Eventually.Async(() => Task.FromResult(probe.NamesOf(refused).Count == 2 && probe.NamesOf(cancelled).Count == 2),
            "both ends");
        var told = probe.Of(refused).Single(h => h.Name.Contains("refused", StringComparison.Ordinal)).Message;
        Assert.Equal((person.Account, "dossier", "H49.12-261123-00001"), (told.GetProperty("accountId").GetGuid(),
            told.GetProperty("createdBy").GetString(), told.GetProperty("subject").GetString()));
        Assert.Contains("cancelled", probe.NamesOf(cancelled));
        // What a person wrote stays here.
        Assert.DoesNotContain("Nội dung", string.Join(' ', probe.Heard.Select(h => h.Message.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operators_see_open_sessions_and_the_longest_wait()
    {
        var person = fixture.Person();
        await fixture.OpenAsync((person.Account, 1), (Guid.CreateVersion7(), 2));
        await fixture.WorkAsync(TimeSpan.FromHours(3));
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name.StartsWith("halong.signature.session", StringComparison.Ordinal))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        // Other services of this test process have gauges of the same names: theirs are smaller.
        listener.SetMeasurementEventCallback<long>((i, value, _, _) => seen[i.Name] = Math.Max(seen.GetValueOrDefault(i.Name), value));
        listener.SetMeasurementEventCallback<double>((i, value, _, _) => seen[i.Name] = Math.Max(seen.GetValueOrDefault(i.Name), value));
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.True(seen["halong.signature.sessions.open"] >= 1);
        Assert.True(seen["halong.signature.session_waits"] >= 2);
        Assert.True(seen["halong.signature.session_waits.oldest_age"] >= 3 * 3600);
    }
}
