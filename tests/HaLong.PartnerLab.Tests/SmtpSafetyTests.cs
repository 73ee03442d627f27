using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>The mail sink with TLS, names and passwords, and what it breaks on purpose.</summary>
public sealed class SmtpSafetyTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_being_told_it_offers_neither_TLS_nor_names()
    {
        await using var lab = await Lab.StartAsync();
        using var talk = await lab.TalkAsync();
        await talk.HearAsync();

        Assert.DoesNotContain(await talk.SayAllAsync("EHLO client"), line => line.Contains("STARTTLS", StringComparison.Ordinal) || line.Contains("AUTH", StringComparison.Ordinal));
        Assert.StartsWith("500", await talk.SayAsync("STARTTLS"));
        Assert.StartsWith("535", await talk.SayAsync("AUTH PLAIN AGEAYg=="));
    }

    [Fact]
    public async Task STARTTLS_shows_a_certificate_of_its_own_root_and_forgets_what_was_said_before()
    {
        await using var lab = await Lab.StartAsync(("Smtp:StartTls", "true"));
        using var root = X509Certificate2.CreateFromPem(await lab.Http.GetStringAsync("/mail/root.pem", Ct));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", lab.SmtpPort, Ct);
        var plain = new SmtpLines(client.GetStream());
        await plain.HearAsync();
        Assert.Contains("250-STARTTLS", await plain.SayAllAsync("EHLO client"));
        await plain.SayAllAsync("MAIL FROM:<a@halong.vn>");
        // Slipped in behind the command: must not be read as if it had come through TLS.
        await plain.WriteAsync("STARTTLS\r\nRCPT TO:<evil@example.vn>\r\n");
        Assert.StartsWith("220", (await plain.HearAsync())[0]);

        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => IssuedBy(root, (X509Certificate2)certificate!));
        await tls.AuthenticateAsClientAsync("localhost");
        var safe = new SmtpLines(tls);
        Assert.DoesNotContain("250-STARTTLS", await safe.SayAllAsync("EHLO client"));
        Assert.StartsWith("503", (await safe.SayAllAsync("DATA"))[0]);
        Assert.StartsWith("250", (await safe.SayAllAsync("MAIL FROM:<a@halong.vn>"))[0]);
        Assert.StartsWith("250", (await safe.SayAllAsync("RCPT TO:<b@example.vn>"))[0]);
        Assert.StartsWith("354", (await safe.SayAllAsync("DATA"))[0]);
        Assert.StartsWith("250", (await safe.SayAllAsync("Subject: x\r\n\r\nx\r\n."))[0]);
        var mail = Assert.Single(await MailsAsync(lab));
        Assert.True(mail.GetProperty("encrypted").GetBoolean());
        Assert.Equal("b@example.vn", Assert.Single(mail.GetProperty("to").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("AUTH PLAIN AGhhbG9uZwBzZWNyZXQ=", "235")]
    [InlineData("AUTH PLAIN AGhhbG9uZwB3cm9uZw==", "535")]
    [InlineData("AUTH PLAIN nonsense", "535")]
    [InlineData("AUTH CRAM-MD5", "535")]
    [InlineData("AUTH", "535")]
    public async Task A_name_and_password_are_asked_for_before_any_mail(string command, string answer)
    {
        await using var lab = await Lab.StartAsync(("Smtp:User", "halong"), ("Smtp:Password", "secret"));
        using var talk = await lab.TalkAsync();
        await talk.HearAsync();
        Assert.Contains("250-AUTH PLAIN LOGIN", await talk.SayAllAsync("EHLO client"));
        Assert.StartsWith("530", await talk.SayAsync("MAIL FROM:<a@halong.vn>"));

        Assert.StartsWith(answer, await talk.SayAsync(command));

        Assert.StartsWith(answer == "235" ? "250" : "530", await talk.SayAsync("MAIL FROM:<a@halong.vn>"));
    }

    [Theory]
    [InlineData("secret", "235")]
    [InlineData("wrong", "535")]
    public async Task AUTH_LOGIN_asks_twice_and_PLAIN_can_wait_for_its_turn(string password, string answer)
    {
        await using var lab = await Lab.StartAsync(("Smtp:User", "halong"), ("Smtp:Password", "secret"));
        using var talk = await lab.TalkAsync();
        await talk.HearAsync();

        Assert.Equal("334 VXNlcm5hbWU6", await talk.SayAsync("AUTH LOGIN"));
        Assert.Equal("334 UGFzc3dvcmQ6", await talk.SayAsync(Base64("halong")));
        Assert.StartsWith(answer, await talk.SayAsync(Base64(password)));
        Assert.StartsWith("334", await talk.SayAsync("AUTH PLAIN"));
        Assert.StartsWith(answer, await talk.SayAsync(Base64("\0halong\0" + password)));
    }

    [Fact]
    public async Task Dials_refuse_one_mailbox_or_break_the_connection_before_and_after_the_text()
    {
        await using var lab = await Lab.StartAsync();
        await lab.DialAsync("mail.failRecipient", 550, target: "nobody@example.vn");
        await lab.DialAsync("mail.dropBeforeData", true, target: "before@example.vn");
        await lab.DialAsync("mail.dropAfterData", true, target: "after@example.vn");
        await lab.DialAsync("mail.failStatus", 451, target: "later@example.vn");

        using var refused = await lab.TalkAsync();
        await refused.HearAsync();
        await refused.SayAsync("MAIL FROM:<a@halong.vn>");
        Assert.StartsWith("550 5.1.1", await refused.SayAsync("RCPT TO:<nobody@example.vn>"));
        Assert.StartsWith("250", await refused.SayAsync("RCPT TO:<before@example.vn>"));
        Assert.Equal("closed", await refused.SayAsync("DATA"));
        using var after = await lab.TalkAsync();
        await after.BeginMessageAsync(to: "after@example.vn");
        Assert.Equal("closed", await after.SayAsync("Subject: x\r\n\r\nx\r\n."));
        using var later = await lab.TalkAsync();
        await later.BeginMessageAsync(to: "later@example.vn");
        Assert.StartsWith("451", await later.SayAsync("Subject: x\r\n\r\nx\r\n."));

        Assert.Equal("after@example.vn", Assert.Single(await MailsAsync(lab)).GetProperty("to")[0].GetString());
        Assert.Equal(3, (await lab.Http.GetFromJsonAsync<JsonElement>("/mail/server", Ct)).GetProperty("connections").GetInt32());
    }

    private static async Task<List<JsonElement>> MailsAsync(Lab lab) => await lab.Http.GetFromJsonAsync<List<JsonElement>>("/mail/messages", Ct) ?? [];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static bool IssuedBy(X509Certificate2 root, X509Certificate2 shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown) && shown.MatchesHostname("localhost") && shown.MatchesHostname("127.0.0.1");
    }
}

/// <summary>Lines over any stream, read byte by byte so that nothing is taken from who reads after.</summary>
internal sealed class SmtpLines(Stream stream)
{
    public Task WriteAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    public async Task<List<string>> SayAllAsync(string line)
    {
        await WriteAsync(line + "\r\n");
        return await HearAsync();
    }

    /// <summary>A whole answer, also of several lines.</summary>
    public async Task<List<string>> HearAsync()
    {
        var lines = new List<string>();
        do
        {
            var line = new StringBuilder();
            var one = new byte[1];
            while (line.Length < 2 || line[^1] != '\n')
            {
                await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
                line.Append((char)one[0]);
            }

            lines.Add(line.ToString().TrimEnd());
        }
        while (lines[^1].Length > 3 && lines[^1][3] == '-');
        return lines;
    }
}
