using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>Over the real bus: what changes about an account reaches its owner.</summary>
public sealed class NotifyAccountTests(World world) : IClassFixture<World>
{
    private static int _count;

    [Fact]
    public async Task Each_security_change_is_told_in_the_inbox_and_by_mail_with_what_when_and_what_to_do()
    {
        var address = NewAddress();
        var owner = world.Accounts.Person(address);

        await world.PublishAsync(new AccountSecurityChanged(owner, "passkey_added", Facts.At));

        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal("account-security-changed", message.GetProperty("kind").GetString());
        Assert.Equal("Bảo mật tài khoản đã thay đổi: thêm khóa truy cập", message.GetProperty("title").GetString());
        Assert.Contains("09:15 ngày 23/11/2026", message.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Contains("đặt lại mật khẩu ngay", message.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, message.GetProperty("dossierId").ValueKind);
        var mail = Assert.Single(await MailAsync(address));
        Assert.Equal("Bảo mật tài khoản đã thay đổi: thêm khóa truy cập", mail.Subject);
        Assert.Contains("/account", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Một cửa", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_reads_it_in_the_language_of_his_preference()
    {
        var owner = world.Accounts.Person(NewAddress(), "en");

        await world.PublishAsync(new AccountSecurityChanged(owner, "recovery_code_used", Facts.At));

        Assert.Equal("Account security changed: recovery code used", Assert.Single(await world.InboxAsync(owner, 1)).GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_happens_to_a_credential_to_sign_with_is_told_like_what_happens_to_the_account()
    {
        var owner = world.Accounts.Person(NewAddress(), "en");
        var issued = new Signatures.Contracts.Events.CredentialChanged(Guid.CreateVersion7(), owner, "credential_issued", Facts.At);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.PublishAsync(issued)));
        await world.PublishAsync(issued with { Change = "credential_ends_soon", OccurredAt = Facts.At.AddDays(336) });

        var titles = (await world.InboxAsync(owner, 2)).Select(m => m.GetProperty("title").GetString()!).Order(StringComparer.Ordinal);
        Assert.Equal(["Account security changed: signing key ends soon", "Account security changed: signing key issued"], titles);
    }

    [Theory]
    [InlineData("0987600001", "+84987600001", "vi", "Dich vu cong Ha Long: go ung dung xac thuc luc 09:15 23/11/2026. Neu khong phai ban: dat lai mat khau ngay, bao Bo phan Mot cua.")]
    [InlineData("+84987600002", "+84987600002", "en", "Ha Long public services: authenticator removed at 09:15 23/11/2026. If it was not you: reset your password now, tell a one-stop office.")]
    public async Task Who_has_no_mailbox_gets_an_SMS(string phone, string to, string language, string text)
    {
        var owner = world.Accounts.Person("", language, phone);

        await world.PublishAsync(new AccountSecurityChanged(owner, "authenticator_removed", Facts.At));

        var sms = await Eventually.ValueAsync(() => world.Mail.SmsAsync(to), found => found.Count > 0, "an SMS");
        Assert.Equal(text, Assert.Single(sms).GetProperty("text").GetString());
        await StateAsync(owner, MessageChannel.Sms, MessageState.Sent);
    }

    [Fact]
    public async Task Of_a_new_password_identity_sends_the_SMS_itself_and_nobody_gets_two()
    {
        var owner = world.Accounts.Person("", "vi", "0987600003");

        await world.PublishAsync(new AccountSecurityChanged(owner, "password_changed", Facts.At));

        Assert.Equal("Bảo mật tài khoản đã thay đổi: đổi mật khẩu", Assert.Single(await world.InboxAsync(owner, 1)).GetProperty("title").GetString());
        Assert.Equal([MessageChannel.InApp], (await MessagesAsync(owner)).Select(m => m.Channel));
    }

    [Fact]
    public async Task The_same_fact_delivered_many_times_at_once_tells_once()
    {
        var address = NewAddress();
        var owner = world.Accounts.Person(address);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => world.PublishAsync(new AccountSecurityChanged(owner, "provider_linked", Facts.At))));
        await world.PublishAsync(new AccountSecurityChanged(owner, "provider_linked", Facts.At.AddMinutes(1)));

        // Twice linked at different times is two facts.
        await Eventually.Async(async () => (await world.Mail.ToAsync(address)).Count == 2, "two mails");
        Assert.Equal(2, (await world.InboxAsync(owner)).Count);
    }

    [Fact]
    public async Task A_changed_mailbox_is_written_to_from_that_moment_on()
    {
        var (old, next) = (NewAddress(), NewAddress());
        var owner = world.Accounts.Person(old);
        await world.PublishAsync(new AccountSecurityChanged(owner, "passkey_removed", Facts.At));
        await MailAsync(old);

        world.Accounts.People[owner] = (next, "en", "");
        await world.PublishAsync(new ContactPointsChanged(owner, "email", ContactPointsChanged.Replaced, Facts.At));

        Assert.Equal("Contact points changed: e-mail replaced", Assert.Single(await MailAsync(next)).Subject);
        Assert.Single(await world.Mail.ToAsync(old));
        Assert.Contains(await world.InboxAsync(owner, 2), m => m.GetProperty("kind").GetString() == "contact-points-changed");
    }

    [Fact]
    public async Task After_the_end_of_an_account_nothing_more_is_written_to_it()
    {
        var address = NewAddress();
        var owner = world.Accounts.Person(address);
        await world.PublishAsync(new AccountSecurityChanged(owner, "passkey_removed", Facts.At));
        await MailAsync(address);
        var asked = world.Accounts.Calls;

        world.Accounts.People.TryRemove(owner, out _);
        await world.PublishAsync(new AccountClosed(owner, "citizen", AccountClosed.ByOwner, Facts.At));
        await Eventually.Async(async () =>
        {
            // The end and a fact of a dossier reach this service in any order.
            await world.PublishAsync(new Facts(owner).Submitted());
            return world.Accounts.Calls > asked;
        }, "identity is asked anew");

        await world.PublishAsync(new Facts(owner).Returned());
        await Eventually.Async(async () => (await MessagesAsync(owner)).Any(m => m.Kind == "dossier-returned"), "the inbox still holds it");
        Assert.DoesNotContain(await MessagesAsync(owner), m => m is { Kind: "dossier-returned", Channel: MessageChannel.Email });
    }

    [Fact]
    public async Task An_SMS_waits_out_the_provider()
    {
        var owner = world.Accounts.Person("", "vi", "0987600004");
        await world.Mail.DialAsync("sms.failStatus", new { value = 503, times = 2, target = "+84987600004" });

        await world.PublishAsync(new AccountSecurityChanged(owner, "passkey_added", Facts.At));

        await StateAsync(owner, MessageChannel.Sms, MessageState.Sent);
        var sms = (await MessagesAsync(owner)).Single(m => m.Channel == MessageChannel.Sms);
        Assert.Equal(3, sms.Attempts);
        // The same fact once more sends nothing.
        await world.PublishAsync(new AccountSecurityChanged(owner, "passkey_added", Facts.At));
        await world.PublishAsync(new AccountSecurityChanged(owner, "passkey_removed", Facts.At));
        await Eventually.Async(async () => (await world.Mail.SmsAsync("+84987600004")).Any(m => m.GetProperty("text").GetString()!.Contains("go khoa", StringComparison.Ordinal)), "the next SMS");
        Assert.Equal(2, (await world.Mail.SmsAsync("+84987600004")).Count);
    }

    [Theory]
    [InlineData("0987600005", 422)]
    [InlineData("12345", 0)]
    public async Task An_SMS_to_a_number_that_cannot_be_served_fails_for_good(string phone, int status)
    {
        var owner = world.Accounts.Person("", "vi", phone);
        if (status > 0)
            await world.Mail.DialAsync("sms.failStatus", new { value = status, times = 1, target = "+84" + phone[1..] });

        await world.PublishAsync(new AccountSecurityChanged(owner, "passkey_added", Facts.At));

        await StateAsync(owner, MessageChannel.Sms, MessageState.Failed);
        Assert.NotNull((await MessagesAsync(owner)).Single(m => m.Channel == MessageChannel.Sms).LastError);
    }

    [Fact]
    public async Task While_identity_is_away_the_notice_waits_and_is_not_lost()
    {
        var address = NewAddress();
        var owner = world.Accounts.Person(address);
        world.Accounts.IsDown = true;
        try
        {
            await world.PublishAsync(new AccountSecurityChanged(owner, "credentials_withdrawn", Facts.At));
            await Eventually.Async(() => world.InDatabaseAsync(async db => await db.Database.SqlQuery<bool>(
                $"SELECT EXISTS (SELECT 1 FROM outbox_message WHERE payload::text LIKE {"%" + owner + "%"}) AS \"Value\"").SingleAsync()), "a notice that waits");
        }
        finally
        {
            world.Accounts.IsDown = false;
        }

        Assert.Single(await MailAsync(address));
    }

    private static string NewAddress() => $"chu.tai.khoan.{Interlocked.Increment(ref _count)}@example.vn";

    private Task<List<Message>> MessagesAsync(Guid owner) =>
        world.InDatabaseAsync(db => db.Messages.AsNoTracking().Where(m => m.RecipientId == owner).OrderBy(m => m.Id).ToListAsync());

    private Task StateAsync(Guid owner, MessageChannel channel, MessageState state) => Eventually.Async(
        async () => (await MessagesAsync(owner)).Any(m => m.Channel == channel && m.State == state), $"{channel} {state}");

    private Task<IReadOnlyList<MimeKit.MimeMessage>> MailAsync(string address) => Eventually.ValueAsync(() => world.Mail.ToAsync(address), mails => mails.Count > 0, "a mail");
}
