using System.Net;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Sessions;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>The process dies at each point where something is written: before it, and behind it. There is one signature in the end, never
/// two, never none.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class CrashTests(SessionFixture fixture)
{
    /// <summary>Commits on the way: prepared, begun, answered, embedded, over.</summary>
    private const int Commits = 5;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(61);

    public static TheoryData<int, bool> Points
    {
        get
        {
            var points = new TheoryData<int, bool>();
            for (var commit = 1; commit <= Commits; commit++)
            {
                points.Add(commit, false);
                points.Add(commit, true);
            }

            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Whatever_step_the_process_dies_at_there_is_exactly_one_signature(int commit, bool behind)
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync(2, (person.Account, 1));
        await person.ViewAllAsync(session);

        fixture.Fault.Arm(commit, behind);
        await person.BeginAsync(session);
        await person.AuthoriseAsync(session);
        fixture.Fault.Disarm();
        Assert.Equal(1, fixture.Fault.Fired);

        await fixture.WorkAsync(Lease);
        // Once the provider has signed, nobody has to do anything any more; before, the person goes on where he was.
        if (!fixture.Provider.Signed.Values.Any(o => o.Signer.AccountId == person.Account))
        {
            (await person.BeginAsync(session)).Succeeded();
            (await person.AuthoriseAsync(session)).Succeeded();
        }

        var done = await fixture.SessionAsync(session);
        Assert.Equal((SessionState.Completed, 2), (done.State, done.Signatures.Count));
        Assert.All(done.Documents, d => Assert.Equal(2, d.Parts));
        Assert.Equal(2, await fixture.QueryAsync(db => db.Set<ContentPart>().CountAsync(c => c.Part == 1 && done.Documents.Select(d => d.Id)
            .Contains(c.DocumentId))));
        var log = await fixture.LogAsync(session);
        Assert.Equal(2, log.Count(l => l.Step == CeremonyStep.Signed));
        Assert.Single(log, l => l.Step == CeremonyStep.Completed);
        Assert.Single(fixture.Provider.Signed.Values, o => o.Signer.AccountId == person.Account);
        Assert.Equal(OrderState.Done, (await fixture.QueryAsync(db => db.Set<SigningOrder>().SingleAsync(o =>
            o.AccountId == person.Account))).State);
        // Running again what is done changes nothing.
        await fixture.WorkAsync(Lease * 2);
        Assert.Equal(log.Count, (await fixture.LogAsync(session)).Count);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_is_taken_up_again()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await person.ViewAllAsync(session);
        fixture.Provider.BreakAfterBegin = 1;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await person.BeginAsync(session)).Status);
        await fixture.WorkAsync(Lease);
        var order = (await person.StatusAsync(session)).Succeeded();
        Assert.Equal("begun", order.Text("state"));
        Assert.Equal(2, fixture.Provider.Begun[Guid.Parse(order.Text("id")!)]);

        fixture.Provider.BreakAfterSigning = 1;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await person.AuthoriseAsync(session)).Status);
        await fixture.WorkAsync(Lease * 2);
        Assert.Equal("done", (await person.StatusAsync(session)).Text("state"));
        Assert.Single((await fixture.SessionAsync(session)).Signatures);
    }

    [Fact]
    public async Task The_worker_dies_too_and_another_one_goes_on()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await person.ViewAllAsync(session);
        (await person.BeginAsync(session)).Succeeded();
        for (var (i, later) = (1, Lease); i <= 3; i++, later += Lease)
        {
            // Answered, embedded, over: each time it gets one step further.
            fixture.Fault.Arm(1, behindIt: true);
            if (i == 1)
                await person.AuthoriseAsync(session);
            else
                await fixture.WorkAsync(later);
            fixture.Fault.Disarm();
        }

        await fixture.WorkAsync(Lease * 4);
        Assert.Equal((SessionState.Completed, 1), ((await fixture.SessionAsync(session)).State, (await fixture.SessionAsync(session))
            .Signatures.Count));
    }

    [Fact]
    public async Task Several_workers_share_the_work()
    {
        var people = Enumerable.Range(0, 5).Select(_ => fixture.Person()).ToList();
        var sessions = new List<Guid>();
        foreach (var person in people)
        {
            sessions.Add(await fixture.OpenAsync((person.Account, 1)));
            await person.ViewAllAsync(sessions[^1]);
            (await person.BeginAsync(sessions[^1])).Succeeded();
            fixture.Fault.Arm(1, behindIt: true);
            await person.AuthoriseAsync(sessions[^1]);
            fixture.Fault.Disarm();
        }

        fixture.Time.Shift = Lease;
        try
        {
            var worker = fixture.Service.Services.GetRequiredService<SessionWorker>();
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => worker.RunAsync(TestContext.Current.CancellationToken))));
        }
        finally
        {
            fixture.Time.Shift = TimeSpan.Zero;
        }

        foreach (var session in sessions)
        {
            Assert.Single((await fixture.SessionAsync(session)).Signatures);
            Assert.Single(await fixture.LogAsync(session), l => l.Step == CeremonyStep.Completed);
        }
    }
}
