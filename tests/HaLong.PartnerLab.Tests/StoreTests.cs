using System.Text;
using HaLong.PartnerLab.Bank;
using HaLong.PartnerLab.Dials;
using HaLong.PartnerLab.Mail;
using HaLong.PartnerLab.Webhooks;

namespace HaLong.PartnerLab.Tests;

public sealed class StoreTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_mail_store_keeps_the_newest_messages_within_its_bounds()
    {
        var store = new MailStore();
        for (var i = 0; i < 2100; i++)
            store.Add(NewMail($"Subject: {i}\r\n\r\n"));

        Assert.Equal(2000, store.All.Count);
        Assert.Equal("2099", store.All[^1].Subject);

        var big = new byte[30 * 1024 * 1024];
        for (var i = 0; i < 3; i++)
            store.Add(new Mail.Mail(Guid.CreateVersion7(), Now, "a", ["b"], big));

        Assert.Equal(2, store.All.Count);
        store.Clear();
        Assert.Empty(store.All);
    }

    [Fact]
    public void The_book_and_the_catcher_keep_the_newest_entries()
    {
        var book = new BankBook();
        var catcher = new WebhookCatcher();
        for (var i = 0; i < 1100; i++)
            book.Book(new Transfer(Guid.CreateVersion7(), $"FT{i}", "970436", "1", 1, "", Now, TransferState.Booked, []));
        for (var i = 0; i < 10_100; i++)
            catcher.Add(number => new CaughtRequest(number, "x", Now, new Dictionary<string, string>(), "", "", 204));

        Assert.Equal((1000, "FT1099"), (book.All.Count, book.All[^1].EventId));
        Assert.Equal((10_000, 10_100), (catcher.Of("x").Count, catcher.Of("x")[^1].Number));
        book.Clear();
        Assert.Empty(book.All);
    }

    [Theory]
    [InlineData("Subject: plain\r\n\r\n", "plain")]
    [InlineData("subject:no space\r\n\r\n", "no space")]
    [InlineData("Subject: =?utf-8?B?SOG7kyBzxqE=?=\r\n\r\n", "Hồ sơ")]
    [InlineData("Subject: =?UTF-8?q?H=E1=BB=93_s=C6=A1?= 01\r\n\r\n", "Hồ sơ 01")]
    [InlineData("Subject: =?utf-8?B?SOG7kw==?=\r\n =?utf-8?B?IHPGoQ==?=\r\n\r\n", "Hồ sơ")]
    [InlineData("X: y\r\n\r\nSubject: in the body", null)]
    public void Subjects_are_read_as_a_mail_program_reads_them(string head, string? subject) => Assert.Equal(subject, NewMail(head).Subject);

    [Fact]
    public void A_dial_counts_its_uses_and_minds_its_target()
    {
        var board = new DialBoard();
        board.Set(new Dial("webhooks.failStatus", 500, 2, "sick"));

        Assert.Null(board.Take("webhooks.failStatus", "well"));
        Assert.Equal(500, board.Take("webhooks.failStatus", "sick"));
        Assert.Equal(1, Assert.Single(board.All).Times);
        Assert.Equal(500, board.Take("webhooks.failStatus", "sick"));
        Assert.Null(board.Take("webhooks.failStatus", "sick"));
        Assert.Empty(board.All);
    }

    [Fact]
    public void Every_dial_has_a_meaning_and_unknown_names_mean_none()
    {
        Assert.All(DialBoard.Known, dial => Assert.False(string.IsNullOrWhiteSpace(dial.Value)));
        Assert.Equal(["mail.delay"], DialBoard.Resolve("mail.delay"));
        Assert.Equal(["webhooks.failStatus"], DialBoard.Resolve("failStatus"));
        Assert.Empty(DialBoard.Resolve("bank"));
    }

    [Fact]
    public void A_notice_is_signed_over_its_time_and_body()
    {
        var body = Encoding.UTF8.GetBytes("{}");

        // Computed apart: printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
        Assert.Equal("v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163", BankNotice.Sign("secret", "1700000000", body));
        Assert.NotEqual(BankNotice.Sign("secret", "1700000000", body), BankNotice.Sign("secret", "1700000001", body));
        Assert.NotEqual(BankNotice.Sign("secret", "1700000000", body), BankNotice.Sign("Secret", "1700000000", body));
    }

    private static Mail.Mail NewMail(string text) => new(Guid.CreateVersion7(), Now, "a@halong.vn", ["b@example.vn"], Encoding.UTF8.GetBytes(text));
}
