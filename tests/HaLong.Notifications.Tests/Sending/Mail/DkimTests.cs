using System.Text;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Mail;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Sending.Mail;

/// <summary>What arrives, as other people's programs read it: mailauth judges the signatures, postal-mime the MIME.</summary>
public sealed class DkimTests : IAsyncLifetime
{
    private const string Vietnamese = "Hồ sơ 000.00.01.H49-261123-0001 đã có kết quả";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly MailRig rig = new();
    private MailServer lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await MailServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        rig.Dispose();
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task Mailauth_accepts_both_signatures_and_postal_mime_reads_what_was_written()
    {
        Assert.SkipUnless(await Node.HasAsync("mailauth"), Node.Missing);
        var raw = await SendAsync(Options(rig.Rsa("rsa-2026"), rig.Edwards("ed-2026")), Message("du@example.vn") with
        {
            Class = NoticeClass.Optional,
            UnsubscribeUrl = "https://dichvucong.example/u/" + new string('t', 120),
        });

        var read = await ReadAsync(raw);

        var signatures = read.GetProperty("dkim").EnumerateArray().ToList();
        Assert.Equal(["ed25519-sha256 ed-2026 pass", "rsa-sha256 rsa-2026 pass"], signatures.Select(s => $"{Text(s, "algorithm")} {Text(s, "selector")} {Text(s, "result")}").Order());
        Assert.All(signatures, s =>
        {
            Assert.Equal(("halong.vn", "halong.vn", "relaxed/relaxed"), (Text(s, "domain"), Text(s, "aligned"), Text(s, "canonicalization")));
            var signed = Text(s, "signed")!.Split(':', StringSplitOptions.TrimEntries).ToHashSet();
            Assert.Superset(
                new HashSet<string> { "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post" }, signed);
        });
        var mail = read.GetProperty("mail");
        Assert.Equal((Vietnamese, "Hạ Long", "khong-tra-loi@halong.vn"), (Text(mail, "subject"), Text(mail.GetProperty("from"), "name"), Text(mail.GetProperty("from"), "address")));
        Assert.Equal("Chào bạn 👋\nMời bạn xem kết quả.", Text(mail, "text")!.ReplaceLineEndings("\n").Trim());
        Assert.Equal("<html lang=\"vi\"><p>Chào bạn 👋</p></html>", Text(mail, "html")!.Trim());
        Assert.Equal(("1.0", "auto-generated", "List-Unsubscribe=One-Click"), (Text(mail, "mimeVersion"), Text(mail, "autoSubmitted"), Text(mail, "listUnsubscribePost")));
        Assert.StartsWith("multipart/alternative", Text(mail, "contentType"), StringComparison.Ordinal);
        Assert.Equal($"<https://dichvucong.example/u/{new string('t', 120)}>", Text(mail, "listUnsubscribe"));
        Assert.Equal(0, mail.GetProperty("attachments").GetInt32());
    }

    [Fact]
    public async Task A_mailbox_beyond_ASCII_is_signed_as_it_is_sent()
    {
        Assert.SkipUnless(await Node.HasAsync("mailauth"), Node.Missing);

        var raw = await SendAsync(Options(rig.Rsa("s1")), Message("người.dân@example.vn"));
        var read = await ReadAsync(raw);

        Assert.True(Text(Assert.Single(read.GetProperty("dkim").EnumerateArray()), "result") == "pass", read.ToString());
        Assert.Equal(Vietnamese, Text(read.GetProperty("mail"), "subject"));
        Assert.Equal("người.dân@example.vn", Text(read.GetProperty("mail").GetProperty("to")[0], "address"));
    }

    [Fact]
    public async Task A_changed_word_or_another_key_in_DNS_breaks_the_signature()
    {
        Assert.SkipUnless(await Node.HasAsync("mailauth"), Node.Missing);
        var raw = Encoding.UTF8.GetString(await SendAsync(Options(rig.Rsa("pkcs1")), Message("a@example.vn") with { Text = "Plain words", Html = null, Title = "Plain title" }));

        Assert.Equal("pass", await ResultAsync(raw));
        Assert.NotEqual("pass", await ResultAsync(raw.Replace("Plain words", "Other words", StringComparison.Ordinal)));
        Assert.NotEqual("pass", await ResultAsync(raw.Replace("Plain title", "Other title", StringComparison.Ordinal)));
        rig.Rsa("pkcs1");
        Assert.NotEqual("pass", await ResultAsync(raw));
    }

