using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Keeps webhooks away from our own network: when a subscription is made, and again at every connection.</summary>
internal sealed class AddressGuard(IOptions<WebhookOptions> options)
{
    private const int LongestUrl = 2000;
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(3);

    private static readonly int[] UsualPorts = [443, 8443];

    /// <summary>Turns a name into addresses; tests answer for the name servers.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Why an address may not be subscribed, or null.</summary>
    public async Task<Error?> CheckAsync(string? url, CancellationToken ct)
    {
        if (url is null or { Length: > LongestUrl } || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return NotUsable("Cần một URL tuyệt đối, tối đa 2000 ký tự.", "An absolute URL of at most 2000 characters is needed.");
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            return NotUsable("URL không được chứa tài khoản hoặc phần #.", "The URL must not hold a user name or a fragment.");
        if (options.Value.AllowPrivateNetworks)
        {
            return uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp
                ? null
                : NotUsable("Chỉ chấp nhận http hoặc https.", "Only http and https are accepted.");
        }

        if (uri.Scheme != Uri.UriSchemeHttps)
            return NotUsable("Chỉ chấp nhận https.", "Only https is accepted.");
        if (!(options.Value.AllowedPorts ?? UsualPorts).Contains(uri.Port))
            return NotUsable("Cổng này không được phép.", "This port is not allowed.");

        try
        {
            var addresses = await ResolveAsync(uri.IdnHost, ct);
            return addresses.All(PublicAddress.Is)
                ? null
                : NotificationErrors.AddressNotPublic.WithField("url", "Tên miền trỏ tới địa chỉ nội bộ.", "The host name leads to an address that is not public.");
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return NotUsable("Không phân giải được tên miền.", "The host name cannot be resolved.");
        }
    }

    /// <summary>
    /// How strangers' addresses are called: each connection is guarded; no redirect is followed, no proxy and no cookie used, no more read of an
    /// answer than its head.
    /// </summary>
    public SocketsHttpHandler Handler(TimeSpan timeout) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = timeout,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(200),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Connects, but only to a public address; the name is resolved here so that what was checked is what is used.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        context.InitialRequestMessage.Options.TryGetValue(ConnectTimings.Key, out var timings);
        var started = Stopwatch.GetTimestamp();
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, ct);
        timings?.Dns = Stopwatch.GetElapsedTime(started);
        if (!options.Value.AllowPrivateNetworks && !addresses.All(PublicAddress.Is))
            throw new AddressRefusedException("The receiver's name leads to an address that is not public.");

        started = Stopwatch.GetTimestamp();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            timings?.Connect = Stopwatch.GetElapsedTime(started);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
            return [literal];
        var addresses = await Resolve(host, ct).WaitAsync(ResolveTimeout, ct);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    private static Error NotUsable(string vi, string en) => NotificationErrors.UrlNotUsable.WithField("url", vi, en);
}

/// <summary>A webhook was about to reach into a network that is not the partner's.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
