using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Contacts;

/// <summary>Who is not reached becomes somebody's task, and stays one until it is done.</summary>
public sealed class ContactProblemsTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    private const string Path = "/api/v1/admin/contact-problems";

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_one_task_that_its_owner_and_the_neighbours_hear_of_once()
    {
        var owner = Person();
        await using var ear = await BusEar.ListenAsync<ContactPointFailing>(world.World.Service.Broker, m => m.AccountId == owner);

        for (var i = 0; i < 3; i++)
            await FailAsync(owner, MessageChannel.Email);

        var problem = await ProblemAsync(owner);
        Assert.Equal((MessageChannel.Email, 3, "gone"), (problem.Channel, problem.Times, problem.Reason));
        Assert.Null(problem.ResolvedAt);
        var heard = await ear.NextAsync();
        Assert.Equal(("email", "gone"), (heard.Channel, heard.Reason));
        var told = await Eventually.ValueAsync(() => world.ToAsync(owner), m => m.Exists(x => x.Kind == NoticeKinds.ContactFailing), "the notice");
        var notice = Assert.Single(told, m => m.Kind == NoticeKinds.ContactFailing);
        Assert.Equal(MessageChannel.InApp, notice.Channel);
        Assert.Contains("hộp thư điện tử", notice.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_failures_at_once_are_one_task()
    {
        var owner = Person();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => FailAsync(owner, MessageChannel.Sms)));

        Assert.Equal(10, (await ProblemAsync(owner)).Times);
    }

    [Fact]
    public async Task While_the_mailbox_fails_what_must_be_known_also_goes_by_SMS_and_the_letter_is_still_tried()
    {
        var owner = Person();
        await FailAsync(owner, MessageChannel.Email);

        var before = await PlanAsync(Person());
        var after = await PlanAsync(owner);

        Assert.Equal([MessageChannel.Email], before);
        Assert.Equal([MessageChannel.Email, MessageChannel.Sms], after);
    }

    [Theory]
    [InlineData("email", "email", true)]
    [InlineData("email", "phone", false)]
    [InlineData("sms", "phone", true)]
    [InlineData("zalo", "phone", true)]
    [InlineData("sms", "email", false)]
    public async Task It_ends_when_its_owner_changes_what_fails_and_not_when_something_else_changes(string failing, string changed, bool ends)
    {
        var owner = Person();
        await FailAsync(owner, Words.Parse<MessageChannel>(failing));

        await world.World.PublishAsync(new ContactPointsChanged(owner, changed, ContactPointsChanged.Replaced, RuleWorld.Tuesday(10)));
        await Eventually.Async(async () => (await world.ToAsync(owner)).Exists(m => m.Kind == NoticeKinds.ContactPointsChanged), "the change");

        var problem = await ProblemAsync(owner);
        Assert.Equal(ends ? ContactProblem.ContactChanged : null, problem.Resolution);
        Assert.Null(problem.ResolvedBy);
    }

    [Fact]
    public async Task It_ends_when_something_arrives_later_and_with_the_account()
    {
        var (reached, unreached, closed) = (Person(), Person(), Person());
        foreach (var person in (Guid[])[reached, unreached, closed])
            await FailAsync(person, MessageChannel.Sms);
        await DeliveredAsync(reached, RuleWorld.Tuesday(10).AddMinutes(1));
        await DeliveredAsync(unreached, RuleWorld.Tuesday(10).AddMinutes(-1)); // before it failed

        await world.TurnAsync();
        await world.World.PublishAsync(new AccountClosed(closed, "citizen", AccountClosed.ByOwner, RuleWorld.Tuesday(10)));

        Assert.Equal(ContactProblem.Delivered, (await ProblemAsync(reached)).Resolution);
        Assert.Null((await ProblemAsync(unreached)).Resolution);
        await Eventually.Async(async () => (await ProblemAsync(closed)).Resolution == ContactProblem.AccountClosed, "the end with the account");
    }

    [Fact]
    public async Task Reception_of_the_unit_sees_whom_to_ask_and_each_look_is_recorded()
    {
        var owner = Person();
        var (facts, over) = (new Facts(owner), new Facts(owner));
        await FiledAsync(facts);
        await FiledAsync(over);
        await world.World.PublishAsync(over.Withdrawn());
        await Eventually.Async(() => world.World.InDatabaseAsync(db => db.Set<Demand>().AnyAsync(d => d.Key == Conditions.DossierOpen(over.Dossier))), "the end");
        await FailAsync(owner, MessageChannel.Email);
        var official = Guid.CreateVersion7();
        await using var ear = await BusEar.ListenAsync<PersonalDataRead>(world.World.Service.Broker, m => m.ActorId == official && m.SubjectIds.Contains(owner));

        var mine = Assert.Single(await ListAsync(Token([Roles.Reception], Facts.Unit, official)), p => p.GetProperty("accountId").GetGuid() == owner);

        Assert.Equal(("email", "gone", 1), (mine.GetProperty("channel").GetString(), mine.GetProperty("reason").GetString(), mine.GetProperty("times").GetInt32()));
        Assert.Equal([facts.Code], mine.GetProperty("dossiers").EnumerateArray().Select(d => d.GetString()));
        var read = await ear.NextAsync();
        Assert.Contains(owner, read.SubjectIds);
        Assert.Equal(("contact-problems", "notification", Roles.Reception), (read.What, read.Service, read.ActorRole));
        Assert.Contains(await ListAsync(Token([Roles.Chief], Facts.Unit)), p => p.GetProperty("accountId").GetGuid() == owner);
        Assert.DoesNotContain(await ListAsync(Token([Roles.Reception], "06652")), p => p.GetProperty("accountId").GetGuid() == owner);
    }

    [Fact]
    public async Task Who_is_neither_reception_nor_chief_sees_no_tasks_and_ends_none()
    {
        var (owner, problem) = await TaskAsync();

        foreach (var (token, status) in new[]
        {
            (Token([Roles.Officer], Facts.Unit), HttpStatusCode.Forbidden), (Token([Roles.Administrator], Facts.Unit), HttpStatusCode.Forbidden),
            (Token([Roles.Reception], null), HttpStatusCode.Forbidden), (world.World.Identity.Token(owner), HttpStatusCode.Forbidden),
        })
        {
            using var client = world.World.Service.Client(token);
            using var list = await client.GetAsync(new Uri(Path, UriKind.Relative), World.Ct);
            using var end = await client.PostAsync($"{Path}/{problem}/resolve", null, World.Ct);
            Assert.Equal((status, status), (list.StatusCode, end.StatusCode));
        }

        using var nobody = world.World.Service.Client();
        using var refused = await nobody.GetAsync(new Uri(Path, UriKind.Relative), World.Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task An_official_ends_a_task_once_with_evidence_and_it_comes_back_when_the_next_message_fails_too()
    {
        var (owner, problem) = await TaskAsync();
        var official = Guid.CreateVersion7();
        using var client = world.World.Service.Client(Token([Roles.Reception], Facts.Unit, official));
        using var stranger = world.World.Service.Client(Token([Roles.Reception], "06652"));

        using var elsewhere = await stranger.PostAsync($"{Path}/{problem}/resolve", null, World.Ct);
        await elsewhere.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0234");
        using var unknown = await client.PostAsync($"{Path}/{Guid.CreateVersion7()}/resolve", null, World.Ct);
        await unknown.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0234");
        using var ended = await client.PostAsync($"{Path}/{problem}/resolve", null, World.Ct);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var again = await client.PostAsync($"{Path}/{problem}/resolve", null, World.Ct);
        await again.AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0235");

        var done = await ProblemAsync(owner);
        Assert.Equal((official, ContactProblem.ByOfficial), (done.ResolvedBy, done.Resolution));
        Assert.True(await world.World.InDatabaseAsync(async db => await db.Database.SqlQuery<bool>(
            $"SELECT EXISTS (SELECT 1 FROM evidence WHERE kind = 'notification.contact-problem-resolved' AND subject = {problem.ToString()}) AS \"Value\"").SingleAsync()));
        await FailAsync(owner, MessageChannel.Email);
        Assert.Equal(2, await world.World.InDatabaseAsync(db => db.Set<ContactProblem>().CountAsync(p => p.AccountId == owner)));
    }

    [Fact]
    public async Task Two_officials_at_once_end_it_once()
    {
        var (_, problem) = await TaskAsync();
        using var client = world.World.Service.Client(Token([Roles.Reception], Facts.Unit));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var answer = await client.PostAsync($"{Path}/{problem}/resolve", null, World.Ct);
            return answer.StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.NoContent);
        Assert.All(answers.Where(a => a != HttpStatusCode.NoContent), a => Assert.Equal(HttpStatusCode.Conflict, a));
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_same_answer()
    {
        var (_, problem) = await TaskAsync();
        using var client = world.World.Service.Client(Token([Roles.Reception], Facts.Unit));
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"{problem:N}");

        for (var i = 0; i < 2; i++)
        {
            using var answer = await client.PostAsync($"{Path}/{problem}/resolve", null, World.Ct);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("after=nonsense")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        using var client = world.World.Service.Client(Token([Roles.Reception], Facts.Unit));

        using var response = await client.GetAsync(new Uri($"{Path}?{query}", UriKind.Relative), World.Ct);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
    }

    private Guid Person() => world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn", "vi", RuleWorld.Phone());

    private string Token(string[] roles, string? unit, Guid? sub = null) => world.World.Identity.Token(sub, roles, unit);

    private async Task<(Guid Owner, Guid Problem)> TaskAsync()
    {
        var owner = Person();
        await FiledAsync(new Facts(owner));
        await FailAsync(owner, MessageChannel.Email);
        return (owner, (await ProblemAsync(owner)).Id);
    }

    private async Task FiledAsync(Facts facts)
    {
        await world.World.PublishAsync(facts.Submitted());
        await world.World.ReleasedAsync(facts.Dossier, 1);
        await Eventually.Async(async () => (await world.World.MessagesAsync(facts.Dossier)).Count > 0, "the notice");
    }

    private async Task<List<JsonElement>> ListAsync(string token)
    {
        using var client = world.World.Service.Client(token);
        var items = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"{Path}?limit=2&after={after}", World.Ct);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal(items.Count, items.DistinctBy(i => i.GetProperty("id").GetGuid()).Count());
        return items;
    }

    private Task<ContactProblem> ProblemAsync(Guid owner) =>
        world.World.InDatabaseAsync(db => db.Set<ContactProblem>().AsNoTracking().SingleAsync(p => p.AccountId == owner));

    private async Task DeliveredAsync(Guid person, DateTimeOffset at)
    {
        var message = await world.AddAsync(person, MessageChannel.Sms, due: RuleWorld.Tuesday(10).AddYears(1));
        await world.World.InDatabaseAsync(db => db.Messages.Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MessageState.Delivered).SetProperty(m => m.DeliveredAt, at)));
    }

    private async Task FailAsync(Guid owner, MessageChannel channel)
    {
        var message = await world.AddAsync(owner, channel, due: RuleWorld.Tuesday(10).AddYears(1));
        await world.World.Service.InScopeAsync<IServiceProvider, int>(async services =>
        {
            var tracked = await services.GetRequiredService<NotificationDbContext>().Messages.SingleAsync(m => m.Id == message.Id);
            tracked.End(MessageState.Failed, "gone");
            await services.GetRequiredService<Fallbacks>().TakeOverAsync(tracked, badAddress: true, World.Ct);
            return 0;
        });
    }

    private Task<List<MessageChannel>> PlanAsync(Guid owner) => world.World.Service.InScopeAsync<IServiceProvider, List<MessageChannel>>(async services =>
    {
        var contact = await services.GetRequiredService<Notifications.Contacts.ContactBook>().FindAsync(owner, World.Ct);
        var plan = await services.GetRequiredService<Notifications.Planning.MessagePlanner>().PlanAsync(
            new Notifications.Features.Messages.NotifyOwner(NoticeKinds.DossierResultReady, "x", owner, null, null, RuleWorld.Tuesday(10)), contact!, // identity is there
            new Notifications.Templates.RenderedNotice(1, "T", "B", "S", "text", "<p>html</p>", "SMS"), World.Ct);
        return [.. plan.Select(p => p.Channel)];
    });
}
