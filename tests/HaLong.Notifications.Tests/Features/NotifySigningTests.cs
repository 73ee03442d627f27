using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.Signatures.Contracts.Events;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>What signers and who asked them learn.</summary>
public sealed class NotifySigningTests(World world) : IClassFixture<World>
{
    private static readonly DateTimeOffset Deadline = Facts.At.AddDays(3);

    [Fact]
    public async Task An_officer_with_many_results_to_sign_finds_each_in_the_inbox_and_gets_one_letter()
    {
        var officer = world.Accounts.Person("officer.signs@example.com", "en");
        var first = new SigningRequested(Guid.CreateVersion7(), officer, "", Deadline, Facts.At);
        await world.PublishAsync(first);
        await LettersAsync(officer, 1);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.PublishAsync(first)));
        foreach (var minute in Enumerable.Range(1, 5))
            await world.PublishAsync(first with { SessionId = Guid.CreateVersion7(), OccurredAt = Facts.At.AddMinutes(minute) });

        var inbox = await world.InboxAsync(officer, 6);
        Assert.Equal(6, inbox.Count);
        Assert.All(inbox, m => Assert.Equal("A document waits for your signature", m.GetProperty("title").GetString()));
        await LettersAsync(officer, 1);
    }

    [Fact]
    public async Task A_reminder_says_until_when_there_is_time()
    {
        var signer = world.Accounts.Person("late.signer@example.com", "vi");
        await world.PublishAsync(new SigningReminderDue(Guid.CreateVersion7(), signer, "", Deadline, Facts.At));

        var message = Assert.Single(await world.InboxAsync(signer, 1));
        Assert.StartsWith("Nhắc ký số", message.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Contains("09:15 ngày 26/11/2026", message.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_asked_hears_how_it_ended_and_a_service_gets_no_letter()
    {
        var person = world.Accounts.Person("asks.for@example.com", "en");
        var by = person.ToString();
        await world.PublishAsync(new SigningCompleted(Guid.CreateVersion7(), "", by, [new SignedDocument(Guid.CreateVersion7(), new string('a', 64))], Facts.At));
        await world.PublishAsync(new SigningRefused(Guid.CreateVersion7(), "", by, Guid.CreateVersion7(), Facts.At));
        await world.PublishAsync(new SigningExpired(Guid.CreateVersion7(), "", by, Facts.At));
        await world.PublishAsync(new SigningExpired(Guid.CreateVersion7(), "", "dossier", Facts.At));

        var titles = (await world.InboxAsync(person, 3)).Select(m => m.GetProperty("title").GetString()!).Order(StringComparer.Ordinal);
        Assert.Equal(["Somebody refused to sign your document", "Your document is signed", "Your request for signatures has lapsed"], titles);
    }

    private Task LettersAsync(Guid person, int count) => Eventually.Async(async () =>
        await world.InDatabaseAsync(db => db.Messages.CountAsync(m => m.RecipientId == person && m.Channel == MessageChannel.Email && m.State == MessageState.Sent)) == count, "the letters");
}
