using HaLong.PartnerLab.Bank;
using HaLong.PartnerLab.Dials;
using HaLong.PartnerLab.Mail;
using HaLong.PartnerLab.PaymentPlatform;
using HaLong.PartnerLab.Signing;
using HaLong.PartnerLab.Sms;
using HaLong.PartnerLab.Vneid;
using HaLong.PartnerLab.Webhooks;
using HaLong.ServiceDefaults;

namespace HaLong.PartnerLab;

/// <summary>The table of contents: what the outside world is made of here.</summary>
internal static class PartnerLabService
{
    public static void AddPartnerLab(this WebApplicationBuilder builder)
    {
        builder.AddBasicDefaults("partner-lab");
        builder.Services.ConfigureHttpJsonOptions(o => Extensions.ConfigureJson(o.SerializerOptions));
        builder.Services.AddSingleton<DialBoard>();

        builder.AddOptions<BankOptions>(BankOptions.Section);
        builder.Services.AddHttpClient(BankNotifier.Client);
        builder.Services.AddSingleton<BankBook>();
        builder.Services.AddHostedService<BankNotifier>().AddHostedService<StatementSender>();

        builder.AddOptions<PaymentPlatformOptions>(PaymentPlatformOptions.Section);
        builder.Services.AddHttpClient(Confirmer.Client);
        builder.Services.AddSingleton<OrderBook>().AddSingleton<Confirmer>();

        builder.AddOptions<SmtpOptions>(SmtpOptions.Section);
        builder.Services.AddSingleton<MailStore>();
        builder.Services.AddSingleton<SmtpSink>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SmtpSink>());

        builder.AddOptions<VneidOptions>(VneidOptions.Section);
        builder.Services.AddSingleton<People>().AddSingleton<Grants>().AddSingleton<IdTokens>();

        builder.AddOptions<SigningOptions>(SigningOptions.Section);
        builder.Services.AddHttpClient(SmartCaTeller.Client);
        builder.Services.AddSingleton<SigningPeople>().AddSingleton<CscStore>().AddSingleton<CscEndpoints>();
        builder.Services.AddSingleton<SmartCaBook>().AddSingleton<SmartCaAnswers>().AddSingleton<SmartCaTeller>().AddSingleton<SmartCaEndpoints>();

        builder.AddOptions<SmsOptions>(SmsOptions.Section);
        builder.Services.AddSingleton<SmsStore>();

        builder.Services.AddSingleton<WebhookCatcher>();
        builder.Services.AddSingleton<WebhookSecrets>();
    }

    public static void MapPartnerLab(this WebApplication app)
    {
        app.UseBasicDefaults();
        app.MapHealth();
        app.MapDials();
        app.MapBank();
        app.MapPaymentPlatform();
        app.MapMail();
        app.MapSms();
        app.MapVneid();
        CscEndpoints.Map(app);
        SmartCaEndpoints.Map(app);
        app.MapWebhookCatcher();
    }
}
