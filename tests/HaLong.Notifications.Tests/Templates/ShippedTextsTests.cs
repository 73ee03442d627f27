using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Templates.Checking;
using HaLong.Payments.Contracts.Events;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>The texts that the program carries, and the page that says which event is told how.</summary>
public sealed class ShippedTextsTests
{
    private const string Link = "https://dichvucong.halong.gov.vn/account";

    /// <summary>What has to be told (the list of the domain), and the kind that tells it.</summary>
    public static readonly TheoryData<string, string, string[]> Events = new()
    {
        { nameof(DossierSubmitted), "filed", [NoticeKinds.DossierSubmitted] },
        { nameof(DossierAccepted), "accepted, with code and due date", [NoticeKinds.DossierAccepted] },
        { nameof(DossierSupplementRequested), "supplement requested", [NoticeKinds.DossierSupplementRequested, NoticeKinds.SupplementReminder] },
        { nameof(DossierNotAccepted), "refused at reception", [NoticeKinds.DossierNotAccepted] },
        { nameof(DossierRefused), "refused", [NoticeKinds.DossierRefused] },
        { nameof(PaymentRequested), "payment requested", [NoticeKinds.PaymentRequested, NoticeKinds.DossierFeeDue, NoticeKinds.PaymentReminder] },
        { nameof(PaymentSettled), "payment received", [NoticeKinds.PaymentSettled] },
        { nameof(DossierDeadlineChanged), "due date changed", [NoticeKinds.DossierDeadlineChanged] },
        { nameof(DossierDeadlineExtended), "due date changed, with an apology", [NoticeKinds.DossierDeadlineExtended] },
        { nameof(DossierOverdue), "late, with an apology", [NoticeKinds.DossierOverdue, NoticeKinds.DossierOverdueAgain] },
        { nameof(DossierResultReady), "result ready; early result", [NoticeKinds.DossierResultReady, NoticeKinds.DossierResultEarly] },
        { nameof(DossierReturned), "result delivered", [NoticeKinds.DossierReturned, NoticeKinds.RatingInvited] },
        { nameof(DossierStopped), "stopped", [NoticeKinds.DossierStopped] },
        { nameof(DossierWaitWarned), "about to expire, overdue (internal)", [NoticeKinds.WaitExtension, NoticeKinds.WaitOfficer, NoticeKinds.WaitSupervisor] },
    };

    public static TheoryData<string> Kinds => [.. NoticeKinds.Variables.Keys];

