using HaLong.Identity.Codes;
using HaLong.Identity.Limits;
using HaLong.Identity.Passwords;
using HaLong.Identity.Profile;
using HaLong.Identity.Registration;
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
        builder.Services.AddScoped<CodeQuota>().AddScoped<OneTimeCodes>().AddScoped<AccountCodes>().AddScoped<DirectNotices>();
        builder.Services.AddHostedService<CodeCleanup>();
        builder.AddOptions<PasswordOptions>(PasswordOptions.Section);
        builder.Services.AddSingleton<BreachedPasswords>().AddSingleton<PasswordRules>().AddScoped<AccountPasswords>().AddScoped<PasswordResets>();
        builder.Services.AddSingleton<RegistrationDrafts>().AddScoped<RegistrationDesk>().AddScoped<NewCitizens>();
        builder.Services.AddScoped<RegisterPage>().AddScoped<ForgotPage>();
        builder.Services.AddProfile();
    }

    public static void AddAccountConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<DeliverOneTimeCode>();
        bus.AddConsumer<DeliverDirectNotice>();
        bus.AddConsumer<WarnOwner>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapRegistration();
        app.MapPasswords();
        app.MapAccountPages();
        app.MapProfile();
    }
}
