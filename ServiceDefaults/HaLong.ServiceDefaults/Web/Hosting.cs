using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace HaLong.ServiceDefaults;

/// <summary>
/// Ports: HTTP/1.1 where ASPNETCORE_URLS says, gRPC (HTTP/2 without TLS, which needs a port of its own) where GRPC_PORT says.
/// TLS ends at the edge.
/// </summary>
internal static class Hosting
{
    public static void ConfigurePorts(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (builder.Configuration.GetValue<int?>("GRPC_PORT") is not { } grpcPort)
        {
            return;
        }

        // Listening in code replaces ASPNETCORE_URLS, so its addresses are listened on here too.
        var urls = builder.Configuration["URLS"] ?? "http://+:" + (builder.Configuration["HTTP_PORTS"] ?? "8080");
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse).ToList();
        builder.WebHost.UseUrls("");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var address in addresses)
            {
                Listen(kestrel, address.Host, address.Port, HttpProtocols.Http1);
            }

            Listen(kestrel, addresses[0].Host, grpcPort, HttpProtocols.Http2);
        });
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, HttpProtocols protocols)
    {
        if (IPAddress.TryParse(host, out var ip))
        {
            kestrel.Listen(ip, port, o => o.Protocols = protocols);
        }
        else if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(port, o => o.Protocols = protocols);
        }
        else
        {
            kestrel.ListenAnyIP(port, o => o.Protocols = protocols);
        }
    }
}
