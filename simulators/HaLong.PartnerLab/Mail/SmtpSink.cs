using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Mail;

/// <summary>A mail server that takes every message and delivers none.</summary>
internal sealed partial class SmtpSink(
    MailStore store, DialBoard dials, MailReporter reporter, LabCertificate certificate, IOptions<SmtpOptions> options, IConfiguration configuration,
    TimeProvider clock, ILogger<SmtpSink> logger)
    : BackgroundService
{
    private TcpListener? listener;
    private int accepted;

    /// <summary>Where it listens; known once started.</summary>
    public int Port => ((IPEndPoint)listener!.LocalEndpoint).Port; // set by StartAsync, before anybody can ask

    /// <summary>Connections so far.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Listening begins here, not in ExecuteAsync: when the host has started, mail is taken, and a taken port stops the start.
        listener = new TcpListener(IPAddress.Loopback, configuration.GetValue(SmtpOptions.PortVariable, 0));
        listener.Start();
        LogListening(logger, Port);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        listener?.Stop();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        listener?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var open = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener!.AcceptTcpClientAsync(stoppingToken); // set by StartAsync
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            client.NoDelay = true;
            Interlocked.Increment(ref accepted);
            _ = ServeAsync(client, Interlocked.Increment(ref open) > options.Value.MaxConnections);
        }

        async Task ServeAsync(TcpClient client, bool tooMany)
        {
            try
            {
                using (client)
                {
                    await using var wire = new SmtpWire(client.GetStream(), options.Value.IdleTimeout);
                    var session = new SmtpSession(wire, store, dials, reporter, certificate, options.Value, clock);
                    await (tooMany ? session.RefuseAsync(stoppingToken) : session.RunAsync(stoppingToken));
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or AuthenticationException)
            {
                LogEnded(logger, e.Message);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Mail sink listens on 127.0.0.1:{Port}")]
    private static partial void LogListening(ILogger logger, int port);

    [LoggerMessage(2, LogLevel.Debug, "Mail connection ended early: {Reason}")]
    private static partial void LogEnded(ILogger logger, string reason);
}
