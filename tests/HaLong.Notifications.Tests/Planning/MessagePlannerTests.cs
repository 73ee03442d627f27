using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Planning;

/// <summary>From a notice to messages: text, time and who takes over.</summary>
public sealed class MessagePlannerTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    private static readonly RenderedNotice Text = new(
        3, "Tiêu đề", "Nội dung", "Chủ đề", "Thư", "<p>Thư</p>", "SMS khong dau", new ZaloText("7", new Dictionary<string, string> { ["ma"] = "H49" }));

    private static readonly Contact Reached = new("a@example.vn", "+84912345678", "vi", [MessageChannel.Zalo, MessageChannel.Sms, MessageChannel.Email]);

    [Fact]
    public async Task Each_channel_has_its_own_text_and_the_one_that_takes_over_has_its_text_ready()
    {
        world.SetTo(RuleWorld.Tuesday(10));
        var plan = await PlanAsync(NoticeKinds.DossierAccepted, Reached);

        Assert.Equal([MessageChannel.Email, MessageChannel.Zalo], plan.Select(p => p.Channel));
        Assert.Equal(("Chủ đề", "Thư", "<p>Thư</p>", (DateTimeOffset?)null), (plan[0].Title, plan[0].Body, plan[0].Html, plan[0].ExpiresAt));
        var zalo = JsonElement.Parse(plan[1].Data!); // it has a template
        Assert.Equal(("7", "H49"), (zalo.GetProperty("templateId").GetString(), zalo.GetProperty("data").GetProperty("ma").GetString()));
        Assert.Equal([MessageChannel.Sms], plan[1].Fallback);
        Assert.Equal("SMS khong dau", plan[1].Reserves[MessageChannel.Sms].Body);
        Assert.Equal(RuleWorld.Tuesday(10) + MessagePlanner.TelephoneUse, plan[1].ExpiresAt);
        Assert.All(plan, p => Assert.Equal(RuleWorld.Tuesday(10), p.DueAt));
    }

    [Fact]
    public async Task At_night_the_letter_leaves_at_once_and_the_telephone_rings_in_the_morning()
    {
        world.SetTo(RuleWorld.Tuesday(23, 30));
        var person = Guid.CreateVersion7();
        var plan = await PlanAsync(NoticeKinds.DossierAccepted, Reached, person);

        Assert.Equal([RuleWorld.Tuesday(23, 30), QuietHours.End(RuleWorld.Tuesday(23, 30), person)], plan.Select(p => p.DueAt));
    }

    [Fact]
    public async Task Who_asked_for_quiet_hours_gets_reminders_by_mail_in_the_morning_too()
    {
        world.SetTo(RuleWorld.Tuesday(23, 30));
        var mail = Reached with { Channels = [MessageChannel.Email] };
        var person = Guid.CreateVersion7();

        Assert.Equal(RuleWorld.Tuesday(23, 30), Assert.Single(await PlanAsync(NoticeKinds.PaymentReminder, mail, person)).DueAt);
        Assert.Equal(QuietHours.End(RuleWorld.Tuesday(23, 30), person), Assert.Single(await PlanAsync(NoticeKinds.PaymentReminder, mail with { QuietHours = true }, person)).DueAt);
    }

    [Fact]
    public async Task A_quiet_notice_and_one_without_a_text_for_the_channel_give_none()
    {
        world.SetTo(RuleWorld.Tuesday(10));

        Assert.Empty(await PlanAsync(NoticeKinds.DossierAccepted, Reached, quiet: true));
        Assert.Equal([MessageChannel.Email], (await PlanAsync(NoticeKinds.DossierAccepted, Reached, text: Text with { Sms = null, Zalo = null })).Select(p => p.Channel));
        Assert.Empty(await PlanAsync(NoticeKinds.DossierResultReady, Contact.Unknown));
        // No device is known here.
        Assert.Equal([MessageChannel.Email], (await PlanAsync(
            NoticeKinds.DossierAccepted, Reached with { Channels = [MessageChannel.Push] }, text: Text with { Push = new PushText("T", "B", "https://halong.test") })).Select(p => p.Channel));
    }

    [Fact]
    public async Task Of_a_change_that_identity_tells_by_SMS_itself_there_is_none_from_here()
    {
        world.SetTo(RuleWorld.Tuesday(10));
        var phone = Reached with { Email = null };

        Assert.Empty(await PlanAsync(NoticeKinds.AccountSecurityChanged, phone, change: AccountChanges.PasswordChanged));
        Assert.Empty(await PlanAsync(NoticeKinds.ContactPointsChanged, phone, change: "phone_replaced"));
        var sms = Assert.Single(await PlanAsync(NoticeKinds.AccountSecurityChanged, phone, change: "passkey_added"));
        Assert.Equal(MessageChannel.Sms, sms.Channel);
        Assert.Contains("khoa truy cap", sms.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_is_refused_is_told_by_SMS_from_the_fact_to_the_telephone()
    {
        world.SetTo(RuleWorld.Tuesday(10));
        var phone = RuleWorld.Phone();
        var owner = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn", "vi", phone);
        await world.World.Mail.DialAsync("mail.failStatus", new { value = 550, times = 1 });

        await world.World.PublishAsync(new AccountSecurityChanged(owner, "passkey_added", RuleWorld.Tuesday(10)));

        var sms = await Eventually.ValueAsync(() => world.World.Mail.SmsAsync(phone), m => m.Count > 0, "the SMS");
        Assert.Contains("khoa truy cap", Assert.Single(sms).GetProperty("text").GetString(), StringComparison.Ordinal);
        await Eventually.Async(async () => (await world.ToAsync(owner)).Exists(m => m is { Channel: MessageChannel.Sms, State: MessageState.Sent }), "its state");
        Assert.Equal(MessageState.Failed, (await world.OneAsync(owner, MessageChannel.Email)).State);
        Assert.Equal(1, await world.World.InDatabaseAsync(db => db.Set<ReserveText>().CountAsync(r => r.RecipientId == owner)));
    }

    private Task<IReadOnlyList<PlannedMessage>> PlanAsync(
        string kind, Contact contact, Guid? person = null, bool quiet = false, string? change = null, RenderedNotice? text = null) =>
        world.World.Service.InScopeAsync<IServiceProvider, IReadOnlyList<PlannedMessage>>(async services => await services.GetRequiredService<MessagePlanner>().PlanAsync(
            new NotifyOwner(kind, "x", person ?? Guid.CreateVersion7(), null, "H49", RuleWorld.Tuesday(10), Change: change, Quiet: quiet), contact, text ?? Text, World.Ct));
}
