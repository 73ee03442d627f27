using HaLong.Identity.Codes;
using HaLong.Identity.Limits;
using HaLong.Notifications.V1;
using HaLong.ServiceDefaults;
using MassTransit;

namespace HaLong.Identity;

/// <summary>Accounts from the first visit to the last: registration, codes, passwords, profile, organisations, counter.</summary>
internal static class AccountsArea
{
    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<CodeOptions>(CodeOptions.Section);
        builder.AddOptions<LimitOptions>(LimitOptions.Section);
        builder.AddGrpcClient<DirectMessages.DirectMessagesClient>("notification");
        builder.Services.AddSingleton<RedisLimits>().AddSingleton<LocalLimits>().AddSingleton<Limiter>().AddSingleton<ClientAddress>();
        builder.Services.AddScoped<CodeQuota>().AddScoped<OneTimeCodes>().AddScoped<DirectNotices>();
        builder.Services.AddHostedService<CodeCleanup>();
    }

    public static void AddAccountConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<DeliverOneTimeCode>();
        bus.AddConsumer<DeliverDirectNotice>();
    }
}
