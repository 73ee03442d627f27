using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pdf;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Validation;

/// <summary>
/// The only way out to ask others about certificates, at the places that the certificates name. Within strict limits: http, no redirects, no
/// proxy, public addresses or hosts that are configured, bounded in size and time. Nothing of what comes back is checked here.
/// </summary>
internal sealed partial class StatusDoor : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly ValidationOptions options;
    private readonly ILogger<StatusDoor> log;
    private readonly HttpClient client;

    public StatusDoor(IOptions<ValidationOptions> options, ILogger<StatusDoor> log)
    {
        (this.options, this.log) = (options.Value, log);
        // Handed to the client, which disposes it.
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>How long one place has to answer, to the last byte.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(options.AskTimeoutSeconds);

    /// <summary>Asks at one place after the other, responders first, until one gives what is wanted.</summary>
    /// <param name="certificate">Whose status; of a trusted chain, because others must not lead us to call anybody.</param>
    /// <param name="issuer">Who issued it.</param>
    /// <param name="maxListBytes">What a list may have.</param>
    /// <param name="wanted">Whether one answer or list will do.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The answer or list; null when no place gives such a one.</returns>
    public async Task<ValidationData?> FindAsync(X509Certificate2 certificate, X509Certificate2 issuer, int maxListBytes,
        Func<ValidationData, bool> wanted, CancellationToken ct)
    {
        foreach (var place in StatusPlaces.Responders(certificate))
        {
            using var question = new ByteArrayContent(StatusPlaces.Question(certificate, issuer));
            question.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
            using var request = new HttpRequestMessage(HttpMethod.Post, place) { Content = question };
            if (await SendAsync(request, MaxAnswerBytes, ct) is { } answer && new ValidationData([], [answer], []) is var data && wanted(data))
                return data;
        }

        foreach (var place in StatusPlaces.Lists(certificate))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, place);
            if (await SendAsync(request, maxListBytes, ct) is { } list && new ValidationData([], [], [list]) is var data && wanted(data))
                return data;
        }

        return null;
    }

    private async Task<byte[]?> SendAsync(HttpRequestMessage request, int maxBytes, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                // Whatever it says about its length: no more than this is read.
                await answer.Content.LoadIntoBufferAsync(maxBytes, limit.Token);
                return await answer.Content.ReadAsByteArrayAsync(limit.Token);
            }

            NoAnswer(log, request.RequestUri?.Host ?? "", (int)answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            NotReached(log, e, request.RequestUri?.Host ?? "");
        }

        return null;
    }

    // The address that was looked at is the one that is called: a name that answers twice differently gains nothing.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var known = options.PrivateHosts.Any(h => h.Equals(host, StringComparison.OrdinalIgnoreCase)
            || h.Equals($"{host}:{port}", StringComparison.OrdinalIgnoreCase));
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        var address = Array.Find(addresses, a => known || PublicAddresses.IsPublic(a)) ?? throw new HttpRequestException("The host has no public address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => client.Dispose();

    [LoggerMessage(5124, LogLevel.Information, "{Host} was asked about a certificate and answered {Status}")]
    private static partial void NoAnswer(ILogger log, string host, int status);

    [LoggerMessage(5125, LogLevel.Information, "{Host} was to be asked about a certificate and was not reached in time")]
    private static partial void NotReached(ILogger log, Exception exception, string host);
}
