using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Domain;

public sealed class NoticeHandlingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_received_notice_is_watched_until_it_is_decided()
    {
        var handling = NoticeHandling.Received(Guid.CreateVersion7(), Some.Now, Patience);
        Assert.Equal(Some.Now + Patience, handling.WatchedAt);

        handling.Settle(Guid.CreateVersion7(), Some.Now);

        Assert.Equal(NoticeState.Settled, handling.State);
        Assert.Null(handling.WatchedAt);
    }

    [Fact]
    public void A_notice_is_decided_once()
    {
        var handling = NoticeHandling.Received(Guid.CreateVersion7(), Some.Now, Patience);
        handling.Mismatch(MismatchReason.WrongAmount, null, Some.Now);

        Assert.Throws<InvalidOperationException>(() => handling.Settle(Guid.CreateVersion7(), Some.Now));
        Assert.Equal((NoticeState.Mismatched, MismatchReason.WrongAmount), (handling.State, handling.Reason));
    }

    [Fact]
    public void An_altered_notice_never_gets_to_settle()
    {
        var handling = NoticeHandling.Altered(Guid.CreateVersion7(), Some.Now);

        Assert.Equal((NoticeState.Mismatched, MismatchReason.AlteredNotice), (handling.State, handling.Reason));
        Assert.Throws<InvalidOperationException>(() => handling.Settle(Guid.CreateVersion7(), Some.Now));
    }
}