    [Fact]
    public async Task During_a_rotation_either_key_is_enough()
    {
        Assert.SkipUnless(await Node.HasAsync("mailauth"), Node.Missing);
        var raw = await SendAsync(Options(rig.Rsa("old"), rig.Rsa("new")), Message("a@example.vn"));
        rig.Dns.Remove("old._domainkey.halong.vn");

        var read = await ReadAsync(raw);

        Assert.Equal(["new pass", "old neutral"], read.GetProperty("dkim").EnumerateArray().Select(s => $"{Text(s, "selector")} {Text(s, "result")}").Order());
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed_in_development_and_nothing_starts_elsewhere()
    {
        var raw = await SendAsync(Options(), Message("a@example.vn"));

        Assert.DoesNotContain("DKIM-Signature", Encoding.UTF8.GetString(raw), StringComparison.OrdinalIgnoreCase);
        Assert.True(MailRig.Check(Options(), Environments.Development).Succeeded);
        Assert.Contains("Smtp:Dkim:Keys", MailRig.Check(Options()).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Smtp:Dkim:Keys", MailRig.Check(Options(), Environments.Staging).FailureMessage, StringComparison.Ordinal);
        Assert.True(MailRig.Check(new SmtpOptions { From = "a@halong.vn", Dkim = new DkimOptions { ByServer = true } }).Succeeded);
        Assert.True(MailRig.Check(Options(rig.Rsa("s1"))).Succeeded);
    }

    [Fact]
    public void A_key_that_cannot_sign_stops_the_start_and_says_which()
    {
        var (good, weak) = (rig.Rsa("good"), rig.Rsa("weak", bits: 1024));
        var (garbage, missing) = (new DkimKeyOptions { Selector = "garbage", File = rig.Write("no key") }, new DkimKeyOptions { Selector = "missing", File = "/nowhere.pem" });
        var broken = new DkimKeyOptions { Selector = "broken", File = rig.Write("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n") };

        foreach (var (key, words) in new[] { (weak, "weak"), (garbage, "garbage"), (broken, "broken"), (missing, "/nowhere.pem"), (new DkimKeyOptions { File = good.File }, "a selector is missing") })
            Assert.Contains(words, MailRig.Check(Options(good, key), Environments.Development).FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("halong.vn", true)]
    [InlineData("HALONG.vn", true)]
    [InlineData("vn", true)]
    [InlineData("thu.halong.vn", false)]
    [InlineData("long.vn", false)]
    [InlineData("example.vn", false)]
    public void Who_signs_is_the_senders_domain_or_one_above(string domain, bool usable) =>
        Assert.Equal(usable, MailRig.Check(new SmtpOptions { From = "a@halong.vn", Dkim = new DkimOptions { Domain = domain, Keys = [rig.Edwards("s1")] } }).Succeeded);

    [Fact]
    public void Outside_development_TLS_cannot_be_left_to_the_server_and_secrets_are_long()
    {
        var dkim = new DkimOptions { ByServer = true };

        Assert.Contains("WhenAvailable", MailRig.Check(new SmtpOptions { From = "a@halong.vn", Tls = MailTls.WhenAvailable, Dkim = dkim }).FailureMessage, StringComparison.Ordinal);
        Assert.Contains(
            "WhenAvailable", MailRig.Check(new SmtpOptions { From = "a@halong.vn", Dkim = dkim, Others = [new SmtpServer { Tls = MailTls.WhenAvailable }] }).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Secret", MailRig.Check(new SmtpOptions { From = "a@halong.vn", Dkim = dkim, Reports = new MailReportOptions { Secret = "short" } }).FailureMessage, StringComparison.Ordinal);
        Assert.True(MailRig.Check(new SmtpOptions { From = "a@halong.vn", Tls = MailTls.Implicit, Dkim = dkim, Others = [new SmtpServer { Tls = MailTls.Require }] }).Succeeded);
    }

    private SmtpOptions Options(params DkimKeyOptions[] keys) => new() { Url = lab.Url, From = "Hạ Long <khong-tra-loi@halong.vn>", Dkim = new DkimOptions { Keys = keys } };

    private static OutgoingMessage Message(string to) => new(
        Guid.CreateVersion7().ToString("N"), to, "vi", Vietnamese, "Chào bạn 👋\nMời bạn xem kết quả.", "<html lang=\"vi\"><p>Chào bạn 👋</p></html>");

    private async Task<byte[]> SendAsync(SmtpOptions options, OutgoingMessage message)
    {
        Assert.IsType<ProviderAnswer.Accepted>(await rig.Provider(options).SendAsync(message, Ct));
        return Assert.Single(await lab.RawToAsync(message.Address));
    }

    private async Task<string?> ResultAsync(string raw) => Text(Assert.Single((await ReadAsync(Encoding.UTF8.GetBytes(raw))).GetProperty("dkim").EnumerateArray()), "result");

    private async Task<JsonElement> ReadAsync(byte[] raw)
    {
        var (eml, dns) = (rig.Write(Encoding.UTF8.GetString(raw)), rig.Write(JsonSerializer.Serialize(rig.Dns)));
        var (exit, output) = await Node.RunAsync("node", "read-mail.mjs", eml, dns);
        Assert.True(exit == 0, output);
        return JsonElement.Parse(output);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
