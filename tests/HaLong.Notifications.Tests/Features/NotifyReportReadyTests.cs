using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace HaLong.Notifications.Tests.Features;

/// <summary>What an official learns of a report that was made for him.</summary>
public sealed class NotifyReportReadyTests(World world) : IClassFixture<World>
{
    private static readonly Guid Xlsx = Guid.CreateVersion7(), Pdf = Guid.CreateVersion7();

    [Fact]
    public async Task The_mail_arrives_with_the_figures_and_where_the_file_is_fetched_and_without_an_attachment()
    {
        var leader = world.Accounts.Person("leader.reports@example.vn");
        var fact = Fact(leader, "vi", ["Tiếp nhận: 8.083", "Tỷ lệ trực tuyến: 99,7%"], new ReportReadyFile(Xlsx, "xlsx"), new ReportReadyFile(Pdf, "pdf"));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.PublishAsync(fact)));

        var inbox = Assert.Single(await world.InboxAsync(leader, 1));
        Assert.Equal("Báo cáo đã có: Tình hình tiếp nhận hồ sơ, 01/10/2026–31/10/2026", inbox.GetProperty("title").GetString());
        var mail = await MailAsync("leader.reports@example.vn");
        Assert.Equal("Báo cáo đã có: Tình hình tiếp nhận hồ sơ, 01/10/2026–31/10/2026", mail.Subject);
        foreach (var text in new[] { mail.TextBody, System.Net.WebUtility.HtmlDecode(mail.HtmlBody) })
        {
            Assert.Contains("Tiếp nhận: 8.083", text, StringComparison.Ordinal);
            Assert.Contains("Tỷ lệ trực tuyến: 99,7%", text, StringComparison.Ordinal);
            Assert.Contains($"/api/v1/statistics/report-files/{Xlsx}", text, StringComparison.Ordinal);
            Assert.Contains("PDF: ", text, StringComparison.Ordinal);
            Assert.Contains($"/api/v1/statistics/report-files/{Pdf}", text, StringComparison.Ordinal);
        }

        Assert.Empty(mail.Attachments);
        Assert.Equal(1, await world.InDatabaseAsync(db => db.Messages.CountAsync(m => m.RecipientId == leader && m.Channel == MessageChannel.Email)));
    }

    [Fact]
    public async Task Who_reads_English_is_told_in_English_and_one_day_is_one_day()
    {
        var auditor = world.Accounts.Person("auditor.reports@example.com", "en");
        var fact = Fact(auditor, "en", [], new ReportReadyFile(Xlsx, "csv")) with { From = new DateOnly(2026, 11, 22), To = new DateOnly(2026, 11, 22) };

        await world.PublishAsync(fact);

        var mail = await MailAsync("auditor.reports@example.com");
        Assert.Equal("Report ready: Intake of dossiers, 22 November 2026", mail.Subject);
        Assert.Contains("No totals.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("sign in to fetch it", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("CSV: ", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_never_go_by_telephone()
    {
        Assert.False(NoticeKinds.IsToldByTelephone(NoticeKinds.ReportReady));
        var chief = world.Accounts.Person("chief.reports@example.vn", "0912345678", false, "none", "sms");

        await world.PublishAsync(Fact(chief, "vi", ["Tiếp nhận: 12"], new ReportReadyFile(Pdf, "pdf")));

        await MailAsync("chief.reports@example.vn");
        var channels = await world.InDatabaseAsync(db => db.Messages.Where(m => m.RecipientId == chief).Select(m => m.Channel).ToListAsync());
        Assert.Equal([MessageChannel.InApp, MessageChannel.Email], channels.Order());
    }

    [Fact]
    public void A_notice_without_files_still_has_the_platforms_own_link()
    {
        var notice = new NotifyOwner(NoticeKinds.ReportReady, "t", Guid.Empty, null, null, Facts.At, Report: new ReportNotice("Báo cáo", "Report", ["a: 1"], []));
        var values = NoticeValues.Of(notice, "en", "https://halong.test/");
        Assert.Equal(("Report", "a: 1", "https://halong.test/"), (values[NoticeKinds.What], values[NoticeKinds.List], values[NoticeKinds.Link]));
    }

    private static ReportReady Fact(Guid account, string language, string[] figures, params ReportReadyFile[] files) => new(
        Guid.CreateVersion7(), Facts.At, account, "intake", "Tình hình tiếp nhận hồ sơ", "Intake of dossiers", new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31), language, files, figures,
        Facts.At.AddDays(30));

    private async Task<MimeMessage> MailAsync(string address) =>
        (await Eventually.ValueAsync(() => world.Mail.ToAsync(address), mails => mails.Count == 1, $"the mail to {address}"))[0];
}
