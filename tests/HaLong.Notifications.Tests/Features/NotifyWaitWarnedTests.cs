using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>Who hears that a dossier waits too long. A world of its own: who holds which role is everybody's.</summary>
public sealed class NotifyWaitWarnedTests(Servers servers) : IAsyncLifetime
{
    private readonly World world = new(servers);

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(WaitLevels.Applicant, "wait-applicant", "đang chờ bạn")]
    [InlineData(WaitLevels.ApplicantLast, "wait-applicant-last", "vẫn đang chờ bạn")]
    [InlineData(WaitLevels.Officer, "wait-officer", "cần xử lý")]
    [InlineData(WaitLevels.Citizen, "wait-citizen", "đang chậm")]
    public async Task Whom_a_warning_names_gets_it_in_the_inbox_and_by_mail(string level, string kind, string words)
    {
        var person = world.Accounts.Person($"{level}@example.vn");
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAsync(facts.Warned(level, person));

        var message = Assert.Single(await world.InboxAsync(person, 1));
        Assert.Equal((kind, facts.Dossier), (message.GetProperty("kind").GetString(), message.GetProperty("dossierId").GetGuid()));
        Assert.Contains(words, message.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Contains("chờ thẩm định và phê duyệt", message.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Contains("09:15 ngày 25/11/2026", message.GetProperty("body").GetString(), StringComparison.Ordinal);
        await Eventually.Async(async () => (await world.Mail.ToAsync($"{level}@example.vn")).Count == 1, "one mail");
    }

    [Fact]
    public async Task Supervisors_are_those_who_hold_the_roles_in_the_unit_each_once_whatever_the_bus_repeats()
    {
        var (chief, both, stranger) = (world.Accounts.Person(), world.Accounts.Person(), world.Accounts.Person());
        Hold(Roles.Chief, chief, both);
        Hold(Roles.Approver, both);
        world.Accounts.Holders[(Roles.Chief, "06652")] = [stranger];
        var facts = new Facts(Guid.CreateVersion7());
        var warned = facts.Warned(WaitLevels.Supervisor, null, [Roles.Chief, Roles.Approver], reason: "CHECK");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.PublishAsync(warned)));

        await world.InboxAsync(both, 1);
        await world.InboxAsync(chief, 1);
        await QuietAsync();
        Assert.Equal(new[] { chief, both }.Order(), (await InboxesAsync(facts)).Order());
        Assert.Empty(await world.InboxAsync(stranger));
    }

    [Fact]
    public async Task Who_is_named_and_holds_the_role_too_is_told_once()
    {
        var (officer, approver) = (world.Accounts.Person(), world.Accounts.Person());
        Hold(Roles.Approver, officer, approver);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAsync(facts.Warned(WaitLevels.Extension, officer, [Roles.Approver]));

        await world.InboxAsync(approver, 1);
        await world.InboxAsync(officer, 1);
        await QuietAsync();
        Assert.Equal(new[] { officer, approver }.Order(), (await InboxesAsync(facts)).Order());
        Assert.All(await world.MessagesAsync(facts.Dossier), m => Assert.Equal("wait-extension", m.Kind));
    }

    [Fact]
    public async Task What_is_made_up_for_after_a_standstill_goes_into_the_inbox_only()
    {
        var person = world.Accounts.Person("bu.lai@example.vn");
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync([facts.Warned(WaitLevels.Applicant, person, urgent: false), facts.Warned(WaitLevels.ApplicantLast, person)]);

        Assert.Equal(2, (await world.InboxAsync(person, 2)).Count);
        await Eventually.Async(async () => (await world.Mail.ToAsync("bu.lai@example.vn")).Count == 1, "one mail");
        await QuietAsync();
        var mail = Assert.Single(await world.MessagesAsync(facts.Dossier), m => m.Channel == MessageChannel.Email);
        Assert.Equal("wait-applicant-last", mail.Kind);
    }

    [Fact]
    public async Task While_identity_cannot_say_who_holds_a_role_the_order_waits_and_is_then_done_once()
    {
        var chief = world.Accounts.Person();
        Hold(Roles.Chief, chief);
        var facts = new Facts(Guid.CreateVersion7());
        world.Accounts.IsStaffDown = true;
        await world.PublishAsync(facts.Warned(WaitLevels.Supervisor, null, [Roles.Chief]));
        await Eventually.Async(() => WaitingAsync("halong.notification.notify-staff.v1", 1), "one waiting order");
        Assert.Empty(await world.MessagesAsync(facts.Dossier));

        world.Accounts.IsStaffDown = false;

        await world.InboxAsync(chief, 1);
        await QuietAsync();
        Assert.Equal([chief], await InboxesAsync(facts));
    }

    [Fact]
    public async Task A_unit_where_nobody_holds_the_role_keeps_nobody_else_from_being_told()
    {
        var officer = world.Accounts.Person();
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync([facts.Warned(WaitLevels.Supervisor, null, [Roles.Leader]), facts.Warned(WaitLevels.Officer, officer)]);

        Assert.Single(await world.InboxAsync(officer, 1));
        await QuietAsync();
        Assert.Equal([officer], await InboxesAsync(facts));
    }

    [Fact]
    public async Task An_official_reads_it_in_his_language()
    {
        var officer = world.Accounts.Person("jane@example.com", "en");
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAsync(facts.Warned(WaitLevels.Officer, officer, reason: "OPINION"));

        JsonElement message = Assert.Single(await world.InboxAsync(officer, 1));
        Assert.Equal($"Dossier {facts.Code} needs you", message.GetProperty("title").GetString());
        Assert.Contains("waits for another agency's opinion. Latest: 09:15 on 25 November 2026", message.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    private void Hold(string role, params Guid[] people) => world.Accounts.Holders[(role, Facts.Unit)] = people;

    private async Task<IEnumerable<Guid>> InboxesAsync(Facts facts) =>
        (await world.MessagesAsync(facts.Dossier)).Where(m => m.Channel == MessageChannel.InApp).Select(m => m.RecipientId);

    private Task QuietAsync() => Eventually.Async(
        () => world.InDatabaseAsync(async db => !await db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM outbox_message) AS \"Value\"").SingleAsync()), "an empty outbox");

    private Task<bool> WaitingAsync(string type, int count) => world.InDatabaseAsync(async db =>
        await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE type = {type}").SingleAsync() == count);
}
