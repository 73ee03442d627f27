using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.ServiceDefaults;

/// <summary>gRPC clients of neighbouring services.</summary>
public static class GrpcClients
{
    /// <summary>Largest message: a document of 50 MiB and its envelope.</summary>
    public const int MaxMessageBytes = 52 * 1024 * 1024;

    /// <summary>
    /// Adds a client of a neighbour: found by service discovery (<c>http://_grpc.name</c>), with a deadline of 5 s unless the call sets one,
    /// the caller's token or this service's own, and errors as <see cref="ErrorException"/>.
    /// </summary>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IHostApplicationBuilder builder, string service)
        where TClient : class
    {
        var client = builder.Services.AddGrpcClient<TClient>(o => o.Address = new Uri("http://_grpc." + service));

        // Only UNAVAILABLE is repeated: the call did not reach a healthy server. Every method of ours is safe to repeat.
        return client
            .ConfigureChannel(o =>
            {
                o.MaxReceiveMessageSize = MaxMessageBytes;
                o.MaxSendMessageSize = MaxMessageBytes;
                o.ServiceConfig = new ServiceConfig
                {
                    MethodConfigs =
                    {
                        new MethodConfig
                        {
                            Names = { MethodName.Default },
                            RetryPolicy = new RetryPolicy
                            {
                                MaxAttempts = 3,
                                InitialBackoff = TimeSpan.FromMilliseconds(50),
                                MaxBackoff = TimeSpan.FromMilliseconds(500),
                                BackoffMultiplier = 3,
                                RetryableStatusCodes = { Grpc.Core.StatusCode.Unavailable },
                            },
                        },
                    },
                };
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
                ConnectTimeout = TimeSpan.FromSeconds(2),
            })
            .EnableCallContextPropagation(o => o.SuppressContextNotFoundErrors = true)
            .AddInterceptor<ClientErrorInterceptor>()
            .AddHttpMessageHandler<TokenHandler>()
            .AddServiceDiscovery();
    }
}
