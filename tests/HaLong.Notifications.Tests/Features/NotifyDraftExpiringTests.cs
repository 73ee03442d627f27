using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Features;

/// <summary>What the owner of an old draft learns.</summary>
public sealed class NotifyDraftExpiringTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_owner_is_told_until_when_there_is_time_and_each_notice_once()
    {
        var owner = world.Accounts.Person("jane.draft@example.com", "en");
        var first = new DossierDraftExpiring(Guid.CreateVersion7(), Facts.At, Facts.Procedure, Facts.Unit, owner, Facts.At.AddDays(14));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.PublishAsync(first)));

        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal("A draft of yours will be deleted", message.GetProperty("title").GetString());
        Assert.Contains("09:15 on 7 December 2026", message.GetProperty("body").GetString(), StringComparison.Ordinal);
        await Eventually.Async(async () => (await world.MessagesAsync(first.DossierId)).Any(m => m.Channel == MessageChannel.Email && m.State == MessageState.Sent), "the mail");

        // Kept, forgotten again, told again.
        await world.PublishAsync(first with { OccurredAt = Facts.At.AddDays(100), DeleteAfter = Facts.At.AddDays(114) });
        Assert.Equal(2, (await world.InboxAsync(owner, 2)).Count);
    }

    [Fact]
    public void The_notice_names_no_person_and_no_code_which_drafts_do_not_have()
    {
        var template = TemplateCatalog.Load().All.Single(t => t.Kind == NoticeKinds.DossierDraftExpiring);
        Assert.Equal([NoticeKinds.Deadline, NoticeKinds.Link, NoticeKinds.OccurredAt], template.Variables.Order(StringComparer.Ordinal));
        Assert.All(new[] { template.Vi, template.En }, texts => Assert.InRange(texts.InApp.Body.Length, 20, 200));
    }
}
