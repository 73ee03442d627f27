using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Sending;

namespace HaLong.Notifications.Tests.Domain;

public sealed class FailureWordsTests
{
    [Theory]
    [InlineData(nameof(MessageState.Pending), SendGate.Quiet, "waits for the morning, not to disturb at night")]
    [InlineData(nameof(MessageState.Pending), TelephoneLimit.Reason, "waits because many messages were sent in a short time")]
    [InlineData(nameof(MessageState.Pending), "status 503", "could not be sent yet and is tried again")]
    [InlineData(nameof(MessageState.Pending), null, null)]
    [InlineData(nameof(MessageState.Sent), null, null)]
    [InlineData(nameof(MessageState.Delivered), null, null)]
    [InlineData(nameof(MessageState.Cancelled), DigestGatherer.Gathered, "was put into a summary with others")]
    [InlineData(nameof(MessageState.Cancelled), SendGate.Unfounded, "no longer had to be sent: it was done")]
    [InlineData(nameof(MessageState.Cancelled), SendGate.OptedOut, "its reader wants no such messages")]
    [InlineData(nameof(MessageState.Cancelled), TelephoneLimit.SameText, "was not repeated: the same had just been sent")]
    [InlineData(nameof(MessageState.Cancelled), "whatever", "no longer had to be sent")]
    [InlineData(nameof(MessageState.Expired), "expired", "was too late to be of use")]
    [InlineData(nameof(MessageState.Failed), "no address", "there is no address or number")]
    [InlineData(nameof(MessageState.Failed), "550 a@b.vn unknown", "did not reach its reader")]
    public void Every_reason_has_words_and_none_repeats_what_a_carrier_said(string state, string? reason, string? words)
    {
        var of = Words.Parse<MessageState>(state);

        Assert.Equal(words, FailureWords.In(of, reason, "en"));
        Assert.Equal(words is null, FailureWords.In(of, reason, "vi") is null);
        if (words is not null)
            Assert.NotEqual(words, FailureWords.In(of, reason, "vi"));
    }
}
