using System.Text;
using HaLong.PartnerLab.Dials;

namespace HaLong.PartnerLab.Mail;

/// <summary>One SMTP conversation (RFC 5321 with SIZE, 8BITMIME, SMTPUTF8, PIPELINING, DSN; STARTTLS and AUTH where set up).</summary>
internal sealed class SmtpSession(
    SmtpWire wire, MailStore store, DialBoard dials, MailReporter reporter, LabCertificate certificate, SmtpOptions options, TimeProvider clock)
{
    private const int MostRecipients = 100;
    private readonly List<string> recipients = [];
    private string? sender, envelopeId;
    private bool isKnown = options.User.Length == 0;

    public Task RefuseAsync(CancellationToken ct) => wire.ReplyAsync("421 4.3.2 Too many connections", ct);

    public async Task RunAsync(CancellationToken ct)
    {
        if (options.ImplicitTls)
            await wire.UpgradeAsync(certificate.Server, ct);
        await wire.ReplyAsync("220 partner-lab ESMTP", ct);
        while (await wire.ReadLineAsync(ct) is { } octets)
        {
            var line = Encoding.UTF8.GetString(octets);
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
            var argument = space < 0 ? "" : line[(space + 1)..].Trim();
            if (verb == "QUIT")
            {
                await wire.ReplyAsync("221 2.0.0 Bye", ct);
                return;
            }

            if (verb == "STARTTLS" && options.StartTls && !wire.IsEncrypted)
            {
                await wire.ReplyAsync("220 2.0.0 Go on", ct);
                await wire.UpgradeAsync(certificate.Server, ct);
                Forget();
                continue;
            }

            await wire.ReplyAsync(verb switch
            {
                "EHLO" => Hello(Extensions()),
                "HELO" => Hello("250 partner-lab"),
                "AUTH" => await SmtpAuth.AskAsync(wire, argument, options, ct) ? Welcome() : "535 5.7.8 Not known",
                "MAIL" => Mail(argument),
                "RCPT" => Recipient(argument),
                "DATA" => await DataAsync(ct),
                "RSET" => Hello("250 2.0.0 Forgotten"),
                "NOOP" => await AliveAsync(ct),
                "VRFY" => "252 2.0.0 Try it",
                _ => "500 5.5.1 Unknown command",
            }, ct);
        }
    }

    private async Task<string> AliveAsync(CancellationToken ct)
    {
        if (dials.Take("mail.mute") is not null)
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, ct);
        return "250 2.0.0 Yes";
    }

    private string Extensions()
    {
        string[] offered =
        [
            "partner-lab", $"SIZE {options.MaxMessageBytes}", "8BITMIME", "SMTPUTF8", "DSN",
            .. options.StartTls && !wire.IsEncrypted ? ["STARTTLS"] : Array.Empty<string>(),
            .. options.User.Length > 0 ? ["AUTH PLAIN LOGIN"] : Array.Empty<string>(),
            "PIPELINING",
        ];
        return string.Join("\r\n", offered.Select((name, i) => (i < offered.Length - 1 ? "250-" : "250 ") + name));
    }

    private string Hello(string reply)
    {
        Forget();
        return reply;
    }

    private void Forget()
    {
        (sender, envelopeId) = (null, null);
        recipients.Clear();
    }

    private string Welcome()
    {
        isKnown = true;
        return "235 2.7.0 Welcome";
    }

    private string Mail(string argument)
    {
        if (!isKnown)
            return "530 5.7.0 Authentication required";
        if (sender is not null)
            return "503 5.5.1 MAIL was already given";
        if (Address(argument, "FROM:") is not { } address)
            return "501 5.5.4 MAIL FROM:<address>";
        if (Parameter(argument, "SIZE=") is { } size && long.TryParse(size, out var octets) && octets > options.MaxMessageBytes)
            return "552 5.3.4 Message too big";
        (sender, envelopeId) = (address, Parameter(argument, "ENVID="));
        return "250 2.1.0 Sender taken";
    }

    private string Recipient(string argument)
    {
        if (sender is null)
            return "503 5.5.1 MAIL first";
        if (Address(argument, "TO:") is not { Length: > 0 } address)
            return "501 5.5.4 RCPT TO:<address>";
        if (recipients.Count >= MostRecipients)
            return "452 4.5.3 Too many recipients";
        if (dials.Take("mail.failRecipient", address) is { } status)
            return $"{(int)status} {(status < 500 ? "4.2.1 Try again" : "5.1.1 Nobody there")}";
        recipients.Add(address);
        return "250 2.1.5 Recipient taken";
    }

    private async Task<string> DataAsync(CancellationToken ct)
    {
        if (sender is null || recipients.Count == 0)
            return "503 5.5.1 MAIL and RCPT first";
        var to = recipients.ToArray();
        if (dials.Take("mail.dropBeforeData", to[0]) is not null)
            throw new IOException("As dialled: closed before the message.");

        await wire.ReplyAsync("354 End with a dot on a line of its own", ct);
        if (await ReadMessageAsync(ct) is not { } content)
            throw new IOException("The client left in the middle of a message.");

        if (dials.Take("mail.delay", to[0]) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        var (from, envelope) = (sender, envelopeId);
        Forget();
        if (content.Length > options.MaxMessageBytes)
            return "552 5.3.4 Message too big";
        if (dials.Take("mail.failStatus", to[0]) is { } status)
            return $"{(int)status} {(status < 500 ? "4.3.0 Try again" : "5.3.0 Refused")}";

        var now = clock.GetUtcNow();
        var mail = new Mail(Guid.CreateVersion7(now), now, from, to, content) { EnvelopeId = envelope, WasEncrypted = wire.IsEncrypted };
        store.Add(mail);
        if (dials.Take("mail.dropAfterData", to[0]) is not null)
            throw new IOException("As dialled: closed without an answer.");
        reporter.Tell(mail);
        return $"250 2.0.0 Kept as {mail.Id:N}";
    }

    /// <summary>The message without dot-stuffing; over the limit only its beginning is kept, one byte too much, so that the caller sees it.</summary>
    private async Task<byte[]?> ReadMessageAsync(CancellationToken ct)
    {
        using var content = new MemoryStream();
        while (await wire.ReadLineAsync(ct) is { } line)
        {
            if (line is [(byte)'.'])
                return content.ToArray();
            if (content.Length > options.MaxMessageBytes)
                continue;
            content.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
            content.Write("\r\n"u8);
        }

        return null;
    }

    private static string? Address(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = argument[keyword.Length..].TrimStart();
        var end = path.IndexOf('>', StringComparison.Ordinal);
        return path.StartsWith('<') && end > 0 ? path[1..end] : null;
    }

    private static string? Parameter(string argument, string name) =>
        argument.Split(' ').FirstOrDefault(p => p.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..];
}
