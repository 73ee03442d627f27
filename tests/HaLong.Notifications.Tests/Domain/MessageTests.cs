using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;

namespace HaLong.Notifications.Tests.Domain;

public sealed class MessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_message_begins_pending_and_ends_where_it_arrived()
    {
        var message = Email();
        Assert.Equal(MessageState.Pending, message.State);

        message.PutOff(Now.AddMinutes(1), "busy");
        Assert.Equal((MessageState.Pending, "busy", Now.AddMinutes(1)), (message.State, message.LastError, message.DueAt));
        message.MarkSent(Now, "smtp", "r1");
        Assert.Equal((MessageState.Sent, null, Now, "smtp", "r1"), (message.State, message.LastError, message.SentAt, message.Provider, message.ProviderReference));
        message.MarkDelivered(Now.AddMinutes(2));

        Assert.Equal((MessageState.Delivered, Now, Now.AddMinutes(2)), (message.State, message.SentAt!.Value, message.DeliveredAt!.Value));
    }

    [Fact]
    public void A_failure_keeps_its_reason_and_no_more_than_fits()
    {
        var message = Email();

        message.End(MessageState.Failed, new string('x', 10_000));

        Assert.Equal(MessageState.Failed, message.State);
        Assert.Equal(500, message.LastError!.Length);
    }

    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        var options = new NoticeOptions { ContactDelay = TimeSpan.FromSeconds(10), LongestContactDelay = TimeSpan.FromMinutes(1) };

        Assert.Equal([10, 20, 40, 60, 60], new[] { 1, 2, 3, 4, 500 }.Select(attempt => options.ContactWait(attempt).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(5), new NoticeOptions().ContactWait(0));
    }

    private static Message Email() => new()
    {
        Id = Guid.CreateVersion7(),
        RecipientId = Guid.CreateVersion7(),
        DossierId = Guid.CreateVersion7(),
        DossierCode = "c",
        Kind = "k",
        Trigger = "t",
        Channel = MessageChannel.Email,
        Language = "vi",
        Title = "t",
        Body = "b",
        CreatedAt = Now,
    };
}
