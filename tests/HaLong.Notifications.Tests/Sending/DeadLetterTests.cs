using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Sending;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>What was given up: seen without address and text, and driven again, from the API and from the command line.</summary>
[Collection(EngineCollections.Administration)]
public sealed class DeadLetterTests : IAsyncLifetime
{
    private const string Path = "/api/v1/admin/messages";
    private readonly EngineWorld world;

    public DeadLetterTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
        world.Beta.IsOn = false;
    }

    public async ValueTask InitializeAsync() => await world.InDatabaseAsync(db => db.Messages.ExecuteDeleteAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Dead_letters_are_listed_newest_first_page_by_page_without_address_or_text()
    {
        var letters = new List<Message>();
        for (var i = 0; i < 5; i++)
        {
            letters.Add(await FailedAsync());
            world.Pass(TimeSpan.FromMilliseconds(5));
        }

        await world.QueueAsync(due: world.Now.AddDays(1));
        using var client = Admin();

        var first = await client.GetFromJsonAsync<JsonElement>($"{Path}?limit=3", EngineWorld.Ct);
        var second = await client.GetFromJsonAsync<JsonElement>($"{Path}?limit=3&after={first.GetProperty("after").GetString()}", EngineWorld.Ct);

        Assert.Equal(letters.Select(l => l.Id).Reverse(), Items(first).Concat(Items(second)).Select(m => m.GetProperty("id").GetGuid()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("after").ValueKind);
        var item = Items(first)[0];
        Assert.Equal(["sms", "failed", "alpha", "refused"], new[] { "channel", "state", "provider", "reason" }.Select(name => item.GetProperty(name).GetString()));
        Assert.Equal(1, item.GetProperty("attempts").GetInt32());
        Assert.DoesNotContain("+8491", first.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(letters[0].Body, first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_state_channel_provider_and_kind()
    {
        var sms = await FailedAsync();
        var other = await FailedAsync(kind: "dossier-returned");
        var zalo = await FailedAsync(MessageChannel.Zalo);
        var waiting = await world.QueueAsync(due: world.Now.AddDays(1));

        Assert.Equal([sms.Id], await IdsAsync("?channel=sms&kind=dossier-accepted"));
        Assert.Equal([other.Id], await IdsAsync("?kind=dossier-returned"));
        Assert.Equal([zalo.Id], await IdsAsync("?provider=zns&state=failed"));
        Assert.Equal([waiting.Id], await IdsAsync("?state=pending"));
        Assert.Empty(await IdsAsync("?state=expired"));
        Assert.Empty(await IdsAsync("?provider=nobody"));
    }

    [Theory]
    [InlineData("?state=sent", "state")]
    [InlineData("?state=Failed", "state")]
    [InlineData("?state=1", "state")]
    [InlineData("?channel=inApp", "channel")]
    [InlineData("?channel=fax", "channel")]
    [InlineData("?kind=", "kind")]
    [InlineData("?state=x&channel=y&provider=", "channel,provider,state")]
    public async Task A_filter_that_makes_no_sense_is_refused_with_all_that_is_wrong(string query, string fields)
    {
        using var client = Admin();
        using var response = await client.GetAsync(Path + query, EngineWorld.Ct);

        var problem = await response.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0100");
        Assert.Equal(fields.Split(','), problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?after=nonsense")]
    public async Task A_page_that_makes_no_sense_is_refused(string query)
    {
        using var client = Admin();
        using var response = await client.GetAsync(Path + query, EngineWorld.Ct);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task A_dead_letter_that_is_driven_again_goes_its_way_from_the_beginning_under_a_new_key()
    {
        var letter = await FailedAsync();
        using var client = Admin();

        using var answer = await client.PostAsync($"{Path}/{letter.Id}/redrive", null, EngineWorld.Ct);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("pending", (await answer.Content.ReadFromJsonAsync<JsonElement>(EngineWorld.Ct)).GetProperty("state").GetString());
        await world.SendDueAsync();
        var sent = await world.ReadAsync(letter);
        Assert.Equal((MessageState.Sent, 2, 1, $"{letter.Id:N}-1"), (sent.State, sent.Attempts, sent.Tries, sent.Key));
        Assert.Equal(1, world.Alpha.ArrivedOf(sent.Key));
        Assert.Equal(1, await EvidenceAsync("message.redriven", letter.Id.ToString()));
        // Its provider speaks of it by the new key, and late word of the old one changes nothing.
        await TellAsync(letter.Key, ReceiptStatus.Failed);
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(letter)).State);
        await TellAsync(sent.Key, ReceiptStatus.Delivered);
        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(letter)).State);
    }

    [Fact]
    public async Task The_schedule_begins_anew_and_the_next_channel_is_not_told_a_second_time()
    {
        var letter = await FailedAsync(MessageChannel.Zalo);
        await RedriveAsync(letter.Id);
        world.Zns.Otherwise = Deed.Busy;

        var failed = await world.FinishAsync(letter);

        Assert.Equal((MessageState.Failed, "busy", 5, 4, true), (failed.State, failed.LastError, failed.Attempts, failed.Tries, failed.HandedOn));
        Assert.Equal(2, await world.ToldAsync(letter, "halong.message-failed.v1"));
    }

    [Fact]
    public async Task An_attempt_without_an_answer_keeps_its_key_and_is_asked_about_first()
    {
        var letter = await world.QueueAsync(MessageChannel.Zalo);
        world.Zns.Will(letter.Key, Deed.Busy, Deed.Busy, Deed.Busy, Deed.TakeAndFallSilent);
        world.Zns.Memory = Memory.SafeToRepeat;
        Assert.Equal(MessageState.Failed, (await world.FinishAsync(letter)).State);
        world.Zns.Memory = Memory.Knows;

        await RedriveAsync(letter.Id);
        await world.SendDueAsync();

        var sent = await world.ReadAsync(letter);
        Assert.Equal((MessageState.Sent, letter.Key, 4, 1), (sent.State, sent.Key, world.Zns.CallsOf(letter.Key), world.Zns.ArrivedOf(letter.Key)));
    }

    [Fact]
    public async Task Driven_again_after_its_time_a_message_ends_as_expired()
    {
        var letter = await FailedAsync(expires: world.Now.AddMinutes(1));
        world.Pass(TimeSpan.FromMinutes(2));

        await RedriveAsync(letter.Id);
        await world.SendDueAsync();

        Assert.Equal((MessageState.Expired, 1), ((await world.ReadAsync(letter)).State, world.Alpha.CallsOf(letter.Key)));
    }

    [Fact]
    public async Task What_is_not_there_not_failed_or_has_no_text_any_more_is_not_driven_again()
    {
        var waiting = await world.QueueAsync(due: world.Now.AddDays(1));
        var empty = await FailedAsync();
        await world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == empty.Id).ExecuteUpdateAsync(u => u.SetProperty(m => m.Body, "")));
        using var client = Admin();

        foreach (var (id, status, code) in new[]
                 {
                     (Guid.CreateVersion7(), HttpStatusCode.NotFound, "NOT-0101"), (waiting.Id, HttpStatusCode.Conflict, "NOT-0102"),
                     (empty.Id, HttpStatusCode.Conflict, "NOT-0103"),
                 })
        {
            using var answer = await client.PostAsync($"{Path}/{id}/redrive", null, EngineWorld.Ct);
            await answer.AssertProblemAsync(status, code);
        }
    }

    [Fact]
    public async Task The_same_order_twice_is_one()
    {
        var letter = await FailedAsync();
        using var client = Admin();
        client.DefaultRequestHeaders.Add(Idempotency.Header, Guid.CreateVersion7().ToString());

        using var first = await client.PostAsync($"{Path}/{letter.Id}/redrive", null, EngineWorld.Ct);
        world.Alpha.Otherwise = Deed.Refuse;
        await world.SendDueAsync();
        using var second = await client.PostAsync($"{Path}/{letter.Id}/redrive", null, EngineWorld.Ct);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.True(second.Headers.Contains(Idempotency.ReplayedHeader));
        Assert.Equal((MessageState.Failed, 1), ((await world.ReadAsync(letter)).State, await EvidenceAsync("message.redriven", letter.Id.ToString())));
    }

    [Fact]
    public async Task Many_are_driven_again_the_oldest_first_as_the_filter_says()
    {
        var old = await FailedAsync();
        world.Pass(TimeSpan.FromHours(1));
        var border = world.Now;
        var second = await FailedAsync();
        world.Pass(TimeSpan.FromSeconds(1));
        var third = await FailedAsync();
        var zalo = await FailedAsync(MessageChannel.Zalo);
        using var client = Admin();

        Assert.Equal(3, await CountAsync(client, new { channel = "sms", dryRun = true }));
        Assert.Equal(4, await world.InDatabaseAsync(db => db.Messages.CountAsync(m => m.State == MessageState.Failed)));
        Assert.Equal(1, await CountAsync(client, new { createdBefore = border.AddMinutes(-1) }));
        Assert.Equal(MessageState.Pending, (await world.ReadAsync(old)).State);
        Assert.Equal(1, await CountAsync(client, new { provider = "alpha", kind = "dossier-accepted", limit = 1 }));
        Assert.Equal((MessageState.Pending, MessageState.Failed), ((await world.ReadAsync(second)).State, (await world.ReadAsync(third)).State));
        Assert.Equal(2, await CountAsync(client, new { }));
        Assert.Equal(0, await CountAsync(client, new { }));

        await world.SendDueAsync();
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(zalo)).State);
    }

    [Fact]
    public async Task An_order_for_many_is_evidence_and_no_more_than_a_thousand()
    {
        await FailedAsync();
        using var client = Admin();

        using var answer = await client.PostAsJsonAsync($"{Path}/redrive", new { }, EngineWorld.Ct);
        var order = (await answer.Content.ReadFromJsonAsync<JsonElement>(EngineWorld.Ct)).GetProperty("order").GetString()!;
        Assert.Equal(1, await EvidenceAsync("messages.redriven", order));

        using var wrong = await client.PostAsJsonAsync($"{Path}/redrive", new { channel = "fax", limit = 1001 }, EngineWorld.Ct);
        var problem = await wrong.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0100");
        Assert.Equal(["channel", "limit"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public async Task Nobody_but_administrators_sees_or_drives_messages()
    {
        using var anyone = world.Service.Client();
        using var chief = world.Service.Client(world.Identity.Token(roles: [Roles.Chief]));

        foreach (var (client, status) in new[] { (anyone, HttpStatusCode.Unauthorized), (chief, HttpStatusCode.Forbidden) })
        {
            using var list = await client.GetAsync(Path, EngineWorld.Ct);
            using var one = await client.PostAsync($"{Path}/{Guid.CreateVersion7()}/redrive", null, EngineWorld.Ct);
            using var many = await client.PostAsJsonAsync($"{Path}/redrive", new { }, EngineWorld.Ct);
            Assert.Equal((status, status, status), (list.StatusCode, one.StatusCode, many.StatusCode));
        }
    }

    [Fact]
    public async Task The_command_line_lists_counts_and_drives_again()
    {
        Assert.Equal((0, "No dead letters."), await RunAsync("list"));
        var sms = await FailedAsync();
        var zalo = await FailedAsync(MessageChannel.Zalo);
        var third = await FailedAsync();

        var (code, lines) = await RunAsync("list", "zalo");
        Assert.Equal(0, code);
        Assert.Matches($"^{zalo.Id}  .*zalo   zns         dossier-accepted  1 attempts: refused$", lines);
        Assert.Equal(3, (await RunAsync("list")).Text.Split('\n').Length);
        Assert.Equal((0, "2 would be driven again."), await RunAsync("count", "sms"));
        Assert.Equal((0, "3 would be driven again."), await RunAsync("count"));
        Assert.Equal((0, $"{third.Id} is due again."), await RunAsync("redrive", third.Id.ToString()));
        Assert.Equal((1, "Only a message that has failed can be driven again."), await RunAsync("redrive", third.Id.ToString()));
        Assert.Equal((1, "There is no such outgoing message."), await RunAsync("redrive", Guid.Empty.ToString()));
        Assert.Equal((0, "1 are due again."), await RunAsync("redrive", "zalo"));
        Assert.Equal((0, "1 are due again."), await RunAsync("redrive", "all"));
        Assert.Equal(MessageState.Pending, (await world.ReadAsync(sms)).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("redrive")]
    [InlineData("list fax")]
    [InlineData("count fax")]
    [InlineData("redrive fax")]
    [InlineData("remove all")]
    public async Task A_command_that_makes_no_sense_is_answered_with_what_there_is(string command)
    {
        var (code, text) = await RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, code);
        Assert.Contains("messages redrive <id>", text, StringComparison.Ordinal);
    }

    private HttpClient Admin() => world.Service.Client(world.Identity.Token(roles: [Roles.Administrator]));

    private async Task<Message> FailedAsync(MessageChannel channel = MessageChannel.Sms, DateTimeOffset? expires = null, string kind = "dossier-accepted")
    {
        var message = await world.QueueAsync(channel, expires: expires, kind: kind);
        var provider = channel == MessageChannel.Sms ? world.Alpha : world.Zns;
        provider.Will(message.Key, Deed.Refuse);
        await world.SendDueAsync();
        Assert.Equal(MessageState.Failed, (await world.ReadAsync(message)).State);
        return message;
    }

    private async Task RedriveAsync(Guid id)
    {
        await using var scope = world.Service.Services.CreateAsyncScope();
        Assert.True((await scope.ServiceProvider.GetRequiredService<DeadLetters>().RedriveAsync(id, EngineWorld.Ct)).IsSuccess);
    }

    private async Task TellAsync(string key, ReceiptStatus status)
    {
        await using var scope = world.Service.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<Receipts>().TakeAsync(
            new DeliveryReceipt("alpha", key, null, status, world.Now), EngineWorld.Ct));
    }

    private async Task<IEnumerable<Guid>> IdsAsync(string query)
    {
        using var client = Admin();
        return Items(await client.GetFromJsonAsync<JsonElement>(Path + query, EngineWorld.Ct)).Select(m => m.GetProperty("id").GetGuid());
    }

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static async Task<int> CountAsync(HttpClient client, object filter)
    {
        using var answer = await client.PostAsJsonAsync($"{Path}/redrive", filter, EngineWorld.Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(EngineWorld.Ct)).GetProperty("count").GetInt32();
    }

    private Task<int> EvidenceAsync(string kind, string subject) => world.InDatabaseAsync(db => db.Database
        .SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM evidence WHERE kind = {kind} AND subject = {subject}").SingleAsync());

    private async Task<(int Code, string Text)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var code = await MessagesCommand.RunAsync(world.Service.Services, args, output);
        return (code, output.ToString().ReplaceLineEndings("\n").TrimEnd('\n'));
    }
}
