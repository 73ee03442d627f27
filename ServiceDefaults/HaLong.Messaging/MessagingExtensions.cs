using System.Reflection;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace HaLong.Messaging;

/// <summary>Bus conventions: one quorum queue per consumer, named service-consumer; retry outside the inbox; outbox instead of publish.</summary>
public static class MessagingExtensions
{
    /// <summary>Adds the bus (connection string <c>broker</c>), the outbox dispatcher and the inbox of a service.</summary>
    /// <typeparam name="TContext">Unit of work that holds the messaging tables.</typeparam>
    /// <param name="builder">The host.</param>
    /// <param name="service">Prefix of the queues: without it two services with a consumer of one name would share a queue.</param>
    /// <param name="contracts">Assemblies with the message types this service publishes.</param>
    /// <param name="consumers">Adds the consumers.</param>
    public static IHostApplicationBuilder AddMessaging<TContext>(
        this IHostApplicationBuilder builder, string service, IEnumerable<Assembly> contracts, Action<IBusRegistrationConfigurator> consumers)
        where TContext : DbContext
    {
        builder.AddOptions<OutboxOptions>(OutboxOptions.Section);
        builder.Services.AddSingleton(new MessageTypes(contracts));
        builder.Services.AddSingleton<OutboxMetrics>();

        // First, because the general handler answers everything.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IExceptionHandler, DatabaseExceptionHandler>());
        builder.Services.AddScoped(s => new UnitOfWork(s.GetRequiredService<TContext>()));
        builder.Services.AddSingleton<IStartupFilter, BodyBuffering>();

        // A service starts and serves while the broker is down. Nothing is lost by that: the dispatcher waits for a healthy bus, that is,
        // for its connection and all queues of the service.
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(o =>
        {
            o.WaitUntilStarted = false;
            o.StopTimeout = TimeSpan.FromSeconds(5);
        });
        builder.Services.AddSingleton<BusHealth>();
        builder.Services.AddSingleton<EndpointNames>();
        builder.Services.AddHealthChecks().AddCheck<BusHealth>("bus");
        builder.Services.AddMassTransit(bus =>
        {
            // A city's platform reports to nobody outside.
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(service, includeNamespace: false));
            bus.ConfigureHealthCheckOptions(o => o.MinimalFailureStatus = HealthStatus.Degraded);
            consumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(context.GetRequiredService<IConfiguration>().GetConnectionString("broker") is { Length: > 0 } broker
                    ? broker
                    : throw new InvalidOperationException("ConnectionStrings:broker is missing.")));
                context.GetRequiredService<MessageTypes>().MakeDurable(rabbit.PublishTopology);
                rabbit.ConfigureEndpoints(context);
            });
            bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
            {
                context.GetRequiredService<EndpointNames>().Add(name);
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue();
                    rabbit.PrefetchCount = 16;
                }

                // Outside the inbox: each attempt has a scope and a transaction of its own.
                var outages = new Outages(context.GetRequiredService<IHostApplicationLifetime>());
                endpoint.UseMessageRetry(outages.WaitOut);
                endpoint.UseMessageRetry(r =>
                {
                    r.Ignore<Exception>(outages.Excuse);
                    r.Intervals(100, 500, 2000, 5000);
                });
                endpoint.UseConsumeFilter(typeof(InboxFilter<>), context);
            });
        });
        builder.AddEvidence(service);
        builder.Services.AddHostedService<OutboxDispatcher<TContext>>();
        builder.Services.AddHostedService<Housekeeper<TContext>>();
        return builder;
    }
}
