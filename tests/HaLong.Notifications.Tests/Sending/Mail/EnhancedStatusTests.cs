using HaLong.Notifications.Sending.Mail;

namespace HaLong.Notifications.Tests.Sending.Mail;

public sealed class EnhancedStatusTests
{
    [Theory]
    [InlineData("5.1.0", "address refused", true)]
    [InlineData("5.1.1", "no such mailbox", true)]
    [InlineData("5.1.2", "no such domain", true)]
    [InlineData("5.1.3", "address not valid", true)]
    [InlineData("5.1.4", "address ambiguous", true)]
    [InlineData("5.1.6", "mailbox has moved", true)]
    [InlineData("5.1.10", "domain takes no mail", true)]
    [InlineData("5.1.8", "address refused", false)]
    [InlineData("5.2.0", "mailbox refused", false)]
    [InlineData("5.2.1", "mailbox disabled", true)]
    [InlineData("5.2.2", "mailbox full", false)]
    [InlineData("5.2.3", "mail too long for the mailbox", false)]
    [InlineData("5.3.0", "mail system refused", false)]
    [InlineData("5.3.2", "mail system takes no mail", false)]
    [InlineData("5.3.4", "mail too big", false)]
    [InlineData("5.4.1", "no answer from the host", false)]
    [InlineData("5.4.4", "no way to the host", true)]
    [InlineData("5.4.7", "not delivered in time", false)]
    [InlineData("4.4.7", "not delivered in time", false)]
    [InlineData("5.5.2", "protocol error", false)]
    [InlineData("5.6.1", "content refused", false)]
    [InlineData("5.7.1", "refused by policy", false)]
    [InlineData("5.7.20", "no DKIM signature that holds", false)]
    [InlineData("5.7.23", "SPF failed", false)]
    [InlineData("5.7.26", "not authenticated", false)]
    [InlineData("5.7.99", "refused by policy", false)]
    [InlineData("5.0.0", "undelivered", false)]
    [InlineData("5.9.9", "undelivered", false)]
    // Only for now: that says nothing against the address.
    [InlineData("4.1.1", "no such mailbox", false)]
    [InlineData("4.2.2", "mailbox full", false)]
    public void A_status_says_what_is_wrong_and_whether_anybody_is_there(string status, string word, bool badAddress)
    {
        var found = EnhancedStatus.Find(status);

        Assert.NotNull(found);
        Assert.Equal((word, badAddress, status), (found.Word, found.IsBadAddress, found.ToString()));
    }

    [Theory]
    [InlineData("550 5.1.1 <a@b.vn>: Recipient address rejected", "5.1.1")]
    [InlineData("smtp; 550-5.7.26 This mail is unauthenticated", "5.7.26")]
    [InlineData("5.1.1 (bad destination mailbox address)", "5.1.1")]
    [InlineData("#5.1.1 smtp;550", "5.1.1")]
    [InlineData("host mx.b.vn[10.5.1.1] said: 550 nobody", null)]
    [InlineData("host mx[203.0.113.5] said: 452 4.2.2 over quota", "4.2.2")]
    [InlineData("3.1.1", null)]
    [InlineData("5.1", null)]
    [InlineData("5.1.1.1", null)]
    [InlineData("15.1.1", null)]
    [InlineData("5.1.1000", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void It_is_found_in_a_servers_words_and_not_in_an_address(string? words, string? status) => Assert.Equal(status, EnhancedStatus.Find(words)?.ToString());
}
