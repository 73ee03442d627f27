using HaLong.Identity.V1;
using HaLong.Messaging;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Direct;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Features.Subscriptions;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Templates;
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
            "notification", [typeof(MessageDelivered).Assembly, typeof(NotifyOwner).Assembly], AddConsumers);
        builder.AddGrpcClient<Accounts.AccountsClient>("identity");
        builder.AddGrpcClient<StaffAssignments.StaffAssignmentsClient>("identity");
        builder.Services.AddOptions<PlatformOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<NotificationMetrics>();
        builder.Services.AddSingleton<Signals>();
        builder.Services.AddHostedService<DatabaseListener>();
        builder.Services.AddHostedService<BacklogSampler>();
        AddMessages(builder);
        AddEvents(builder);
        AddDirect(builder);
    }

    public static void MapNotifications(this WebApplication app)
    {
        app.MapServiceDefaults();

        var messages = app.MapGroup("/api/v1/me/messages").WithTags("Messages").RequireAuthorization(Policies.SignedIn);
        messages.MapListMessages();
        messages.MapReadMessage();

        var subscriptions = app.MapGroup("/api/v1/subscriptions").WithTags("Subscriptions").RequireAuthorization(Policies.Partner);
        subscriptions.MapCreateSubscription();
        subscriptions.MapGetSubscriptions();
        subscriptions.MapChangeSubscription();
        subscriptions.MapDeleteSubscription();
        subscriptions.MapListDeliveries();

        app.MapGroup("/api/v1/events").WithTags("Events").RequireAuthorization(Policies.Partner).MapReadEvents();
        app.MapGrpcService<DirectMessagesGrpc>().RequireAuthorization(Policies.Internal);
        app.MapEvidence();
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
        bus.AddConsumer<NotifySigning>();
        bus.AddConsumer<NotifyCredential>();
        bus.AddConsumer<NotifyOwnerLater>();
        bus.AddConsumer<NotifyStaffLater>();
        bus.AddConsumer<NotifyAccountSecurity>();
        bus.AddConsumer<NotifyContactPoints>();
        bus.AddConsumer<ForgetContact>();
        bus.AddConsumer<DeliverEmail>();
        bus.AddConsumer<DeliverSms>();
        bus.AddConsumer<LogPublicEvent>();
    }

    private static void AddMessages(WebApplicationBuilder builder)
    {
        builder.AddOptions<SmtpOptions>(SmtpOptions.Section);
        builder.AddOptions<NoticeOptions>(NoticeOptions.Section);
        builder.Services.AddSingleton(TemplateCatalog.Load());
        builder.Services.AddSingleton<ContactBook>();
        builder.Services.AddSingleton<SmtpMailer>();
        builder.Services.AddSingleton<StaffBook>();
        builder.Services.AddScoped<OwnerNotifier>().AddScoped<StaffNotifier>();
    }

    private static void AddDirect(WebApplicationBuilder builder)
    {
        builder.AddOptions<SmsOptions>(SmsOptions.Section);
        // Not repeated here: who asks knows how long the text is worth sending.
        builder.Services.AddHttpClient<SmsProvider>().AddServiceDiscovery();
        builder.Services.AddSingleton<DirectMail>();
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
}
