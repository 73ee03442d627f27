using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>We told you on …, through …, it arrived at ….</summary>
public sealed class ListNoticesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_owner_sees_what_was_told_through_what_and_when_it_arrived()
    {
        var (owner, facts) = await FiledAsync();

        var notices = await ListAsync(world.Identity.Token(owner), facts.Dossier);

        var inApp = notices.Single(n => n.GetProperty("channel").GetString() == "inApp");
        Assert.Equal(("dossier-submitted", "delivered"), (inApp.GetProperty("kind").GetString(), inApp.GetProperty("state").GetString()));
        Assert.NotEqual(JsonValueKind.Null, inApp.GetProperty("deliveredAt").ValueKind);
        var email = notices.Single(n => n.GetProperty("channel").GetString() == "email");
        Assert.Equal(("sent", "smtp", 1, false), (email.GetProperty("state").GetString(), email.GetProperty("provider").GetString(), email.GetProperty("attempts").GetInt32(), email.GetProperty("mayBeTwice").GetBoolean()));
        Assert.NotEqual(JsonValueKind.Null, email.GetProperty("sentAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, email.GetProperty("failure").ValueKind);
        Assert.Contains(facts.Code, email.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_text_nor_address_is_part_of_the_proof()
    {
        var (owner, facts) = await FiledAsync();
        using var client = world.As(owner);

        var json = await client.GetStringAsync($"/api/v1/dossiers/{facts.Dossier}/notices", World.Ct);

        Assert.DoesNotContain("@", json, StringComparison.Ordinal);
        foreach (var message in await world.MessagesAsync(facts.Dossier))
            Assert.DoesNotContain(message.Body[..20], json, StringComparison.Ordinal);
        Assert.DoesNotContain("recipient", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("body", json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Why_something_is_not_there_is_said_in_plain_words_of_the_readers_language()
    {
        var (owner, facts) = await FiledAsync();
        await world.InDatabaseAsync(db => db.Messages.Where(m => m.DossierId == facts.Dossier && m.Channel == MessageChannel.Email)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MessageState.Failed).SetProperty(m => m.LastError, "550 no such user a@b.vn").SetProperty(m => m.MayBeTwice, true)));

        var vi = (await ListAsync(world.Identity.Token(owner), facts.Dossier)).Single(n => n.GetProperty("channel").GetString() == "email");
        var en = (await ListAsync(world.Identity.Token(owner), facts.Dossier, language: "en")).Single(n => n.GetProperty("channel").GetString() == "email");

        Assert.Equal("không đến được người nhận", vi.GetProperty("failure").GetString());
        Assert.Equal("did not reach its reader", en.GetProperty("failure").GetString());
        Assert.True(vi.GetProperty("mayBeTwice").GetBoolean());
    }

    [Fact]
    public async Task Officials_of_the_unit_that_has_the_dossier_and_auditors_see_it_and_each_look_is_recorded()
    {
        var (owner, facts) = await FiledAsync();
        foreach (var (role, unit) in new[] { (Roles.Reception, Facts.Unit), (Roles.Officer, Facts.Unit), (Roles.Approver, Facts.Unit), (Roles.Chief, Facts.Unit), (Roles.Auditor, "00001") })
        {
            var official = Guid.CreateVersion7();
            await using var ear = await BusEar.ListenAsync<PersonalDataRead>(world.Service.Broker, m => m.ActorId == official);

            Assert.Equal(2, (await ListAsync(world.Identity.Token(official, [role], unit), facts.Dossier)).Count);

            var read = await ear.NextAsync();
            Assert.Equal([owner], read.SubjectIds);
            Assert.Equal((role, "notices", facts.Dossier, "dossier-processing", unit), (read.ActorRole, read.What, read.ObjectId, read.Purpose, read.Unit));
        }
    }

    [Fact]
    public async Task To_everybody_else_the_dossier_does_not_exist()
    {
        var (_, facts) = await FiledAsync();
        foreach (var token in new[]
        {
            world.Identity.Token(), world.Identity.Token(null, [Roles.Officer], "06652"), world.Identity.Token(null, [Roles.Officer]), world.Identity.Token(null, [Roles.Cashier], Facts.Unit),
            world.Identity.Token(null, [Roles.Administrator], Facts.Unit), world.Identity.Token(null, [Roles.Leader], Facts.Unit),
        })
            await RefusedAsync(token, facts.Dossier, HttpStatusCode.NotFound, "NOT-0230");
        await RefusedAsync(world.Identity.Token(null, [Roles.Auditor], "00001"), Guid.CreateVersion7(), HttpStatusCode.NotFound, "NOT-0230");
        using var nobody = world.Service.Client();
        using var unauthorized = await nobody.GetAsync(new Uri($"/api/v1/dossiers/{facts.Dossier}/notices", UriKind.Relative), World.Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
    }

    [Fact]
    public async Task When_a_dossier_moves_on_the_next_unit_sees_it_and_the_last_one_no_longer()
    {
        var (_, facts) = await FiledAsync();
        var moved = facts.FeePaid() with { UnitCode = "06652" };
        await world.PublishAsync(moved);
        await world.ReleasedAsync(facts.Dossier, 2);

        Assert.NotEmpty(await ListAsync(world.Identity.Token(null, [Roles.Officer], "06652"), facts.Dossier));
        await RefusedAsync(world.Identity.Token(null, [Roles.Officer], Facts.Unit), facts.Dossier, HttpStatusCode.NotFound, "NOT-0230");
    }

    [Fact]
    public async Task Who_may_read_the_dossier_for_its_owner_sees_it_and_the_owner_learns_of_it()
    {
        var (owner, facts) = await FiledAsync();
        var (delegation, actor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        world.Accounts.Rights[delegation] = ([Acts.DossierRead], null);
        await using var ear = await BusEar.ListenAsync<PersonalDataRead>(world.Service.Broker, m => m.ActorId == actor);

        Assert.Equal(2, (await ListAsync(world.Identity.Token(owner, actor: actor, delegation: delegation), facts.Dossier)).Count);

        var read = await ear.NextAsync();
        Assert.Equal([owner], read.SubjectIds);
        Assert.Equal(("delegate", "delegation"), (read.ActorRole, read.Purpose));
    }

    [Fact]
    public async Task Who_acts_for_the_owner_sees_what_the_right_covers_and_no_more()
    {
        var (owner, facts) = await FiledAsync();
        var (paying, ended, elsewhere, unknown, unbound) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        world.Accounts.Rights[paying] = ([Acts.PaymentPay], null);
        world.Accounts.Rights[ended] = (null, null);
        world.Accounts.Rights[elsewhere] = ([Acts.DossierRead], Guid.CreateVersion7());
        world.Accounts.Rights[unbound] = ([Acts.DossierRead], null);
        var helper = Guid.CreateVersion7();

        await RefusedAsync(Delegate(paying), facts.Dossier, HttpStatusCode.Forbidden, "NOT-0232");
        await RefusedAsync(Delegate(ended), facts.Dossier, HttpStatusCode.Forbidden, "NOT-0231");
        await RefusedAsync(Delegate(unknown), facts.Dossier, HttpStatusCode.Forbidden, "NOT-0231");
        await RefusedAsync(Delegate(elsewhere), facts.Dossier, HttpStatusCode.NotFound, "NOT-0230");
        // A session that has no dossier yet sees none.
        await RefusedAsync(world.Identity.Token(owner, actor: helper, assistedSession: unbound), facts.Dossier, HttpStatusCode.NotFound, "NOT-0230");
        world.Accounts.IsDown = true;
        await RefusedAsync(Delegate(Guid.CreateVersion7()), facts.Dossier, HttpStatusCode.ServiceUnavailable, "NOT-0233");
        world.Accounts.IsDown = false;

        string Delegate(Guid delegation) => world.Identity.Token(owner, actor: helper, delegation: delegation);
    }

    [Fact]
    public async Task What_officials_are_told_among_themselves_is_no_part_of_it()
    {
        var (_, facts) = await FiledAsync();
        var officer = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn");
        await world.PublishAsync(facts.Warned(Dossiers.Contracts.WaitLevels.Officer, officer));
        await world.InboxAsync(officer, 1);

        var notices = await ListAsync(world.Identity.Token(officer, [Roles.Officer], Facts.Unit), facts.Dossier);

        Assert.All(notices, n => Assert.Equal("dossier-submitted", n.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_oldest_first_and_nothing_twice()
    {
        var (owner, facts) = await FiledAsync();
        await world.PublishAllAsync([facts.FeePaid(), facts.Accepted(), facts.ResultReady(), facts.Returned()]);
        await Eventually.Async(async () => (await world.MessagesAsync(facts.Dossier)).Count == 8, "eight messages");

        var notices = await ListAsync(world.Identity.Token(owner), facts.Dossier, limit: 3);

        Assert.Equal(8, notices.DistinctBy(n => n.GetProperty("id").GetGuid()).Count());
        Assert.Equal("dossier-submitted", notices[0].GetProperty("kind").GetString());
        Assert.Equal(notices.Select(n => n.GetProperty("createdAt").GetDateTimeOffset()).Order(), notices.Select(n => n.GetProperty("createdAt").GetDateTimeOffset()));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("after=nonsense")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        using var client = world.As(Guid.CreateVersion7());

        using var response = await client.GetAsync(new Uri($"/api/v1/dossiers/{Guid.CreateVersion7()}/notices?{query}", UriKind.Relative), World.Ct);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
    }

    private async Task<(Guid Owner, Facts Facts)> FiledAsync()
    {
        var owner = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn");
        var facts = new Facts(owner);
        await world.PublishAsync(facts.Submitted());
        await world.ReleasedAsync(facts.Dossier, 1);
        await Eventually.Async(async () => (await world.MessagesAsync(facts.Dossier)).Count(m => m.State is MessageState.Sent or MessageState.Delivered) == 2, "both messages");
        return (owner, facts);
    }

    private async Task<List<JsonElement>> ListAsync(string token, Guid dossier, int limit = 100, string language = "vi")
    {
        using var client = world.Service.Client(token);
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        var notices = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/dossiers/{dossier}/notices?limit={limit}&after={after}", World.Ct);
            notices.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        return notices;
    }

    private async Task RefusedAsync(string token, Guid dossier, HttpStatusCode status, string code)
    {
        using var client = world.Service.Client(token);
        using var response = await client.GetAsync(new Uri($"/api/v1/dossiers/{dossier}/notices", UriKind.Relative), World.Ct);
        await response.AssertProblemAsync(status, code);
    }
}
