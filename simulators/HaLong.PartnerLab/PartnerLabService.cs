using HaLong.PartnerLab.Bank;
using HaLong.PartnerLab.Dials;
using HaLong.PartnerLab.Mail;
using HaLong.PartnerLab.NationalPortal;
using HaLong.PartnerLab.PaymentPlatform;
using HaLong.PartnerLab.Push;
using HaLong.PartnerLab.Signing;
using HaLong.PartnerLab.Sms;
using HaLong.PartnerLab.SmsSoap;
using HaLong.PartnerLab.Vneid;
using HaLong.PartnerLab.Webhooks;
using HaLong.PartnerLab.Zalo;
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
        builder.Services.AddHttpClient(MailReporter.Client);
        builder.Services.AddSingleton<MailStore>().AddSingleton<MailReporter>().AddSingleton<LabCertificate>();
        builder.Services.AddSingleton<SmtpSink>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SmtpSink>());

        builder.AddOptions<VneidOptions>(VneidOptions.Section);
        builder.Services.AddSingleton<People>().AddSingleton<Grants>().AddSingleton<IdTokens>();

        builder.AddOptions<SigningOptions>(SigningOptions.Section);
        builder.Services.AddHttpClient(SmartCaTeller.Client);
        builder.Services.AddSingleton<SigningPeople>().AddSingleton<CscStore>().AddSingleton<CscEndpoints>();
        builder.Services.AddSingleton<SmartCaBook>().AddSingleton<SmartCaAnswers>().AddSingleton<SmartCaTeller>().AddSingleton<SmartCaEndpoints>();

        AddCarriers(builder);

        builder.AddOptions<NationalPortalOptions>(NationalPortalOptions.Section);
        builder.Services.AddSingleton<PortalRegister>().AddSingleton<PortalShelf>().AddSingleton<PortalFaults>().AddSingleton<MessageEndpoints>();

        builder.Services.AddSingleton<PushStore>();

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
        NationalPortalEndpoints.Map(app);
        app.MapMail();
        app.MapSms();
        SmsSoapEndpoints.Map(app);
        ZaloEndpoints.Map(app);
        app.MapPush();
        app.MapVneid();
        CscEndpoints.Map(app);
        SmartCaEndpoints.Map(app);
        app.MapWebhookCatcher();
    }

    private static void AddCarriers(WebApplicationBuilder builder)
    {
        builder.AddOptions<SmsOptions>(SmsOptions.Section);
        builder.AddOptions<SmsSoapOptions>(SmsSoapOptions.Section);
        builder.AddOptions<ZaloOptions>(ZaloOptions.Section);
        builder.Services.AddHttpClient(SmsTeller.Client);
        builder.Services.AddHttpClient(ZaloTeller.Client);
        builder.Services.AddSingleton<SmsStore>().AddSingleton<SmsBook>().AddSingleton<SmsNetwork>().AddSingleton<SmsTeller>();
        builder.Services.AddSingleton<SmsSoapEndpoints>();
        builder.Services.AddSingleton<ZaloBook>().AddSingleton<ZaloTeller>().AddSingleton<ZaloEndpoints>();
    }
}
