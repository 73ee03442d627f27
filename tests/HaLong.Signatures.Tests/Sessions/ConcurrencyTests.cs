using System.Net;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Sessions;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>Several at once, on one file: never two signatures over the same bytes, none lost.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class ConcurrencyTests(SessionFixture fixture)
{
    [Fact]
    public async Task Of_parallel_signers_one_signs_and_the_others_wait_look_again_and_follow()
    {
        var people = Enumerable.Range(0, 4).Select(_ => fixture.Person()).ToList();
        var session = await fixture.OpenAsync([.. people.Select(p => (p.Account, 1))]);
        foreach (var person in people)
            await person.ViewAllAsync(session);
        var begun = await Task.WhenAll(people.Select(p => Task.Run(() => p.BeginAsync(session))));
        var first = Array.FindIndex(begun, b => b.Status == HttpStatusCode.OK);
        Assert.Equal(3, begun.Count(b => b is { Status: HttpStatusCode.Conflict, Code: "SIG-0308" }));
        Assert.All(begun.Where(b => b.Code is not null), b => Assert.Equal("10", b.Raw.Headers.RetryAfter?.ToString()));
        (await people[first].AuthoriseAsync(session)).Succeeded();

        // The others all try until they have signed.
        await Task.WhenAll(people.Where((_, i) => i != first).Select(p => Task.Run(async () =>
        {
            while ((await p.SessionAsync(session)).Body.GetProperty("myTurn").GetBoolean())
            {
                await p.ViewAllAsync(session);
                if ((await p.BeginAsync(session)).Status == HttpStatusCode.OK)
                    await p.AuthoriseAsync(session);
            }
        })));
        var done = await fixture.SessionAsync(session);
        Assert.Equal((SessionState.Completed, 5), (done.State, done.Documents.Single().Parts));
        Assert.Equal([1, 2, 3, 4], done.Signatures.Select(s => s.Part).Order());
        using var judge = new Judge();
        judge.OpenSsl(await fixture.FileAsync(session), TestPki.Default.Root.ExportCertificatePem()).Succeeded();
    }

    [Fact]
    public async Task One_signer_at_two_windows_makes_one_order_and_one_signature()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(2, (person.Account, 1));
        await person.ViewAllAsync(session);
        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => person.BeginAsync(session))));
        Assert.Single(begun.Select(b => b.Succeeded().Text("id")).Distinct());
        var order = Guid.Parse(begun[0].Text("id")!);
        var worker = fixture.Service.Services.GetRequiredService<SessionWorker>();
        await Task.WhenAll([
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(() => person.AuthoriseAsync(session))),
            .. Enumerable.Range(0, 2).Select(_ => Task.Run(() => worker.RunAsync(TestContext.Current.CancellationToken))),
        ]);

        Assert.Equal("done", (await person.StatusAsync(session)).Text("state"));
        var done = await fixture.SessionAsync(session);
        Assert.Equal((SessionState.Completed, 2), (done.State, done.Signatures.Count));
        Assert.All(done.Documents, d => Assert.Equal(2, d.Parts));
        Assert.Single(await fixture.LogAsync(session), l => l.Step == CeremonyStep.Completed);
        Assert.Single(await fixture.QueryAsync(db => db.Set<SigningOrder>().Where(o => o.AccountId == person.Account).ToListAsync()), o =>
            o.Id == order);
    }

    [Fact]
    public async Task Who_waits_longer_than_a_signature_may_take_takes_over_and_the_late_one_is_not_used()
    {
        var (one, two) = (fixture.Person(), fixture.Person());
        var session = await fixture.OpenAsync((one.Account, 1), (two.Account, 1));
        await one.ViewAllAsync(session);
        await two.ViewAllAsync(session);
        var order = Guid.Parse((await one.BeginAsync(session, "pending")).Succeeded().Text("id")!);
        fixture.Time.Shift = TimeSpan.FromSeconds(301);
        try
        {
            (await two.BeginAsync(session)).Succeeded();
            Assert.Equal("done", (await two.AuthoriseAsync(session)).Succeeded().Text("state"));
            // Only now the first one's provider answers, and is asked a last time.
            var stored = await fixture.QueryAsync(db => db.Set<SigningOrder>().Include(o => o.Items).SingleAsync(o => o.Id == order));
            fixture.Provider.Answer(order, new(HaLong.Signatures.Providers.HashState.Signed, [.. stored.Items.Select(i => ScriptedProvider.KeyOf(one.Account)
                .SignHash(i.Hash))]));
            await fixture.WorkAsync();

            var status = (await one.StatusAsync(session)).Body;
            Assert.Equal(("failed", "SIG-0309"), (status.GetProperty("documents")[0].GetProperty("state").GetString(),
                status.GetProperty("documents")[0].GetProperty("code").GetString()));
            Assert.Single((await fixture.SessionAsync(session)).Signatures);
            Assert.Contains(await fixture.LogAsync(session), l => l.Step == CeremonyStep.AnsweredLate && l.Detail == "SIG-0309");
            Assert.Equal("done", (await one.SignAsync(session)).Succeeded().Text("state"));
            Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
        }
        finally
        {
            // A time-stamp is no proof before its time: the clock goes back when all is over.
            fixture.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task A_refusal_and_a_signature_at_the_same_moment_end_in_one_or_the_other()
    {
        for (var i = 0; i < 4; i++)
        {
            var (one, two) = (fixture.Person(), fixture.Person());
            var session = await fixture.OpenAsync((one.Account, 1), (two.Account, 1));
            await one.ViewAllAsync(session);
            (await one.BeginAsync(session)).Succeeded();
            var both = await Task.WhenAll(Task.Run(() => one.AuthoriseAsync(session)), Task.Run(() => two.RefuseAsync(session)));
            both[1].Succeeded();
            var done = await fixture.SessionAsync(session);
            Assert.Equal(SessionState.Refused, done.State);
            var log = await fixture.LogAsync(session);
            if (done.Signatures.Count == 0)
                Assert.Contains(log, l => l.Step == CeremonyStep.AnsweredLate && l.Detail == "SIG-0304");
            else
                Assert.Equal(2, done.Documents.Single().Parts);
        }
    }
}
