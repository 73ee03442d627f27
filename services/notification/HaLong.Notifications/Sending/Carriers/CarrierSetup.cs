using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Sending.Zalo;
using HaLong.Notifications.Workers;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Sending.Carriers;

/// <summary>The table of contents of SMS and Zalo. The order is that of preference, until it is known who is slow.</summary>
internal static class CarrierSetup
{
    public static void AddCarriers(this WebApplicationBuilder builder)
    {
        builder.AddOptions<SmsOptions>(SmsOptions.Section);
        builder.AddOptions<SmsSoapOptions>(SmsSoapOptions.Section);
        builder.AddOptions<ZaloOptions>(ZaloOptions.Section);
        CarrierHttp.Add(builder.Services);
        builder.Services.AddSingleton<CarrierMetrics>();
        builder.Services.AddSingleton<IMessageProvider, SmsProvider>();
        builder.Services.AddSingleton<SmsSoapProvider>().AddSingleton<IMessageProvider>(services => services.GetRequiredService<SmsSoapProvider>());
        builder.Services.AddSingleton<ZaloVault>().AddSingleton<ZaloClient>().AddSingleton<ZaloTokens>().AddSingleton<ZaloTemplates>();
        builder.Services.AddSingleton<IMessageProvider, ZaloProvider>();
        builder.Services.AddScoped<ReceiptDesk>().AddScoped<SmsHook>().AddScoped<ZaloHook>();
        builder.Services.AddHostedService<ReceiptPoller>().AddHostedService<ZaloTokenKeeper>();
    }

    public static void MapCarriers(this IEndpointRouteBuilder app)
    {
        SmsHook.Map(app);
        ZaloHook.Map(app);
    }
}
