using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>Providers that answer by themselves: later, twice, too late, never.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class LateAnswerTests(SessionFixture fixture)
{
    private async Task<(SessionPerson Person, Guid Session, Guid Order)> AskedAsync()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        await person.ViewAllAsync(session);
        var begun = (await person.BeginAsync(session, "app")).Succeeded();
        Assert.Equal(0, begun.Body.GetProperty("needs").GetArrayLength());
        return (person, session, Guid.Parse(begun.Text("id")!));
    }

    private Task<SigningOrder> OrderAsync(Guid id) => fixture.QueryAsync(db => db.Set<SigningOrder>().AsNoTracking().Include(o => o.Items)
        .SingleAsync(o => o.Id == id));

    private async Task AnswerAsync(Guid id)
    {
        var order = await OrderAsync(id);
        fixture.Provider.Answer(id, new HashOutcome(HashState.Signed, [.. order.Items.Select(i => ScriptedProvider.KeyOf(order.AccountId)
            .SignHash(i.Hash))]));
    }

    [Fact]
    public async Task The_worker_asks_until_there_is_an_answer()
    {
        var (person, session, order) = await AskedAsync();
        await fixture.WorkAsync(TimeSpan.FromSeconds(6));
        Assert.Equal("begun", (await person.StatusAsync(session)).Text("state"));
        var wait = (await person.SessionAsync(session)).Body.GetProperty("signers")[0].GetProperty("wait");
        Assert.Equal(("provider", "answer"), (wait.GetProperty("owner").GetString(), wait.GetProperty("reason").GetString()));
        await AnswerAsync(order);
        await fixture.WorkAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("done", (await person.StatusAsync(session)).Text("state"));
        Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
    }

    [Fact]
    public async Task Notices_make_it_at_once_and_are_heard_as_often_as_they_come()
    {
        var (_, session, order) = await AskedAsync();
        await AnswerAsync(order);
        await fixture.Service.PublishAsync(new ProviderAnswered(order, ScriptedProvider.Word));
        await fixture.Service.PublishAsync(new ProviderAnswered(order, ScriptedProvider.Word));
        await fixture.Service.PublishAsync(new ProviderAnswered(Guid.CreateVersion7(), ScriptedProvider.Word));
        await Eventually.Async(async () => (await OrderAsync(order)).NoticedAt is not null, "the notice was heard");
        await fixture.WorkAsync();
        await fixture.WorkAsync();
        var log = await fixture.LogAsync(session);
        Assert.Single(log, l => l.Step == CeremonyStep.Signed);
        Assert.DoesNotContain(log, l => l.Step == CeremonyStep.AnsweredLate);
    }

    [Fact]
    public async Task Never_answered_it_lapses_and_the_signer_begins_again()
    {
        var (person, session, order) = await AskedAsync();
        await fixture.WorkAsync(TimeSpan.FromSeconds(301));
        Assert.Equal((OrderState.Expired, "EXPIRED"), ((await OrderAsync(order)).State, (await OrderAsync(order)).Code));
        var stands = await fixture.SessionAsync(session);
        Assert.Equal((SessionState.Open, SignerState.Failed, null), (stands.State, stands.Signers.Single().State, stands.Documents.Single()
            .HeldBy));
        (await person.AuthoriseAsync(session)).Refused(System.Net.HttpStatusCode.Conflict, "SIG-0314");
        Assert.Equal("done", (await person.SignAsync(session)).Succeeded().Text("state"));
    }

    [Fact]
    public async Task An_answer_after_the_end_is_recorded_once_and_not_used()
    {
        var (person, session, order) = await AskedAsync();
        await fixture.WorkAsync(TimeSpan.FromSeconds(301));
        await AnswerAsync(order);
        for (var i = 0; i < 2; i++)
        {
            await fixture.Service.PublishAsync(new ProviderAnswered(order, ScriptedProvider.Word));
            await Eventually.Async(async () => (await OrderAsync(order)).NoticedAt is not null, "the notice was heard");
            await fixture.WorkAsync();
        }

        var late = await OrderAsync(order);
        Assert.Equal(OrderState.Expired, late.State);
        Assert.NotNull(late.AnsweredLateAt);
        Assert.Single(await fixture.LogAsync(session), l => l.Step == CeremonyStep.AnsweredLate);
        Assert.Equal((1, SignerState.Failed), ((await fixture.SessionAsync(session)).Documents.Single().Parts,
            (await fixture.SessionAsync(session)).Signers.Single().State));
        Assert.Equal("done", (await person.SignAsync(session)).Succeeded().Text("state"));
    }

    [Fact]
    public async Task An_answer_after_the_session_was_refused_is_recorded_and_not_used()
    {
        var (one, two) = (fixture.Person(), fixture.Person());
        var session = await fixture.OpenAsync((one.Account, 1), (two.Account, 1));
        await one.ViewAllAsync(session);
        var order = Guid.Parse((await one.BeginAsync(session, "app")).Succeeded().Text("id")!);
        (await two.RefuseAsync(session)).Succeeded();
        await AnswerAsync(order);
        await fixture.WorkAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((OrderState.Done, "SIG-0304"), ((await OrderAsync(order)).State, (await OrderAsync(order)).Items.Single().Code));
        var stands = await fixture.SessionAsync(session);
        Assert.Equal((SessionState.Refused, 1), (stands.State, stands.Documents.Single().Parts));
        Assert.Single(await fixture.LogAsync(session), l => l is { Step: CeremonyStep.AnsweredLate, Detail: "SIG-0304" });
    }

    [Fact]
    public async Task Declined_in_the_app_the_signer_may_begin_again()
    {
        var (person, session, order) = await AskedAsync();
        fixture.Provider.Answer(order, new HashOutcome(HashState.Declined, [], "4002"));
        await fixture.WorkAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(("declined", "4002"), ((await person.StatusAsync(session)).Text("state"), (await person.StatusAsync(session))
            .Text("code")));
        Assert.Equal("done", (await person.SignAsync(session)).Succeeded().Text("state"));
    }

    [Fact]
    public async Task Who_signed_before_the_deadline_has_signed()
    {
        var person = fixture.Person();
        var request = SessionFixture.Request([(person.Account, 1)], lasts: TimeSpan.FromMinutes(2));
        var session = Guid.Parse((await fixture.As("dossier").CreateAsync(request)).SessionId);
        await person.ViewAllAsync(session);
        (await person.BeginAsync(session)).Succeeded();
        // The signature is here, and the process dies before it is in the document; it comes back after the deadline.
        fixture.Fault.Arm(1, behindIt: true);
        await person.AuthoriseAsync(session);
        fixture.Fault.Disarm();
        await fixture.WorkAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
    }
}
