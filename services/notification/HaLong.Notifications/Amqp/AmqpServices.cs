using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Amqp;

/// <summary>The parts of direct access to the broker.</summary>
internal static class AmqpServices
{
    public static void AddAmqp(this WebApplicationBuilder builder)
    {
        builder.AddOptions<AmqpOptions>(AmqpOptions.Section);
        builder.AddOptions<BrokerManagementOptions>(BrokerManagementOptions.Section);
        builder.Services.AddSingleton<BrokerAddress>();
        builder.Services.AddHttpClient(BrokerUsers.ClientName, (services, http) =>
        {
            var management = services.GetRequiredService<IOptions<BrokerManagementOptions>>().Value;
            http.BaseAddress = new Uri($"{management.Url?.TrimEnd('/')}/api/");
            http.Timeout = management.Timeout;
            http.DefaultRequestHeaders.Authorization = services.GetRequiredService<BrokerAddress>().Authorization(management);
        });
        builder.Services.AddSingleton<BrokerUsers>();
        builder.Services.AddSingleton<PartnerPasswords>();
        builder.Services.AddScoped<AmqpAccesses>();
        builder.Services.AddSingleton<AmqpMetrics>();
        builder.Services.AddSingleton<ReleasedEvents>();
        builder.Services.AddHostedService<AmqpPublisher>();
        builder.Services.AddHostedService<AmqpSampler>();
        builder.Services.AddSingleton<AmqpReconciler>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AmqpReconciler>());
    }

    public static void MapAmqp(this WebApplication app)
    {
        var access = app.MapGroup("/api/v1/amqp-access").WithTags("AMQP").RequireAuthorization(Policies.Partner);
        access.MapGrantAmqpAccess();
        access.MapGetAmqpAccess();
        access.MapEndAmqpAccess();
    }
}
