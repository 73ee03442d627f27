using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using HaLong.PartnerLab.Dials;

namespace HaLong.PartnerLab.Mail;

/// <summary>One SMTP conversation (RFC 5321 with SIZE, 8BITMIME, SMTPUTF8 and PIPELINING).</summary>
internal sealed class SmtpSession(Stream stream, MailStore store, DialBoard dials, SmtpOptions options, TimeProvider clock)
{
    private const int LongestLine = 4096;
    private const int MostRecipients = 100;
    private readonly PipeReader reader = PipeReader.Create(stream);
    private readonly List<string> recipients = [];
    private string? sender;

    public Task RefuseAsync(CancellationToken ct) => ReplyAsync("421 4.3.2 Too many connections", ct);

    public async Task RunAsync(CancellationToken ct)
    {
        await ReplyAsync("220 partner-lab ESMTP", ct);
        while (await ReadLineAsync(ct) is { } octets)
        {
            var line = Encoding.UTF8.GetString(octets);
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
            var argument = space < 0 ? "" : line[(space + 1)..].Trim();
            if (verb == "QUIT")
            {
                await ReplyAsync("221 2.0.0 Bye", ct);
                return;
            }

            await ReplyAsync(verb switch
            {
                "EHLO" => Hello($"250-partner-lab\r\n250-SIZE {options.MaxMessageBytes}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING"),
                "HELO" => Hello("250 partner-lab"),
                "MAIL" => Mail(argument),
                "RCPT" => Recipient(argument),
                "DATA" => await DataAsync(ct),
                "RSET" => Hello("250 2.0.0 Forgotten"),
                "NOOP" => "250 2.0.0 Yes",
                "VRFY" => "252 2.0.0 Try it",
                _ => "500 5.5.1 Unknown command",
            }, ct);
        }
    }

    private string Hello(string reply)
    {
        sender = null;
        recipients.Clear();
        return reply;
    }

    private string Mail(string argument)
    {
        if (sender is not null)
            return "503 5.5.1 MAIL was already given";
        if (Address(argument, "FROM:") is not { } address)
            return "501 5.5.4 MAIL FROM:<address>";
        var size = argument.Split(' ').FirstOrDefault(p => p.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase));
        if (size is not null && long.TryParse(size.AsSpan(5), out var octets) && octets > options.MaxMessageBytes)
            return "552 5.3.4 Message too big";
        sender = address;
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
        recipients.Add(address);
        return "250 2.1.5 Recipient taken";
    }

    private async Task<string> DataAsync(CancellationToken ct)
    {
        if (sender is null || recipients.Count == 0)
            return "503 5.5.1 MAIL and RCPT first";

        await ReplyAsync("354 End with a dot on a line of its own", ct);
        if (await ReadMessageAsync(ct) is not { } content)
            throw new IOException("The client left in the middle of a message.");

        if (dials.Take("mail.delay") is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        var (from, to) = (sender, recipients.ToArray());
        Hello("");
        if (content.Length > options.MaxMessageBytes)
            return "552 5.3.4 Message too big";
        if (dials.Take("mail.failStatus") is { } status)
            return $"{(int)status} {(status < 500 ? "4.3.0 Try again" : "5.3.0 Refused")}";

        var now = clock.GetUtcNow();
        var mail = new Mail(Guid.CreateVersion7(now), now, from, to, content);
        store.Add(mail);
        return $"250 2.0.0 Kept as {mail.Id:N}";
    }

    /// <summary>The message without dot-stuffing; over the limit only its beginning is kept, one byte too much, so that the caller sees it.</summary>
    private async Task<byte[]?> ReadMessageAsync(CancellationToken ct)
    {
        using var content = new MemoryStream();
        while (await ReadLineAsync(ct) is { } line)
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

    /// <summary>The next line without its CRLF; null when the client has gone.</summary>
    private async Task<byte[]?> ReadLineAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.IdleTimeout);
        while (true)
        {
            var read = await reader.ReadAsync(patience.Token);
            var buffer = read.Buffer;
            if (TakeLine(ref buffer) is { } line)
            {
                reader.AdvanceTo(buffer.Start);
                return line;
            }

            if (buffer.Length > LongestLine)
            {
                await ReplyAsync("500 5.5.2 Line too long", ct);
                throw new IOException("A line was too long.");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private static byte[]? TakeLine(ref ReadOnlySequence<byte> buffer)
    {
        var sequence = new SequenceReader<byte>(buffer);
        if (!sequence.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
            return null;
        buffer = buffer.Slice(sequence.Position);
        return line.ToArray();
    }

    private async Task ReplyAsync(string reply, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), ct);
        await stream.FlushAsync(ct);
    }
}