    [Theory, MemberData(nameof(Events))]
    public void Every_event_that_people_must_hear_of_has_words_for_every_channel_and_stands_on_the_page(string fact, string what, string[] kinds)
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs/services/notification-templates.md"));
        foreach (var kind in kinds)
        {
            var shipped = Shipped(kind);
            Assert.All(new[] { shipped.Vi, shipped.En }, texts => Assert.True(texts is { Sms: not null, Push: not null }));
            var channels = "in-app, e-mail, SMS, push" + (shipped.Vi.Zalo is null ? "" : ", Zalo");
            Assert.Contains($"| {fact} | {what} | `{kind}` | {channels} |", page);
        }
    }

    [Fact]
    public void The_page_lists_every_kind_with_its_class()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs/services/notification-templates.md"));

        foreach (var kind in NoticeKinds.Variables.Keys)
            Assert.Contains($"`{kind}` {Words.Of(NoticeKinds.ClassOf(kind))}", page, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_shipped_text_passes_every_rule_that_a_drafted_one_has_to(string kind)
    {
        var input = TemplateInput.Read(TemplateContent.Write(TemplateContent.Of(Shipped(kind))).Json);

        Assert.Empty(TemplateRules.Check(kind, input, Link));
        Assert.Equal(1, Shipped(kind).Version);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_SMS_is_at_most_two_parts_in_plain_letters_and_gives_nothing_away(string kind)
    {
        foreach (var language in (string[])["vi", "en"])
        {
            var notice = TemplateCatalog.Load().Render(kind, language, SampleValues.Of(kind, language, Link));
            if (!NoticeKinds.IsToldByTelephone(kind))
            {
                Assert.Null(notice.Sms);
                Assert.Null(notice.Push);
                continue;
            }

            var size = SmsText.Measure(notice.Sms!);
            Assert.Equal(SmsEncoding.Gsm7, size.Encoding);
            Assert.InRange(size.Parts, 1, 2);
            Assert.StartsWith(language == "vi" ? "Dich vu cong Ha Long: " : "Ha Long public services: ", notice.Sms, StringComparison.Ordinal);
            foreach (var text in new[] { notice.Sms!, notice.Push!.Title, notice.Push.Body })
            {
                Assert.DoesNotContain("1.250.000.000", text, StringComparison.Ordinal);
                Assert.DoesNotContain("1,250,000,000", text, StringComparison.Ordinal);
                Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
            }

            Assert.Equal(Link, notice.Push.Url);
            Assert.InRange(notice.Push.Title.Length, 5, 60);
            Assert.InRange(notice.Push.Body.Length, 10, 160);
            Assert.DoesNotContain("…", notice.Push.Title + notice.Push.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Most_SMS_of_a_dossiers_status_are_one_part()
    {
        var sizes = NoticeKinds.Variables.Keys.Where(NoticeKinds.IsToldByTelephone)
            .Select(k => SmsText.Measure(TemplateCatalog.Load().Render(k, "vi", SampleValues.Of(k, "vi", Link)).Sms!).Parts).ToList();

        Assert.InRange(sizes.Count(p => p == 1), sizes.Count * 3 / 4, sizes.Count);
    }

    [Fact]
    public void With_marks_the_same_SMS_is_written_as_it_stands()
    {
        var values = SampleValues.Of(NoticeKinds.DossierReturned, "vi", Link);

        Assert.Equal("Dịch vụ công Hạ Long: kết quả hồ sơ 000.00.01.H49-260923-00001 đã được trả lúc 09:15 ngày 23/09/2026.", TemplateCatalog.Load().Render(NoticeKinds.DossierReturned, "vi", values, accents: true).Sms);
        Assert.Equal("Dich vu cong Ha Long: ket qua ho so 000.00.01.H49-260923-00001 da duoc tra luc 09:15 ngay 23/09/2026.", TemplateCatalog.Load().Render(NoticeKinds.DossierReturned, "vi", values).Sms);
    }

    [Fact]
    public void Zalo_is_filled_where_a_template_is_named_and_only_in_Vietnamese()
    {
        var catalog = TemplateCatalog.Load(zaloIds: new Dictionary<string, string> { [NoticeKinds.DossierAccepted] = "123456" });
        var values = SampleValues.Of(NoticeKinds.DossierAccepted, "vi", Link);

        var zalo = catalog.Render(NoticeKinds.DossierAccepted, "vi", values).Zalo;

        Assert.Equal("123456", zalo!.TemplateId);
        Assert.Equal(["MaHoSo", "NgayHenTra", "NgayTiepNhan"], zalo.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("09:15 ngày 30/09/2026", zalo.Data["NgayHenTra"]);
        Assert.Null(catalog.Render(NoticeKinds.DossierAccepted, "en", values).Zalo);
        Assert.Null(catalog.Render(NoticeKinds.DossierReturned, "vi", SampleValues.Of(NoticeKinds.DossierReturned, "vi", Link)).Zalo);
        Assert.Null(TemplateCatalog.Load().Render(NoticeKinds.DossierAccepted, "vi", values).Zalo);
    }

    [Fact]
    public void No_template_of_Zalo_asks_for_a_name()
    {
        var names = TemplateCatalog.Load().All.SelectMany(t => t.Vi.Zalo?.Parameters.Keys ?? []).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["HanBoSung", "HanNop", "MaHoSo", "NgayHenTra", "NgayHenTraMoi", "NgayNop", "NgayTiepNhan", "ThoiDiem"], names);
    }

    [Fact]
    public void What_is_too_long_for_a_device_is_cut_off_and_says_so()
    {
        var values = SampleValues.Of(NoticeKinds.DossierAccepted, "vi", Link);
        values[NoticeKinds.Code] = new string('9', 300);

        var push = TemplateCatalog.Load().Render(NoticeKinds.DossierAccepted, "vi", values).Push!;

        Assert.Equal(160, push.Body.Length);
        Assert.EndsWith("…", push.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_lines_stay_several_lines_in_a_mail()
    {
        var values = SampleValues.Of(NoticeKinds.Digest, "vi", Link);
        values[NoticeKinds.List] = "Một <b>\nHai";

        var notice = TemplateCatalog.Load().Render(NoticeKinds.Digest, "vi", values);

        Assert.Contains("<p>Một &lt;b&gt;<br>Hai</p>", notice.Html, StringComparison.Ordinal);
        Assert.Contains("Một <b>\nHai", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_say_how_a_notice_may_be_treated()
    {
        Assert.Equal(NoticeClass.Optional, NoticeKinds.ClassOf(NoticeKinds.RatingInvited));
        Assert.All([NoticeKinds.PaymentReminder, NoticeKinds.SupplementReminder, NoticeKinds.Digest], k => Assert.Equal(NoticeClass.Reminder, NoticeKinds.ClassOf(k)));
        Assert.All([NoticeKinds.DossierResultEarly, NoticeKinds.ContactFailing], k => Assert.Equal(NoticeClass.Status, NoticeKinds.ClassOf(k)));
    }

    private static Template Shipped(string kind) => TemplateCatalog.Load().All.Single(t => t.Kind == kind);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HaLongServices.sln")))
            folder = Path.GetDirectoryName(folder)!; // the repository is above the tests
        return folder;
    }
}
