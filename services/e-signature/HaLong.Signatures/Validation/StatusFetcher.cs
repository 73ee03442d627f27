using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pdf;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Validation;

/// <summary>
/// Asks issuers on the list of trusted roots about their certificates, when that is switched on and the file does not say: responder first, then
/// list. Within strict limits: http, no redirects, public addresses, 1 MB, a few seconds. What comes back is checked like what a file holds.
/// </summary>
internal sealed partial class StatusFetcher : IDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;
    private const int MaxCertificates = 8;

    private readonly ValidationOptions options;
    private readonly ILogger<StatusFetcher> log;
    private readonly HttpClient client;

    public StatusFetcher(IOptions<ValidationOptions> options, ILogger<StatusFetcher> log)
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
        { Timeout = TimeSpan.FromSeconds(this.options.AskTimeoutSeconds), MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>Off by default.</summary>
    public bool IsOn => options.AskIssuers;

    /// <param name="unknown">Certificates (DER) of trusted chains whose status nobody knows, each with its issuer.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What was to be had; nothing of it is checked yet.</returns>
    public async Task<ValidationData> FetchAsync(IEnumerable<(byte[] Certificate, byte[] Issuer)> unknown, CancellationToken ct)
    {
        // Several places of one certificate do not add up to more than twice the patience.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(2 * client.Timeout);
        var found = await Task.WhenAll(unknown.DistinctBy(u => Convert.ToHexString(u.Certificate)).Take(MaxCertificates)
            .Select(u => FetchAsync(u.Certificate, u.Issuer, limit.Token)));
        ct.ThrowIfCancellationRequested();
        return new ValidationData([], [.. found.Select(f => f.Answer).OfType<byte[]>()], [.. found.Select(f => f.List).OfType<byte[]>()]);
    }

    private async Task<(byte[]? Answer, byte[]? List)> FetchAsync(byte[] der, byte[] issuerDer, CancellationToken ct)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        using var issuer = X509CertificateLoader.LoadCertificate(issuerDer);
        foreach (var place in StatusPlaces.Responders(certificate))
        {
            using var question = new ByteArrayContent(StatusPlaces.Question(certificate, issuer));
            question.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
            using var request = new HttpRequestMessage(HttpMethod.Post, place) { Content = question };
            if (await SendAsync(request, ct) is { } answer)
                return (answer, null);
        }

        foreach (var place in StatusPlaces.Lists(certificate))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, place);
            if (await SendAsync(request, ct) is { } list)
                return (null, list);
        }

        return (null, null);
    }

    private async Task<byte[]?> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            // Read to the end within the limits of time and size, whatever it says about its length.
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
            if (answer.StatusCode == HttpStatusCode.OK)
                return await answer.Content.ReadAsByteArrayAsync(ct);
            NoAnswer(log, request.RequestUri?.Host ?? "", (int)answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
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
