using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using MimeKit;
using MimeKit.Text;

namespace HaLong.Notifications.Tests.Features;

/// <summary>The consumer DeliverEmail and what it sends.</summary>
public sealed class EmailTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("vi", "Hồ sơ {0} đã có kết quả", "Bạn có thể xem và tải bản điện tử có giá trị pháp lý trong hồ sơ của mình.")]
    [InlineData("en", "The result of dossier {0} is ready", "You can view and download the legally valid electronic copy in your dossier.")]
    public async Task A_mail_is_valid_mime_with_text_and_html_in_the_readers_language(string language, string subject, string sentence)
    {
        var address = $"mime.{language}@example.vn";
        var facts = new Facts(world.Accounts.Person(address, language));

        await world.PublishAsync(facts.ResultReady());

        var mail = Assert.Single(await Eventually.ValueAsync(() => world.Mail.ToAsync(address), m => m.Count > 0, "the mail"));
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, subject, facts.Code), mail.Subject);
        Assert.Equal("khong-tra-loi@halong.vn", Assert.IsType<MailboxAddress>(Assert.Single(mail.From)).Address);
        Assert.Equal("Hạ Long", mail.From[0].Name);
        Assert.Equal(address, Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        var body = Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal(language, body.Headers[HeaderId.ContentLanguage]);
        Assert.Equal(["text/plain", "text/html"], body.Select(p => p.ContentType.MimeType));
        Assert.All(body.OfType<TextPart>(), part => Assert.Equal("utf-8", part.ContentType.Charset));
        Assert.Contains(sentence, mail.GetTextBody(TextFormat.Plain), StringComparison.Ordinal);
        Assert.Contains($"<p>{sentence}</p>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_id_is_our_own_so_that_a_repeat_can_be_recognised()
    {
        var facts = new Facts(world.Accounts.Person("ma.so@example.vn"));

        await world.PublishAsync(facts.Submitted());

        var mail = Assert.Single(await Eventually.ValueAsync(() => world.Mail.ToAsync("ma.so@example.vn"), m => m.Count > 0, "the mail"));
        var row = (await world.MessagesAsync(facts.Dossier)).Single(m => m.Channel == MessageChannel.Email);
        Assert.Equal($"{row.Id:N}@halong.vn", mail.MessageId);
    }

    [Fact]
    public async Task A_mail_says_no_more_about_a_person_than_the_code()
    {
        var owner = world.Accounts.Person("rieng.tu@example.vn");
        var facts = new Facts(owner);

        await world.PublishAllAsync([facts.Submitted(), facts.Accepted(), facts.Returned()]);

        var mails = await Eventually.ValueAsync(() => world.Mail.ToAsync("rieng.tu@example.vn"), m => m.Count == 3, "three mails");
        foreach (var text in mails.SelectMany(m => new[] { m.Subject, m.TextBody, m.HtmlBody }))
        {
            Assert.DoesNotContain("Nguyễn", text, StringComparison.Ordinal);
            Assert.DoesNotContain(owner.ToString(), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("rieng.tu", text, StringComparison.Ordinal);
            Assert.Contains(facts.Code, text, StringComparison.Ordinal);
        }
    }
}
