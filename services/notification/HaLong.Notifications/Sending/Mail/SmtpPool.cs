using MailKit;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>
/// Connections to one mail server that wait for the next mail: with TLS and a password a new one costs several round trips. Each is asked for a sign
/// of life before it is used, so that one that broke meanwhile costs no mail.
/// </summary>
internal sealed class SmtpPool(SmtpServer server, MailTls tls, MailMetrics metrics, TimeProvider clock) : IDisposable
{
    // A firewall forgets idle connections without a word: what does not answer this quickly is given up, and a new one is made.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Lock gate = new();
    private readonly List<(SmtpConnection Connection, DateTimeOffset Since)> idle = [];
    private bool closed;

    /// <summary>One that answers, kept or new.</summary>
    public async Task<SmtpConnection> TakeAsync(CancellationToken ct)
    {
        while (Pop() is { } kept)
        {
            if (await IsAliveAsync(kept, ct))
            {
                metrics.Connected("reused");
                return kept;
            }

            metrics.Connected("broken");
            kept.Dispose();
        }

        var connection = await SmtpConnection.OpenAsync(server, tls, ct);
        metrics.Connected("opened");
        return connection;
    }

    /// <summary>Back after use, for the next mail; only when the conversation is at its beginning again.</summary>
    public void Give(SmtpConnection connection)
    {
        lock (gate)
        {
            Sweep();
            if (!closed && connection.IsConnected && idle.Count < server.KeepOpen)
            {
                idle.Add((connection, clock.GetUtcNow()));
                return;
            }
        }

        connection.Dispose();
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            foreach (var (connection, _) in idle)
                connection.Dispose();
            idle.Clear();
        }
    }

    private SmtpConnection? Pop()
    {
        lock (gate)
        {
            Sweep();
            if (idle.Count == 0)
                return null;
            // The one used last: the others may grow old and be closed.
            var (connection, _) = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return connection;
        }
    }

    private void Sweep()
    {
        var oldest = clock.GetUtcNow() - server.KeepFor;
        foreach (var (connection, _) in idle.Where(i => i.Since <= oldest))
            connection.Dispose();
        idle.RemoveAll(i => i.Since <= oldest);
    }

    private static async Task<bool> IsAliveAsync(SmtpConnection connection, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await connection.NoOpAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // In mid-sentence: nobody knows what it would hear next.
            connection.Dispose();
            throw;
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException or ServiceNotConnectedException or OperationCanceledException)
        {
            return false;
        }
    }
}
