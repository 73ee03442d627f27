using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.V1;
using HaLong.Messaging;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Catalogue;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Direct;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Features.MailReports;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Features.PushSubscriptions;
using HaLong.Notifications.Features.Sending;
using HaLong.Notifications.Features.Subscriptions;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Sending.Mail;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Templates.Administration;
using HaLong.Notifications.Webhooks;
using HaLong.Notifications.Workers;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications;

/// <summary>The table of contents of this service.</summary>
internal static class NotificationService
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("notification");
        builder.AddDatabase<NotificationDbContext>("notification-db");
        builder.AddMessaging<NotificationDbContext>(
            "notification", [typeof(MessageDelivered).Assembly, typeof(NotifyOwner).Assembly, typeof(PersonalDataRead).Assembly], AddConsumers);
        builder.AddGrpcClient<Accounts.AccountsClient>("identity");
        builder.AddGrpcClient<StaffAssignments.StaffAssignmentsClient>("identity");
        builder.Services.AddOptions<PlatformOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<NotificationMetrics>();
        builder.Services.AddSingleton<Signals>();
        builder.Services.AddHostedService<DatabaseListener>();
        builder.Services.AddHostedService<BacklogSampler>();
        AddMessages(builder);
        AddEvents(builder);
        AddWebhooks(builder);
        AddSending(builder);
        AddRules(builder);
        builder.Services.AddSingleton<PublicDocuments>();
        builder.AddAmqp();
    }

    public static void MapNotifications(this WebApplication app)
    {
        app.MapServiceDefaults();

        var messages = app.MapGroup("/api/v1/me/messages").WithTags("Messages").RequireAuthorization(Policies.SignedIn);
        messages.MapListMessages();
        messages.MapReadMessage();
        MapRules(app, messages);

        var subscriptions = app.MapGroup("/api/v1/subscriptions").WithTags("Subscriptions").RequireAuthorization(Policies.Partner);
        subscriptions.MapCreateSubscription();
        subscriptions.MapGetSubscriptions();
        subscriptions.MapChangeSubscription();
        subscriptions.MapDeleteSubscription();
        subscriptions.MapListDeliveries();
        MapWebhooks(app, subscriptions);

        MapPush(app);
        ReceiveMailReport.Map(app);
        app.MapGroup("/api/v1/events").WithTags("Events").RequireAuthorization(Policies.Partner).MapReadEvents();
        app.MapCatalogue();
        app.MapAmqp();
        app.MapSendingAdministration();
        app.MapGrpcService<DirectMessagesGrpc>().RequireAuthorization(Policies.Internal);
        app.MapNoticeTemplates();
        app.MapCarriers();
        app.MapEvidence();
    }

    private static void MapPush(WebApplication app)
    {
        app.MapGetPushKey();
        var devices = app.MapGroup("/api/v1/me/push-subscriptions").WithTags("Push").RequireAuthorization(Policies.SignedIn);
        devices.MapCreatePushSubscription();
        devices.MapListPushSubscriptions();
        devices.MapDeletePushSubscription();
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<NotifyDossierSubmitted>();
        bus.AddConsumer<NotifyPaymentRequested>();
        bus.AddConsumer<NotifyPaymentSettled>();
        bus.AddConsumer<NotifyPaymentWaived>();
        bus.AddConsumer<NotifyMoneyCase>();
        bus.AddConsumer<NotifyDossierAccepted>();
        bus.AddConsumer<NotifyDossierDeadlineChanged>();
        bus.AddConsumer<NotifyDossierResultReady>();
        bus.AddConsumer<NotifyDossierReturned>();
        bus.AddConsumer<NotifyDossierProgress>();
        bus.AddConsumer<NotifyDraftExpiring>();
        bus.AddConsumer<NotifyWaitWarned>();
        bus.AddConsumer<NotifyReportReady>();
        bus.AddConsumer<NotifySigning>();
        bus.AddConsumer<NotifyCredential>();
        bus.AddConsumer<NotifyOwnerLater>();
        bus.AddConsumer<NotifyStaffLater>();
        bus.AddConsumer<NotifyAccountSecurity>();
        bus.AddConsumer<NotifyContactPoints>();
        bus.AddConsumer<ForgetContact>();
        bus.AddConsumer<ForgetPushDevices>();
        bus.AddConsumer<LogPublicEvent>();
        bus.AddConsumer<TrackDemands>();
        bus.AddConsumer<TellOptOut>();
        bus.AddConsumer<MailPartner>();
    }

    private static void AddMessages(WebApplicationBuilder builder)
    {
        builder.AddOptions<NoticeOptions>(NoticeOptions.Section);
        AddTemplates(builder);
        builder.Services.AddSingleton<ContactBook>();
        builder.Services.AddSingleton<StaffBook>();
        builder.Services.AddScoped<OwnerNotifier>().AddScoped<StaffNotifier>();
    }

    private static void AddTemplates(WebApplicationBuilder builder)
    {
        builder.AddOptions<TemplateOptions>(TemplateOptions.Section);
        builder.Services.AddSingleton<TemplateMetrics>();
        builder.Services.AddSingleton<PublishedTemplates>();
        builder.Services.AddSingleton(s =>
            TemplateCatalog.Load(s.GetRequiredService<PublishedTemplates>(), s.GetRequiredService<IOptions<TemplateOptions>>().Value.ZaloIds));
        builder.Services.AddHostedService<TemplateWarmUp>();
        builder.Services.AddSingleton<TemplateSeeder>().AddHostedService(s => s.GetRequiredService<TemplateSeeder>());
        builder.Services.AddScoped<TemplateDesk>();
    }

    private static void AddRules(WebApplicationBuilder builder)
    {
        builder.AddOptions<RuleOptions>(RuleOptions.Section);
        builder.AddGrpcClient<Authorisation.AuthorisationClient>("identity");
        builder.Services.AddSingleton<Authoriser>();
        builder.Services.AddSingleton<RuleMetrics>();
        builder.Services.AddSingleton<InboxStreams>();
        builder.Services.AddSingleton<TelephoneLimit>();
        builder.Services.AddSingleton<OptOutLinks>();
        builder.Services.AddScoped<PushDevices>().AddScoped<MessagePlanner>().AddScoped<ConditionBook>().AddScoped<ContactProblems>();
        builder.Services.AddScoped<SendGate>().AddScoped<Fallbacks>().AddScoped<OverdueReceipts>().AddScoped<NoticeSchedule>().AddScoped<DigestGatherer>();
        builder.Services.AddScoped<RuleHousekeeping>().AddScoped<NoticeAccess>().AddScoped<NoticeReads>();
        builder.Services.AddHostedService<RuleWorker>();
    }

    private static void MapRules(WebApplication app, RouteGroupBuilder messages)
    {
        messages.MapReadMessages();
        app.MapGroup("/api/v1/me").WithTags("Messages").MapStreamMessages();
        app.MapGroup("/api/v1/dossiers").WithTags("Messages").MapListNotices();
        app.MapGroup("/api/v1/notices/unsubscribe").WithTags("Messages").MapUnsubscribe();
        var problems = app.MapGroup("/api/v1/admin/contact-problems").WithTags("Contact problems").RequireAuthorization(Policies.Staff);
        problems.MapListContactProblems();
        problems.MapResolveContactProblem();
    }

    private static void AddSending(WebApplicationBuilder builder)
    {
        AddEngine(builder);
        builder.Services.AddScoped<AddressBook>();
        builder.AddCarriers();
        AddMail(builder);
        AddPush(builder);
    }

    private static void AddEngine(WebApplicationBuilder builder)
    {
        builder.AddOptions<SendingOptions>(SendingOptions.Section);
        builder.Services.AddSingleton<SendingMetrics>();
        builder.Services.AddSingleton<ProviderRouter>();
        builder.Services.AddSingleton<MessageQueue>();
        builder.Services.AddScoped<MessageSender>().AddScoped<MessageAttempts>().AddScoped<LostAttempts>().AddScoped<SendOutcomes>().AddScoped<Receipts>();
        builder.Services.AddScoped<DeadLetters>();
        builder.Services.AddSingleton<DirectSendLog>().AddSingleton<DirectSender>();
        builder.Services.AddHostedService<SendWorker>().AddHostedService<StrayReceipts>().AddHostedService<SendingKeeper>().AddHostedService<ProviderRounds>();
    }

    private static void AddMail(WebApplicationBuilder builder)
    {
        builder.AddOptions<SmtpOptions>(SmtpOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsCheck>();
        builder.Services.AddSingleton<MailComposer>().AddSingleton<MailMetrics>().AddScoped<ReceiveMailReport>();
        // Each server is a provider, so that the router can turn from one to the next.
        var others = builder.Configuration.GetSection(SmtpOptions.Section + ":" + nameof(SmtpOptions.Others)).GetChildren().Count();
        for (var place = 0; place <= others; place++)
        {
            var at = place;
            builder.Services.AddSingleton<IMessageProvider>(services => ActivatorUtilities.CreateInstance<SmtpProvider>(
                services, SmtpProvider.NameOf(at), services.GetRequiredService<IOptions<SmtpOptions>>().Value.Servers[at]));
        }
    }

    private static void AddPush(WebApplicationBuilder builder)
    {
        builder.AddOptions<PushOptions>(PushOptions.Section);
        builder.Services.AddSingleton<VapidTokens>().AddScoped<PushDevices>();
        builder.Services.AddSingleton<IMessageProvider, WebPushProvider>();
    }

    private static void AddEvents(WebApplicationBuilder builder)
    {
        builder.AddOptions<WebhookOptions>(WebhookOptions.Section);
        builder.Services.AddSingleton<SecretVault>();
        builder.Services.AddSingleton<AddressGuard>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<DeliveryQueue>();
        builder.Services.AddSingleton<EventRelease>();
        builder.Services.AddHostedService<EventReleaser>();
        builder.Services.AddHostedService<DeliveryWorker>();
        builder.Services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsCheck>();
    }

    private static void AddWebhooks(WebApplicationBuilder builder)
    {
        builder.AddGrpcClient<PartnerClients.PartnerClientsClient>("identity");
        builder.Services.AddSingleton<WebhookMetrics>().AddSingleton<DeliveryLanes>().AddSingleton<PartnerStanding>();
        builder.Services.AddSingleton<ProbeQueue>().AddSingleton<ProbeSender>().AddSingleton<Retention>();
        builder.Services.AddScoped<SubscriptionStates>().AddScoped<ReplayEvents>();
        builder.Services.AddHostedService<ProbeWorker>().AddHostedService<RetentionWorker>().AddHostedService<SubscriptionSampler>();
    }

    private static void MapWebhooks(WebApplication app, RouteGroupBuilder subscriptions)
    {
        subscriptions.MapSecretKeys();
        subscriptions.MapProveAddress();
        subscriptions.MapReplayEvents();
        subscriptions.MapSendTestEvent();
        subscriptions.MapShowMetrics();
        subscriptions.MapShowHistory();
        subscriptions.MapShowDelivery();
        app.MapGroup("/api/v1/subscription-confirmations").WithTags("Subscriptions").AllowAnonymous().MapConfirmAddress();
    }
}
