using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Mail;
using MimeKit;

namespace HaLong.Notifications.Tests.Sending.Mail;

public sealed class MailComposerTests : IDisposable
{
    private static readonly MailboxAddress To = new("", "nguoi.dan@example.vn");
    private static readonly OutgoingMessage Message = new("0198c0ff000070008000000000000001", To.Address, "vi", "Hồ sơ đã có kết quả", "Chào bạn.\nXem tại …", "<p>Chào bạn.</p>");
    private readonly MailRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Only_what_can_be_opted_out_of_has_the_button_of_RFC_8058()
    {
        var message = Message with { UnsubscribeUrl = "https://dichvucong.example/u/token" };
        foreach (var notice in Enum.GetValues<NoticeClass>())
        {
            using var composed = Compose(message with { Class = notice });

            Assert.Equal(notice == NoticeClass.Optional ? "<https://dichvucong.example/u/token>" : null, composed.Mail.Headers[HeaderId.ListUnsubscribe]);
            Assert.Equal(notice == NoticeClass.Optional ? "List-Unsubscribe=One-Click" : null, composed.Mail.Headers[HeaderId.ListUnsubscribePost]);
        }

        using var without = Compose(Message with { Class = NoticeClass.Optional });
        Assert.Null(without.Mail.Headers[HeaderId.ListUnsubscribe]);
    }

    [Fact]
    public void Answers_go_where_they_are_read_and_returns_where_they_find_their_mail()
    {
        using var plain = Compose(Message);
        using var full = Compose(Message, new SmtpOptions { From = "Hạ Long <khong-tra-loi@halong.vn>", ReplyTo = "Một cửa <motcua@halong.vn>", Bounces = "bounce@bounces.halong.vn" });

        Assert.Empty(plain.Mail.ReplyTo);
        Assert.Equal("khong-tra-loi@halong.vn", plain.Sender.Address);
        Assert.Equal("motcua@halong.vn", Assert.Single(full.Mail.ReplyTo.Mailboxes).Address);
        Assert.Equal("bounce+0198c0ff000070008000000000000001@bounces.halong.vn", full.Sender.Address);
        Assert.Equal("0198c0ff000070008000000000000001@halong.vn", full.Mail.MessageId);
        Assert.Equal("auto-generated", full.Mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(TimeSpan.FromHours(7), full.Mail.Date.Offset);
    }

    [Fact]
    public void A_title_cannot_smuggle_in_a_header()
    {
        using var composed = Compose(Message with { Title = "Xin chào\r\nBcc: ke.gian@example.vn\r\n\r\nNội dung khác" });

        using var read = MimeMessage.Load(new MemoryStream(Bytes(composed)), TestContext.Current.CancellationToken);
        Assert.Empty(read.Bcc);
        Assert.DoesNotContain(read.Headers, h => h.Field.Equals("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(To.Address, Assert.Single(read.To.Mailboxes).Address);
        Assert.StartsWith("Chào bạn.", read.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void What_leaves_is_ASCII_in_short_lines_whatever_the_text_is()
    {
        using var composed = Compose(
            Message with { Text = new string('ế', 5000) + "\nFrom đây\n.\n", Html = "<p>" + new string('x', 5000) + "</p>" },
            new SmtpOptions { From = "Hạ Long <khong-tra-loi@halong.vn>", Dkim = new DkimOptions { Keys = [rig.Rsa("s1")] } });

        var lines = Encoding.Latin1.GetString(Bytes(composed)).Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 998));
        Assert.All(lines, line => Assert.DoesNotContain(line, c => c > 126 || c == '\n'));
        using var read = MimeMessage.Load(new MemoryStream(Bytes(composed)), TestContext.Current.CancellationToken);
        Assert.Equal(new string('ế', 5000), read.TextBody!.ReplaceLineEndings("\n").Split('\n')[0]);
    }

    [Theory]
    [InlineData("0198c0ff000070008000000000000001", "bounce+0198c0ff000070008000000000000001@b.vn", "0198c0ff000070008000000000000001")]
    [InlineData("0198c0ff000070008000000000000001-2", "bounce+0198c0ff000070008000000000000001-2@b.vn", "0198c0ff000070008000000000000001-2")]
    [InlineData("code-12345678", "bounce+code-12345678@b.vn", null)]
    [InlineData("a-code-with-an-id-that-is-much-too-long-for-the-local-part-64-64", "bounce@b.vn", null)]
    public void The_return_path_holds_the_key_where_it_fits(string key, string path, string? found)
    {
        Assert.Equal(path, VerpAddress.Of(new MailboxAddress("", "bounce@b.vn"), key).Address);
        Assert.Equal(found, VerpAddress.KeyOf(path));
        Assert.Equal(found, VerpAddress.KeyOf($"<{path.ToUpperInvariant()}>"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bounce@b.vn")]
    [InlineData("bounce+@b.vn")]
    [InlineData("bounce+x@b.vn")]
    [InlineData("bounce+0198c0ff000070008000000000000001-x@b.vn")]
    [InlineData("bounce+0198c0ff0000700080000000000000012@b.vn")]
    [InlineData("nonsense")]
    public void What_is_no_return_path_of_ours_has_no_key(string? address) => Assert.Null(VerpAddress.KeyOf(address));

    private ComposedMail Compose(OutgoingMessage message, SmtpOptions? options = null) =>
        rig.Composer(options ?? new SmtpOptions { From = "Hạ Long <khong-tra-loi@halong.vn>" }).Compose(message, To);

    private static byte[] Bytes(ComposedMail composed)
    {
        using var stream = new MemoryStream();
        composed.Mail.WriteTo(composed.Format, stream);
        return stream.ToArray();
    }
}
