using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Features;

/// <summary>What people and partners learn of what happens on the way.</summary>
public sealed class NotifyDossierProgressTests(World world) : IClassFixture<World>
{
    public static TheoryData<string> Kinds =>
    [
        NoticeKinds.DossierSupplementRequested, NoticeKinds.DossierSupplemented, NoticeKinds.DossierNotAccepted, NoticeKinds.DossierRefused,
        NoticeKinds.DossierStopped, NoticeKinds.DossierWithdrawn, NoticeKinds.DossierFeeDue, NoticeKinds.DossierDeadlineExtended, NoticeKinds.DossierResultCorrected,
        NoticeKinds.DossierOverdue, NoticeKinds.DossierOverdueAgain, NoticeKinds.WaitApplicant, NoticeKinds.WaitApplicantLast, NoticeKinds.WaitExtension, NoticeKinds.WaitOfficer,
        NoticeKinds.WaitSupervisor, NoticeKinds.WaitCitizen, NoticeKinds.PaymentWaived, NoticeKinds.MoneyCaseOpened, NoticeKinds.MoneyRestDue, NoticeKinds.MoneyRefundPromised, NoticeKinds.MoneyRefunded,
    ];

    [Theory, MemberData(nameof(Kinds))]
    public void Each_notice_fits_a_telephones_screen_and_names_no_person(string kind)
    {
        var template = TemplateCatalog.Load().All.Single(t => t.Kind == kind);

        foreach (var texts in new[] { template.Vi, template.En })
        {
            Assert.InRange(texts.InApp.Title.Length, 10, 80);
            Assert.InRange(texts.InApp.Body.Length, 20, 200);
            Assert.Equal(texts.Email.Text.Count, texts.Email.Html.Count);
            Assert.Contains("{{link}}", texts.Email.Text[^1], StringComparison.Ordinal);
        }

        Assert.DoesNotContain("ownerName", template.Variables);
        Assert.Contains(NoticeKinds.Code, template.Variables);
    }

    [Theory]
    [InlineData(1, "APPROVED", NoticeKinds.DossierResultEarly)]
    [InlineData(1, null, NoticeKinds.DossierResultEarly)]
    [InlineData(1, "REFUSED", NoticeKinds.DossierResultReady)]
    [InlineData(0, "APPROVED", NoticeKinds.DossierResultReady)]
    [InlineData(-1, "APPROVED", NoticeKinds.DossierResultReady)]
    [InlineData(null, "APPROVED", NoticeKinds.DossierResultReady)]
    public async Task A_result_before_its_date_is_early_unless_it_is_a_refusal(int? minutes, string? outcome, string kind)
    {
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);
        var fact = facts.ResultReady() with { Outcome = outcome, DueAt = minutes is { } m ? Facts.At.AddMinutes(m) : null };

        await world.PublishAllAsync([fact, fact]);

        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal(kind, message.GetProperty("kind").GetString());
        if (kind == NoticeKinds.DossierResultEarly)
            Assert.Contains("sớm hơn hạn 09:16 ngày 23/11/2026", message.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_gets_what_happens_on_the_way_in_its_order()
    {
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.Progress().Reverse());
        await world.ReleasedAsync(facts.Dossier, 10);
    }

    [Fact]
    public async Task In_english_money_and_dates_read_as_english()
    {
        var owner = world.Accounts.Person("jane@example.com", "en");
        var facts = new Facts(owner);

        await world.PublishAsync(facts.RequestedOnTheWay());

        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal($"Dossier {facts.Code} waits for VND 900,000", message.GetProperty("title").GetString());
        Assert.Contains("09:15 on 8 December 2026", message.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_waived_is_told_once_without_saying_why()
    {
        var owner = world.Accounts.Person("mien@example.com", "vi");
        var facts = new Facts(owner);

        await world.PublishAllAsync([facts.Waived(), facts.Waived(), facts.Settled()]);

        var inbox = await world.InboxAsync(owner, 2);
        var waived = Assert.Single(inbox, m => m.GetProperty("kind").GetString() == "payment-waived");
        Assert.Contains(facts.Code, waived.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("khuyết tật", waived.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_falls_due_on_the_way_is_told_once_when_it_can_be_paid()
    {
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);

        await world.PublishAllAsync([facts.FeeDue(), facts.RequestedOnTheWay(), facts.FeeDue(), facts.RequestedOnTheWay(), facts.Settled()]);

        var inbox = await world.InboxAsync(owner, 2);
        Assert.Equal(["dossier-fee-due", "payment-settled"], inbox.Select(m => m.GetProperty("kind").GetString()).Order());
        var due = inbox.Single(m => m.GetProperty("kind").GetString() == "dossier-fee-due").GetProperty("body").GetString();
        Assert.Contains("900.000 đồng", due, StringComparison.Ordinal);
        Assert.Contains("09:15 ngày 08/12/2026", due, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apology_names_the_new_date_or_says_that_the_law_allows_none()
    {
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);

        await world.PublishAllAsync([facts.Overdue(1), facts.Overdue(2, again: true)]);

        var inbox = await world.InboxAsync(owner, 2);
        Assert.Contains("09:15 ngày 29/11/2026", inbox.Single(m => m.GetProperty("kind").GetString() == "dossier-overdue").GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Contains("không được hẹn lại lần nữa", inbox.Single(m => m.GetProperty("kind").GetString() == "dossier-overdue-again").GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_fact_under_many_message_ids_tells_once()
    {
        var owner = world.Accounts.Person("rut.ho.so@example.vn");
        var facts = new Facts(owner);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.PublishAsync(facts.Withdrawn())));

        await Eventually.Async(async () => (await world.MessagesAsync(facts.Dossier)).Any(m => m.Channel == MessageChannel.Email && m.State == MessageState.Sent), "the mail");
        Assert.Equal([MessageChannel.InApp, MessageChannel.Email], (await world.MessagesAsync(facts.Dossier)).Select(m => m.Channel).Order());
    }
}
