using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Shows the portal at the city's address, as the gateway does, so that cookies and forms have the one origin they have in real life. The portal listens on a
/// real port from the first request on.</summary>
internal sealed class Front(WebApplicationFactory<Program> portal) : IDisposable
{
    private static readonly ForwarderRequestConfig Config = new() { Version = System.Net.HttpVersion.Version11, ActivityTimeout = TimeSpan.FromSeconds(60) };
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
    private readonly Lazy<string> _address = new(() =>
    {
        portal.UseKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        portal.StartServer();
        return portal.ClientOptions.BaseAddress.ToString();
    });

    public async Task ShowAsync(HttpContext http) =>
        await http.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(http, _address.Value, _client, Config);

    public void Dispose() => _client.Dispose();
}
